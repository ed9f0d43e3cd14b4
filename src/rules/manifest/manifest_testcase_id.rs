//! `manifest-testcase-id`: see `manifest_testcase_id.md`.

use crate::corpus::{Corpus, Manifest};
use crate::finding::Level;
use crate::model::testcase_number;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-testcase-id",
    level: Level::Warning,
    reference: "scs-0003-v1#test-cases",
    templates: false,
    page: include_str!("manifest_testcase_id.md"),
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, corpus: &Corpus, sink: &mut Sink<'_>) {
    for (_, testcase) in manifest.testcases() {
        let Some(id) = &testcase.id else { continue };
        let url = testcase.url.as_ref();
        let documented =
            url.and_then(|it| corpus.led_to(manifest, &it.value)).and_then(|it| it.id());
        let number = testcase_number(&id.value);
        let message = match (number, documented) {
            (None, Some(document)) => format!(
                "the id of a test case begins with the number of its standard; `{}` is one of scs-{:04}",
                id.value, document.number
            ),
            (None, None) => format!(
                "the id of a test case begins with the number of its standard; `{}` does not",
                id.value
            ),
            (Some(number), Some(document)) if number != document.number => format!(
                "`{}` has the number of scs-{:04}, and its address leads to {document}",
                id.value, number
            ),
            (Some(_), _) => continue,
        };
        sink.report_in(&manifest.path, id.span, &*id.value, message);
    }
}
