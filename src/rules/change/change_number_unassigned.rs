//! `change-number-unassigned`: see `change_number_unassigned.md`.

use crate::change::{Change, Stage};
use crate::document::Span;
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
    for document in change.added_primaries().chain(change.added_supplements()) {
        let Some(placeholder) = document.placeholder() else { continue };
        let next = document.meta.track.and_then(|it| it.number_after(change.highest_number(it)));
        let message = format!("the number is still the placeholder `{placeholder}`");
        let finding = sink.report(document, Span::FILE, "number", message);
        finding.help(match next {
            Some(next) => format!(
                "rename the file, and what refers to it, to the next number of its track: {next:04}"
            ),
            None => "rename the file, and what refers to it, to the next number of its track".to_owned(),
        });
    }
}
