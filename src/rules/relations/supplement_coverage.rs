//! `supplement-coverage`: see `supplement_coverage.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::{Kind, Status};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "supplement-coverage",
    level: Level::Note,
    reference: "scs-0001-v1#supplement",
    templates: false,
    page: include_str!("supplement_coverage.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Some(id) = document.id().filter(|id| id.kind == Kind::Supplement) else { return };
    let Some(field) = document.front.get("supplements") else { return };
    let lists = |other: &Document| {
        document.meta.supplements.iter().any(|reference| reference.file == other.file_name())
    };
    let versions: Vec<_> = corpus.versions(id.number, Kind::Primary).collect();
    if !versions.iter().any(|(_, other)| lists(other)) {
        return;
    }
    let newest = |status| versions.iter().rfind(|(_, it)| it.meta.status == Some(status)).copied();
    let stable = newest(Status::Stable);
    // A Draft below the Stable version was given up.
    let draft =
        newest(Status::Draft).filter(|(draft, _)| stable.is_none_or(|(stable, _)| stable < *draft));
    for (other, document_of) in [stable, draft].into_iter().flatten() {
        if let (false, Some(status)) = (lists(document_of), document_of.meta.status) {
            let message = format!("`supplements` does not list {other}, which is {status}");
            sink.report(document, field.value.span, other.to_string(), message)
                .related(document_of, document_of.front.opening, format!("{status}"))
                .help(format!(
                    "add `{}` if the supplement holds for it too",
                    document_of.file_name()
                ));
        }
    }
}
