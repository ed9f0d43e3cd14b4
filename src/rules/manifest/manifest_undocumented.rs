//! `manifest-undocumented`: see `manifest_undocumented.md`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::corpus::manifest::Manifest;
use crate::corpus::{Case, Corpus};
use crate::document::Document;
use crate::document::Placed;
use crate::finding::Level;
use crate::model::Named;
use crate::model::sections::is_about_tests;
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
    let mut words: BTreeMap<u16, HashSet<&str>> = BTreeMap::new();
    for manifest in &corpus.manifests {
        for module in &manifest.modules {
            let url = module.url.as_ref();
            if let Some(number) = url.and_then(|it| number_of(corpus, manifest, it)) {
                tested.entry(number).or_default();
            }
        }
        for (_, testcase) in manifest.testcases() {
            let (Some(id), url) = (&testcase.id, testcase.url.as_ref()) else { continue };
            let own = Named::all_in(&id.value).next().filter(|(at, _)| *at == 0);
            let own = own.map(|(_, named)| named.number);
            let number = own.or_else(|| number_of(corpus, manifest, url?));
            let Some(number) = number else { continue };
            tested.entry(number).or_default().insert(&id.value);
            let described = corpus.cases().of(number, &id.value).next().is_some();
            let mut is_named = || {
                let words = words.entry(number).or_insert_with(|| words_of(corpus, number));
                words.contains(id.value.as_str())
            };
            if described || is_named() {
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

/// The words that may be ids in the supplements of a number and in the sections on tests of its
/// primary documents.
fn words_of(corpus: &Corpus, number: u16) -> HashSet<&str> {
    let documents = corpus.documents.iter().map(AsRef::as_ref);
    let own = documents.filter(|it: &&Document| it.id().is_some_and(|it| it.number == number));
    own.flat_map(texts_of).flat_map(words_in).collect()
}

fn texts_of(document: &Document) -> Vec<&str> {
    if !document.is_primary() {
        return vec![document.text.get(document.body.start..).unwrap_or_default()];
    }
    let sections = document.body.headings.iter().filter(|it| is_about_tests(&it.text));
    let text = document.text.as_str();
    sections.map(|it| document.body.section(it, text.len()).of(text)).collect()
}

fn words_in(text: &str) -> impl Iterator<Item = &str> {
    let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.split(move |c| !goes_on(c)).map(|word| word.trim_matches('.'))
}
