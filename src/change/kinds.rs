//! What a change is.

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
        let mut kinds: Vec<ChangeKind> =
            self.operations.iter().flat_map(|operation| self.kinds_of(operation)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.is_empty() {
            kinds.push(ChangeKind::None);
        }
        kinds
    }

    /// What is done to one document. A supplement that comes along with its own document is no
    /// change of its own.
    #[must_use]
    pub(crate) fn kinds_of(&self, operation: &Operation) -> Vec<ChangeKind> {
        let mut kinds = Vec::new();
        match operation.kind() {
            OperationKind::Added => kinds.extend(self.kind_of_added(operation)),
            OperationKind::Deleted => kinds.push(ChangeKind::Removal),
            OperationKind::Modified | OperationKind::Renamed => {
                let step = match operation.new_status() {
                    Some(Status::Stable) => Some(ChangeKind::Promotion),
                    Some(Status::Deprecated) => Some(ChangeKind::Deprecation),
                    Some(Status::Rejected) => Some(ChangeKind::Rejection),
                    Some(Status::Draft) | None => None,
                };
                let renamed = operation.kind() == OperationKind::Renamed;
                kinds.extend(step);
                kinds.extend(renamed.then_some(ChangeKind::Rename));
                if kinds.is_empty() || is_edited(operation, step.is_some()) {
                    kinds.push(ChangeKind::Edit);
                }
            }
        }
        kinds
    }

    fn kind_of_added(&self, operation: &Operation) -> Option<ChangeKind> {
        let document = operation.document();
        if !document.is_primary() {
            let own = self.added_primaries().any(|primary| self.belongs(document, primary));
            return (!own).then_some(ChangeKind::Supplement);
        }
        match self.predecessor(document) {
            Some(_) => Some(ChangeKind::MajorUpdate),
            None => Some(ChangeKind::Proposal),
        }
    }

    /// The accepted version that a new one of the same number comes after: the highest below it.
    #[must_use]
    pub(crate) fn predecessor(&self, document: &Document) -> Option<&Document> {
        let id = document.id()?;
        let versions = self.accepted_versions(id.number, id.kind);
        versions.into_iter().rfind(|(it, _)| it.version < id.version).map(|(_, it)| it)
    }
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
