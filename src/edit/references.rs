//! What names a file, and gets its new name: fields, links, manifests.

use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{Event, Parser};

use super::{Change, EditError, apply};
use crate::config::Config;
use crate::corpus::{Corpus, Target, manifest_paths};
use crate::document::{Document, LineIndex, LinkKind, REFERENCE_FIELDS, Span};
use crate::finding::Edit;
use crate::source::{Content, Snapshot, SourceError};

/// The largest file that is searched for names, in bytes.
const MAX_SEARCHED: usize = 8 << 20;

/// How many places that are left are told.
const MOST_LEFT: usize = 20;

/// Documents that get other names.
#[derive(Debug)]
pub(super) struct Renames<'c> {
    /// The documents, with their new file names.
    pub documents: Vec<(&'c Document, String)>,
    /// What stood for the number, and the number.
    pub number: (String, String),
    /// Whether no other document has the same placeholder, so that every id with it is meant.
    pub alone: bool,
}

/// Files with the new names in them.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    /// The changes, those of the renamed documents first.
    pub changes: Vec<Change>,
    /// Places that still have an old name and were not touched: `path:line:column`.
    pub left: Vec<String>,
}

/// Why references could not be rewritten.
#[derive(Debug, thiserror::Error)]
pub enum RewriteError {
    /// A file cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Two references overlap.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A document is no text.
    #[error("{0}: is not UTF-8: it cannot be edited")]
    NotText(String),
}

/// Gives every reference its new name.
///
/// # Errors
/// A file cannot be read or edited.
pub(super) fn rewrite(
    snapshot: &Snapshot,
    corpus: &Corpus,
    config: &Config,
    renames: &Renames<'_>,
) -> Result<Rewritten, RewriteError> {
    let mut rewritten = Rewritten::default();
    let manifests: BTreeSet<String> = manifest_paths(snapshot, &config.manifests)?;
    let paths: BTreeSet<String> = snapshot.files("")?.into_keys().collect();
    let renamed = |path: &str| renames.documents.iter().find(|(it, _)| it.path == path);
    let first = renames.documents.iter().map(|(document, _)| document.path.clone());
    let first: Vec<String> = first.collect();
    let others = paths.into_iter().filter(|path| renamed(path).is_none());
    for path in first.into_iter().chain(others) {
        let Ok(Content::Bytes(bytes)) = snapshot.read(&path) else { continue };
        let own = renamed(&path);
        let concerned = own.is_some()
            || manifests.contains(&path)
            || renames
                .stems()
                .any(|(old, _)| memchr::memmem::find(&bytes, old.as_bytes()).is_some());
        if !concerned || (bytes.len() > MAX_SEARCHED && own.is_none()) {
            continue;
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) if own.is_some() => return Err(RewriteError::NotText(path)),
            Err(_) => continue,
        };
        let mut places = BTreeMap::new();
        if manifests.contains(&path) {
            renames.in_manifest(&text, &mut places);
        } else if path == config.path {
            renames.in_config(&text, config, &mut places);
        } else if path.ends_with(".md") {
            renames.in_markdown(&path, &text, snapshot, corpus, config, &mut places);
        }
        let edits: Vec<Edit> = places
            .into_iter()
            .map(|(span, text)| Edit { path: path.clone(), span, text })
            .collect();
        let after = apply(&text, edits.iter().collect())?;
        let new = own.map(|(_, name)| format!("{}/{name}", corpus.folder));
        let shown = new.clone().unwrap_or_else(|| path.clone());
        rewritten.left.extend(renames.left_in(&shown, &after));
        let change = match new {
            Some(new) => Change { path: new, from: Some(path), before: Some(text), after },
            None if after == text => continue,
            None => Change { path, from: None, before: Some(text), after },
        };
        rewritten.changes.push(change);
    }
    if let Some(more) = rewritten.left.len().checked_sub(MOST_LEFT).filter(|more| *more > 0) {
        rewritten.left.truncate(MOST_LEFT);
        rewritten.left.push(format!("{more} more places"));
    }
    Ok(rewritten)
}

/// Ranges and what stands there afterwards.
type Places = BTreeMap<Span, String>;

