//! `field-forbidden`: see `field_forbidden.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::Vocabulary;
use crate::model::fields::{Presence, Shape, field};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "field-forbidden",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("field_forbidden.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for present in &document.front.fields {
        let Some(field) = field(&present.key) else { continue };
        let message = match (field.presence(document.kind()), field.shape) {
            (Presence::Forbidden, _) if document.is_primary() => {
                format!("`{}` belongs into supplements only", field.name)
            }
            (Presence::Forbidden, _) => {
                format!("a supplement has no `{}`: it is informative and has no status", field.name)
            }
            // A date that the status contradicts is for `status-date-stray`.
            (Presence::ByStatus { allowed, .. }, Shape::Documents) => match document.meta.status {
                Some(status) if !allowed.contains(&status) => {
                    let allowed: Vec<&str> = allowed.iter().map(|status| status.name()).collect();
                    let allowed = allowed.join(" or ");
                    format!(
                        "`{}` is for documents that are {allowed}, but `status` is `{status}`",
                        field.name
                    )
                }
                _ => continue,
            },
            _ => continue,
        };
        let finding = sink.report(document, present.key_span, field.name, message);
        finding.help(format!("remove `{}`", field.name));
        let by_status = matches!(field.presence(document.kind()), Presence::ByStatus { .. });
        if let Some(status) = document.front.get("status").filter(|_| by_status) {
            finding.related(document, status.value.span, "the status");
        }
    }
}
