//! From files to documents that know each other.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::targets::{Route, Routes};
use super::{Corpus, DataFile, Manifest, Resolver, Shelf, Target, TemplateTexts, Unreadable};
use crate::config::Config;
use crate::document::Document;
use crate::model::{Date, looks_like_document};
use crate::source::{Kind as PathKind, Snapshot, SourceError};

/// The folders that are looked for where the configuration names none.
const FOLDERS: [&str; 2] = ["Standards", "standards"];

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
        let read = |path: &String| -> Result<(Arc<Document>, Vec<Leading>), SourceError> {
            let mut document = shelf.document(snapshot, path)?;
            let leading = leading(&document, &routes);
            // One that lies on a shelf belongs to others too.
            if !document.is_template
                && !shelf.has_room(&document)
                && let Some(own) = Arc::get_mut(&mut document)
                && let Some(file) = snapshot.reread(path)
            {
                shelf.outline(own)?;
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
}

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
