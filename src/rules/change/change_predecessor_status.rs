//! `change-predecessor-status`: see `change_predecessor_status.md`.

use crate::change::Change;
use crate::document::Span;
use crate::finding::Level;
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-predecessor-status",
    level: Level::Error,
    reference: "scs-0001-v1#proposal-of-a-major-update-to-a-stable-document",
    templates: false,
    page: include_str!("change_predecessor_status.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for document in change.added_primaries() {
        let Some(predecessor) = change.predecessor(document) else { continue };
        let status = predecessor.meta.status;
        if status == Some(Status::Stable) {
            continue;
        }
        let what = status.map_or("without a valid status".to_owned(), |status| status.to_string());
        let (label, old) = (document.label(), predecessor.label());
        let message = format!(
            "{label} follows {old}, which is {what}; only a Stable document is updated by a new version"
        );
        let place = document.front.place("replaces");
        let finding = sink.report(document, place, old.as_str(), message);
        finding.help(match status {
            Some(Status::Draft) | None => format!("edit {old} instead, or make it Stable first"),
            _ => "propose it as a new document with a number of its own".to_owned(),
        });
        finding.related(predecessor, Span::FILE, what);
    }
}
