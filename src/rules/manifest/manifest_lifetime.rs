//! `manifest-lifetime`: see `manifest_lifetime.md`.

use std::cmp::Reverse;

use crate::corpus::manifest::{Manifest, TestCase};
use crate::corpus::scope::regime_of;
use crate::corpus::{Corpus, Scope};
use crate::finding::Level;
use crate::model::{CaseKind, Lifetime, Status};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-lifetime",
    level: Level::Error,
    reference: "scs-0003-v1#scope-documents",
    templates: false,
    page: include_str!("manifest_lifetime.md"),
    check: Check::Scopes(check),
};

fn check(scopes: &[Scope<'_>], corpus: &Corpus, sink: &mut Sink<'_>) {
    for manifest in &corpus.manifests {
        let mut own: Vec<&Scope<'_>> = scopes.iter().filter(|it| it.is_of(manifest)).collect();
        // What is in force goes before what is not, the newest first.
        let is_stable = |it: &Scope<'_>| it.document.meta.status == Some(Status::Stable);
        own.sort_by_key(|it| Reverse((is_stable(it), it.id.version)));
        for (script, testcase) in manifest.testcases() {
            if script.executable.is_some() {
                compare(corpus, manifest, testcase, &own, sink);
            }
        }
    }
}

fn compare(
    corpus: &Corpus,
    manifest: &Manifest,
    testcase: &TestCase,
    scopes: &[&Scope<'_>],
    sink: &mut Sink<'_>,
) {
    let (Some(id), Some(url)) = (&testcase.id, &testcase.url) else { return };
    let number = corpus.led_to(manifest, &url.value).and_then(|it| it.id()).map(|id| id.number);
    let points = scopes.iter().flat_map(|it| &it.included);
    let mut included = points.filter_map(|it| it.document?.id());
    let Some(document) = included.find(|id| Some(id.number) == number) else { return };
    // What the description of a test case says goes before what the scope says of its standard.
    let described = corpus.cases().of(document.number, &id.value);
    let mut described = described.filter(|it| it.versions.contains(&document.version));
    let described = described.find_map(|it| Some((it.lifetime?, it.span, corpus.at(it.document)?)));
    let regime = || regime_of(scopes.iter().copied(), document, CaseKind::Automated);
    let Some((most, place, source)) = described.or_else(regime) else { return };
    let (lifetime, span) =
        testcase.lifetime.as_ref().map_or((Lifetime::Week, id.span), |it| (it.value, it.span));
    if lifetime > most {
        let default = if testcase.lifetime.is_some() { "" } else { ", the default" };
        let message = format!(
            "a result of `{}` counts for a {lifetime}{default}; {} wants one each {most} for {document}",
            id.value,
            source.label()
        );
        let finding = sink.report_in(&manifest.path, span, &*id.value, message);
        finding.help(format!("write `lifetime: {most}`"));
        finding.related(source, place, "where that is said");
    }
}
