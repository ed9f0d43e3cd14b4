//! `link-deprecated`: see `link_deprecated.md`.

use crate::corpus::{Corpus, Target};
use crate::document::Document;
use crate::finding::Level;
use crate::model::{Kind, Status};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "link-deprecated",
    level: Level::Note,
    reference: "scs-0001-v1#links",
    templates: false,
    page: include_str!("link_deprecated.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    if !matches!(document.meta.status, Some(Status::Draft | Status::Stable)) {
        return;
    }
    for (link, target) in corpus.targets(document) {
        let Target::Document(index) = *target else { continue };
        let Some(other) = corpus.at(index) else { continue };
        // A version may well speak of its own predecessors.
        let Some(id) =
            other.id().filter(|id| document.id().is_none_or(|own| own.number != id.number))
        else {
            continue;
        };
        if other.meta.status != Some(Status::Deprecated) || id.kind != Kind::Primary {
            continue;
        }
        let later = corpus.stable(id.number).filter(|it| it.id().is_some_and(|it| it > id));
        if let Some(later) = later {
            let message = format!("{id} is deprecated; {} is Stable", later.label());
            sink.report(document, link.target_span, &*link.target, message)
                .related(later, later.front.opening, "the version in force")
                .help(format!("link to `{}`, unless the old version is meant", later.file_name()));
        }
    }
}
