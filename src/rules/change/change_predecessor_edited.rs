//! `change-predecessor-edited`: see `change_predecessor_edited.md`.

use crate::change::{Change, Operation};
use crate::document::Span;
use crate::finding::Level;
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-predecessor-edited",
    level: Level::Warning,
    reference: "scs-0001-v1#proposal-of-a-major-update-to-a-stable-document",
    templates: false,
    page: include_str!("change_predecessor_edited.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for document in change.added_primaries() {
        let Some(predecessor) = change.predecessor(document) else { continue };
        let is_it = |operation: &&Operation| {
            operation.before().is_some_and(|before| before.path == predecessor.path)
        };
        let Some(operation) = change.operations.iter().find(is_it) else { continue };
        let Some(after) = operation.after() else { continue };
        let stable = document.meta.status == Some(Status::Stable);
        if stable && operation.becomes(Status::Deprecated) {
            continue;
        }
        let (label, old) = (document.label(), after.label());
        let message = format!("{old} is modified by the change that adds its next version {label}");
        sink.report(after, Span::FILE, label, message)
            .related(document, Span::FILE, "the new version")
            .help(format!(
                "leave {old} as it is, and edit or deprecate it in a pull request of its own"
            ));
    }
}
