//! `heading-level-one`: see `heading_level_one.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "heading-level-one",
    level: Level::Warning,
    reference: "scs-0001-v1#sections",
    templates: false,
    page: include_str!("heading_level_one.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for heading in document.outline.headings.iter().filter(|heading| heading.level == 1) {
        let text = shortened(&heading.text, 80);
        let message = format!("`{text}` is a heading of level 1; the site makes one from `title`");
        sink.report(document, heading.span, text, message).help("begin sections with `##`");
    }
}
