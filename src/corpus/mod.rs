//! All documents of a repository, related to each other.

pub mod cases;
pub mod data;
mod load;
pub mod manifest;
mod mentions;
mod named;
pub mod scope;
mod shelf;
mod targets;
mod templates;
mod testing;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::document::{Document, Link, LinkKind};
use crate::model::{Date, DocId, DocName, Kind, Status};
use crate::source::{Snapshot, SourceError};
use crate::text::is_slip;

pub use cases::{Case, Cases};
pub use data::DataFile;
pub(crate) use load::standards_folder;
pub(crate) use manifest::{MAX_MANIFEST, ManifestText, manifest_paths};
pub use manifest::{Manifest, TestCases};
pub use mentions::Mentions;
pub use named::NameError;
pub use scope::Scope;
pub use shelf::Shelf;
pub(crate) use targets::Resolver;
use targets::Routes;
pub use targets::{Missing, Target};
pub use templates::{TemplateTexts, built_in_template};
pub use testing::{Automated, Tested};

/// The documents of the standards folder, and what a link from them may ask of other files.
#[derive(Debug)]
pub struct Corpus {
    /// The day that "in effect" and "to come" refer to.
    pub as_of: Date,
    /// The standards folder, relative to the repository.
    pub folder: String,
    /// The documents, sorted by path.
    pub documents: Vec<Arc<Document>>,
    /// The templates, sorted by path.
    pub templates: Vec<Arc<Document>>,
    /// What the templates say, to be found again where it should not be.
    pub template_texts: TemplateTexts,
    /// The test-suite manifests, sorted by path.
    pub manifests: Vec<Manifest>,
    /// What could not be read, and why.
    pub unreadable: Vec<Unreadable>,
    /// The normative data that documents refer to, sorted by path.
    pub data: Vec<DataFile>,
    /// Hosts that only mirror what others publish, in small letters.
    pub mirrors: Vec<String>,
    by_file: HashMap<String, usize>,
    /// Documents by identity; more than one is a collision.
    by_id: BTreeMap<DocId, Vec<usize>>,
    /// By file name: the documents whose `replaces` names it.
    replacing: HashMap<String, Vec<usize>>,
    /// By file name: the supplements that name it.
    supplementing: HashMap<String, Vec<usize>>,
    /// For each document the links that do not lead away, by their index, and where they lead.
    targets: Vec<Vec<(u32, Target)>>,
    /// The anchors of Markdown files outside the standards folder that links ask for.
    anchors: HashMap<String, Arc<BTreeSet<String>>>,
    /// What the documents say of test cases, once it was asked for.
    cases: OnceLock<Cases>,
}

/// A document that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Relative to the repository.
    pub path: String,
    /// Why.
    pub error: SourceError,
}

impl Corpus {
    /// A repository without documents.
    #[must_use]
    pub fn empty(folder: String, as_of: Date) -> Corpus {
        Corpus {
            as_of,
            folder,
            documents: Vec::new(),
            templates: Vec::new(),
            template_texts: TemplateTexts::default(),
            manifests: Vec::new(),
            unreadable: Vec::new(),
            data: Vec::new(),
            mirrors: Vec::new(),
            by_file: HashMap::new(),
            by_id: BTreeMap::new(),
            replacing: HashMap::new(),
            supplementing: HashMap::new(),
            targets: Vec::new(),
            anchors: HashMap::new(),
            cases: OnceLock::new(),
        }
    }

    /// The documents that link to a file of the repository that is none itself.
    pub fn linking_to<'c>(&'c self, path: &'c str) -> impl Iterator<Item = &'c Document> {
        let linked = self.documents.iter().zip(&self.targets);
        linked
            .filter(move |(_, targets)| {
                targets.iter().any(|(_, it)| matches!(it, Target::File(other) if **other == *path))
            })
            .map(|(document, _)| document.as_ref())
    }

    /// Tells where links lead, from any file of the repository.
    pub(crate) fn resolver<'c>(&'c self, snapshot: &'c Snapshot, config: &Config) -> Resolver<'c> {
        Resolver::new(self, snapshot, Routes::new(&self.folder, config))
    }

