//! `file-content`: see `file_content.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Flaw, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::counted;

pub const RULE: Rule = Rule {
    id: "file-content",
    level: Level::Error,
    reference: "scs-0001-v1#document-format",
    templates: true,
    page: include_str!("file_content.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for flaw in &document.flaws {
        let (span, subject, message, help) = match flaw {
            Flaw::NotAFile => (
                Span::FILE,
                "file",
                "this is a symbolic link or another special file; it was not opened".to_owned(),
                "a document is a regular file: put the text itself here",
            ),
            Flaw::NotUtf8 { at, count } => (
                Span::new(*at, at + 1),
                "encoding",
                format!("not UTF-8: {} from here on cannot be read", counted(*count, "byte")),
                "save the file as UTF-8",
            ),
            Flaw::Nul { at } => (
                Span::new(*at, at + 1),
                "NUL",
                "there is a NUL byte in the text".to_owned(),
                "remove it: Markdown is plain text",
            ),
        };
        sink.report(document, span, subject, message).help(help);
    }
}
