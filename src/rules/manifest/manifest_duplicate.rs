//! `manifest-duplicate`: see `manifest_duplicate.md`.

use std::collections::HashMap;

use crate::corpus::Corpus;
use crate::corpus::manifest::{Manifest, Module, Version};
use crate::document::Placed;
use crate::document::Span;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-duplicate",
    level: Level::Error,
    reference: "scs-0003-v1#manifest",
    templates: false,
    page: include_str!("manifest_duplicate.md"),
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Corpus, sink: &mut Sink<'_>) {
    let testcases = manifest.testcases().filter_map(|(_, it)| it.id.as_ref());
    report(manifest, sink, "test case", testcases);
    report(manifest, sink, "module", manifest.modules.iter().filter_map(|it| it.id.as_ref()));
    let versions = manifest.versions.iter().filter_map(|it| it.version.as_ref());
    report(manifest, sink, "version", versions);
    let modules = manifest.modules_by_id();
    for version in &manifest.versions {
        repeated(manifest, version, &modules, sink);
    }
}

/// Reports ids that are there once more.
fn report<'m>(
    manifest: &Manifest,
    sink: &mut Sink<'_>,
    what: &str,
    ids: impl Iterator<Item = &'m Placed<String>>,
) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for id in ids {
        match first.get(id.value.as_str()) {
            None => {
                first.insert(&id.value, id.span);
            }
            Some(first) => {
                let message = format!("there are two {what}s `{}`", id.value);
                let finding = sink.report_in(&manifest.path, id.span, &*id.value, message);
                finding.related_in(&manifest.path, *first, "the first one");
            }
        }
    }
}

/// Reports test cases that a version gets from two of its modules. A module that is included twice
/// is one finding.
fn repeated(
    manifest: &Manifest,
    version: &Version,
    modules: &HashMap<&str, &Module>,
    sink: &mut Sink<'_>,
) {
    let Some(name) = &version.version else { return };
    let mut included: HashMap<&str, Span> = HashMap::new();
    let mut testcases: HashMap<&str, &str> = HashMap::new();
    for include in &version.include {
        let id = include.module.value.as_str();
        let span = include.module.span;
        let message = if included.insert(id, span).is_some() {
            Some(format!("version `{}` includes `{id}` twice", name.value))
        } else {
            let targets = modules.get(id).map(|it| it.targets.as_slice()).unwrap_or_default();
            let cases = targets.iter().flat_map(|it| &it.testcases).map(|it| it.value.as_str());
            let mut doubled = None;
            for case in cases {
                doubled = doubled.or(testcases.insert(case, id).map(|other| (case, other)));
            }
            doubled.map(|(case, other)| {
                let both = if other == id {
                    format!("`{id}` twice")
                } else {
                    format!("both `{other}` and `{id}`")
                };
                format!("version `{}` gets the test case `{case}` from {both}", name.value)
            })
        };
        if let Some(message) = message {
            let subject = format!("{}: {id}", name.value);
            sink.report_in(&manifest.path, span, subject, message);
        }
    }
}
