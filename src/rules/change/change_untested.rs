//! `change-untested`: see `change_untested.md`.

use crate::change::Change;
use crate::document::Document;
use crate::finding::Level;
use crate::model::sections::is_about_tests;
use crate::model::{DocType, Status};
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
        let Some(document) = operation.after().filter(|it| it.is_a(DocType::Standard)) else {
            continue;
        };
        let number = document.id().map(|id| id.number);
        let tested = number.is_some_and(|number| change.tests.manifest_for(number).is_some());
        let documented = describes_tests(document)
            || change.head.supplementing(document).any(describes_tests);
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

/// Whether a document has a section about tests with something in it, whatever it is called.
fn describes_tests(document: &Document) -> bool {
    let is_about = |heading: &str| {
        let heading = heading.to_lowercase();
        is_about_tests(&heading) || heading.contains("validation") || heading.contains("conformance")
    };
    document.body.headings.iter().any(|heading| is_about(&heading.text) && !heading.is_empty)
}
