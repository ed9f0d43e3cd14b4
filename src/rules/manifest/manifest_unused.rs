//! `manifest-unused`: see `manifest_unused.md`.

use std::collections::HashSet;

use crate::corpus::Corpus;
use crate::corpus::manifest::Manifest;
use crate::document::Placed;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-unused",
    level: Level::Note,
    reference: "scs-0003-v1#manifest",
    templates: false,
    page: include_str!("manifest_unused.md"),
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Corpus, sink: &mut Sink<'_>) {
    let targeted = manifest.modules.iter().flat_map(|it| &it.targets);
    let targeted = targeted.flat_map(|it| &it.testcases);
    let testcases = manifest.testcases().filter_map(|(_, it)| it.id.as_ref());
    report(manifest, sink, testcases, targeted, "no module has the test case");
    let included = manifest.versions.iter().flat_map(|it| &it.include).map(|it| &it.module);
    // What is recommended, and what people do, is kept in modules that no version includes.
    let to_pass = manifest.modules.iter().filter(|it| {
        it.targets.is_empty() || it.targets.iter().any(|target| target.name.value == "main")
    });
    let modules = to_pass.filter_map(|it| it.id.as_ref());
    report(manifest, sink, modules, included, "no version includes the module");
    let dated = manifest.timeline.iter().flat_map(|it| &it.versions).map(|(name, _)| name);
    let versions = manifest.versions.iter().filter_map(|it| it.version.as_ref());
    report(manifest, sink, versions, dated, "the timeline never names the version");
}

/// Reports the ids that nothing names.
fn report<'m>(
    manifest: &Manifest,
    sink: &mut Sink<'_>,
    ids: impl Iterator<Item = &'m Placed<String>>,
    names: impl Iterator<Item = &'m Placed<String>>,
    message: &str,
) {
    let used: HashSet<&str> = names.map(|name| name.value.as_str()).collect();
    for id in ids.filter(|id| !used.contains(id.value.as_str())) {
        let message = format!("{message} `{}`", id.value);
        sink.report_in(&manifest.path, id.span, &*id.value, message);
    }
}
