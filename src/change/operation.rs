//! What happened to each document.

use std::sync::{Arc, OnceLock};

use super::sentences::{self, TextChange};
use crate::document::{Document, FrontMatter, Value};
use crate::model::fields::FIELDS;
use crate::model::{Status, Track};

/// One document, before and after.
#[derive(Debug)]
pub struct Operation {
    /// The document and what it was before it.
    pub sides: Sides,
    /// For a document that is new, where its file stood outside the standards folder; for one that
    /// is gone, where it stands now.
    pub elsewhere: Option<String>,
    text: OnceLock<TextChange>,
}

/// On which sides a document is.
#[derive(Debug, Clone)]
pub enum Sides {
    /// In the head only.
    Added(Arc<Document>),
    /// In the base only.
    Deleted(Arc<Document>),
    /// In both, and not the same.
    Changed(Arc<Document>, Arc<Document>),
}

/// What an operation is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationKind {
    /// The base does not have the document.
    Added,
    /// The same file with other bytes.
    Modified,
    /// Another file, perhaps with other bytes.
    Renamed,
    /// The head does not have the document.
    Deleted,
}

impl OperationKind {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            OperationKind::Added => "added",
            OperationKind::Modified => "modified",
            OperationKind::Renamed => "renamed",
            OperationKind::Deleted => "deleted",
        }
    }
}

/// A value of a field, as texts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum FieldValue {
    /// A single value.
    Text(String),
    /// The items of a list.
    List(Vec<String>),
}

/// A field before and after; `None` where it is not there.
pub type FieldChange = (Option<FieldValue>, Option<FieldValue>);

impl Operation {
    pub(super) fn new(sides: Sides) -> Operation {
        Operation { sides, elsewhere: None, text: OnceLock::new() }
    }

    /// The document as the head has it, or, if that has it no more, as the base had it.
    #[must_use]
    pub fn document(&self) -> &Document {
        match &self.sides {
            Sides::Added(document) | Sides::Deleted(document) | Sides::Changed(_, document) => {
                document
            }
        }
    }

    /// The document as the base has it.
    #[must_use]
    pub fn before(&self) -> Option<&Document> {
        match &self.sides {
            Sides::Added(_) => None,
            Sides::Deleted(document) | Sides::Changed(document, _) => Some(document),
        }
    }

    /// The document as the head has it.
    #[must_use]
    pub fn after(&self) -> Option<&Document> {
        match &self.sides {
            Sides::Deleted(_) => None,
            Sides::Added(document) | Sides::Changed(_, document) => Some(document),
        }
    }

    /// The document as the base and as the head have it, if both do.
    #[must_use]
    pub fn both(&self) -> Option<(&Document, &Document)> {
        self.before().zip(self.after())
    }

    /// What it is called.
    #[must_use]
    pub fn kind(&self) -> OperationKind {
        match &self.sides {
            Sides::Added(_) => OperationKind::Added,
            Sides::Deleted(_) => OperationKind::Deleted,
            Sides::Changed(before, after) if before.path == after.path => OperationKind::Modified,
            Sides::Changed(..) => OperationKind::Renamed,
        }
    }

    /// The primary document that is added, if one is.
    #[must_use]
    pub fn added_primary(&self) -> Option<&Document> {
        let Sides::Added(document) = &self.sides else { return None };
        Some(document.as_ref()).filter(|document| document.is_primary())
    }

    /// The supplement that is added, if one is.
    #[must_use]
    pub fn added_supplement(&self) -> Option<&Document> {
        let Sides::Added(document) = &self.sides else { return None };
        Some(document.as_ref()).filter(|document| !document.is_primary())
    }

    /// The status before and after, as far as it is one of scs-0001.
    #[must_use]
    pub fn status(&self) -> (Option<Status>, Option<Status>) {
        let status = |document: &Document| document.meta.status;
        (self.before().and_then(status), self.after().and_then(status))
    }

    /// The old and the new status of a primary document, if they are not the same.
    #[must_use]
    pub fn step(&self) -> Option<(Status, Status)> {
        let (before, after) = self.status();
        let step = before.zip(after).filter(|(before, after)| before != after);
        step.filter(|_| self.document().is_primary())
    }

    /// Where a document that is in the head stood before, if it was elsewhere.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        match &self.sides {
            Sides::Added(_) => self.elsewhere.as_deref(),
            Sides::Changed(before, after) if before.path != after.path => Some(&before.path),
            Sides::Changed(..) | Sides::Deleted(_) => None,
        }
    }

    /// Whether a document that had another status before gets this one.
    #[must_use]
    pub fn becomes(&self, status: Status) -> bool {
        self.step().is_some_and(|(_, after)| after == status)
    }

    /// Whether the document is of this track on some side.
    #[must_use]
    pub fn is_of(&self, track: Track) -> bool {
        let sides = [self.before(), self.after()];
        sides.into_iter().flatten().any(|it| it.meta.track == Some(track))
    }

    /// Whether the Markdown differs in any byte. That of a document that is added or deleted does.
    #[must_use]
    pub fn is_body_changed(&self) -> bool {
        self.both().is_none_or(|(before, after)| body(before) != body(after))
    }

    /// What was done to the sentences and the code of a document that is on both sides.
    #[must_use]
    pub fn text(&self) -> &TextChange {
        self.text.get_or_init(|| match self.both() {
            Some((before, after)) if self.is_body_changed() => sentences::compare(before, after),
            _ => TextChange::default(),
        })
    }

    /// The fields of scs-0001 whose values differ, in the order of its table.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, FieldChange)> {
        let value =
            |document: Option<&Document>, key: &str| document.and_then(|it| value(&it.front, key));
        FIELDS.iter().filter_map(move |field| {
            let change = (value(self.before(), field.name), value(self.after(), field.name));
            (change.0 != change.1).then_some((field.name, change))
        })
    }
}

fn body(document: &Document) -> &str {
    document.text.get(document.body.start..).unwrap_or_default()
}

fn value(front: &FrontMatter, key: &str) -> Option<FieldValue> {
    let node = &front.get(key)?.value;
    match &node.value {
        Value::Scalar(scalar) => Some(FieldValue::Text(scalar.text.clone())),
        Value::List { .. } => Some(FieldValue::List(node.texts().map(str::to_owned).collect())),
        Value::Mapping => Some(FieldValue::Text("{…}".to_owned())),
    }
}
