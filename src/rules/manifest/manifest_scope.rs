//! `manifest-scope`: see `manifest_scope.md`.

use std::collections::{HashMap, HashSet};

use crate::corpus::Corpus;
use crate::corpus::manifest::{Include, Manifest, Module, Version};
use crate::corpus::scope::{Describing, Difference, Included, Scope, values_here, values_there};
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::model::State;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "manifest-scope",
    level: Level::Error,
    reference: "scs-0003-v1#scope-documents",
    templates: false,
    page: include_str!("manifest_scope.md"),
    check: Check::Scopes(check),
};

fn check(scopes: &[Scope<'_>], corpus: &Corpus, sink: &mut Sink<'_>) {
    let mut described = HashSet::new();
    for manifest in &corpus.manifests {
        let modules = manifest.modules_by_id();
        let describing = Describing::of(scopes, manifest);
        for version in &manifest.versions {
            let Some(name) = &version.version else { continue };
            let Some(scope) = describing.version(&name.value) else {
                let message = format!("no scope document describes version `{}`", name.value);
                let finding = sink.report_in(&manifest.path, name.span, &*name.value, message);
                finding.milder(Level::Note);
                continue;
            };
            described.insert(scope.document.path.as_str());
            Pair { corpus, manifest, version, scope, modules: &modules }.compare(sink);
        }
    }
    let is_undescribed = |it: &&Scope<'_>| !described.contains(it.document.path.as_str());
    for scope in scopes.iter().filter(is_undescribed).filter(|it| is_in_use(it, corpus)) {
        let Scope { document, version, .. } = scope;
        let message = format!("no manifest has version `{version}` of this scope");
        sink.report(document, place(scope), &**version, message).milder(Level::Note);
    }
}

/// What is out of use may have been pruned from the manifest.
fn is_in_use(scope: &Scope<'_>, corpus: &Corpus) -> bool {
    let state = scope.document.state_on(corpus.as_of);
    !matches!(state, Some(State::Deprecated | State::Rejected) | None)
}

/// Where the subject matter of a scope stands, or would.
fn place(scope: &Scope<'_>) -> Span {
    let title = || scope.document.front.get("title").map_or(Span::FILE, |it| it.value.span);
    scope.subject_matter.map_or_else(title, |it| it.span)
}

/// A version of a manifest and the document that describes it.
struct Pair<'p> {
    corpus: &'p Corpus,
    manifest: &'p Manifest,
    version: &'p Version,
    scope: &'p Scope<'p>,
    modules: &'p HashMap<&'p str, &'p Module>,
}

impl Pair<'_> {
    fn compare(&self, sink: &mut Sink<'_>) {
        let Pair { corpus, manifest, version, scope, modules } = *self;
        if scope.subject_matter.is_none() {
            let message = format!(
                "a scope lists what it includes in a section *Subject Matter*; without one, `{}` in {} has nothing to rest on",
                scope.version, manifest.path
            );
            sink.report(scope.document, place(scope), "Subject Matter", message);
            return;
        }
        let name = version.version.as_ref().map_or(version.span, |it| it.span);
        for difference in corpus.differences(manifest, version, scope, modules) {
            match difference {
                Difference::Lacking(point) => {
                    let what = format!("lacks {}, which its scope includes", name_of(point));
                    self.report(name, point, &what, sink);
                }
                Difference::Other { include, document, point } => {
                    let label = document.label();
                    let what = format!("has {label} where its scope has {}", name_of(point));
                    self.report(include.module.span, point, &what, sink);
                }
                Difference::Extra { include, document } => self.extra(include, document, sink),
                Difference::Minor { include, point, minor } => {
                    let id = &include.module.value;
                    let what = format!("includes `{id}`, and its scope asks for v{minor}");
                    self.report(include.module.span, point, &what, sink);
                }
                Difference::Parameters { include, point } => {
                    let what = format!(
                        "includes `{}` with {}, and its scope with {}",
                        include.module.value,
                        told(&values_here(manifest, include)),
                        told(&values_there(point))
                    );
                    self.report(include.module.span, point, &what, sink);
                }
            }
        }
    }

    fn extra(&self, include: &Include, document: Option<&Document>, sink: &mut Sink<'_>) {
        let id = include.module.value.as_str();
        let label = document.map_or_else(|| id.to_owned(), Document::label);
        let own = self.scope.document;
        let message = format!(
            "version `{}` includes `{id}`, and {} does not list {label}",
            self.called(),
            own.label()
        );
        let subject = format!("{}: {label}", self.scope.version);
        let finding = sink.report_in(&self.manifest.path, include.module.span, subject, message);
        finding.related(own, place(self.scope), "the subject matter of this version");
    }

    fn report(&self, span: Span, point: &Included<'_>, what: &str, sink: &mut Sink<'_>) {
        let subject = format!("{}: {}", self.scope.version, name_of(point));
        let message = format!("version `{}` {what}", self.called());
        let finding = sink.report_in(&self.manifest.path, span, subject, message);
        finding.related(self.scope.document, point.span, "the point of the subject matter");
    }

    fn called(&self) -> &str {
        self.version.version.as_ref().map_or(self.scope.version.as_str(), |it| it.value.as_str())
    }
}

fn told(values: &[String]) -> String {
    if values.is_empty() { "nothing".to_owned() } else { values.join(", ") }
}

fn name_of(point: &Included<'_>) -> String {
    point.document.map_or_else(|| shortened(&point.text, 60), Document::label)
}
