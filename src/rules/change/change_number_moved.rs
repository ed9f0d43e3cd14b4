//! `change-number-moved`: see `change_number_moved.md`.

use crate::change::{Change, Operation};
use crate::document::Span;
use crate::finding::Level;
use crate::model::Number;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-number-moved",
    level: Level::Warning,
    reference: "scs-0001-v1#process",
    templates: false,
    page: include_str!("change_number_moved.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for (before, after) in change.operations.iter().filter_map(Operation::both) {
        let (Ok(old), Ok(new)) = (&before.name, &after.name) else { continue };
        // Another slug too is for `change-slug`; from a placeholder to a number is the way to go.
        if old.number == new.number
            || old.slug != new.slug
            || matches!(old.number, Number::Placeholder(_))
        {
            continue;
        }
        let message = format!("the number {} becomes {}", old.number, new.number);
        sink.report(after, Span::FILE, "number", message).help(
            "an accepted document keeps its number, unless two happen to share one; correct what refers to it",
        );
    }
}
