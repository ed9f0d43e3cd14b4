//! `field-value`: see `field_value.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Value};
use crate::finding::{Fix, Level};
use crate::model::fields;
use crate::rules::{Check, Rule, Sink};
use crate::text::{nearest, shortened};

pub const RULE: Rule = Rule {
    id: "field-value",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("field_value.md"),
    check: Check::Document(check),
};

/// A status that scs-0001 dropped.
const DROPPED_STATUS: &str = "Proposal";

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for field in &document.front.fields {
        let choices = fields::field(&field.key).and_then(|row| row.shape.choices());
        let (Some(choices), Value::Scalar(scalar)) = (choices, &field.value.value) else { continue };
        let value = scalar.text.as_str();
        if field.value.is_empty() || choices.contains(&value) {
            continue;
        }
        let key = field.key.as_str();
        let expected = format!("expected one of {}", choices.join(", "));
        let meant = nearest(value, choices.iter().copied());
        let message = match meant {
            _ if key == "status" && value == DROPPED_STATUS => {
                "`status` is `Proposal`, which scs-0001 dropped: a proposal is a `Draft`".to_owned()
            }
            Some(meant) => format!("`{key}` is `{}`; did you mean `{meant}`?", shortened(value, 60)),
            None => format!("`{key}` is `{}`; {expected}", shortened(value, 60)),
        };
        let fix = meant.map(|meant| {
            let safe = meant.eq_ignore_ascii_case(value);
            Fix::one(format!("write `{meant}`"), safe, document, field.value.span, meant)
        });
        sink.report(document, field.value.span, key, message).help(expected).fix(fix);
    }
}
