//! `slug-style`: see `slug_style.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "slug-style",
    level: Level::Warning,
    reference: "scs-0001-v1#file-names",
    templates: false,
    page: include_str!("slug_style.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let Ok(name) = &document.name else { return };
    if name.slug.starts_with(|c: char| c.is_ascii_digit()) {
        let message = format!("the slug `{}` starts with a digit", name.slug);
        sink.report(document, Span::FILE, "slug", message)
            .help("begin the slug with a lower-case letter");
    }
    if name.slug.contains("--") {
        let message = format!("the slug `{}` has two hyphens in a row", name.slug);
        sink.report(document, Span::FILE, "slug hyphens", message).help("write one hyphen");
    }
}
