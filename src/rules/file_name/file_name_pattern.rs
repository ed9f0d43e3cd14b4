//! `file-name-pattern`: see `file_name_pattern.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "file-name-pattern",
    level: Level::Error,
    reference: "scs-0001-v1#file-names",
    templates: false,
    page: include_str!("file_name_pattern.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if let Err(problem) = document.name {
        let message = format!("the file name `{}` {problem}", document.file_name());
        sink.report(document, Span::FILE, document.file_name(), message)
            .help("a document is called `scs-<number>-v<version>-<slug>.md`, a supplement `scs-<number>-w<version>-<slug>.md`, a proposal has `xxxx` for its number");
    }
}
