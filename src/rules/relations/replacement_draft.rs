//! `replacement-draft`: see `replacement_draft.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "replacement-draft",
    level: Level::Warning,
    reference: "scs-0001-v1#proposal-of-a-major-update-to-a-stable-document",
    templates: false,
    page: include_str!("replacement_draft.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    for reference in &document.meta.replaced_by {
        let Some(other) = corpus.find(&reference.file) else { continue };
        if other.meta.status != Some(Status::Draft) {
            continue;
        }
        let message = format!("`replaced_by` names {}, which is still a Draft", other.label());
        let finding = sink.report(document, reference.span, reference.file.as_str(), message);
        finding.help("a document is replaced once its replacement is Stable");
        if let Some(field) = other.front.get("status") {
            finding.related(other, field.value.span, "its status");
        }
    }
}
