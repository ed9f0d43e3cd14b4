//! `change-stable-text`: see `change_stable_text.md`.

use crate::change::{Change, Operation, Said};
use crate::document::{Document, Span};
use crate::finding::{Finding, Level};
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};
use crate::text::{counted, shortened};

/// How many sentences are shown, and how much of each, in characters.
const MOST_SHOWN: usize = 40;
const LONGEST_SHOWN: usize = 2_000;

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
    let (label, text) = (after.label(), operation.text());
    let mut said: Vec<&Said> = text.normative().collect();
    let normative = !said.is_empty();
    let message = if normative {
        let counts = counts(&said);
        format!("{label} is {status}, and sentences with a keyword of RFC 2119 change: {counts}")
    } else {
        said = text.sentences.iter().collect();
        let code = text.code.is_some().then(|| "code".to_owned());
        let moved = text.moved.then(|| "sentences in another order".to_owned());
        let what: Vec<String> = counts_of(&said).chain(moved).chain(code).collect();
        format!("the text of {label} changes while it is {status}: {}", what.join(", "))
    };
    let new = said.iter().find(|said| said.added);
    let place = new.or(said.first()).map_or(text.code.unwrap_or(Span::FILE), |said| said.span);
    let finding = sink.report(after, place, "text", message);
    if normative {
        finding.help(match status {
            Status::Deprecated => "what is out of use stays as it was; if it is needed again, propose a new document",
            _ => "if an implementation that conforms today would not any more, propose a new version instead",
        });
    } else {
        finding.milder(Level::Note);
    }
    if new.is_none() && !said.is_empty() {
        finding.label("before this, something is gone");
    }
    show(&said, after, finding);
}

/// `2 sentences removed, 1 sentence added`
fn counts(sentences: &[&Said]) -> String {
    counts_of(sentences).collect::<Vec<_>>().join(", ")
}

fn counts_of(sentences: &[&Said]) -> impl Iterator<Item = String> + use<> {
    let added = sentences.iter().filter(|said| said.added).count();
    let counts = [(sentences.len() - added, "removed"), (added, "added")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| format!("{} {what}", counted(count, "sentence")))
}

fn show(sentences: &[&Said], document: &Document, finding: &mut Finding) {
    for said in sentences.iter().take(MOST_SHOWN) {
        let text = shortened(&said.text, LONGEST_SHOWN);
        match said.added {
            true => finding.added(document, said.span, &text),
            false => finding.removed(document, said.span, &text),
        };
    }
    if let Some(rest) = sentences.len().checked_sub(MOST_SHOWN).filter(|rest| *rest > 0) {
        let place = sentences.get(MOST_SHOWN).map_or(Span::FILE, |said| said.span);
        let more = format!("{} not shown, from here on", counted(rest, "more sentence"));
        finding.related(document, place, more);
    }
}
