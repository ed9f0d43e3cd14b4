//! `field-unknown`: see `field_unknown.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::{Fix, Level};
use crate::model::fields::{FIELDS, field};
use crate::rules::{Check, Rule, Sink};
use crate::text::nearest;

pub const RULE: Rule = Rule {
    id: "field-unknown",
    level: Level::Warning,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("field_unknown.md"),
    check: Check::Document(check),
};

/// Keys that other or older schemas use for a field of scs-0001.
const FORMER: &[(&str, &str)] = &[("state", "status"), ("obsoleted_at", "deprecated_at")];

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for unknown in &document.front.fields {
        if field(&unknown.key).is_some() {
            continue;
        }
        let former = FORMER.iter().find(|(former, _)| *former == unknown.key).map(|(_, now)| *now);
        let meant = former.or_else(|| nearest(&unknown.key, FIELDS.iter().map(|field| field.name)));
        let absent = meant.filter(|meant| document.front.get(meant).is_none());
        let message = match absent {
            Some(meant) => {
                format!("scs-0001 knows no field `{}`; did you mean `{meant}`?", unknown.key)
            }
            None => format!("scs-0001 knows no field `{}`", unknown.key),
        };
        let help = match meant {
            Some(meant) if absent.is_none() => {
                format!("`{meant}` is there already: remove this one")
            }
            _ => format!(
                "known fields: {}",
                FIELDS.iter().map(|field| field.name).collect::<Vec<_>>().join(", ")
            ),
        };
        let fix = absent.and_then(|meant| {
            Fix::one(format!("rename it to `{meant}`"), false, document, unknown.key_span, meant)
        });
        sink.report(document, unknown.key_span, unknown.key.as_str(), message).help(help).fix(fix);
    }
}
