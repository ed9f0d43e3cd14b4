//! All documents of a repository, related to each other.

pub mod cases;
pub mod data;
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
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::Config;
use crate::document::{Document, Link, LinkKind};
use crate::model::{Date, DocId, DocName, Kind, Status, looks_like_document};
use crate::source::{Kind as PathKind, Snapshot, SourceError};
use crate::text::is_slip;

pub use cases::{Case, Cases};
pub use data::DataFile;
pub(crate) use manifest::{MAX_MANIFEST, ManifestText, manifest_paths};
pub use manifest::{Manifest, TestCases};
pub use mentions::Mentions;
pub use named::NameError;
pub use scope::Scope;
pub use shelf::Shelf;
pub(crate) use targets::Resolver;
pub use targets::{Missing, Target};
use targets::{Route, Routes};
pub use templates::{TemplateTexts, built_in_template};
pub use testing::{Automated, Tested};

/// The folders that are looked for where the configuration names none.
const FOLDERS: [&str; 2] = ["Standards", "standards"];

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

/// How many bytes of documents are held, together with what they consist of, which is five times as
/// much again. The documents beyond are read again whenever somebody wants more than their outline.
const MOST_HELD: usize = 32 << 20;

/// A link that does not lead away.
struct Leading {
    /// Its index among the links of its document.
    link: u32,
    route: Route,
    /// Whether it asks for a part of what it leads to.
    asks: bool,
}

fn leading(document: &Document, routes: &Routes) -> Vec<Leading> {
    let links = (0..).zip(&document.body().links);
    let leading = links.filter_map(|(index, link)| {
        let route = routes.route(&document.path, &link.target)?;
        Some(Leading { link: index, route, asks: link.fragment().is_some() })
    });
    leading.collect()
}

impl Corpus {
    /// Reads and relates all documents of a snapshot.
    ///
    /// A file that cannot be read does not keep the others from being read; see
    /// [`Corpus::unreadable`].
    ///
    /// # Errors
    /// There is no standards folder.
    pub fn load(snapshot: &Snapshot, config: &Config, as_of: Date) -> Result<Corpus, SourceError> {
        Corpus::load_from(&Shelf::default(), snapshot, config, as_of)
    }

    /// The same, with what was read before taken from a shelf and what is read now put there.
    ///
    /// # Errors
    /// There is no standards folder.
    pub fn load_from(
        shelf: &Shelf,
        snapshot: &Snapshot,
        config: &Config,
        as_of: Date,
    ) -> Result<Corpus, SourceError> {
        let folder = standards_folder(snapshot, config)?;
        let mut names = snapshot.names(&folder)?;
        names.retain(|name| looks_like_document(name));
        let paths: Vec<String> = names.iter().map(|name| format!("{folder}/{name}")).collect();
        let routes = Routes::new(&folder, config);
        let held = AtomicUsize::new(0);
        let read = |path: &String| -> Result<(Arc<Document>, Vec<Leading>), SourceError> {
            let mut document = shelf.document(snapshot, path)?;
            let leading = leading(&document, &routes);
            let before = held.fetch_add(document.outline.end, Ordering::Relaxed);
            // One that lies on a shelf belongs to others too.
            if before > MOST_HELD
                && !document.is_template
                && let Some(own) = Arc::get_mut(&mut document)
                && let Some(file) = snapshot.reread(path)
            {
                own.let_go(file);
            }
            Ok((document, leading))
        };
        let parsed: Vec<Result<_, SourceError>> = paths.par_iter().map(read).collect();
        let mut corpus = Corpus::empty(folder, as_of);
        let mut leads = Vec::new();
        for (path, document) in paths.into_iter().zip(parsed) {
            match document {
                Ok((document, _)) if document.is_template => {
                    corpus.templates.push(document);
                }
                Ok((document, leading)) => {
                    corpus.documents.push(document);
                    leads.push(leading);
                }
                Err(error) => corpus.unreadable.push(Unreadable { path, error }),
            }
        }
        corpus.template_texts = TemplateTexts::read(&corpus.templates);
        corpus.manifests = Manifest::read_all(snapshot, &config.manifests)?;
        corpus.relate();
        corpus.follow_links(leads, routes, shelf, snapshot);
        corpus.read_data(snapshot);
        corpus.mirrors = config.mirrors.iter().map(|host| host.to_lowercase()).collect();
        Ok(corpus)
    }

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

