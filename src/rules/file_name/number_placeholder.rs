//! `number-placeholder`: see `number_placeholder.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "number-placeholder",
    level: Level::Note,
    reference: "scs-0001-v1#proposal-of-a-new-document",
    templates: false,
    page: include_str!("number_placeholder.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if let Some(placeholder) = document.placeholder() {
        let message = format!("the number is still the placeholder `{placeholder}`");
        sink.report(document, Span::FILE, "number", message)
            .help("a number is assigned when the document is accepted, before the merge");
    }
}
