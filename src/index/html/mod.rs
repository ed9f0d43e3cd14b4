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
use crate::index::page_names::PageNames;
use crate::index::relations::{Relation, relations};
use crate::model::State;
use crate::status::{Chronicle, Life};

pub(crate) use layout::{escaped, plain};
pub(crate) use markup::is_on_the_web;

/// The overview.
const HOME: &str = "index.html";
/// The picture of all versions.
const TIMELINE: &str = "timeline.html";
/// The relations of documents.
const RELATIONS: &str = "graph.html";

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
        let mut names = PageNames::default();
        let mut pages = HashSet::new();
        for own in [HOME, TIMELINE, RELATIONS] {
            names.unique(own.trim_end_matches(".html"));
            pages.insert(own.to_owned());
        }
        let mut page = |like: &str| {
            let page = format!("{}.html", names.unique(like));
            pages.insert(page.clone());
            page
        };
        // The pages of numbers first: their names are those that people type.
        let (numbered, others): (Vec<_>, Vec<_>) =
            index.series().partition(|it| it.number.is_some());
        let mut series: Vec<(&Series<'_>, String)> =
            numbered.into_iter().map(|it| (it, page(&it.label))).collect();
        let documents = index.corpus.documents.iter();
        let documents = documents.map(|it| (it.path.as_str(), page(stem(it)))).collect();
        series.extend(others.into_iter().map(|it| (it, page(&format!("{}-versions", it.label)))));
        Site {
            index,
            chronicle,
            origin,
            documents,
            series,
            relations: relations(index.corpus),
            pages: Arc::new(pages),
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
