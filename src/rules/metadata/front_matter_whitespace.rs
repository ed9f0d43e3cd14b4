//! `front-matter-whitespace`: see `front_matter_whitespace.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Field, Span};
use crate::finding::{Fix, Level};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "front-matter-whitespace",
    level: Level::Note,
    reference: "scs-0001-v1#metadata",
    templates: true,
    page: include_str!("front_matter_whitespace.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if !document.front.is_readable() {
        return;
    }
    let fields = &document.front.fields;
    let ends = fields.iter().skip(1).map(|next| next.key_span.start);
    for (field, end) in fields.iter().zip(ends.chain([document.front.content.end])) {
        // In a value over several lines blanks may belong to it.
        let Some(line) = line_of(document, field) else { continue };
        let text = line.of(document.text());
        let blanks = Span::new(line.start + text.trim_end_matches([' ', '\t']).len(), line.end);
        if blanks.start < blanks.end && field.value.span.end <= blanks.start && blanks.end <= end {
            sink.report(document, blanks, field.key.as_str(), "blanks at the end of the line")
                .fix(Fix::one("remove them", true, document, blanks, ""));
        }
    }
}

/// The line of a field that stands on one line, from its key on, without the line end.
fn line_of(document: &Document, field: &Field) -> Option<Span> {
    let rest = document.text().get(field.key_span.start..)?;
    let length = rest.find('\n').unwrap_or(rest.len());
    let line = rest.get(..length)?.trim_end_matches('\r');
    let span = Span::new(field.key_span.start, field.key_span.start + line.len());
    let one_line = span.contains(field.value.span) && field.value.span.start < field.value.span.end;
    one_line.then_some(span)
}
