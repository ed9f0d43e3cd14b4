//! `manifest-undocumented`: see `manifest_undocumented.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::manifest::Manifest;
use crate::corpus::{Case, Corpus, Mentions};
use crate::document::Placed;
use crate::finding::Level;
use crate::model::testcase_number;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-undocumented",
    level: Level::Warning,
    reference: "scs-0003-v1#test-cases",
    templates: false,
    page: include_str!("manifest_undocumented.md"),
    check: Check::Corpus(check),
};

/// How many test cases are compared with one that has a variable part.
const MOST_COMPARED: usize = 1000;

fn check(corpus: &Corpus, sink: &mut Sink<'_>) {
    let mut tested: BTreeMap<u16, BTreeSet<&str>> = BTreeMap::new();
    let mut mentions = Mentions::of(corpus);
    for manifest in &corpus.manifests {
        for module in &manifest.modules {
            let url = module.url.as_ref();
            if let Some(number) = url.and_then(|it| number_of(corpus, manifest, it)) {
                tested.entry(number).or_default();
            }
        }
        for (_, testcase) in manifest.testcases() {
            let (Some(id), url) = (&testcase.id, testcase.url.as_ref()) else { continue };
            let number = testcase_number(&id.value).or_else(|| number_of(corpus, manifest, url?));
            let Some(number) = number else { continue };
            tested.entry(number).or_default().insert(&id.value);
            if mentions.has(number, &id.value) {
                continue;
            }
            let message =
                format!("no document of scs-{number:04} names the test case `{}`", id.value);
            let finding = sink.report_in(&manifest.path, id.span, &*id.value, message);
            finding.help(format!(
                "name it in a section on tests of the standard or of a supplement to it, or take it out of {}",
                manifest.path
            ));
        }
    }
    for case in &corpus.cases().all {
        // Whether a standard is tested by a manifest at all is another question.
        let Some(ids) = tested.get(&case.number) else { continue };
        if !stands_for_one_of(case, ids)
            && let Some(document) = corpus.at(case.document)
        {
            let message = format!("no manifest has the test case `{}`", case.id);
            sink.report(document, case.span, case.id.to_string(), message);
        }
    }
}

fn stands_for_one_of(case: &Case, ids: &BTreeSet<&str>) -> bool {
    match case.id.before() {
        None => ids.contains(case.id.to_string().as_str()),
        Some(before) => {
            let mut from = ids.range(before..).take_while(|id| id.starts_with(before));
            // Where there are more than that, it may be one of them.
            from.by_ref().take(MOST_COMPARED).any(|id| case.id.matches(id)) || from.next().is_some()
        }
    }
}

fn number_of(corpus: &Corpus, manifest: &Manifest, url: &Placed<String>) -> Option<u16> {
    Some(corpus.led_to(manifest, &url.value)?.id()?.number)
}
