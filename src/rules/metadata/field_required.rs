//! `field-required`: see `field_required.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::fields::{FIELDS, Presence, Shape};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "field-required",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("field_required.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if !document.front.is_readable() {
        return;
    }
    for field in FIELDS {
        let required = field.presence(document.kind()) == Presence::Required;
        if !required || document.front.get(field.name).is_some() {
            continue;
        }
        let mut message = format!("the field `{}` is missing", field.name);
        if field.primary != field.supplement {
            let kind = if document.is_primary() {
                "every document but a supplement"
            } else {
                "a supplement"
            };
            message.push_str(&format!("; {kind} has it"));
        }
        let finding = sink.report(document, document.front.opening, field.name, message);
        finding.help(match field.shape.choices() {
            Some(choices) => format!("add `{}:` with one of {}", field.name, choices.join(", ")),
            None if field.shape == Shape::Documents => {
                format!("add `{}:` with the list of file names of the documents", field.name)
            }
            None => format!("add `{}:`", field.name),
        });
    }
}
