//! `field-date`: see `field_date.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Value};
use crate::finding::Level;
use crate::model::Date;
use crate::model::fields::{self, Shape};
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "field-date",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("field_date.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for field in &document.front.fields {
        let is_date = fields::field(&field.key).is_some_and(|row| row.shape == Shape::Date);
        let Value::Scalar(scalar) = &field.value.value else { continue };
        if !is_date || field.value.is_empty() || Date::parse(&scalar.text).is_some() {
            continue;
        }
        let key = field.key.as_str();
        let text = shortened(&scalar.text, 40);
        let shaped = text.len() == 10 && text.bytes().filter(u8::is_ascii_digit).count() == 8;
        let message = if shaped && text.split('-').map(str::len).eq([4, 2, 2]) {
            format!("`{key}` is `{text}`, a day that does not exist")
        } else {
            format!("`{key}` is `{text}`; expected a date written YYYY-MM-DD")
        };
        sink.report(document, field.value.span, key, message)
            .help("write an existing day as year, month and day: 2024-02-29");
    }
}
