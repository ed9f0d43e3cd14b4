//! What all pages have in common.

use super::{HOME, RELATIONS, Site, TIMELINE};
use crate::document::{Document, normalized};
use crate::index::{Version, title_of};
use crate::model::State;
use crate::text::{shortened, shown};
use crate::xml::entity;

/// Nothing runs and nothing loads but what lies beside the page. In Chromium `'self'` is that under
/// `file:` too.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// The longest title of a tab, in characters.
const LONGEST_TITLE: usize = 120;

/// What a page is.
pub(super) struct Page<'p> {
    /// Its title, as plain text.
    pub title: &'p str,
    /// Its file, to be marked in the navigation.
    pub file: &'p str,
    /// Its content, as HTML.
    pub main: String,
    /// Whether it has the script.
    pub script: bool,
}

impl Page<'_> {
    pub(super) fn html(&self, site: &Site<'_, '_>) -> String {
        let link = |(file, name): (&str, &str)| {
            let current = if file == self.file { " aria-current=\"page\"" } else { "" };
            format!("<li><a href=\"{file}\"{current}>{name}</a></li>")
        };
        let links = [(HOME, "Overview"), (TIMELINE, "Timeline"), (RELATIONS, "Relations")];
        let links: String = links.map(link).concat();
        let title = escaped(&shortened(&shown(self.title), LONGEST_TITLE));
        let script = if self.script { "<script src=\"site.js\" defer></script>\n" } else { "" };
        let repository = escaped(site.origin.repository);
        let day = site.index.corpus.as_of;
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
            <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
            <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
            <meta name=\"referrer\" content=\"no-referrer\">\n\
            <meta name=\"color-scheme\" content=\"light dark\">\n\
            <title>{title}</title>\n<link rel=\"stylesheet\" href=\"site.css\">\n{script}</head>\n\
            <body>\n<a class=\"skip\" href=\"#site.main\">Skip to the content</a>\n\
            <header class=\"top\"><div class=\"wide\">\n<a class=\"home\" href=\"{HOME}\">Standards</a>\n\
            <nav aria-label=\"Site\"><ul>{links}</ul></nav>\n</div></header>\n\
            <main id=\"site.main\" class=\"wide\" tabindex=\"-1\">\n{}\n</main>\n\
            <footer class=\"bottom\"><div class=\"wide\">\n<p>States as of <time>{day}</time>. Made by <code>scs-doc</code> from the documents of \
            <a href=\"https://github.com/{repository}\">{repository}</a>.</p>\n</div></footer>\n</body>\n</html>\n",
            self.main
        )
    }
}

/// Text in which no character means anything to HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match entity(c) {
            Some(entity) => safe.push_str(entity),
            None => safe.push(c),
        }
    }
    safe
}

/// What an author wrote, as text on one line that keeps its direction to itself.
pub(super) fn bdi(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(&shown(&normalized(text))))
}

/// What an author wrote, as plain text on one line.
pub(crate) fn plain(text: &str) -> String {
    escaped(&shown(&normalized(text)))
}

/// The title of a document.
pub(super) fn title(document: &Document) -> String {
    bdi(&title_of(document))
}

/// A link to the page of a document.
pub(super) fn link(site: &Site<'_, '_>, document: &Document, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", site.page_of(document), plain(text))
}

/// A link to a version with its state in words.
pub(super) fn badge(site: &Site<'_, '_>, version: &Version<'_>) -> String {
    let href = site.page_of(version.document);
    let (name, words) = (plain(&version.name), state_words(version));
    let class = state_name(version.state);
    format!(
        "<a class=\"badge {class}\" href=\"{href}\"><span class=\"version\">{name}</span> {words}</a>"
    )
}

/// The name of a state as a class.
pub(super) fn state_name(state: Option<State>) -> &'static str {
    state.map_or("unknown", State::name)
}

/// `effective until 2026-11-01`
pub(super) fn state_words(version: &Version<'_>) -> String {
    let meta = &version.document.meta;
    let date = match version.state {
        None => return "no valid status".to_owned(),
        Some(State::Upcoming) => meta.stabilized_at.map(|date| format!(" from {date}")),
        Some(State::Effective) if version.ends => {
            meta.deprecated_at.map(|date| format!(" until {date}"))
        }
        Some(_) => None,
    };
    format!("{}{}", state_name(version.state), date.unwrap_or_default())
}

/// A path of the repository as a place on GitHub.
pub(super) fn on_github(site: &Site<'_, '_>, view: &str, path: &str) -> String {
    let (repository, branch) = (site.origin.repository, crate::gfm::address(site.origin.branch));
    escaped(&format!(
        "https://github.com/{repository}/{view}/{branch}/{}",
        crate::gfm::address(path)
    ))
}

/// A table with a caption and the names of its columns. What is too wide is scrolled, by keyboard too.
pub(super) fn table(caption: &str, columns: &[&str], rows: &str) -> String {
    let columns: String = columns.iter().map(|it| format!("<th scope=\"col\">{it}</th>")).collect();
    format!(
        "<div class=\"scroll\" role=\"group\" aria-label=\"{caption}\" tabindex=\"0\"><table><caption>{caption}</caption><thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )
}