    /// The document with this file name.
    #[must_use]
    pub fn find(&self, file_name: &str) -> Option<&Document> {
        self.at(*self.by_file.get(file_name)?)
    }

    /// The document at this index of [`Corpus::documents`].
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&Document> {
        self.documents.get(index).map(Arc::as_ref)
    }

    /// The documents with this identity; more than one is a collision.
    pub fn with_id(&self, id: DocId) -> impl Iterator<Item = &Document> {
        self.by_id.get(&id).into_iter().flatten().filter_map(|index| self.at(*index))
    }

    /// All versions of a number and kind, in order.
    pub fn versions(
        &self,
        number: u16,
        kind: Kind,
    ) -> impl DoubleEndedIterator<Item = (DocId, &Document)> {
        let from = DocId { number, kind, version: 0 };
        let to = DocId { number, kind, version: u32::MAX };
        self.by_id.range(from..=to).flat_map(|(id, indices)| {
            indices.iter().filter_map(|index| Some((*id, self.at(*index)?)))
        })
    }

    /// The documents whose `replaces` names this one.
    pub fn replacing(&self, document: &Document) -> impl Iterator<Item = &Document> {
        self.listed(&self.replacing, document)
    }

    /// The documents that one takes the place of: the earlier versions of it, and what its
    /// `replaces` names.
    pub fn predecessors<'c>(
        &'c self,
        document: &'c Document,
    ) -> impl Iterator<Item = &'c Document> {
        let earlier = document.id().into_iter().flat_map(|own| {
            let from = DocId { version: 0, ..own };
            self.by_id.range(from..own).flat_map(|(_, indices)| indices)
        });
        let named = document.meta.replaces.iter();
        let named = named.filter_map(|reference| self.by_file.get(&reference.file));
        let found: BTreeSet<usize> = earlier.chain(named).copied().collect();
        found.into_iter().filter_map(|index| self.at(index)).filter(move |other| {
            document.is_primary() && other.is_primary() && other.path != document.path
        })
    }

    /// The next later version of a document that is Stable.
    #[must_use]
    pub fn later_stable(&self, document: &Document) -> Option<&Document> {
        let id = document.id()?;
        let mut versions = self.versions(id.number, id.kind);
        let is_later = |(other, it): &(DocId, &Document)| {
            other.version > id.version && it.meta.status == Some(Status::Stable)
        };
        versions.find(is_later).map(|(_, it)| it)
    }

    /// The replacements of a document that its `replaced_by` lacks: the documents whose `replaces`
    /// names it; if there is none and none is listed, the next version. A Draft does not replace
    /// anything yet, a Rejected document does not any more.
    #[must_use]
    pub fn unlisted_replacements(&self, document: &Document) -> Vec<&Document> {
        self.unlisted_replacements_with(document, None)
    }

    /// The same, as it will be once one more document is Stable.
    pub(crate) fn unlisted_replacements_with(
        &self,
        document: &Document,
        stable: Option<&Document>,
    ) -> Vec<&Document> {
        let replaced_by = &document.meta.replaced_by;
        let is_listed = |other: &&Document| {
            replaced_by.iter().any(|reference| reference.file == other.file_name())
        };
        let counts = |other: &&Document| {
            let becomes_stable = stable.is_some_and(|stable| stable.path == other.path);
            let in_use = matches!(other.meta.status, Some(Status::Stable | Status::Deprecated));
            (in_use || becomes_stable) && other.path != document.path
        };
        let missing = self.replacing(document).filter(counts).filter(|other| !is_listed(other));
        let mut missing: Vec<&Document> = missing.collect();
        let has_one = replaced_by
            .iter()
            .any(|reference| self.find(&reference.file).is_some_and(|other| counts(&other)));
        if missing.is_empty() && !has_one {
            let higher = document.id().into_iter().flat_map(|id| {
                let versions = self.versions(id.number, id.kind);
                versions.filter(move |(it, _)| it.version > id.version).map(|(_, other)| other)
            });
            missing.extend(higher.filter(counts).take(1));
        }
        missing
    }

    /// The supplements that name this document.
    pub fn supplementing(&self, document: &Document) -> impl Iterator<Item = &Document> {
        self.listed(&self.supplementing, document)
    }

    fn listed<'c>(
        &'c self,
        index: &'c HashMap<String, Vec<usize>>,
        document: &Document,
    ) -> impl Iterator<Item = &'c Document> {
        let indices = index.get(document.file_name()).into_iter().flatten();
        indices.filter_map(|index| self.at(*index))
    }

    /// The highest version of a number that is Stable.
    #[must_use]
    pub fn stable(&self, number: u16) -> Option<&Document> {
        let mut versions = self.versions(number, Kind::Primary).map(|(_, document)| document);
        versions.rfind(|document| document.meta.status == Some(Status::Stable))
    }

    /// The links of a document that lead into the repository or its site, and where they lead.
    pub fn links<'c>(
        &'c self,
        document: &'c Document,
    ) -> impl Iterator<Item = (&'c Link, &'c Target)> {
        let index = self.by_file.get(document.file_name());
        let targets = index.and_then(|index| self.targets.get(*index)).into_iter().flatten();
        targets.filter_map(|(index, target)| {
            Some((document.body().links.get(*index as usize)?, target))
        })
    }

    /// The same, each target once: what a reference leads to stands in its definition.
    pub fn targets<'c>(
        &'c self,
        document: &'c Document,
    ) -> impl Iterator<Item = (&'c Link, &'c Target)> {
        self.links(document).filter(|(link, _)| link.kind != LinkKind::Reference)
    }

    /// The document that an address in a manifest leads to.
    #[must_use]
    pub fn led_to(&self, manifest: &Manifest, url: &str) -> Option<&Document> {
        match manifest.target(url) {
            Target::Document(index) => self.at(*index),
            _ => None,
        }
    }

    /// The anchors of a Markdown file outside the standards folder that some link asks for.
    #[must_use]
    pub fn anchors_of(&self, path: &str) -> Option<&BTreeSet<String>> {
        self.anchors.get(path).map(Arc::as_ref)
    }

    /// The index of the document with this file name in [`Corpus::documents`].
    #[must_use]
    pub fn index_of(&self, file_name: &str) -> Option<usize> {
        self.by_file.get(file_name).copied()
    }

    /// The file name that a wrong one (or a path, or a page of the site) most likely stands for:
    /// the same number and version under another slug, the same slug under another number or
    /// version, or one with a slip of the pen.
    #[must_use]
    pub fn resembling(&self, wrong: &str) -> Option<&str> {
        let file = wrong.trim_end_matches('/').rsplit('/').next().unwrap_or(wrong);
        let file = format!("{}.md", file.trim_end_matches(".md"));
        let name = DocName::parse(&file).ok();
        let same_id = name.as_ref().and_then(|name| self.with_id(name.id()?).next());
        let documents = self.documents.iter().map(Arc::as_ref);
        let same_slug = || {
            let name = name.as_ref()?;
            documents.clone().rfind(|document: &&Document| {
                document.name.as_ref().is_ok_and(|it| it.slug == name.slug && it.kind == name.kind)
            })
        };
        let slip = || documents.clone().find(|document| is_slip(&file, document.file_name()));
        let found = same_id.or_else(same_slug).or_else(slip);
        found.map(|it| it.file_name()).filter(|found| *found != wrong)
    }

    /// The text of a document, a template, a manifest or a file of normative data.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        let document = [&self.documents, &self.templates].into_iter().find_map(|list| {
            let at = list.binary_search_by(|document| document.path.as_str().cmp(path)).ok()?;
            list.get(at).map(|document| document.text_for_now())
        });
        let data = || {
            let at = self.data.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
            self.data.get(at).map(|file| Cow::Borrowed(file.text.as_str()))
        };
        let mut manifests = self.manifests.iter().filter(|it| it.path == path);
        document
            .or_else(data)
            .or_else(|| manifests.next().map(|it| Cow::Borrowed(it.text.as_str())))
    }
}
