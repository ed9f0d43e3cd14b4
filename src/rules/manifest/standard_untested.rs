//! `standard-untested`: see `standard_untested.md`.

use std::collections::HashSet;

use crate::corpus::Corpus;
use crate::document::Span;
use crate::finding::Level;
use crate::model::{DocType, Status, Track, testcase_number};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "standard-untested",
    level: Level::Warning,
    reference: "scs-0003-v1#test-cases",
    templates: false,
    page: include_str!("standard_untested.md"),
    check: Check::Corpus(check),
};

fn check(corpus: &Corpus, sink: &mut Sink<'_>) {
    // Where there is no manifest, nothing can be missing in one.
    if corpus.manifests.is_empty() {
        return;
    }
    let mut tested: HashSet<u16> = HashSet::new();
    for manifest in &corpus.manifests {
        // Before there were scripts, whatever was named was automated.
        if manifest.scripts.is_empty() {
            tested.extend(manifest.named_numbers());
        }
        for (script, testcase) in manifest.testcases() {
            if script.executable.is_some() {
                tested.extend(testcase.id.iter().filter_map(|it| testcase_number(&it.value)));
                let url =
                    testcase.url.iter().filter_map(|it| corpus.led_to(manifest, &it.value)?.id());
                tested.extend(url.map(|id| id.number));
            }
        }
    }
    for document in &corpus.documents {
        let is_stable =
            document.is_a(DocType::Standard) && document.meta.status == Some(Status::Stable);
        let needs_none = document.meta.track == Some(Track::Scopes);
        let Some(id) = document.id().filter(|_| is_stable && !needs_none) else { continue };
        if !tested.contains(&id.number) {
            let place = document.front.get("status").map_or(Span::FILE, |it| it.value.span);
            let message = format!(
                "{id} is a Stable Standard, and no manifest has an automated test case for it"
            );
            sink.report(document, place, "tests", message);
        }
    }
}
