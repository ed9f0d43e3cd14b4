//! `slug-characters`: see `slug_characters.md`.

use std::collections::BTreeSet;

use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::all_of;

pub const RULE: Rule = Rule {
    id: "slug-characters",
    level: Level::Error,
    reference: "scs-0001-v1#file-names",
    templates: false,
    page: include_str!("slug_characters.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let Ok(name) = &document.name else { return };
    let allowed = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-';
    let bad: BTreeSet<char> = name.slug.chars().filter(|c| !allowed(c)).collect();
    let subject = "slug";
    if !bad.is_empty() {
        let bad: Vec<String> = bad.iter().map(char::to_string).collect();
        let message = format!("the slug `{}` contains {}", name.slug, all_of(&bad));
        sink.report(document, Span::FILE, subject, message).help(
            "a slug consists of lower-case ASCII letters, digits and hyphens; a document that is merged already keeps its address: accept the finding in the configuration",
        );
    } else if name.slug.starts_with('-') {
        let message = format!("the slug `{}` starts with a hyphen", name.slug);
        sink.report(document, Span::FILE, subject, message)
            .help("begin the slug with a lower-case letter");
    }
}
