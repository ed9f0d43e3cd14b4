//! Findings as JSON, version 1 of the schema. The structs here are that schema and nothing else.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Report, Summary};
use crate::document::{Position, Span};
use crate::finding::{Edit, Finding, Fix, Related};

/// The findings of one run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Findings of scs-doc")]
pub struct Findings {
    /// The version of this format.
    schema: u32,
    tool: Tool,
    findings: Vec<JsonFinding>,
    summary: Summary,
}

/// The tool that made the report.
#[derive(Debug, Serialize, JsonSchema)]
struct Tool {
    name: String,
    version: String,
}

/// Something that a person should know.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct JsonFinding {
    /// The id of the rule.
    rule: String,
    level: JsonLevel,
    /// Relative to the repository, with `/`.
    path: String,
    /// Number, kind and version; the file name where there is no number.
    document: Option<String>,
    /// What the finding is about. Rule, document and subject identify it.
    subject: String,
    start: Place,
    end: Place,
    message: String,
    help: Option<String>,
    /// The section that the rule enforces.
    reference: String,
    related: Vec<JsonRelated>,
    fix: Option<JsonFix>,
    /// The reason of an exemption.
    exempt: Option<String>,
}

/// How bad.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Level")]
enum JsonLevel {
    Error,
    Warning,
    Note,
}

/// A place.
#[derive(Debug, Serialize, JsonSchema)]
struct Place {
    /// From 1.
    line: usize,
    /// From 1, in Unicode code points.
    column: usize,
    /// From 0, in bytes of the file on disk.
    offset: usize,
}

/// Another place that has to do with a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Related")]
struct JsonRelated {
    path: String,
    start: Place,
    end: Place,
    message: String,
}

/// A repair.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
struct JsonFix {
    title: String,
    /// Whether `--fix` applies it.
    safe: bool,
    edits: Vec<JsonEdit>,
}

/// A range of bytes that becomes another text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
struct JsonEdit {
    path: String,
    /// The first byte.
    start: usize,
    /// One past the last byte.
    end: usize,
    text: String,
}

impl From<Position> for Place {
    fn from(position: Position) -> Place {
        let Position { line, column, offset } = position;
        Place { line, column, offset }
    }
}

impl From<&Fix> for JsonFix {
    fn from(fix: &Fix) -> JsonFix {
        let edit = |Edit { path, span: Span { start, end }, text }: &Edit| JsonEdit {
            path: path.clone(),
            start: *start,
            end: *end,
            text: text.clone(),
        };
        JsonFix {
            title: fix.title.clone(),
            safe: fix.safe,
            edits: fix.edits.iter().map(edit).collect(),
        }
    }
}

fn view(report: &Report<'_>, finding: &Finding) -> JsonFinding {
    let (start, end) = report.range(&finding.path, finding.span);
    let related = |Related { path, span, message }: &Related| {
        let (start, end) = report.range(path, *span);
        JsonRelated {
            path: path.clone(),
            start: start.into(),
            end: end.into(),
            message: message.clone(),
        }
    };
    JsonFinding {
        rule: finding.rule.to_owned(),
        level: match finding.level {
            crate::Level::Error => JsonLevel::Error,
            crate::Level::Warning => JsonLevel::Warning,
            crate::Level::Note => JsonLevel::Note,
        },
        path: finding.path.clone(),
        document: finding.document.clone(),
        subject: finding.subject.clone(),
        start: start.into(),
        end: end.into(),
        message: finding.message.clone(),
        help: finding.help.clone(),
        reference: finding.reference.to_owned(),
        related: finding.related.iter().map(related).collect(),
        fix: finding.fix.as_ref().map(JsonFix::from),
        exempt: None,
    }
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = Findings {
        schema: 1,
        tool: Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        findings: report.findings.iter().map(|finding| view(report, finding)).collect(),
        summary: report.summary,
    };
    serde_json::to_writer_pretty(&mut *out, &findings)?;
    writeln!(out)
}
