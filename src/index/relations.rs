//! Which document replaces which, and what supplements it.

use std::collections::BTreeSet;

use crate::corpus::Corpus;
use crate::document::Document;

/// How a document has to do with another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verb {
    Replaces,
    Supplements,
}

impl Verb {
    /// The word.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Replaces => "replaces",
            Verb::Supplements => "supplements",
        }
    }
}

/// One side of a relation: a document, or the file name of one that is not there.
pub(super) type Side<'c> = Result<&'c Document, &'c str>;

/// A relation of two documents.
#[derive(Debug)]
pub(super) struct Relation<'c> {
    pub from: Side<'c>,
    pub verb: Verb,
    pub to: Side<'c>,
}

/// All relations, each once. What one document says of another counts, whether the other says so too
/// or not.
pub(super) fn relations(corpus: &Corpus) -> Vec<Relation<'_>> {
    let mut all = Vec::new();
    for document in corpus.documents.iter().map(AsRef::as_ref) {
        let meta = &document.meta;
        for (references, verb, is_from) in [
            (&meta.replaces, Verb::Replaces, true),
            (&meta.replaced_by, Verb::Replaces, false),
            (&meta.supplements, Verb::Supplements, true),
        ] {
            all.extend(references.iter().map(|it| {
                let (own, other) = (Ok(document), corpus.find(&it.file).ok_or(it.file.as_str()));
                let (from, to) = if is_from { (own, other) } else { (other, own) };
                Relation { from, verb, to }
            }));
        }
    }
    let key = |side: Side<'_>| side.map_or_else(str::to_owned, |it| it.path.clone());
    let mut seen = BTreeSet::new();
    all.retain(|it| seen.insert((key(it.from), it.verb, key(it.to))));
    all.sort_by_cached_key(|it| key(it.from));
    all
}
