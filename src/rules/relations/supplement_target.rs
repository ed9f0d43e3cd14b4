//! `supplement-target`: see `supplement_target.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "supplement-target",
    level: Level::Error,
    reference: "scs-0001-v1#supplement",
    templates: false,
    page: include_str!("supplement_target.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    if document.is_primary() {
        return;
    }
    for reference in &document.meta.supplements {
        let Some(other) = corpus.find(&reference.file) else { continue };
        if other.is_primary() || other.path == document.path {
            continue;
        }
        let message =
            format!("{} is a supplement itself and cannot be supplemented", other.label());
        sink.report(document, reference.span, reference.file.as_str(), message)
            .help("name the Standard, Procedural document or Decision Record that both extend");
    }
}
