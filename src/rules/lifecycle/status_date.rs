//! `status-date`: see `status_date.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::fields::{FIELDS, Presence, Shape};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "status-date",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("status_date.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let (Some(status), Some(field)) = (document.meta.status, document.front.get("status")) else {
        return;
    };
    for row in FIELDS.iter().filter(|row| row.shape == Shape::Date) {
        let Presence::ByStatus { required, .. } = row.presence(document.kind()) else { continue };
        if required.contains(&status) && document.front.get(row.name).is_none() {
            let message = format!("`status` is `{status}`, but there is no `{}`", row.name);
            sink.report(document, field.value.span, row.name, message)
                .help(format!("add `{}: YYYY-MM-DD` below the status", row.name));
        }
    }
}
