//! Findings as JSON, version 1 of the schema. The structs here are that schema and nothing else.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Report, Summary};
use crate::change::{Change, ChangeKind, FieldChange, FieldValue, Operation, OperationKind, Stage};
use crate::document::{Position, Span};
use crate::finding::{Edit, Finding, Fix, Origin, Related};
use crate::model::Status;

/// The findings of one run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Findings of scs-doc")]
pub struct Findings {
    /// The version of this format.
    schema: u32,
    tool: Tool,
    findings: Vec<JsonFinding>,
    summary: Summary,
    /// What the change is; only with `pr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<JsonChange>,
}

/// A base and a head, compared.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Change")]
struct JsonChange {
    /// The commit that the head began from; at stage merge, that of the target.
    base: String,
    /// The commit that is proposed; null for the index.
    head: Option<String>,
    stage: JsonStage,
    kinds: Vec<JsonChangeKind>,
    documents: Vec<JsonOperation>,
}

/// What a change is; one change can be several of these.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ChangeKind")]
enum JsonChangeKind {
    Proposal,
    MajorUpdate,
    Supplement,
    Promotion,
    Deprecation,
    Rejection,
    Edit,
    Rename,
    Removal,
    None,
}

/// A value of a field: a text, or the items of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "FieldValue")]
enum JsonFieldValue {
    Text(String),
    List(Vec<String>),
}

/// The point on the way of a change.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Stage")]
enum JsonStage {
    Proposal,
    Merge,
}

/// What happened to a document.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Operation")]
struct JsonOperation {
    /// Number, kind and version; the file name where there is no number.
    document: String,
    /// Relative to the repository; where it was, for a document that is deleted.
    path: String,
    operation: JsonOperationKind,
    /// Where it was, if it was elsewhere.
    from: Option<String>,
    /// Before and after; null where there is no valid one.
    status: (Option<JsonStatus>, Option<JsonStatus>),
    /// The known fields that differ, before and after; null where they are not there.
    fields: BTreeMap<String, (Option<JsonFieldValue>, Option<JsonFieldValue>)>,
    /// Whether the Markdown differs.
    body: bool,
}

/// What was done to a document.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "OperationKind")]
enum JsonOperationKind {
    Added,
    Modified,
    Renamed,
    Deleted,
}

/// A status of scs-0001.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Status")]
enum JsonStatus {
    Draft,
    Stable,
    Deprecated,
    Rejected,
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
    /// Whether the change brought it or its base has it too; only with `pr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<JsonOrigin>,
    /// The reason of an exemption.
    exempt: Option<String>,
}

/// Where a finding about a change comes from.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Origin")]
enum JsonOrigin {
    Introduced,
    Inherited,
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
    let related = |related: &Related| {
        let (start, end) = report.range(&related.path, related.span);
        JsonRelated {
            path: related.path.clone(),
            start: start.into(),
            end: end.into(),
            message: related.to_string(),
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
        origin: finding.origin.map(|origin| match origin {
            Origin::Introduced => JsonOrigin::Introduced,
            Origin::Inherited => JsonOrigin::Inherited,
        }),
        exempt: finding.exempt.clone(),
    }
}

impl From<Status> for JsonStatus {
    fn from(status: Status) -> JsonStatus {
        match status {
            Status::Draft => JsonStatus::Draft,
            Status::Stable => JsonStatus::Stable,
            Status::Deprecated => JsonStatus::Deprecated,
            Status::Rejected => JsonStatus::Rejected,
        }
    }
}

impl From<ChangeKind> for JsonChangeKind {
    fn from(kind: ChangeKind) -> JsonChangeKind {
        match kind {
            ChangeKind::Proposal => JsonChangeKind::Proposal,
            ChangeKind::MajorUpdate => JsonChangeKind::MajorUpdate,
            ChangeKind::Supplement => JsonChangeKind::Supplement,
            ChangeKind::Promotion => JsonChangeKind::Promotion,
            ChangeKind::Deprecation => JsonChangeKind::Deprecation,
            ChangeKind::Rejection => JsonChangeKind::Rejection,
            ChangeKind::Edit => JsonChangeKind::Edit,
            ChangeKind::Rename => JsonChangeKind::Rename,
            ChangeKind::Removal => JsonChangeKind::Removal,
            ChangeKind::None => JsonChangeKind::None,
        }
    }
}

impl From<FieldValue> for JsonFieldValue {
    fn from(value: FieldValue) -> JsonFieldValue {
        match value {
            FieldValue::Text(text) => JsonFieldValue::Text(text),
            FieldValue::List(items) => JsonFieldValue::List(items),
        }
    }
}

fn view_of_change(change: &Change) -> JsonChange {
    JsonChange {
        base: change.ends.base.clone(),
        head: change.ends.head.clone(),
        stage: match change.stage {
            Stage::Proposal => JsonStage::Proposal,
            Stage::Merge => JsonStage::Merge,
        },
        kinds: change.kinds().into_iter().map(JsonChangeKind::from).collect(),
        documents: change.operations.iter().map(view_of_operation).collect(),
    }
}

fn view_of_operation(operation: &Operation) -> JsonOperation {
    let (before, after) = operation.status();
    let value = |value: Option<FieldValue>| value.map(JsonFieldValue::from);
    let field =
        |(name, (old, new)): (&str, FieldChange)| (name.to_owned(), (value(old), value(new)));
    JsonOperation {
        document: operation.document().label(),
        path: operation.document().path.clone(),
        operation: match operation.kind() {
            OperationKind::Added => JsonOperationKind::Added,
            OperationKind::Modified => JsonOperationKind::Modified,
            OperationKind::Renamed => JsonOperationKind::Renamed,
            OperationKind::Deleted => JsonOperationKind::Deleted,
        },
        from: operation.from().map(str::to_owned),
        status: (before.map(JsonStatus::from), after.map(JsonStatus::from)),
        fields: operation.fields().map(field).collect(),
        body: operation.is_body_changed(),
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
        change: report.change.map(view_of_change),
    };
    serde_json::to_writer_pretty(&mut *out, &findings)?;
    writeln!(out)
}
