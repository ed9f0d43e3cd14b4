//! A site of its own: pages that need no server and load nothing from outside.
//!
//! Documents come from strangers. What they say is escaped or sanitized, and a policy in every page
//! lets nothing run and nothing load but the two files beside it.

mod banner;
mod body;
mod document;
mod history;
mod layout;
mod markup;
mod overview;
mod relations;
mod standard;
mod timeline;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Graph, Index, Series, stem};
use crate::document::Document;
use crate::model::State;
use crate::status::{Chronicle, Life};
use relations::Relation;

/// The overview.
const HOME: &str = "index.html";
/// The picture of all versions.
const TIMELINE: &str = "timeline.html";
/// The relations of documents.
const RELATIONS: &str = "graph.html";

/// The longest name of a page without its extension, in bytes.
const LONGEST_NAME: usize = 200;

/// Where the files of the repository can be looked at.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'o> {
    /// `owner/name` on GitHub.
    pub repository: &'o str,
    /// The branch that links lead to.
    pub branch: &'o str,
}

/// What pages are made of.
struct Site<'s, 'c> {
    index: &'s Index<'c>,
    chronicle: Option<&'s Chronicle>,
    origin: Origin<'s>,
    /// The pages of documents, by path.
    documents: HashMap<&'s str, String>,
    /// The series, each with its page.
    series: Vec<(&'s Series<'c>, String)>,
    relations: Vec<Relation<'s>>,
    /// All pages.
    pages: Arc<HashSet<String>>,
}

/// All files of the site, by name.
#[must_use]
pub fn html(
    index: &Index<'_>,
    origin: Origin<'_>,
    chronicle: Option<&Chronicle>,
) -> Vec<(String, String)> {
    let site = Site::of(index, origin, chronicle);
    let mut files = vec![
        (HOME.to_owned(), overview::page(&site)),
        (TIMELINE.to_owned(), timeline::page(&site)),
        (RELATIONS.to_owned(), relations::page(&site)),
        ("site.css".to_owned(), format!("{}\n{}\n", include_str!("assets/site.css"), Graph::STYLE)),
        ("site.js".to_owned(), include_str!("assets/site.js").to_owned()),
    ];
    let documents = index.corpus.documents.par_iter();
    files.par_extend(documents.map(|it| (site.page_of(it).to_owned(), document::page(&site, it))));
    let series = site.series.par_iter();
    files.par_extend(series.map(|(it, page)| (page.clone(), standard::page(&site, it))));
    files
}

impl<'s, 'c> Site<'s, 'c> {
    fn of(
        index: &'s Index<'c>,
        origin: Origin<'s>,
        chronicle: Option<&'s Chronicle>,
    ) -> Site<'s, 'c> {
        let mut names = Names::default();
        for page in [HOME, TIMELINE, RELATIONS] {
            names.taken.insert(page.to_owned());
            names.lower.insert(page.to_owned());
        }
        // The pages of numbers first: their names are those that people type.
        let mut numbers: HashMap<u16, String> = HashMap::new();
        for (it, number) in index.series().filter_map(|it| Some((it, it.number?))) {
            numbers.insert(number, names.page(&it.label));
        }
        let documents = index.corpus.documents.iter();
        let documents = documents.map(|it| (it.path.as_str(), names.page(stem(it)))).collect();
        let mut page = |it: &Series<'_>| match it.number.and_then(|it| numbers.remove(&it)) {
            Some(page) => page,
            None => names.page(&format!("{}-versions", it.label)),
        };
        let series = index.series().map(|it| (it, page(it))).collect();
        Site {
            index,
            chronicle,
            origin,
            documents,
            series,
            relations: relations::relations(index.corpus),
            pages: Arc::new(names.taken),
        }
    }

    /// The page of a document.
    fn page_of(&self, document: &Document) -> &str {
        self.documents.get(&*document.path).map_or(HOME, String::as_str)
    }

    /// The page of a series.
    fn page_of_series(&self, series: &Series<'_>) -> &str {
        let is_it = |it: &Series<'_>| it.number == series.number && it.label == series.label;
        self.series.iter().find(|(it, _)| is_it(it)).map_or(HOME, |(_, page)| page)
    }

    /// The page of a number.
    fn page_of_number(&self, number: u16) -> Option<&str> {
        let (_, page) = self.series.iter().find(|(it, _)| it.number == Some(number))?;
        Some(page)
    }

    /// The series that a document is a version of; that of what it supplements.
    fn series_of(&self, document: &Document) -> Option<(&'s Series<'c>, &str)> {
        let has = |series: &Series<'_>| {
            let mut versions = series.versions.iter().map(|it| it.document);
            versions.any(|it| it.path == document.path)
                || series.supplements.iter().any(|it| it.path == document.path)
        };
        self.series.iter().find(|(it, _)| has(it)).map(|(it, page)| (*it, page.as_str()))
    }

    /// The state of a version.
    fn state_of(&self, document: &Document) -> Option<State> {
        self.index.state_of(document)
    }

    /// The life of a document in git.
    fn life(&self, document: &Document) -> Option<&'s Life> {
        self.chronicle?.life(&document.path)
    }
}

/// Names of pages, each given once whatever a file system thinks of capitals.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    lower: HashSet<String>,
}

impl Names {
    fn page(&mut self, name: &str) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' };
        let name: String = name.chars().map(safe).take(LONGEST_NAME).collect();
        let mut page = format!("{name}.html");
        let mut count = 1;
        while !self.lower.insert(page.to_lowercase()) {
            count += 1;
            page = format!("{name}-{count}.html");
        }
        self.taken.insert(page.clone());
        page
    }
}
