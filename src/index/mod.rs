//! What the repository knows about its documents, rendered for every place where people and
//! programs look for it. One model, many views: none of them asks a document for its state again.
//!
//! Nothing of a run leaks into what is rendered, neither times nor paths of the machine: the same
//! documents on the same day give the same bytes.

mod atom;
mod docusaurus;
mod graph;
pub mod html;
mod ics;
mod introductions;
mod json;
mod markdown;
mod news;
mod page_names;
mod relations;

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::Corpus;
use crate::document::{Document, normalized};
use crate::model::{Number, State, Status, Track, Vocabulary as _};

pub use atom::atom;
pub use docusaurus::docusaurus;
pub use graph::Graph;
pub use ics::ics;
pub use introductions::{IntroductionError, Introductions};
pub use json::Json;
pub use markdown::{Links, between_markers, page};
pub use news::news;
use page_names::PageNames;

/// All documents, by track and number.
#[derive(Debug)]
pub struct Index<'c> {
    /// The documents.
    pub corpus: &'c Corpus,
    /// Where they are published, without `/` at the end.
    pub site_url: &'c str,
    /// The tracks that have documents, in the order of scs-0001; what has no valid one comes last.
    pub sections: Vec<Section<'c>>,
}

/// What belongs to a track.
#[derive(Debug)]
pub struct Section<'c> {
    /// The track; none for documents that have no valid one.
    pub track: Option<Track>,
    /// By number; proposals, which have none yet, come last.
    pub series: Vec<Series<'c>>,
}

/// The versions of a number, and what supplements them.
#[derive(Debug)]
pub struct Series<'c> {
    /// `scs-0100`; the name of the file without `.md` where there is no number.
    pub label: String,
    /// The number, if there is one.
    pub number: Option<u16>,
    /// What a page of it is called, without extension: one among all series.
    pub page: String,
    /// The title of the newest version in effect, else of the newest one; the label where that has
    /// none.
    pub title: String,
    /// In the order of their versions.
    pub versions: Vec<Version<'c>>,
    /// The supplements of these versions, in the order of their names.
    pub supplements: Vec<&'c Document>,
    /// What several documents would be called.
    shared: BTreeSet<String>,
}

/// A version of a document.
#[derive(Debug, Clone)]
pub struct Version<'c> {
    /// The document.
    pub document: &'c Document,
    /// What it is called among the others of its number; see [`Series::name_of`].
    pub name: String,
    /// Its state; none where the status is not valid.
    pub state: Option<State>,
    /// Whether it is in effect and will be deprecated.
    pub ends: bool,
}

/// `v3` or `w1`; the file name where that does not follow the pattern.
fn version_of(document: &Document) -> String {
    match &document.name {
        Ok(name) => format!("{}{}", name.kind, name.version),
        Err(_) => document.file_name().to_owned(),
    }
}

/// The file name without extension: what a page of the document is called.
pub(crate) fn stem(document: &Document) -> &str {
    document.file_name().strip_suffix(".md").unwrap_or(document.file_name())
}

/// The title of a document, on one line; its name where it has none.
pub(crate) fn title_of(document: &Document) -> String {
    let title = document.meta.title.as_deref().map(normalized);
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| document.label())
}

/// Whether something that an index shows cannot be read in a document: the file, title, type, track,
/// status and the date of it.
pub(crate) fn is_incomplete(document: &Document) -> bool {
    let meta = &document.meta;
    let lacks_date = |status: Status| {
        let key = status.date_field();
        key.is_some_and(|key| document.is_primary() && meta.date(key).is_none())
    };
    if meta.status.is_some_and(lacks_date) || !document.flaws.is_empty() {
        return true;
    }
    let titled = meta.title.as_ref().is_some_and(|title| !title.trim().is_empty());
    let has_status = meta.status.is_some() || !document.is_primary();
    !titled || meta.doc_type.is_none() || meta.track.is_none() || !has_status
}

/// What the documents of a series have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u16),
    File(String),
}

impl Key {
    fn of(document: &Document) -> Key {
        match document.name.as_ref().map(|name| &name.number) {
            Ok(Number::Assigned(number)) => Key::Number(*number),
            _ => Key::File(stem(document).to_owned()),
        }
    }
}

impl<'c> Index<'c> {
    /// Sorts all documents. None is left out: what cannot be placed by its own fields is placed by
    /// its name.
    #[must_use]
    pub fn of(corpus: &'c Corpus, site_url: &'c str) -> Index<'c> {
        let mut all: BTreeMap<Key, (Vec<&Document>, BTreeSet<usize>)> = BTreeMap::new();
        for document in corpus.documents.iter().filter(|it| it.is_primary()) {
            all.entry(Key::of(document)).or_default().0.push(document);
        }
        for (index, document) in
            corpus.documents.iter().enumerate().filter(|(_, it)| !it.is_primary())
        {
            let named = document.meta.supplements.iter().filter_map(|it| corpus.find(&it.file));
            let mut keys: BTreeSet<Key> = named.filter(|it| it.is_primary()).map(Key::of).collect();
            if keys.is_empty() {
                keys.insert(Key::of(document));
            }
            for key in keys {
                all.entry(key).or_default().1.insert(index);
            }
        }
        let mut sections: BTreeMap<usize, Vec<Series<'c>>> = BTreeMap::new();
        let mut pages = PageNames::default();
        for (key, (mut versions, supplements)) in all {
            versions.sort_by_key(|it| (it.name.as_ref().ok().map(|name| name.version), &it.path));
            let mut supplements: Vec<&Document> =
                supplements.into_iter().filter_map(|index| corpus.at(index)).collect();
            supplements.sort_by_key(|it| {
                (Key::of(it), it.name.as_ref().ok().map(|name| name.version), &it.path)
            });
            let mut series = Series::of(corpus, &key, &versions, supplements);
            series.page = page_of(&series, &mut pages);
            let track = series.track();
            let place = Track::ALL.iter().position(|it| Some(*it) == track);
            sections.entry(place.unwrap_or(Track::ALL.len())).or_default().push(series);
        }
        let sections = sections
            .into_iter()
            .map(|(place, series)| Section { track: Track::ALL.get(place).copied(), series });
        Index { corpus, site_url, sections: sections.collect() }
    }

    /// The state of a document on the day; none for a supplement, and where the status is not valid.
    #[must_use]
    pub fn state_of(&self, document: &Document) -> Option<State> {
        document.state_on(self.corpus.as_of)
    }

    /// Where a document is published.
    #[must_use]
    pub fn url_of(&self, document: &Document) -> String {
        url(self.site_url, document)
    }

    /// All series.
    pub fn series(&self) -> impl Iterator<Item = &Series<'c>> {
        self.sections.iter().flat_map(|section| &section.series)
    }
}

