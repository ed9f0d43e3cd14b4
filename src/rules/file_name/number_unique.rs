//! `number-unique`: see `number_unique.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

/// How many of the others are shown.
const MOST_SHOWN: usize = 8;

pub const RULE: Rule = Rule {
    id: "number-unique",
    level: Level::Error,
    reference: "scs-0001-v1#file-names",
    templates: false,
    page: include_str!("number_unique.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Some(id) = document.id() else { return };
    let others: Vec<_> = corpus.with_id(id).filter(|other| other.path != document.path).collect();
    if let Some(first) = others.first() {
        let message = format!("{id} is also the number of `{}`", first.file_name());
        let finding = sink.report(document, Span::FILE, id.to_string(), message);
        finding.help("one of the two needs the next unused number of its track");
        for other in others.into_iter().take(MOST_SHOWN) {
            finding.related(other, Span::FILE, format!("{id} too"));
        }
    }
}
