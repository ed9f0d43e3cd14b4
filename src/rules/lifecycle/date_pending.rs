//! `date-pending`: see `date_pending.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "date-pending",
    level: Level::Note,
    reference: "scs-0001-v1#deprecation-phase-deprecated",
    templates: false,
    page: include_str!("date_pending.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let meta = &document.meta;
    let (key, date, until) = match meta.status {
        Some(Status::Stable) => ("stabilized_at", meta.stabilized_at, "it comes into effect then"),
        Some(Status::Deprecated) => {
            ("deprecated_at", meta.deprecated_at, "it is in effect until then")
        }
        _ => return,
    };
    let (Some(date), Some(field)) = (date, document.front.get(key)) else { return };
    if date > corpus.as_of {
        let message = format!("`{key}` is {date}, after {}: {until}", corpus.as_of);
        sink.report(document, field.value.span, key, message);
    }
}
