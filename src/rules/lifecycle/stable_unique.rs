//! `stable-unique`: see `stable_unique.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::{Kind, Status};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "stable-unique",
    level: Level::Error,
    reference: "scs-0001-v1#stabilized-phase-stable",
    templates: false,
    page: include_str!("stable_unique.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Some(id) = document.id().filter(|id| id.kind == Kind::Primary) else { return };
    let Some(field) = document.front.get("status") else { return };
    // The newest Stable version is the one that counts; every other one is still to be deprecated.
    let Some(newest) = corpus.stable(id.number).filter(|newest| newest.path != document.path)
    else {
        return;
    };
    if document.meta.status != Some(Status::Stable) {
        return;
    }
    let message = format!("{id} is still Stable, and so is {}", newest.label());
    let finding = sink.report(document, field.value.span, "status", message);
    finding.help(format!(
        "deprecate {id}: `status: Deprecated`, `deprecated_at`, and `replaced_by` with `{}`",
        newest.file_name()
    ));
    if let Some(other) = newest.front.get("status") {
        finding.related(newest, other.value.span, "the newest Stable version");
    }
}
