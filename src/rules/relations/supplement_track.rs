//! `supplement-track`: see `supplement_track.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "supplement-track",
    level: Level::Error,
    reference: "scs-0001-v1#supplement",
    templates: false,
    page: include_str!("supplement_track.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let (false, Some(track), Some(field)) =
        (document.is_primary(), document.meta.track, document.front.get("track"))
    else {
        return;
    };
    for reference in &document.meta.supplements {
        let Some(other) = corpus.find(&reference.file) else { continue };
        let Some(theirs) = other.meta.track.filter(|theirs| *theirs != track) else { continue };
        let message =
            format!("`track` is `{track}`, but {} is of the track {theirs}", other.label());
        let finding = sink.report(document, field.value.span, reference.file.as_str(), message);
        finding.help(format!("write `track: {theirs}`"));
        if let Some(place) = other.front.get("track") {
            finding.related(other, place.value.span, "what it supplements");
        }
    }
}
