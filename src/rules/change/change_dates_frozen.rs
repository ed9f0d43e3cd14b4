//! `change-dates-frozen`: see `change_dates_frozen.md`.

use crate::change::{Change, Operation};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "change-dates-frozen",
    level: Level::Warning,
    reference: "scs-0001-v1#stabilized-phase-stable",
    templates: false,
    page: include_str!("change_dates_frozen.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for (before, after) in change.operations.iter().filter_map(Operation::both) {
        // What cannot be read is not gone; `front-matter-syntax` says so.
        let Some(status) = before.meta.status.filter(|_| after.front.is_readable()) else {
            continue;
        };
        for key in status.rests_on().iter().filter_map(|status| status.date_field()) {
            let Some(old) = before.meta.date(key) else { continue };
            if after.meta.date(key) == Some(old) {
                continue;
            }
            let (message, place) = match after.front.get(key) {
                Some(field) => {
                    let new = shortened(field.value.span.of(after.text()), 40);
                    (format!("`{key}` was {old} and becomes `{new}`"), field.value.span)
                }
                None => (format!("`{key}` was {old} and is gone"), after.front.place("status")),
            };
            let finding = sink.report(after, place, key, message);
            finding
                .help(format!("{} is {status} by this date: keep `{key}: {old}`", before.label()));
        }
    }
}
