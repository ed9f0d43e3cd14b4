//! `replaced-by-missing`: see `replaced_by_missing.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};
use crate::text::all_of;

pub const RULE: Rule = Rule {
    id: "replaced-by-missing",
    level: Level::Error,
    reference: "scs-0001-v1#deprecation-phase-deprecated",
    templates: false,
    page: include_str!("replaced_by_missing.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Some(status @ (Status::Deprecated | Status::Rejected)) = document.meta.status else {
        return;
    };
    let Some(field) = document.front.get("status") else { return };
    let missing = corpus.unlisted_replacements(document);
    let Some(first) = missing.first() else { return };
    let names: Vec<&str> = missing.iter().map(|other| other.file_name()).collect();
    let span = document.front.get("replaced_by").map_or(field.value.span, |field| field.value.span);
    let message =
        format!("{status}, and `replaced_by` does not list its replacement {}", all_of(&names));
    let finding = sink.report(document, span, names.join(", "), message);
    let items: Vec<String> = names.iter().map(|name| format!("- {name}")).collect();
    finding.help(match document.front.get("replaced_by") {
        Some(_) => format!("add {} to the list", all_of(&items)),
        None => format!("add a line `replaced_by:`, and below it {}", all_of(&items)),
    });
    let place = first.meta.references("replaces").iter().find(|it| it.file == document.file_name());
    let (place, what) = match place {
        Some(reference) => (reference.span, "it says that it replaces this document"),
        None => (first.front.opening, "a later version of the same number"),
    };
    finding.related(first, place, what);
}
