//! `field-duplicate`: see `field_duplicate.md`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "field-duplicate",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: true,
    page: include_str!("field_duplicate.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for field in &document.front.fields {
        match first.entry(field.key.as_str()) {
            Entry::Vacant(vacant) => {
                vacant.insert(field.key_span);
            }
            Entry::Occupied(occupied) => {
                let message =
                    format!("`{}` occurs twice; other tools take one or the other", field.key);
                sink.report(document, field.key_span, field.key.as_str(), message)
                    .related(document, *occupied.get(), "it stands here already")
                    .help("keep one of the two");
            }
        }
    }
}
