//! `front-matter-unterminated`: see `front_matter_unterminated.md`.

use crate::corpus::Corpus;
use crate::document::{Document, FrontMatterProblem as Problem};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "front-matter-unterminated",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: true,
    page: include_str!("front_matter_unterminated.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if document.front.problem == Some(Problem::Unterminated) {
        let message = "the front matter is opened here and never closed";
        sink.report(document, document.front.opening, "front matter", message)
            .help("write a line `---` after the last field");
    }
}
