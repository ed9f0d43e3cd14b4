//! Findings as JSON, version 1 of the schema. The structs here are that schema and nothing else.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::compared;
use super::{Report, Summary};
use crate::change::{Change, ChangeKind, FieldChange, FieldValue, Operation, OperationKind, Stage};
use crate::document::{Position, Span};
use crate::finding::{Edit, Finding, Fix, Level, Origin, Related};
use crate::model::Status;

/// The version of the format.
pub(super) const SCHEMA: u32 = 1;

/// The findings of one run.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Findings of scs-doc")]
pub struct Findings {
    /// The version of this format.
    pub(super) schema: u32,
    pub(super) tool: Tool,
    pub(super) findings: Vec<JsonFinding>,
    pub(super) summary: Summary,
    /// What the change is; only with `pr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) change: Option<JsonChange>,
}

/// A base and a head, compared.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Change")]
pub(super) struct JsonChange {
    /// The commit that the head began from; at stage merge, that of the target.
    pub(super) base: String,
    /// The commit that is proposed; null for the index.
    pub(super) head: Option<String>,
    pub(super) stage: JsonStage,
    pub(super) kinds: Vec<JsonChangeKind>,
    pub(super) documents: Vec<JsonOperation>,
    /// Whether the documents are those that a merge of the head into the target gives.
    pub(super) merged: bool,
    /// The number of the pull request; null where it is not known.
    pub(super) pull_request: Option<u64>,
    /// What was compared, in words.
    pub(super) compared: String,
    /// What the change is, in a line for each of its kinds, and what it does to the configuration.
    pub(super) headlines: Vec<String>,
    /// What scs-0001 asks for next.
    pub(super) next_steps: Vec<String>,
    /// What could not be judged.
    pub(super) unjudged: Vec<String>,
}

/// What a change is; one change can be several of these.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ChangeKind")]
pub(super) enum JsonChangeKind {
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
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "FieldValue")]
pub(super) enum JsonFieldValue {
    Text(String),
    List(Vec<String>),
}

/// The point on the way of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Stage")]
pub(super) enum JsonStage {
    Proposal,
    Merge,
}

/// What happened to a document.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Operation")]
pub(super) struct JsonOperation {
    /// Number, kind and version; the file name where there is no number.
    pub(super) document: String,
    /// Relative to the repository; where it was, for a document that is deleted.
    pub(super) path: String,
    pub(super) operation: JsonOperationKind,
    /// Where it was, if it was elsewhere.
    pub(super) from: Option<String>,
    /// Before and after; null where there is no valid one.
    pub(super) status: (Option<JsonStatus>, Option<JsonStatus>),
    /// The known fields that differ, before and after; null where they are not there.
    pub(super) fields: BTreeMap<String, (Option<JsonFieldValue>, Option<JsonFieldValue>)>,
    /// Whether the Markdown differs.
    pub(super) body: bool,
    /// What happened to the text of a document that is on both sides; null for others.
    pub(super) text: Option<JsonText>,
}

/// What happened to the text of a document.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Text")]
pub(super) enum JsonText {
    /// Sentences with a keyword of RFC 2119 changed.
    Normative,
    /// Other sentences changed.
    Changed,
    /// Only its markup changed.
    Markup,
    Unchanged,
}

/// What was done to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "OperationKind")]
pub(super) enum JsonOperationKind {
    Added,
    Modified,
    Renamed,
    Deleted,
}

/// A status of scs-0001.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Status")]
pub(super) enum JsonStatus {
    Draft,
    Stable,
    Deprecated,
    Rejected,
}

/// The tool that made the report.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Tool {
    pub(super) name: String,
    pub(super) version: String,
}

