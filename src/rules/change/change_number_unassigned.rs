//! `change-number-unassigned`: see `change_number_unassigned.md`.

use crate::change::{Change, Stage};
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-number-unassigned",
    level: Level::Error,
    reference: "scs-0001-v1#proposal-of-a-new-document",
    templates: false,
    page: include_str!("change_number_unassigned.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    if change.stage != Stage::Merge {
        return;
    }
    for operation in &change.operations {
        // What the base has without a number is for `number-placeholder`.
        if operation.before().is_some_and(|before| before.id().is_none()) {
            continue;
        }
        let Some(document) = operation.after() else { continue };
        let Some(placeholder) = document.placeholder() else { continue };
        let message = format!("the number is still the placeholder `{placeholder}`");
        let finding = sink.report(document, Span::FILE, "number", message);
        let extended = change.supplemented(document).find_map(Document::id).map(|id| id.number);
        let next = || document.meta.track.and_then(|track| change.next_number(track));
        let number = match document.is_primary() {
            true => next().map(|it| format!("the next number of its track, {it:04}")),
            false => {
                extended.map(|it| format!("the number of the document that it extends, {it:04}"))
            }
        };
        let number = number.unwrap_or_else(|| "its number".to_owned());
        finding.help(format!("give the file, and what refers to it, {number}"));
    }
}