impl Renames<'_> {
    /// File names without extension, old and new.
    fn stems(&self) -> impl Iterator<Item = (&str, &str)> {
        let stem = |name: &'_ str| name.len().saturating_sub(".md".len());
        self.documents.iter().filter_map(move |(document, new)| {
            let old = document.file_name();
            Some((old.get(..stem(old))?, new.get(..stem(new))?))
        })
    }

    /// Replaces the old names within a range.
    fn within(&self, text: &str, span: Span, places: &mut Places) {
        for (old, new) in self.stems() {
            for at in words(span.of(text), old) {
                let start = span.start + at;
                places.insert(Span::new(start, start + old.len()), new.to_owned());
            }
        }
    }

    fn in_markdown(
        &self,
        path: &str,
        text: &str,
        snapshot: &Snapshot,
        corpus: &Corpus,
        config: &Config,
        places: &mut Places,
    ) {
        let document = Document::parse(path, text.as_bytes().to_vec());
        for key in REFERENCE_FIELDS {
            for reference in document.meta.references(key) {
                self.within(text, reference.span, places);
            }
        }
        let leads = corpus.resolver(snapshot, config);
        for link in document.body.links.iter().filter(|it| it.kind != LinkKind::Reference) {
            let is_meant = match leads.resolve(path, link) {
                Target::Document(index) => corpus
                    .at(index)
                    .is_some_and(|it| self.documents.iter().any(|(own, _)| own.path == it.path)),
                // The site has no page for a placeholder; links to one wait for the number.
                Target::External => leads.is_on_site(link),
                _ => false,
            };
            if is_meant {
                self.within(text, link.span, places);
            }
        }
    }

    /// An exception that is made for a document goes with it.
    fn in_config(&self, text: &str, config: &Config, places: &mut Places) {
        let is_own = |path: &str| self.documents.iter().any(|(own, _)| own.path == path);
        for exception in config.exceptions.iter().filter(|it| is_own(&it.path)) {
            self.within(text, exception.path_span, places);
        }
    }

    /// Addresses that name a document, and ids with its placeholder.
    fn in_manifest(&self, text: &str, places: &mut Places) {
        let (placeholder, number) = &self.number;
        let (old, new) = (format!("scs-{placeholder}-"), format!("scs-{number}-"));
        let read = Read::of(text);
        let names_own = |url: &str| self.stems().any(|(stem, _)| words(url, stem).next().is_some());
        let ids: BTreeSet<&str> = read
            .entries
            .iter()
            .filter(|entry| self.alone || entry.url.as_ref().is_some_and(|url| names_own(url)))
            .filter_map(|entry| entry.id.as_deref().filter(|id| id.starts_with(&old)))
            .collect();
        for span in read.scalars {
            self.within(text, span, places);
            for id in &ids {
                for at in words(span.of(text), id) {
                    let start = span.start + at;
                    // The rest of an id may be the name of the document, which is replaced already.
                    let whole = Span::new(start, start + id.len());
                    if places.keys().any(|place| whole.contains(*place)) {
                        continue;
                    }
                    places.insert(Span::new(start, start + old.len()), new.clone());
                }
            }
        }
    }

    /// Where a text still has an old name.
    fn left_in(&self, path: &str, text: &str) -> Vec<String> {
        let lines = LineIndex::new(text);
        let mut found: Vec<usize> = self.stems().flat_map(|(old, _)| words(text, old)).collect();
        found.sort_unstable();
        found
            .into_iter()
            .map(|at| {
                let at = lines.position(at);
                format!("{path}:{}:{}", at.line, at.column)
            })
            .collect()
    }
}

/// Where a word stands in a text, not as a part of a longer one.
fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|it| it.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// The scalars of a manifest, and what its mappings have for `id` and `url`.
#[derive(Debug, Default)]
struct Read {
    scalars: Vec<Span>,
    entries: Vec<Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    id: Option<String>,
    url: Option<String>,
}

/// A collection that is being read; a mapping has a key that waits for its value.
enum Open {
    List,
    Mapping { entry: Entry, key: Option<String> },
}

impl Read {
    /// As far as the text is YAML.
    fn of(text: &str) -> Read {
        let mut read = Read::default();
        let mut open: Vec<Open> = Vec::new();
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            match event {
                Event::MappingStart(..) => {
                    open.push(Open::Mapping { entry: Entry::default(), key: None });
                }
                Event::SequenceStart(..) => open.push(Open::List),
                Event::MappingEnd | Event::SequenceEnd => {
                    if let Some(Open::Mapping { entry, .. }) = open.pop() {
                        read.entries.push(entry);
                    }
                    if let Some(Open::Mapping { key, .. }) = open.last_mut() {
                        *key = None;
                    }
                }
                Event::Scalar(value, ..) => {
                    read.scalars.extend(span.byte_range().map(Span::from));
                    if let Some(Open::Mapping { entry, key }) = open.last_mut() {
                        match key.take().as_deref() {
                            None => *key = Some(value.to_string()),
                            Some("id") => entry.id = Some(value.to_string()),
                            Some("url") => entry.url = Some(value.to_string()),
                            Some(_) => {}
                        }
                    }
                }
                _ => {}
            }
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let text =
            "scs-xxxx-v1-a.md (scs-xxxx-v1-a) scs-xxxx-v1-ab xscs-xxxx-v1-a /scs-xxxx-v1-a#b";
        let found: Vec<usize> = words(text, "scs-xxxx-v1-a").collect();
        assert_eq!(found, [0, 18, 64]);
    }
}
