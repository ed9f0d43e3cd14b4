//! `change-status`: see `change_status.md`.

use crate::change::Change;
use crate::finding::Level;
use crate::model::{DocType, Status};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-status",
    level: Level::Error,
    reference: "scs-0001-v1#proposal-of-a-new-document",
    templates: false,
    page: include_str!("change_status.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for document in change.added_primaries() {
        let Some(status) = document.meta.status.filter(|status| *status != Status::Draft) else {
            continue;
        };
        let place = document.front.place("status");
        if status == Status::Stable && document.is_a(DocType::DecisionRecord) {
            let message = "a new Decision Record is Stable at once; it may be, if there is nothing left to discuss";
            sink.report(document, place, "status", message).milder(Level::Note);
        } else {
            let message = format!("a new document is a Draft, and `status` is `{status}`");
            sink.report(document, place, "status", message).help(
                "write `status: Draft`, without dates; each later step is a pull request of its own",
            );
        }
    }
}
