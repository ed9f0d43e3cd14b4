//! `field-empty`: see `field_empty.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::fields::{self, Shape};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "field-empty",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("field_empty.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for field in &document.front.fields {
        let Some(row) = fields::field(&field.key) else { continue };
        if field.value.is_empty() {
            let what = if row.shape == Shape::Documents { "no documents" } else { "no value" };
            let span = if field.value.span.start == field.value.span.end {
                field.key_span
            } else {
                field.value.span
            };
            sink.report(document, span, row.name, format!("`{}` has {what}", row.name))
                .help(format!("fill it in, or remove `{}`", row.name));
        }
    }
}
