//! `supplement-number`: see `supplement_number.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::Kind;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "supplement-number",
    level: Level::Error,
    reference: "scs-0001-v1#supplement",
    templates: false,
    page: include_str!("supplement_number.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Ok(name) = &document.name else { return };
    if name.kind != Kind::Supplement {
        return;
    }
    for reference in &document.meta.supplements {
        let other = corpus.find(&reference.file).and_then(|other| other.name.as_ref().ok());
        let Some(other) = other.filter(|other| other.number != name.number) else { continue };
        let message = format!(
            "the supplement has the number {}, but what it supplements has {}",
            name.number, other.number
        );
        sink.report(document, reference.span, reference.file.as_str(), message).help(format!(
            "a supplement has the number of its document: `scs-{}-w…`",
            other.number
        ));
    }
}
