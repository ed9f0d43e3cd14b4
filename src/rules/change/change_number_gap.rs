//! `change-number-gap`: see `change_number_gap.md`.

use crate::change::Change;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::model::{DocId, Track};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-number-gap",
    level: Level::Note,
    reference: "scs-0001-v1#proposal-of-a-new-document",
    templates: false,
    page: include_str!("change_number_gap.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for (document, id) in change.taking().filter(|(document, _)| document.is_primary()) {
        let Some((number, track)) = new_number(change, document, id) else { continue };
        let Some(next) = change.next_number(track) else { continue };
        if number != next {
            let message = format!(
                "{number:04} is a new number, and the next unused one of the track {track} is {next:04}"
            );
            sink.report(document, Span::FILE, "number", message)
                .help("take the next one, unless this one is reserved for the document");
        }
    }
}

/// The number of a document, and its track, if no accepted document has it.
fn new_number(change: &Change, document: &Document, id: DocId) -> Option<(u16, Track)> {
    let track = document.name.as_ref().ok()?.track()?;
    change.accepted_versions(id.number, id.kind).is_empty().then_some((id.number, track))
}
