//! `manifest-syntax`: see `manifest_syntax.md`.

use crate::corpus::{Corpus, Manifest};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-syntax",
    level: Level::Error,
    reference: "scs-0003-v1#manifest",
    templates: false,
    page: include_str!("manifest_syntax.md"),
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Corpus, sink: &mut Sink<'_>) {
    for problem in &manifest.problems {
        sink.report_in(&manifest.path, problem.span, &*problem.subject, &*problem.message);
    }
}