/// What the page of a series is called. A file that has no more than a number as its name must not
/// take the place of the page of that number.
fn page_of(series: &Series<'_>, names: &mut PageNames) -> String {
    let number = series.label.strip_prefix("scs-").unwrap_or_default();
    let is_number = number.len() == 4 && number.bytes().all(|it| it.is_ascii_digit());
    match series.number {
        None if is_number => names.unique(&format!("{}-unversioned", series.label)),
        _ => names.unique(&series.label),
    }
}

/// Where a document is published on a site.
pub(crate) fn url(site: &str, document: &Document) -> String {
    format!("{site}/{}", crate::gfm::address(stem(document)))
}

impl<'c> Series<'c> {
    fn of(
        corpus: &Corpus,
        key: &Key,
        versions: &[&'c Document],
        supplements: Vec<&'c Document>,
    ) -> Series<'c> {
        let (label, number) = match key {
            Key::Number(number) => (format!("scs-{number:04}"), Some(*number)),
            Key::File(name) => (name.clone(), None),
        };
        let mut seen = BTreeSet::new();
        let names = versions.iter().chain(&supplements).map(|it| version_of(it));
        let shared = names.filter(|name| !seen.insert(name.clone())).collect();
        let (page, title) = (String::new(), String::new());
        let mut series =
            Series { label, number, page, title, versions: Vec::new(), supplements, shared };
        let version = |document: &&'c Document| {
            let state = document.state_on(corpus.as_of);
            let ends = state == Some(State::Effective)
                && document.meta.status == Some(Status::Deprecated)
                && document.meta.deprecated_at.is_some_and(|date| date > corpus.as_of);
            Version { document, name: series.name_of(document), state, ends }
        };
        series.versions = versions.iter().map(version).collect();
        series.title = series.principal().map_or_else(|| series.label.clone(), title_of);
        series
    }

    /// What a document is called among the others: `v3`; the whole file name where several would be
    /// called that; number and version of a supplement that has the number of another series.
    #[must_use]
    pub fn name_of(&self, document: &Document) -> String {
        let version = version_of(document);
        if self.shared.contains(&version) {
            return stem(document).to_owned();
        }
        let own = document.id().is_none_or(|id| Some(id.number) == self.number);
        if document.is_primary() || own { version } else { document.label() }
    }

    /// The title of a supplement, without what it repeats of the title of the series.
    #[must_use]
    pub fn supplement_title(&self, document: &Document) -> String {
        let title = title_of(document);
        let rest = title.strip_prefix(&self.title).and_then(|rest| rest.strip_prefix(": "));
        rest.map(str::to_owned).unwrap_or(title)
    }

    /// Whether another document of the series has the same kind and version.
    #[must_use]
    pub fn has_twin(&self, document: &Document) -> bool {
        self.shared.contains(&version_of(document))
    }

    /// The newest version in effect, else the newest one, else the first supplement.
    #[must_use]
    pub fn principal(&self) -> Option<&'c Document> {
        let in_effect = self.versions.iter().rfind(|it| it.state == Some(State::Effective));
        let newest = in_effect.or(self.versions.last()).map(|it| it.document);
        newest.or(self.supplements.first().copied())
    }

    /// The versions, then the supplements.
    pub fn documents(&self) -> impl Iterator<Item = &'c Document> {
        let versions = self.versions.iter().map(|it| it.document);
        versions.chain(self.supplements.iter().copied())
    }

    /// The track of that document, else of any.
    fn track(&self) -> Option<Track> {
        let versions = self.versions.iter().rev().map(|it| it.document);
        let documents = self.principal().into_iter().chain(versions);
        documents.chain(self.supplements.iter().copied()).find_map(|it| it.meta.track)
    }

    /// The versions in a state.
    pub fn in_state(&self, state: State) -> impl Iterator<Item = &Version<'c>> {
        self.versions.iter().filter(move |it| it.state == Some(state))
    }

    /// The versions that were rejected, and those whose status is not valid.
    pub fn others(&self) -> impl Iterator<Item = &Version<'c>> {
        self.versions.iter().filter(|it| matches!(it.state, None | Some(State::Rejected)))
    }
}

impl Section<'_> {
    /// The name of the track.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.track.map_or("No valid track", |track| track.name())
    }

    /// The folder of the pages of the track.
    #[must_use]
    pub fn folder(&self) -> String {
        self.track.map_or_else(|| "no-track".to_owned(), |track| track.name().to_lowercase())
    }

    /// Whether a version was rejected, or has a status that is not valid.
    #[must_use]
    pub fn has_others(&self) -> bool {
        self.series.iter().any(|series| series.others().next().is_some())
    }
}