    fn relate(&mut self) {
        for (index, document) in self.documents.iter().enumerate() {
            self.by_file.insert(document.file_name().to_owned(), index);
            if let Some(id) = document.id() {
                self.by_id.entry(id).or_default().push(index);
            }
            for reference in &document.meta.replaces {
                self.replacing.entry(reference.file.clone()).or_default().push(index);
            }
            for reference in &document.meta.supplements {
                self.supplementing.entry(reference.file.clone()).or_default().push(index);
            }
        }
    }

    fn follow_links(
        &mut self,
        leads: Vec<Vec<Leading>>,
        routes: Routes,
        shelf: &Shelf,
        snapshot: &Snapshot,
    ) {
        let resolver = Resolver::new(self, snapshot, routes);
        let resolve = |leading: Vec<Leading>| -> (Vec<(u32, Target)>, Vec<Box<str>>) {
            let mut asked = Vec::new();
            let targets = leading.into_iter().filter_map(|Leading { link, route, asks }| {
                let target = resolver.find(route);
                match &target {
                    Target::External => return None,
                    Target::File(path) if asks && path.ends_with(".md") => asked.push(path.clone()),
                    _ => {}
                }
                Some((link, target))
            });
            (targets.collect(), asked)
        };
        let (targets, asked): (Vec<_>, Vec<_>) = leads.into_par_iter().map(resolve).unzip();
        let asked: BTreeSet<Box<str>> = asked.into_iter().flatten().collect();
        let asked: Vec<Box<str>> = asked.into_iter().collect();
        let anchors = asked
            .par_iter()
            .filter_map(|path| Some((path.to_string(), shelf.anchors(snapshot, path)?)));
        let anchors = anchors.collect();
        let leads: Vec<HashMap<String, Target>> = self
            .manifests
            .iter()
            .map(|manifest| {
                let urls = manifest.addresses().map(|url| &url.value);
                urls.map(|url| (url.clone(), resolver.resolve(&manifest.path, url))).collect()
            })
            .collect();
        self.anchors = anchors;
        for (manifest, leads) in self.manifests.iter_mut().zip(leads) {
            manifest.leads = leads;
        }
        self.targets = targets;
    }

    fn read_data(&mut self, snapshot: &Snapshot) {
        let paths = self.data_paths();
        self.data = paths.iter().filter_map(|path| DataFile::load(snapshot, path)).collect();
    }

    /// The files that may be normative data: those in YAML that documents link to, or that manifests
    /// have as values of parameters.
    fn data_paths(&self) -> BTreeSet<String> {
        let linked = self.targets.iter().flatten().map(|(_, target)| target);
        let named = self.manifests.iter().flat_map(Manifest::targets);
        let targets = linked.chain(named).filter_map(|target| match target {
            Target::File(path) => Some(&**path),
            _ => None,
        });
        let is_yaml = |path: &&str| path.ends_with(".yaml") || path.ends_with(".yml");
        targets.filter(is_yaml).map(str::to_owned).collect()
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

/// The folder with the documents, as the configuration or the repository has it.
///
/// # Errors
/// There is no such folder.
pub(crate) fn standards_folder(
    snapshot: &Snapshot,
    config: &Config,
) -> Result<String, SourceError> {
    let named = config.standards.as_deref();
    let candidates: Vec<&str> = named.map_or_else(|| FOLDERS.to_vec(), |folder| vec![folder]);
    let found = candidates.iter().find(|folder| snapshot.kind(folder) == Some(PathKind::Folder));
    found.map(|folder| (*folder).to_owned()).ok_or_else(|| SourceError::NoStandards {
        root: snapshot.root().to_owned(),
        why: match named {
            _ if candidates.iter().any(|it| snapshot.kind(it) == Some(PathKind::Special)) => {
                "its folder is a symbolic link or a submodule, which is not followed".to_owned()
            }
            Some(folder) => format!("the folder {folder}/ that the configuration names is not there"),
            None => "there is neither a folder Standards/ nor standards/, and the configuration names no other".to_owned(),
        },
    })
}
