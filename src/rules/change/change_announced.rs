//! `change-announced`: see `change_announced.md`.

use crate::change::Change;
use crate::finding::Level;
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-announced",
    level: Level::Warning,
    reference: "scs-0001-v1#deprecation-phase-deprecated",
    templates: false,
    page: include_str!("change_announced.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    let today = change.head.as_of;
    for operation in change.operations.iter().filter(|it| it.becomes(Status::Deprecated)) {
        let Some(document) = operation.after() else { continue };
        let Some(date) = document.meta.deprecated_at.filter(|date| *date <= today) else {
            continue;
        };
        let message = format!(
            "{} goes out of effect without announcement: `deprecated_at` is {date}, and this change is of {today}",
            document.label()
        );
        sink.report(document, document.front.place("deprecated_at"), "deprecated_at", message)
            .help("set a day in the future, so that those who use the document can adapt");
    }
}