/// Something that a person should know.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(super) struct JsonFinding {
    /// The id of the rule.
    pub(super) rule: String,
    pub(super) level: JsonLevel,
    /// Relative to the repository, with `/`.
    pub(super) path: String,
    /// Number, kind and version; the file name where there is no number.
    pub(super) document: Option<String>,
    /// What the finding is about. Rule, document and subject identify it.
    pub(super) subject: String,
    pub(super) start: Place,
    pub(super) end: Place,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// The section that the rule enforces.
    pub(super) reference: String,
    pub(super) related: Vec<JsonRelated>,
    pub(super) fix: Option<JsonFix>,
    /// Whether the change brought it or its base has it too; only with `pr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) origin: Option<JsonOrigin>,
    /// The reason of an exemption.
    pub(super) exempt: Option<String>,
}

/// Where a finding about a change comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Origin")]
pub(super) enum JsonOrigin {
    Introduced,
    Inherited,
}

/// How bad.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Level")]
pub(super) enum JsonLevel {
    Error,
    Warning,
    Note,
}

/// A place.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Place {
    /// From 1.
    pub(super) line: usize,
    /// From 1, in Unicode code points.
    pub(super) column: usize,
    /// From 0, in bytes of the file on disk.
    pub(super) offset: usize,
}

/// Another place that has to do with a finding.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Related")]
pub(super) struct JsonRelated {
    pub(super) path: String,
    pub(super) start: Place,
    pub(super) end: Place,
    pub(super) message: String,
}

/// A repair.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Fix")]
pub(super) struct JsonFix {
    pub(super) title: String,
    /// Whether `--fix` applies it.
    pub(super) safe: bool,
    pub(super) edits: Vec<JsonEdit>,
}

/// A range of bytes that becomes another text.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Edit")]
pub(super) struct JsonEdit {
    pub(super) path: String,
    /// The first byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    pub(super) text: String,
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
            Level::Error => JsonLevel::Error,
            Level::Warning => JsonLevel::Warning,
            Level::Note => JsonLevel::Note,
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
        merged: change.ends.judged.is_none() && change.ends.head.is_some(),
        pull_request: change.context.as_ref().and_then(|it| it.number),
        compared: compared(&change.ends),
        headlines: change.headlines().into_iter().chain(change.configuration_changes()).collect(),
        next_steps: change.next_steps(),
        unjudged: change.unjudged(),
    }
}

fn text(operation: &Operation) -> Option<JsonText> {
    let (_, after) = operation.both()?;
    let text = operation.text();
    Some(if after.is_primary() && text.normative().next().is_some() {
        JsonText::Normative
    } else if !text.is_empty() {
        JsonText::Changed
    } else if operation.is_body_changed() {
        JsonText::Markup
    } else {
        JsonText::Unchanged
    })
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
        text: text(operation),
    }
}

impl Findings {
    pub(super) fn of(report: &Report<'_>) -> Findings {
        Findings {
            schema: SCHEMA,
            tool: Tool {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            findings: report.findings.iter().map(|finding| view(report, finding)).collect(),
            summary: report.summary,
            change: report.change.map(view_of_change),
        }
    }
}

impl JsonFinding {
    /// Whether the base has it too.
    pub(super) fn is_inherited(&self) -> bool {
        self.origin == Some(JsonOrigin::Inherited)
    }
}

impl JsonLevel {
    pub(super) fn level(self) -> Level {
        match self {
            JsonLevel::Error => Level::Error,
            JsonLevel::Warning => Level::Warning,
            JsonLevel::Note => Level::Note,
        }
    }
}

impl JsonOperationKind {
    pub(super) fn kind(self) -> OperationKind {
        match self {
            JsonOperationKind::Added => OperationKind::Added,
            JsonOperationKind::Modified => OperationKind::Modified,
            JsonOperationKind::Renamed => OperationKind::Renamed,
            JsonOperationKind::Deleted => OperationKind::Deleted,
        }
    }
}

impl JsonStatus {
    pub(super) fn status(self) -> Status {
        match self {
            JsonStatus::Draft => Status::Draft,
            JsonStatus::Stable => Status::Stable,
            JsonStatus::Deprecated => Status::Deprecated,
            JsonStatus::Rejected => Status::Rejected,
        }
    }
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Findings::of(report))?;
    writeln!(out)
}
