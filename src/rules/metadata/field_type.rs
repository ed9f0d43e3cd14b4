//! `field-type`: see `field_type.md`.

use crate::corpus::Corpus;
use crate::document::{Document, ScalarType, Value};
use crate::finding::{Fix, Level};
use crate::model::fields::{self, Shape};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "field-type",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("field_type.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for field in &document.front.fields {
        let Some(row) = fields::field(&field.key) else { continue };
        let name = row.name;
        match (&field.value.value, row.shape) {
            (Value::List { items, .. }, Shape::Documents) => {
                for (at, item) in
                    items.iter().enumerate().filter(|(_, item)| item.string().is_none())
                {
                    let what = kind_of(&item.value);
                    let message = format!("an item of `{name}` is {what}; expected a file name");
                    sink.report(document, item.span, format!("{name} {}", at + 1), message)
                        .help("write the file name of a document, `.md` included");
                }
            }
            (Value::List { .. } | Value::Mapping(_), _) => {
                let expected = if row.shape == Shape::Documents {
                    "a list of file names"
                } else {
                    "one value"
                };
                let message =
                    format!("`{name}` is {}; expected {expected}", kind_of(&field.value.value));
                sink.report(document, field.value.span, name, message);
            }
            // What a closed list, a date or a list wants is judged by their own rules.
            (Value::Scalar(scalar), Shape::Text) => {
                let kind = scalar.core_type();
                if matches!(kind, ScalarType::Bool | ScalarType::Number) {
                    let what = kind_of(&field.value.value);
                    let message = format!("`{name}` is {what} by the rules of YAML; expected text");
                    let quoted = format!("\"{}\"", scalar.text);
                    sink.report(document, field.value.span, name, message)
                        .help(format!("quote it: `{name}: {quoted}`"))
                        .fix(Fix::one("quote it", false, document, field.value.span, quoted));
                }
            }
            (Value::Scalar(scalar), Shape::Documents)
                if matches!(scalar.core_type(), ScalarType::Bool | ScalarType::Number) =>
            {
                let what = kind_of(&field.value.value);
                let message = format!("`{name}` is {what}; expected a list of file names");
                sink.report(document, field.value.span, name, message);
            }
            (Value::Scalar(_), _) => {}
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::List { .. } => "a list",
        Value::Mapping(_) => "a mapping",
        Value::Scalar(scalar) => match scalar.core_type() {
            ScalarType::Null => "empty",
            ScalarType::Bool => "true or false",
            ScalarType::Number => "a number",
            ScalarType::String => "text",
        },
    }
}
