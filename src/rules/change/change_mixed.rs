//! `change-mixed`: see `change_mixed.md`.

use crate::change::Change;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-mixed",
    level: Level::Note,
    reference: "scs-0001-v1#process",
    templates: false,
    page: include_str!("change_mixed.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for operation in &change.operations {
        let (Some((from, to)), Some(document)) = (operation.step(), operation.after()) else {
            continue;
        };
        if operation.text().is_empty() {
            continue;
        }
        let message =
            format!("{} goes from {from} to {to}, and its text changes as well", document.label());
        sink.report(document, document.front.place("status"), "status and text", message)
            .help("both are easier to review in pull requests of their own");
    }
}
