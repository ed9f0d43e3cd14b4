//! What names a file, and gets its new name: fields, links, manifests.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Change, EditError, apply};
use crate::config::Config;
use crate::corpus::{Corpus, ManifestText, Target, manifest_paths};
use crate::document::{Document, LineIndex, REFERENCE_FIELDS, Span};
use crate::finding::Edit;
use crate::model::DocName;
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

/// What is called otherwise from now on, old and new: file names without extension, numbers with
/// version, ids of test cases and modules.
type Names = HashMap<String, String>;

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
    let names = renames.names(snapshot, &manifests);
    let prefix = renames.prefix();
    let finder = memchr::memmem::Finder::new(&prefix);
    let paths: BTreeSet<String> = snapshot.files("")?.into_keys().collect();
    let renamed = |path: &str| renames.documents.iter().find(|(it, _)| it.path == path);
    let first = renames.documents.iter().map(|(document, _)| document.path.clone());
    let first: Vec<String> = first.collect();
    let others = paths.into_iter().filter(|path| renamed(path).is_none());
    for path in first.into_iter().chain(others) {
        let own = renamed(&path);
        let bytes = match snapshot.read(&path) {
            Ok(Content::Bytes(bytes)) => bytes,
            Ok(Content::Special) => continue,
            Err(error)
                if own.is_some() || manifests.contains(&path) || corpus.text(&path).is_some() =>
            {
                return Err(error.into());
            }
            // A name may stand there still.
            Err(error) => {
                rewritten.left.push(error.to_string());
                continue;
            }
        };
        if own.is_none() && finder.find(&bytes).is_none() {
            continue;
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) if text.len() <= MAX_SEARCHED || own.is_some() => text,
            Ok(_) => {
                rewritten.left.push(format!("{path}: too large to be searched"));
                continue;
            }
            Err(_) if own.is_some() => return Err(RewriteError::NotText(path)),
            Err(error) => {
                let text = String::from_utf8_lossy(error.as_bytes());
                rewritten.left.extend(left_in(&path, &text, &prefix, &names));
                continue;
            }
        };
        let mut spans = Vec::new();
        if own.is_some() {
            spans.push(Span::new(0, text.len()));
        } else if manifests.contains(&path) {
            spans.extend(ManifestText::read(&text).scalars);
        } else if path == config.path {
            spans.extend(renames.exceptions(config));
        } else if path.ends_with(".md") {
            spans.extend(renames.references(&path, &text, snapshot, corpus, config));
        }
        // What lies in two of them is one place.
        let places: BTreeMap<Span, &str> =
            spans.into_iter().flat_map(|span| found(&text, span, &prefix, &names)).collect();
        let edits: Vec<Edit> = places
            .into_iter()
            .map(|(span, text)| Edit { path: path.clone(), span, text: text.to_owned() })
            .collect();
        let after = apply(&text, edits.iter().collect())?;
        let new = own.map(|(_, name)| format!("{}/{name}", corpus.folder));
        let shown = new.clone().unwrap_or_else(|| path.clone());
        rewritten.left.extend(left_in(&shown, &after, &prefix, &names));
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

