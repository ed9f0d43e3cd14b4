//! What a change is.

use std::collections::BTreeSet;

use super::{Change, Operation, OperationKind};
use crate::document::Document;
use crate::model::fields::Shape;
use crate::model::{Status, fields};

/// What a change is; one change can be several of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A new document.
    Proposal,
    /// A new version of a document.
    MajorUpdate,
    /// A supplement to documents that are there already.
    Supplement,
    /// A document becomes Stable.
    Promotion,
    /// A document becomes Deprecated.
    Deprecation,
    /// A document becomes Rejected.
    Rejection,
    /// Something else about a document changes.
    Edit,
    /// The file of a document has another name.
    Rename,
    /// A document is gone.
    Removal,
    /// Nothing happens to any document.
    None,
}

impl ChangeKind {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Proposal => "proposal",
            ChangeKind::MajorUpdate => "major-update",
            ChangeKind::Supplement => "supplement",
            ChangeKind::Promotion => "promotion",
            ChangeKind::Deprecation => "deprecation",
            ChangeKind::Rejection => "rejection",
            ChangeKind::Edit => "edit",
            ChangeKind::Rename => "rename",
            ChangeKind::Removal => "removal",
            ChangeKind::None => "none",
        }
    }
}

impl Change {
    /// What the change is, each kind once, in the order of their list.
    #[must_use]
    pub fn kinds(&self) -> Vec<ChangeKind> {
        let kinds: BTreeSet<ChangeKind> =
            self.operations.iter().flat_map(|operation| operation.kinds.iter().copied()).collect();
        if kinds.is_empty() { vec![ChangeKind::None] } else { kinds.into_iter().collect() }
    }

    /// What is done to one document.
    pub(super) fn kinds_of(&self, operation: &Operation) -> Vec<ChangeKind> {
        match operation.kind() {
            OperationKind::Added => self.kind_of_added(operation.document()).into_iter().collect(),
            OperationKind::Deleted => vec![ChangeKind::Removal],
            OperationKind::Modified | OperationKind::Renamed => kinds_of_changed(operation),
        }
    }

    fn kind_of_added(&self, document: &Document) -> Option<ChangeKind> {
        if !document.is_primary() {
            return self.owners(document).is_empty().then_some(ChangeKind::Supplement);
        }
        Some(match self.predecessor(document) {
            Some(_) => ChangeKind::MajorUpdate,
            None => ChangeKind::Proposal,
        })
    }

    /// The accepted version that a new one of the same number comes after: the highest below it.
    #[must_use]
    pub(crate) fn predecessor(&self, document: &Document) -> Option<&Document> {
        let id = document.id()?;
        let versions = self.accepted_versions(id.number, id.kind);
        versions.into_iter().rfind(|(it, _)| it.version < id.version).map(|(_, it)| it)
    }
}

fn kinds_of_changed(operation: &Operation) -> Vec<ChangeKind> {
    let step = match operation.new_status() {
        Some(Status::Stable) => Some(ChangeKind::Promotion),
        Some(Status::Deprecated) => Some(ChangeKind::Deprecation),
        Some(Status::Rejected) => Some(ChangeKind::Rejection),
        Some(Status::Draft) | None => None,
    };
    let renamed = (operation.kind() == OperationKind::Renamed).then_some(ChangeKind::Rename);
    let mut kinds: Vec<ChangeKind> = step.into_iter().chain(renamed).collect();
    if kinds.is_empty() || is_edited(operation, step.is_some()) {
        kinds.push(ChangeKind::Edit);
    }
    kinds
}

/// Whether more changes than a step or another name need: the text, or fields that do not go with
/// them.
fn is_edited(operation: &Operation, step: bool) -> bool {
    let belongs = |name: &str| {
        let shape = fields::field(name).map(|field| field.shape);
        match shape {
            Some(Shape::Status | Shape::Date) => step,
            // Others are named by their file; a step says what replaces what.
            Some(Shape::Documents) => true,
            _ => false,
        }
    };
    operation.is_body_changed() || operation.fields().any(|(name, _)| !belongs(name))
}
