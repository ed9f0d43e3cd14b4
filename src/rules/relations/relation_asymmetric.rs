//! `relation-asymmetric`: see `relation_asymmetric.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "relation-asymmetric",
    level: Level::Warning,
    reference: "scs-0001-v1#proposal-of-a-major-update-to-a-stable-document",
    templates: false,
    page: include_str!("relation_asymmetric.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    for reference in &document.meta.replaced_by {
        let Some(other) = corpus.find(&reference.file).filter(|other| other.path != document.path)
        else {
            continue;
        };
        if other.meta.replaces.iter().any(|back| back.file == document.file_name()) {
            continue;
        }
        let message = format!(
            "`replaced_by` names {}, but its `replaces` does not name {}",
            other.label(),
            document.label()
        );
        let place =
            other.front.get("replaces").map_or(other.front.opening, |field| field.value.span);
        sink.report(document, reference.span, reference.file.as_str(), message)
            .related(other, place, "the reference back belongs here")
            .help(format!("add `{}` to `replaces` of {}", document.file_name(), other.label()));
    }
}
