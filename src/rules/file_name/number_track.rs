//! `number-track`: see `number_track.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "number-track",
    level: Level::Error,
    reference: "scs-0001-v1#file-names",
    templates: false,
    page: include_str!("number_track.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let (Ok(name), Some(track), Some(field)) =
        (&document.name, document.meta.track, document.front.get("track"))
    else {
        return;
    };
    let Some(digit) = name.number.track_digit().filter(|digit| *digit != track.digit()) else {
        return;
    };
    let message = match name.track() {
        Some(other) => format!(
            "the number {} belongs to the track {other} (second digit {digit}), but `track` is `{track}`",
            name.number
        ),
        None => format!("no track has numbers like {}, with the second digit {digit}", name.number),
    };
    sink.report(document, field.value.span, "track", message)
        .label(format!("{track} has the digit {}", track.digit()))
        .help("correct `track`, or ask for a number of the right track");
}
