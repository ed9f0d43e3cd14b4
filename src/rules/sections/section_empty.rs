//! `section-empty`: see `section_empty.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "section-empty",
    level: Level::Note,
    reference: "scs-0001-v1#sections",
    templates: false,
    page: include_str!("section_empty.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for heading in document.outline.headings.iter().filter(|heading| heading.is_empty) {
        let message = format!("the section `{}` is empty", shortened(&heading.text, 80));
        sink.report(document, heading.span, shortened(&heading.text, 80), message)
            .help("write a sentence, or remove the heading");
    }
}
