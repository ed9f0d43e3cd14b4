//! Where documents name a test case: in a table, in a bullet, or just so.

use std::collections::{BTreeMap, HashSet};

use super::{Corpus, Manifest};
use crate::document::Document;
use crate::model::sections::is_about_tests;

/// What documents name, read when it is asked for.
pub struct Mentions<'c> {
    corpus: &'c Corpus,
    /// Which lengths in bytes the ids of manifests have: most words need no look at them.
    lengths: Vec<bool>,
    /// By number: the words that may be ids.
    words: BTreeMap<u16, HashSet<&'c str>>,
}

impl<'c> Mentions<'c> {
    /// Nothing is read yet.
    #[must_use]
    pub fn of(corpus: &'c Corpus) -> Mentions<'c> {
        let ids = || corpus.manifests.iter().flat_map(Manifest::testcases);
        let lengths = || ids().filter_map(|(_, it)| Some(it.id.as_ref()?.value.len()));
        let mut known = vec![false; lengths().max().unwrap_or_default() + 1];
        lengths().for_each(|length| known[length] = true);
        Mentions { corpus, lengths: known, words: BTreeMap::new() }
    }

    /// Whether a document of a number names a test case of a manifest: it describes it, or the id stands in a
    /// supplement or in a section on tests of a primary document.
    pub fn has(&mut self, number: u16, id: &str) -> bool {
        let corpus = self.corpus;
        let described = corpus.cases().of(number, id).next().is_some();
        described
            || self
                .words
                .entry(number)
                .or_insert_with(|| words_of(corpus, number, &self.lengths))
                .contains(id)
    }
}

/// The words that may be ids in the supplements of a number and in the sections on tests of its
/// primary documents.
fn words_of<'c>(corpus: &'c Corpus, number: u16, lengths: &[bool]) -> HashSet<&'c str> {
    let documents = corpus.documents.iter().map(AsRef::as_ref);
    let own = documents.filter(|it: &&Document| it.id().is_some_and(|it| it.number == number));
    own.flat_map(texts_of)
        .flat_map(words_in)
        .filter(|it| lengths.get(it.len()) == Some(&true))
        .collect()
}

fn texts_of(document: &Document) -> Vec<&str> {
    if !document.is_primary() {
        return vec![document.markdown()];
    }
    let sections = document.outline.headings.iter().filter(|it| is_about_tests(&it.text));
    sections.map(|it| document.outline.section(it).of(document.text())).collect()
}

fn words_in(text: &str) -> impl Iterator<Item = &str> {
    let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.split(move |c| !goes_on(c)).map(|word| word.trim_matches('.'))
}
