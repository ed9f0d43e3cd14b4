//! `change-one-document`: see `change_one_document.md`.

use std::collections::BTreeMap;

use super::{MOST_NAMED, labels};
use crate::change::Change;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::some_of;

pub const RULE: Rule = Rule {
    id: "change-one-document",
    level: Level::Error,
    reference: "scs-0001-v1#proposal-of-a-new-document",
    templates: false,
    page: include_str!("change_one_document.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    let primaries: Vec<&Document> = change.added_primaries().collect();
    if let [first, others @ ..] = primaries.as_slice() {
        if !others.is_empty() {
            let count = primaries.len();
            let message = format!(
                "{count} documents are added: {}; a pull request adds exactly one",
                labels(&primaries)
            );
            report(first, others, message, sink)
                .help("make a pull request of each, with the supplements that belong to it");
        }
        return;
    }
    // Without a primary document, supplements of one number may be added.
    let mut by_number: BTreeMap<String, &Document> = BTreeMap::new();
    for supplement in change.added_supplements() {
        by_number.entry(number(change, supplement)).or_insert(supplement);
    }
    let firsts: Vec<&Document> = by_number.values().copied().collect();
    if let [first, others @ ..] = firsts.as_slice()
        && !others.is_empty()
    {
        let numbers: Vec<String> = by_number.into_keys().collect();
        let count = numbers.len();
        let message =
            format!("supplements of {count} numbers are added: {}", some_of(&numbers, MOST_NAMED));
        report(first, others, message, sink).help("make a pull request of each number");
    }
}

fn report<'s>(
    first: &Document,
    others: &[&Document],
    message: String,
    sink: &'s mut Sink<'_>,
) -> &'s mut crate::finding::Finding {
    let finding = sink.report(first, Span::FILE, "added documents", message);
    for other in others.iter().take(MOST_NAMED) {
        finding.related(other, Span::FILE, "added too");
    }
    finding
}

/// The number of a supplement; as long as it has none, that of a document that it extends.
fn number(change: &Change, supplement: &Document) -> String {
    let extended = change.supplemented(supplement).find_map(Document::id);
    let number = supplement.id().or(extended).map(|id| format!("{:04}", id.number));
    number.unwrap_or_else(|| supplement.label())
}
