//! `front-matter-syntax`: see `front_matter_syntax.md`.

use crate::corpus::Corpus;
use crate::document::{Document, FrontMatterProblem as Problem};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "front-matter-syntax",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: true,
    page: include_str!("front_matter_syntax.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if let Some(Problem::Syntax { span, message }) = &document.front.problem {
        let message = format!("the front matter cannot be read: {message}");
        sink.report(document, *span, "front matter", message).help(
            "a value with `: `, ` #` or a special character at its beginning has to be quoted",
        );
    }
}
