//! Which document of the head is which document of the base.
//!
//! Number, kind and version make the identity of a document, whatever its text. Where the number is
//! another, the most telling of what stayed decides.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::operation::{Operation, Sides};
use crate::corpus::Corpus;
use crate::document::Document;

/// From how many thousandths of its lines on, by their length, a text counts as the same text (the
/// default of `git diff --find-renames`).
const SIMILAR: usize = 500;

/// For how many pairs the texts are compared line by line; `git diff` has such a bound too
/// (`diff.renameLimit`).
const MOST_COMPARED: usize = 10_000;

/// What makes two documents of the same kind and version one, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    /// The number, and with it the identity: only the slug is another.
    Number,
    /// Byte for byte the same text.
    Bytes,
    /// The slug, and much of the text.
    SlugAndText,
    /// Much of the text and nothing else.
    Text,
    /// The slug of a proposal that got its number and another text.
    SlugOfProposal,
}

/// What happened to the documents, in the order of their paths; those that did not change are left
/// out.
pub(super) fn operations(base: &Corpus, head: &Corpus) -> Vec<Operation> {
    // What could not be read on one side is neither new nor gone.
    let unread: HashSet<&str> =
        base.unreadable.iter().chain(&head.unreadable).map(|it| file_name(&it.path)).collect();
    let is_read = |document: &&Arc<Document>| !unread.contains(document.file_name());
    let by_name: HashMap<&str, &Arc<Document>> =
        base.documents.iter().map(|document| (document.file_name(), document)).collect();
    let mut found: Vec<Sides> = Vec::new();
    let mut added: Vec<&Arc<Document>> = Vec::new();
    let mut kept: HashSet<&str> = HashSet::new();
    for after in head.documents.iter().filter(is_read) {
        match by_name.get(after.file_name()) {
            Some(before) => {
                kept.insert(before.file_name());
                if !is_same(before, after) {
                    found.push(Sides::Changed(Arc::clone(before), Arc::clone(after)));
                }
            }
            None => added.push(after),
        }
    }
    let is_gone = |before: &&Arc<Document>| !kept.contains(before.file_name());
    let mut deleted: Vec<&Arc<Document>> =
        base.documents.iter().filter(is_read).filter(is_gone).collect();
    let known: HashSet<&str> = base.templates.iter().map(|it| it.path.as_str()).collect();
    let templates = head.templates.iter().filter(|it| !known.contains(it.path.as_str()));
    let new: Vec<&Arc<Document>> = added.iter().copied().chain(templates).collect();
    for (before, after) in pairs(&deleted, &new) {
        deleted.retain(|it| it.path != before.path);
        added.retain(|it| it.path != after.path);
        // What became a template is no document any more, and is not gone either.
        if !after.is_template {
            found.push(Sides::Changed(before, after));
        }
    }
    found.extend(deleted.into_iter().map(|document| Sides::Deleted(Arc::clone(document))));
    found.extend(added.into_iter().map(|document| Sides::Added(Arc::clone(document))));
    let mut operations: Vec<Operation> = found.into_iter().map(Operation::new).collect();
    operations.sort_by(|a, b| a.document().path.cmp(&b.document().path));
    operations
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_same(before: &Arc<Document>, after: &Arc<Document>) -> bool {
    Arc::ptr_eq(before, after)
        || before.path == after.path && before.text == after.text && before.flaws == after.flaws
}

/// Pairs of what is gone and what is new, the closest first.
fn pairs(
    deleted: &[&Arc<Document>],
    added: &[&Arc<Document>],
) -> Vec<(Arc<Document>, Arc<Document>)> {
    let compared = deleted.len().saturating_mul(added.len()) <= MOST_COMPARED;
    let lines = |documents: &[&Arc<Document>]| -> Vec<Lines> {
        let read = |document: &&Arc<Document>| Lines::of(&document.text);
        if compared { documents.iter().map(read).collect() } else { Vec::new() }
    };
    let (old_lines, new_lines) = (lines(deleted), lines(added));
    let mut candidates: Vec<(Bond, usize, usize, usize)> = Vec::new();
    for (old, before) in deleted.iter().enumerate() {
        for (new, after) in added.iter().enumerate() {
            let similarity = match (old_lines.get(old), new_lines.get(new)) {
                (Some(a), Some(b)) if is_possible(before, after) => a.similarity(b),
                _ => 0,
            };
            if let Some(bond) = bond(before, after, similarity >= SIMILAR) {
                candidates.push((bond, similarity, old, new));
            }
        }
    }
    candidates
        .sort_by_key(|(bond, similarity, old, new)| (*bond, Reverse(*similarity), *old, *new));
    let (mut old_taken, mut new_taken) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, _, old, new) in candidates {
        let free = !old_taken.contains(&old) && !new_taken.contains(&new);
        if let (true, Some(before), Some(after)) = (free, deleted.get(old), added.get(new)) {
            old_taken.insert(old);
            new_taken.insert(new);
            pairs.push((Arc::clone(before), Arc::clone(after)));
        }
    }
    pairs
}

/// Whether the names allow that two files are one document: kind and version are the same, or are
/// not told. A document does not become a template, but a proposal that never had a version can.
fn is_possible(before: &Document, after: &Document) -> bool {
    let proposal = || before.file_name().to_ascii_lowercase().starts_with("scs-xxxx-");
    match (&before.name, &after.name) {
        (Ok(old), Ok(new)) => (old.kind, old.version) == (new.kind, new.version),
        (Ok(_), Err(_)) => !after.is_template,
        (Err(_), _) => !after.is_template || proposal(),
    }
}

fn bond(before: &Document, after: &Document, similar: bool) -> Option<Bond> {
    if !is_possible(before, after) {
        return None;
    }
    let (number, slug) = match (&before.name, &after.name) {
        (Ok(old), Ok(new)) => (old.number == new.number, old.slug == new.slug),
        _ => (false, false),
    };
    let proposal = before.placeholder().is_some();
    match (number, slug) {
        // A placeholder is no number that could be shared.
        (true, _) if similar || !proposal => Some(Bond::Number),
        _ if before.text == after.text => Some(Bond::Bytes),
        (_, true) if similar => Some(Bond::SlugAndText),
        _ if similar => Some(Bond::Text),
        (_, true) if proposal => Some(Bond::SlugOfProposal),
        _ => None,
    }
}

/// How often each line of a text occurs, by its hash, and how long the lines are together.
struct Lines {
    bytes: HashMap<u64, usize>,
    length: usize,
}

impl Lines {
    fn of(text: &str) -> Lines {
        let mut bytes: HashMap<u64, usize> = HashMap::new();
        for line in text.split_inclusive('\n') {
            let mut hasher = DefaultHasher::new();
            line.trim_end().hash(&mut hasher);
            *bytes.entry(hasher.finish()).or_default() += line.len();
        }
        Lines { bytes, length: text.len() }
    }

    /// The thousandths of the longer text whose lines the other has too.
    fn similarity(&self, other: &Lines) -> usize {
        let common: usize = self
            .bytes
            .iter()
            .filter_map(|(line, bytes)| Some((*bytes).min(*other.bytes.get(line)?)))
            .sum();
        common * 1000 / self.length.max(other.length).max(1)
    }
}