impl Renames<'_> {
    /// How all old names begin.
    fn prefix(&self) -> String {
        format!("scs-{}-", self.number.0)
    }

    fn names(&self, snapshot: &Snapshot, manifests: &BTreeSet<String>) -> Names {
        let mut names = Names::new();
        for (document, new) in &self.documents {
            let stem = |name: &str| name.strip_suffix(".md").unwrap_or(name).to_owned();
            names.insert(stem(document.file_name()), stem(new));
        }
        if self.alone {
            for (document, new) in &self.documents {
                let Some(new) = DocName::parse(new).ok().and_then(|it| it.id()) else { continue };
                let Ok(old) = &document.name else { continue };
                let old = format!("{}{}{}", self.prefix(), old.kind, old.version);
                names.insert(old, new.to_string());
            }
        }
        // Ids have the number of the document, whatever comes behind it.
        let stems = names.clone();
        let (prefix, number) = (self.prefix(), format!("scs-{}-", self.number.1));
        for path in manifests {
            let Ok(Content::Bytes(bytes)) = snapshot.read(path) else { continue };
            for entry in ManifestText::read(&String::from_utf8_lossy(&bytes)).entries {
                let url = entry.url.unwrap_or_default();
                let mut meant = found(&url, Span::new(0, url.len()), &prefix, &stems);
                let rest = entry.id.as_ref().and_then(|id| id.strip_prefix(&prefix));
                if let (Some(id), Some(rest)) = (&entry.id, rest)
                    && (self.alone || meant.next().is_some())
                {
                    names.entry(id.clone()).or_insert_with(|| format!("{number}{rest}"));
                }
            }
        }
        names
    }

    /// Fields and links of a document that is not renamed itself.
    fn references(
        &self,
        path: &str,
        text: &str,
        snapshot: &Snapshot,
        corpus: &Corpus,
        config: &Config,
    ) -> Vec<Span> {
        let document = Document::parse(path, text.as_bytes().to_vec());
        let fields = REFERENCE_FIELDS.into_iter().flat_map(|key| document.meta.references(key));
        let leads = corpus.resolver(snapshot, config);
        let is_own = |index| {
            let target: Option<&Document> = corpus.at(index);
            target.is_some_and(|it| self.documents.iter().any(|(own, _)| own.path == it.path))
        };
        let links =
            document.body().links.iter().filter(|link| match leads.resolve(path, &link.target) {
                Target::Document(index) => is_own(index),
                // The site has no page for a placeholder; links to one wait for the number.
                Target::External => leads.is_on_site(link),
                _ => false,
            });
        fields.map(|it| it.span).chain(links.map(|it| it.span)).collect()
    }

    /// An exception that is made for a document goes with it.
    fn exceptions(&self, config: &Config) -> Vec<Span> {
        let is_own = |path: &str| self.documents.iter().any(|(own, _)| own.path == path);
        let own = config.exceptions.iter().filter(|it| is_own(&it.path));
        own.map(|it| it.path_span).collect()
    }
}

/// Where names stand within a range, with what they are called from now on.
fn found<'n>(
    text: &str,
    span: Span,
    prefix: &str,
    names: &'n Names,
) -> impl Iterator<Item = (Span, &'n str)> {
    let words = words(text, span, prefix).into_iter();
    words.filter_map(move |word| Some((word, names.get(word.of(text))?.as_str())))
}

/// Where a text still has old names: `path:line:column`.
fn left_in(path: &str, text: &str, prefix: &str, names: &Names) -> Vec<String> {
    let lines = LineIndex::new(text);
    let places = found(text, Span::new(0, text.len()), prefix, names);
    let shown = places.map(|(span, _)| {
        let at = lines.position(span.start);
        format!("{path}:{}:{}", at.line, at.column)
    });
    shown.collect()
}

/// The whole words within a range that begin like this, without the extension of a page. A dot is a
/// part of one if a letter or digit follows.
fn words(text: &str, span: Span, prefix: &str) -> Vec<Span> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut words = Vec::new();
    let mut from = span.start;
    while let Some(at) = text.get(from..span.end).and_then(|rest| rest.find(prefix)) {
        let start = from + at;
        let rest = text.get(start..span.end).unwrap_or_default();
        let mut chars = rest.char_indices().peekable();
        let mut end = start;
        while let Some((at, c)) = chars.next() {
            let mut joins = || chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            let is_dot_within = c == '.' && joins();
            if !is_part(c) && !is_dot_within {
                break;
            }
            end = start + at + c.len_utf8();
        }
        from = end;
        let whole = text.get(start..end).unwrap_or_default();
        let before = text.get(..start).and_then(|it| it.chars().next_back());
        if !before.is_some_and(is_part) {
            let page = [".md", ".html"].into_iter().find_map(|it| whole.strip_suffix(it));
            words.push(Span::new(start, start + page.unwrap_or(whole).len()));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let text = "scs-xxxx-v1-a.md (scs-xxxx-v1-a). scs-xxxx-v1-ab xscs-xxxx-v1-a /scs-xxxx-v1-a#b \
            scs-xxxx-v1-a.b scs-xxxx-v1-\u{e4}";
        let found = words(text, Span::new(0, text.len()), "scs-xxxx-");
        let found: Vec<&str> = found.into_iter().map(|span| span.of(text)).collect();
        assert_eq!(
            found,
            [
                "scs-xxxx-v1-a",
                "scs-xxxx-v1-a",
                "scs-xxxx-v1-ab",
                "scs-xxxx-v1-a",
                "scs-xxxx-v1-a.b",
                "scs-xxxx-v1-\u{e4}",
            ]
        );
    }
}
