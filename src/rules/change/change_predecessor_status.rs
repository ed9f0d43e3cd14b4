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
        let Some(status) = predecessor.meta.status.filter(|it| *it != Status::Stable) else {
            continue;
        };
        let (label, old) = (document.label(), predecessor.label());
        let message =
            format!("{label} follows {old}, which is {status}; only a Stable document is updated by a new version");
        let place = document.front.place("replaces");
        let finding = sink.report(document, place, old.as_str(), message);
        finding.help(match status {
            Status::Draft => format!("edit the Draft {old} instead, or make it Stable first"),
            _ => "propose it as a new document with a number of its own".to_owned(),
        });
        finding.related(predecessor, Span::FILE, format!("{status}"));
    }
}
