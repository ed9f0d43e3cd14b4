//! What happened to each document.

use std::sync::{Arc, OnceLock};

use super::ChangeKind;
use super::sentences::{self, TextChange};
use crate::document::{Document, FrontMatter, Value};
use crate::model::fields::FIELDS;
use crate::model::{DocId, Status, Track};

/// One document, before and after.
#[derive(Debug)]
pub struct Operation {
    /// The document and what it was before it.
    pub sides: Sides,
    /// For a document that is new, where its file stood outside the standards folder; for one that
    /// is gone, where it stands now.
    pub elsewhere: Option<String>,
    /// What is done to the document. A supplement that comes along with its own document is no
    /// change of its own, and has no kind.
    pub kinds: Vec<ChangeKind>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
        Operation { sides, elsewhere: None, kinds: Vec::new(), text: OnceLock::new() }
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

    /// The old and the new status of a primary document, if both are valid and not the same.
    #[must_use]
    pub fn step(&self) -> Option<(Status, Status)> {
        self.before()?.meta.status.zip(self.new_status())
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

    /// The status that a primary document gets which is on both sides: another one than before, or
    /// one where there was no valid one.
    #[must_use]
    pub fn new_status(&self) -> Option<Status> {
        let (before, after) = self.both()?;
        let new = after.meta.status.filter(|status| before.meta.status != Some(*status));
        new.filter(|_| after.is_primary())
    }

    /// Whether a document that is on both sides gets this status.
    #[must_use]
    pub fn becomes(&self, status: Status) -> bool {
        self.new_status() == Some(status)
    }

    /// The number, kind and version that a document takes: one that is added, or one whose file had
    /// another or none in its name.
    #[must_use]
    pub fn taken_id(&self) -> Option<DocId> {
        let id = self.after()?.id()?;
        (self.before().and_then(Document::id) != Some(id)).then_some(id)
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
        self.both().is_none_or(|(before, after)| before.markdown() != after.markdown())
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

fn value(front: &FrontMatter, key: &str) -> Option<FieldValue> {
    let node = &front.get(key)?.value;
    match &node.value {
        Value::Scalar(scalar) => Some(FieldValue::Text(scalar.text.clone())),
        Value::List { .. } => Some(FieldValue::List(node.texts().map(str::to_owned).collect())),
        Value::Mapping(_) => Some(FieldValue::Text("{…}".to_owned())),
    }
}
