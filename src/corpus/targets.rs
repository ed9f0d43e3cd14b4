//! Where links lead: into the repository, to the site made of it, or away.

use std::sync::Arc;

use super::Corpus;
use crate::config::Config;
use crate::document::{Document, Link};
use crate::model::{Number, Track, Vocabulary, is_template_name, looks_like_document};
use crate::source::{Kind, Snapshot};
use crate::text::percent_decoded;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Out of the repository: nothing that could be judged here.
    External,
    /// To the document at this index of [`Corpus::documents`].
    Document(usize),
    /// To the page that the site makes for a number.
    NumberPage(u16),
    /// To another file of the repository.
    File(Box<str>),
    /// To a folder of the repository.
    Folder(Box<str>),
    /// Into the repository or its site, and nothing is there.
    Missing(Missing),
}

/// Why a link into the repository leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The target is empty.
    Empty,
    /// There is no such file or folder.
    Path(Box<str>),
    /// The path climbs out of the repository.
    Outside,
    /// The site has no page of this name.
    Page(Box<str>),
    /// The number belongs to another track.
    Track(Track),
}

/// What a target says before anybody looks what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// To a path of the repository.
    Path(Box<str>),
    /// To a page of the site.
    Page(Box<str>),
    /// Nowhere.
    Missing(Missing),
}

/// What the configuration says of addresses.
pub(super) struct Routes {
    /// The address of the site without its scheme, with `/`.
    site: String,
    /// The standards folder, with `/`.
    folder: String,
    /// `github.com/<owner>/<name>/blob/<branch>/` and its like.
    prefixes: Vec<String>,
}

impl Routes {
    pub(super) fn new(folder: &str, config: &Config) -> Routes {
        let Config { repository, default_branch: branch, .. } = config;
        let mut prefixes: Vec<String> = ["blob", "tree", "raw"]
            .iter()
            .map(|view| format!("github.com/{repository}/{view}/{branch}/"))
            .collect();
        for reference in ["", "refs/heads/"] {
            let host = "raw.githubusercontent.com";
            prefixes.push(format!("{host}/{repository}/{reference}{branch}/"));
        }
        Routes {
            site: format!("{}/", without_http(&config.site_url).unwrap_or(&config.site_url)),
            prefixes,
            folder: format!("{folder}/"),
        }
    }

    /// Where the target of a link in the file `from` leads; `None` if that is away.
    pub(super) fn route(&self, from: &str, target: &str) -> Option<Route> {
        let path = target.split_once('#').map_or(target, |(path, _)| path);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        if target.trim().is_empty() {
            Some(Route::Missing(Missing::Empty))
        } else if path.is_empty() {
            Some(Route::Path(from.into()))
        } else if let Some(address) = without_http(path) {
            self.address(address)
        } else if has_scheme(path) || path.starts_with('/') {
            None
        } else {
            Some(path_below(from.rsplit_once('/').map_or("", |(folder, _)| folder), path))
        }
    }

    /// An address on the web, without its scheme.
    fn address(&self, address: &str) -> Option<Route> {
        if let Some(page) = address.strip_prefix(&self.site) {
            return Some(Route::Page(page.into()));
        }
        let path = self.prefixes.iter().find_map(|prefix| address.strip_prefix(prefix.as_str()));
        path.map(|path| path_below("", path))
    }
}

/// A path relative to a folder of the repository.
fn path_below(folder: &str, path: &str) -> Route {
    let path = percent_decoded(path);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Route::Missing(Missing::Outside);
                }
            }
            part => parts.push(part),
        }
    }
    Route::Path(parts.join("/").into())
}

/// What is needed to tell where links lead.
pub(crate) struct Resolver<'c> {
    corpus: &'c Corpus,
    snapshot: &'c Snapshot,
    routes: Routes,
}

impl<'c> Resolver<'c> {
    pub(super) fn new(corpus: &'c Corpus, snapshot: &'c Snapshot, routes: Routes) -> Self {
        Resolver { corpus, snapshot, routes }
    }

    /// Where the target of a link in the file `from` leads.
    pub(crate) fn resolve(&self, from: &str, target: &str) -> Target {
        self.routes.route(from, target).map_or(Target::External, |route| self.find(route))
    }

    /// What is there.
    pub(super) fn find(&self, route: Route) -> Target {
        match route {
            Route::Path(path) => self.file(path),
            Route::Page(page) => self.page(&page),
            Route::Missing(missing) => Target::Missing(missing),
        }
    }

    /// Whether a link leads to the site, whatever page.
    pub(crate) fn is_on_site(&self, link: &Link) -> bool {
        without_http(&link.target).is_some_and(|address| address.starts_with(&self.routes.site))
    }

    fn file(&self, path: Box<str>) -> Target {
        let name = path.strip_prefix(&self.routes.folder).filter(|name| looks_like_document(name));
        if let Some(index) = name.and_then(|name| self.corpus.index_of(name)) {
            return Target::Document(index);
        }
        // The list of documents is exact; some file systems find a file also under another case.
        let listed = name.is_some_and(|name| !name.contains('/') && !is_template_name(name));
        match self.snapshot.kind(&path) {
            Some(Kind::File) if listed && self.corpus.unreadable.is_empty() => {
                Target::Missing(Missing::Path(path))
            }
            Some(Kind::File) => Target::File(path),
            Some(Kind::Folder) => Target::Folder(path),
            Some(Kind::Special) => Target::External,
            None => Target::Missing(Missing::Path(path)),
        }
    }

    /// A page of the site: `scs-NNNN-vN-slug` or `<track>/scs-NNNN`. The site has other pages too;
    /// those are not made from documents.
    fn page(&self, page: &str) -> Target {
        let page = percent_decoded(page.trim_end_matches('/'));
        let missing = || Target::Missing(Missing::Page((*page).into()));
        match page.split_once('/') {
            None if names_a_number(&page) => {
                let index = self.corpus.by_file.get(&format!("{page}.md"));
                index.map_or_else(missing, |index| Target::Document(*index))
            }
            Some((track, name)) if names_a_number(name) => {
                match Track::ALL.iter().find(|known| known.name().to_lowercase() == track) {
                    Some(track) => self.number_page(*track, name).unwrap_or_else(missing),
                    None => Target::External,
                }
            }
            _ => Target::External,
        }
    }

    fn number_page(&self, track: Track, name: &str) -> Option<Target> {
        let number: u16 = name.strip_prefix("scs-")?.parse().ok()?;
        match self.of_number(number)?.meta.track {
            Some(other) if other != track => Some(Target::Missing(Missing::Track(other))),
            _ => Some(Target::NumberPage(number)),
        }
    }

    fn of_number(&self, number: u16) -> Option<&'c Document> {
        let of_number = |document: &&Document| {
            document.name.as_ref().is_ok_and(|name| name.number == Number::Assigned(number))
        };
        self.corpus.documents.iter().map(Arc::as_ref).find(of_number)
    }
}

fn names_a_number(page: &str) -> bool {
    let digits = page.strip_prefix("scs-").and_then(|rest| rest.get(..4));
    digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}

fn without_http(url: &str) -> Option<&str> {
    url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))
}

/// Whether a target has a scheme (RFC 3986, section 3.1) or a host.
fn has_scheme(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    target.starts_with("//") || scheme.is_some_and(is_scheme)
}
