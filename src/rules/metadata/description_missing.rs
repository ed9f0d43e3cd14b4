//! `description-missing`: see `description_missing.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "description-missing",
    level: Level::Note,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("description_missing.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let front = &document.front;
    if document.is_primary() && front.is_readable() && front.get("description").is_none() {
        let message = "there is no `description`, which the index prints";
        sink.report(document, front.opening, "description", message)
            .help("add `description: |` and one or two sentences");
    }
}
