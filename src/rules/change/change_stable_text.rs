//! `change-stable-text`: see `change_stable_text.md`.

use crate::change::{Change, Operation, Said};
use crate::document::{Document, Span};
use crate::finding::{Finding, Level};
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};
use crate::text::counted;

/// How many sentences are shown.
const MOST_SHOWN: usize = 40;

pub const RULE: Rule = Rule {
    id: "change-stable-text",
    level: Level::Warning,
    reference: "scs-0001-v1#stabilized-phase-stable",
    templates: false,
    page: include_str!("change_stable_text.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for operation in &change.operations {
        let Some((before, after)) = operation.both() else { continue };
        let Some(status @ (Status::Stable | Status::Deprecated)) = before.meta.status else {
            continue;
        };
        if !before.is_primary() || operation.text().is_empty() {
            continue;
        }
        report(operation, after, status, sink);
    }
}

fn report(operation: &Operation, after: &Document, status: Status, sink: &mut Sink<'_>) {
    let label = after.label();
    let text = operation.text();
    let normative: Vec<&Said> = text.normative().collect();
    if normative.is_empty() {
        let what = match counts(&text.sentences.iter().collect::<Vec<_>>()) {
            counts if counts.is_empty() => "code".to_owned(),
            counts => counts,
        };
        let message = format!("the text of {label} changes while it is {status}: {what}");
        let place = place(text.sentences.iter());
        let finding = sink.report(after, place, "text", message).milder(Level::Note);
        show(text.sentences.iter(), after, finding);
    } else {
        let message = format!(
            "{label} is {status}, and sentences with a keyword of RFC 2119 change: {}",
            counts(&normative)
        );
        let finding = sink.report(after, place(normative.iter().copied()), "text", message);
        finding.help(
            "if an implementation that conforms today would not any more, propose a new version instead",
        );
        show(normative.iter().copied(), after, finding);
    }
}

/// Where the first of the new sentences stands.
fn place<'s>(mut sentences: impl Iterator<Item = &'s Said>) -> Span {
    sentences.find(|said| said.added).map_or(Span::FILE, |said| said.span)
}

/// `2 removed, 1 added`
fn counts(sentences: &[&Said]) -> String {
    let added = sentences.iter().filter(|said| said.added).count();
    let removed = sentences.len() - added;
    let parts = [(removed, "removed"), (added, "added")];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        parts.map(|(count, what)| format!("{} {what}", counted(*count, "sentence"))).collect();
    parts.join(", ")
}

fn show<'s>(sentences: impl Iterator<Item = &'s Said>, document: &Document, finding: &mut Finding) {
    for said in sentences.take(MOST_SHOWN) {
        match said.added {
            true => finding.added(document, said.span, &said.text),
            false => finding.removed(document, &said.text),
        };
    }
}
