//! `manifest-reference`: see `manifest_reference.md`.

use std::collections::HashSet;

use crate::corpus::Corpus;
use crate::corpus::manifest::Manifest;
use crate::document::Placed;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::nearest;

pub const RULE: Rule = Rule {
    id: "manifest-reference",
    level: Level::Error,
    reference: "scs-0003-v1#manifest",
    templates: false,
    page: include_str!("manifest_reference.md"),
    check: Check::Manifest(check),
};

/// For how many unknown names of a manifest another one is looked for: each time takes a look at
/// all of them.
const MOST_HINTS: usize = 100;

fn check(manifest: &Manifest, _: &Corpus, sink: &mut Sink<'_>) {
    let testcases: Vec<&str> = manifest
        .testcases()
        .filter_map(|(_, it)| it.id.as_ref())
        .map(|id| id.value.as_str())
        .collect();
    let modules: Vec<&str> = values(manifest.modules.iter().filter_map(|it| it.id.as_ref()));
    let versions: Vec<&str> = values(manifest.versions.iter().filter_map(|it| it.version.as_ref()));
    let targeted = manifest.modules.iter().flat_map(|it| &it.targets);
    let targeted = targeted.flat_map(|it| &it.testcases);
    report(manifest, sink, "test case", &testcases, targeted);
    let included = manifest.versions.iter().flat_map(|it| &it.include).map(|it| &it.module);
    report(manifest, sink, "module", &modules, included);
    parameters(manifest, sink);
    let dated = manifest.timeline.iter().flat_map(|it| &it.versions).map(|(name, _)| name);
    report(manifest, sink, "version", &versions, dated);
}

/// Reports parameters without a value, and values of parameters that the module does not have.
fn parameters(manifest: &Manifest, sink: &mut Sink<'_>) {
    let known = manifest.modules_by_id();
    for version in &manifest.versions {
        let called = version.version.as_ref().map_or("?", |it| it.value.as_str());
        for include in &version.include {
            let id = include.module.value.as_str();
            let Some(module) = known.get(id) else { continue };
            let names: HashSet<&str> = values(module.parameters.iter()).into_iter().collect();
            let given: HashSet<&str> =
                values(include.parameters.iter().map(|(name, _)| name)).into_iter().collect();
            for (name, _) in
                include.parameters.iter().filter(|(it, _)| !names.contains(it.value.as_str()))
            {
                let message = format!("the module `{id}` has no parameter `{}`", name.value);
                let subject = format!("{called}: {id} {}", name.value);
                let finding = sink.report_in(&manifest.path, name.span, subject, message);
                if let Some(meant) = nearest(&name.value, names.iter().copied()) {
                    finding.help(format!("did you mean `{meant}`?"));
                }
            }
            for name in module.parameters.iter().filter(|it| !given.contains(it.value.as_str())) {
                let message = format!(
                    "version `{called}` includes `{id}` without its parameter `{}`",
                    name.value
                );
                let subject = format!("{called}: {id} {}", name.value);
                sink.report_in(&manifest.path, include.module.span, subject, message);
            }
        }
    }
}

fn values<'m>(ids: impl Iterator<Item = &'m Placed<String>>) -> Vec<&'m str> {
    ids.map(|id| id.value.as_str()).collect()
}

/// Reports the names that are not among the known ones.
fn report<'m>(
    manifest: &Manifest,
    sink: &mut Sink<'_>,
    what: &str,
    known: &[&str],
    names: impl Iterator<Item = &'m Placed<String>>,
) {
    let set: HashSet<&str> = known.iter().copied().collect();
    let unknown = names.filter(|name| !set.contains(name.value.as_str()));
    for (at, name) in unknown.enumerate() {
        let message = format!("the manifest has no {what} `{}`", name.value);
        let finding = sink.report_in(&manifest.path, name.span, &*name.value, message);
        let meant = (at < MOST_HINTS).then(|| nearest(&name.value, known.iter().copied()));
        if let Some(meant) = meant.flatten() {
            finding.help(format!("did you mean `{meant}`?"));
        }
    }
}
