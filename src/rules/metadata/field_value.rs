//! `field-value`: see `field_value.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Value};
use crate::finding::{Fix, Level};
use crate::model::fields;
use crate::model::{Status, Vocabulary};
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
        let (Some(choices), Value::Scalar(scalar)) = (choices, &field.value.value) else {
            continue;
        };
        let value = scalar.text.as_str();
        if field.value.is_empty() || choices.contains(&value) {
            continue;
        }
        let key = field.key.as_str();
        let expected = format!("expected one of {}", choices.join(", "));
        let dropped = key == "status" && value.eq_ignore_ascii_case(DROPPED_STATUS);
        let meant = match dropped {
            true => Some(Status::Draft.name()),
            false => nearest(value, choices.iter().copied()),
        };
        let message = match meant {
            _ if dropped => {
                format!("`status` is `{value}`, which scs-0001 dropped: a proposal is a `Draft`")
            }
            Some(meant) => {
                format!("`{key}` is `{}`; did you mean `{meant}`?", shortened(value, 60))
            }
            None => format!("`{key}` is `{}`; {expected}", shortened(value, 60)),
        };
        let fix = meant.and_then(|meant| {
            // Not in a block scalar, whose lines are a part of it.
            let written = field.value.span.of(document.text()).trim_matches(['"', '\'']);
            let safe = meant.eq_ignore_ascii_case(value) && written == value;
            Fix::one(format!("write `{meant}`"), safe, document, field.value.span, meant)
        });
        let finding = sink.report(document, field.value.span, key, message);
        finding.fix(fix);
        if meant.is_some() {
            finding.help(expected);
        }
    }
}
