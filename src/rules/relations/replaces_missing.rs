//! `replaces-missing`: see `replaces_missing.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::{DocName, Kind};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "replaces-missing",
    level: Level::Error,
    reference: "scs-0001-v1#proposal-of-a-major-update-to-a-stable-document",
    templates: false,
    page: include_str!("replaces_missing.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Ok(name) = &document.name else { return };
    if name.kind != Kind::Primary || name.version < 2 || !document.front.is_readable() {
        return;
    }
    // A reference that leads nowhere is for `reference-unknown`; here its name tells enough.
    let names_earlier = document.meta.replaces.iter().any(|reference| {
        DocName::parse(&reference.file).is_ok_and(|other| {
            other.number == name.number && other.kind == name.kind && other.version < name.version
        })
    });
    if names_earlier {
        return;
    }
    let span = document.front.get("replaces").map_or(document.front.opening, |it| it.value.span);
    let message =
        format!("version {} names no earlier version of its number in `replaces`", name.version);
    let earlier = document.id().and_then(|id| {
        let mut before = corpus.versions(id.number, id.kind);
        before.rfind(|(other, _)| other.version < id.version).map(|(_, document)| document)
    });
    let finding = sink.report(document, span, "replaces", message);
    if let Some(earlier) = earlier {
        finding.help(format!("add `{}` to `replaces`", earlier.file_name()));
        finding.related(earlier, earlier.front.opening, "the version before");
    }
}
