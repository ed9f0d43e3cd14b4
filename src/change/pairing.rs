//! Which document of the head is which document of the base.
//!
//! Number, kind and version make the identity of a document, whatever its text. Where the number is
//! another, the most telling of what stayed decides.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};
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
    let mut paired: HashSet<&str> = HashSet::new();
    for (before, after) in pairs(deleted.clone(), new) {
        paired.extend([before.path.as_str(), after.path.as_str()]);
        // What became a template is no document any more, and is not gone either.
        if !after.is_template {
            found.push(Sides::Changed(Arc::clone(before), Arc::clone(after)));
        }
    }
    deleted.retain(|it| !paired.contains(it.path.as_str()));
    added.retain(|it| !paired.contains(it.path.as_str()));
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
        || before.path == after.path && before.text() == after.text() && before.flaws == after.flaws
}

/// A document that is gone, and one that is new.
pub(crate) type Pair<'d> = (&'d Arc<Document>, &'d Arc<Document>);

/// Which of the documents that are new are which of those that are gone.
#[must_use]
pub(crate) fn same_documents<'d>(
    gone: &'d [Arc<Document>],
    new: &'d [Arc<Document>],
) -> Vec<Pair<'d>> {
    pairs(gone.iter().collect(), new.iter().collect())
}

/// What is gone and what is new, paired by the most telling of what they have in common: number,
/// kind and version; the same bytes; the same slug and much of the text; much of the text; the slug
/// of a proposal. Each stage looks at what the ones before it left over.
fn pairs<'d>(deleted: Vec<&'d Arc<Document>>, added: Vec<&'d Arc<Document>>) -> Vec<Pair<'d>> {
    let mut rest = Rest { deleted, added, pairs: Vec::new() };
    rest.pair_by(|document| document.id().map(|id| id.to_string()), |_, _| true);
    rest.pair_by(|document| Some(hash(document.text()).to_string()), |a, b| a.text() == b.text());
    rest.pair_by(slug, |a, b| Lines::of(a.text()).similarity(&Lines::of(b.text())) >= SIMILAR);
    rest.pair_by_text();
    rest.pair_by(slug, |before, _| before.placeholder().is_some());
    rest.pairs
}

fn slug(document: &Document) -> Option<String> {
    document.name.as_ref().ok().map(|name| name.slug.clone())
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What has no counterpart yet.
struct Rest<'d> {
    deleted: Vec<&'d Arc<Document>>,
    added: Vec<&'d Arc<Document>>,
    pairs: Vec<Pair<'d>>,
}

impl<'d> Rest<'d> {
    /// Pairs documents with the same key that may be one and `is_one` says are.
    fn pair_by(
        &mut self,
        key: impl Fn(&Document) -> Option<String>,
        is_one: impl Fn(&Document, &Document) -> bool,
    ) {
        let mut by_key: HashMap<String, VecDeque<&'d Arc<Document>>> = HashMap::new();
        for after in &self.added {
            if let Some(key) = key(after) {
                by_key.entry(key).or_default().push_back(after);
            }
        }
        let mut found = Vec::new();
        for before in &self.deleted {
            let there = key(before).and_then(|key| by_key.get_mut(&key));
            // The first one or none: with many of one key, to look at all of them is too much.
            let fits = |after: &&Arc<Document>| is_possible(before, after) && is_one(before, after);
            if let Some(there) = there
                && let Some(after) = there.front().copied().filter(fits)
            {
                there.pop_front();
                found.push((*before, after));
            }
        }
        self.take(found);
    }

    /// Pairs documents that have much of their text in common, the most similar first.
    fn pair_by_text(&mut self) {
        if self.deleted.len().saturating_mul(self.added.len()) > MOST_COMPARED {
            return;
        }
        let lines = |documents: &[&Arc<Document>]| -> Vec<Lines> {
            documents.iter().map(|document| Lines::of(document.text())).collect()
        };
        let (old, new) = (lines(&self.deleted), lines(&self.added));
        let mut candidates = Vec::new();
        for (before, old) in self.deleted.iter().zip(&old) {
            for (after, new) in self.added.iter().zip(&new) {
                let similarity = if is_possible(before, after) { old.similarity(new) } else { 0 };
                if similarity >= SIMILAR {
                    candidates.push((Reverse(similarity), *before, *after));
                }
            }
        }
        // Stable: of those that are alike, the first by path.
        candidates.sort_by_key(|(similarity, ..)| *similarity);
        let mut taken: HashSet<&str> = HashSet::new();
        let mut found = Vec::new();
        for (_, before, after) in candidates {
            if !taken.contains(before.path.as_str()) && !taken.contains(after.path.as_str()) {
                taken.extend([before.path.as_str(), after.path.as_str()]);
                found.push((before, after));
            }
        }
        self.take(found);
    }

    fn take(&mut self, found: Vec<Pair<'d>>) {
        let taken: HashSet<&str> =
            found.iter().flat_map(|(a, b)| [a.path.as_str(), b.path.as_str()]).collect();
        self.deleted.retain(|it| !taken.contains(it.path.as_str()));
        self.added.retain(|it| !taken.contains(it.path.as_str()));
        self.pairs.extend(found);
    }
}

/// Whether the names allow that two files are one document: kind and version are the same, or are
/// not told. The version of a proposal may change along with its number. A document does not become
/// a template, but a proposal that never had a version can.
fn is_possible(before: &Document, after: &Document) -> bool {
    let proposal = || before.file_name().to_ascii_lowercase().starts_with("scs-xxxx-");
    match (&before.name, &after.name) {
        (Ok(old), Ok(new)) => {
            let free = before.placeholder().is_some();
            old.kind == new.kind && (free || old.version == new.version)
        }
        (Ok(_), Err(_)) => !after.is_template,
        (Err(_), _) => !after.is_template || proposal(),
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
