//! `front-matter-whitespace`: see `front_matter_whitespace.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Span, Value};
use crate::finding::{Fix, Level};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "front-matter-whitespace",
    level: Level::Note,
    reference: "scs-0001-v1#document-format",
    templates: true,
    page: include_str!("front_matter_whitespace.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if !document.front.is_readable() {
        return;
    }
    let content = document.front.content;
    let mut at = content.start;
    for line in content.of(&document.text).split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        let end = at + text.len();
        let blanks = Span::new(at + text.trim_end_matches([' ', '\t']).len(), end);
        if blanks.start < blanks.end && !in_block_scalar(document, blanks) {
            let key = document.front.fields.iter().rfind(|field| field.key_span.start <= at);
            let subject = key.map_or("front matter", |field| field.key.as_str());
            sink.report(document, blanks, subject, "blanks at the end of the line")
                .fix(Some(Fix::one("remove them", true, document, blanks, "")));
        }
        at += line.len();
    }
}

/// In a block scalar blanks belong to the value.
fn in_block_scalar(document: &Document, span: Span) -> bool {
    document.front.fields.iter().any(|field| {
        let block = matches!(&field.value.value, Value::Scalar(scalar) if scalar.is_block());
        block && field.value.span.start <= span.start && span.end <= field.value.span.end
    })
}
