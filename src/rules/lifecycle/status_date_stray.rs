//! `status-date-stray`: see `status_date_stray.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::Vocabulary;
use crate::model::fields::{Presence, Shape, field as field_of};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "status-date-stray",
    level: Level::Warning,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("status_date_stray.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let (Some(status), Some(status_field)) = (document.meta.status, document.front.get("status"))
    else {
        return;
    };
    for field in &document.front.fields {
        let Some(row) = field_of(&field.key).filter(|row| row.shape == Shape::Date) else {
            continue;
        };
        let Presence::ByStatus { allowed, .. } = row.presence(document.kind()) else { continue };
        if !allowed.contains(&status) {
            let allowed: Vec<&str> = allowed.iter().map(|status| status.name()).collect();
            let message = format!("`{}` contradicts the status `{status}`", row.name);
            sink.report(document, field.key_span, row.name, message)
                .related(document, status_field.value.span, "the status")
                .help(format!(
                    "remove the date, or set the status that it belongs to ({})",
                    allowed.join(", ")
                ));
        }
    }
}
