//! `change-untested`: see `change_untested.md`.

use crate::change::Change;
use crate::corpus::Automated;
use crate::finding::Level;
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-untested",
    level: Level::Warning,
    reference: "scs-0001-v1#stabilized-phase-stable",
    templates: false,
    page: include_str!("change_untested.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for operation in change.operations.iter().filter(|it| it.becomes(Status::Stable)) {
        let Some(document) = operation.after() else { continue };
        let Some(known) = change.head.tested(document, &change.tests) else { continue };
        let tested = known.automated != Automated::Missing;
        let documented = known.described.is_some();
        let missing = match (tested, documented) {
            (true, true) => continue,
            (false, true) => "no manifest names a test case for it",
            (true, false) => "neither it nor a supplement describes a test case",
            (false, false) => "no manifest names a test case for it, and none is described",
        };
        let message = format!("{} becomes Stable, but {missing}", document.label());
        sink.report(document, document.front.place("status"), "tests", message).help(
            "a Standard becomes Stable once its tests are there, work with the reference implementation and are described",
        );
    }
}
