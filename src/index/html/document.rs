//! The page of a document.

use super::banner::banners;
use super::body::body;
use super::layout::{Page, bdi, escaped, link, on_github, plain, title};
use super::{HOME, Site};
use crate::document::{Document, Reference};
use crate::index::title_of;
use crate::model::Vocabulary as _;
use crate::text::shown;

/// From how many chapters on there is a list of them.
const CHAPTERS: usize = 3;

pub(super) fn page(site: &Site<'_, '_>, document: &Document) -> String {
    let series = site.series_of(document);
    let way = series.map(|(series, page)| {
        format!(
            "<a href=\"{page}\">{} <span class=\"hidden\">(all versions)</span></a>",
            plain(&series.label)
        )
    });
    let lead = document.meta.description.as_deref();
    let lead = lead.map(|it| format!("<p class=\"lead\">{}</p>\n", bdi(it)));
    let main = format!(
        "<nav class=\"way\" aria-label=\"Place\"><a href=\"{HOME}\">Overview</a>{}</nav>\n\
        <h1><span class=\"number\">{}</span> {}</h1>\n{}{}\
        <div class=\"document\">\n<div class=\"side\">\n{}{}</div>\n<article class=\"text\">\n{}</article>\n</div>",
        way.map(|it| format!(" <span aria-hidden=\"true\">›</span> {it}")).unwrap_or_default(),
        plain(&document.label()),
        title(document),
        banners(site, document),
        lead.unwrap_or_default(),
        metadata(site, document),
        contents(document),
        body(site, document),
    );
    let title = format!("{} {}", document.label(), title_of(document));
    Page { title: &title, file: "", main, script: false }.html(site)
}

/// The fields of a document.
fn metadata(site: &Site<'_, '_>, document: &Document) -> String {
    let meta = &document.meta;
    let corpus = site.index.corpus;
    let word = |word: Option<&'static str>| word.map(str::to_owned);
    let references = |references: &[Reference]| {
        let named = |it: &Reference| match corpus.find(&it.file) {
            Some(other) => link(site, other, &other.label()),
            None => format!("<code>{}</code> (not there)", plain(&it.file)),
        };
        let links: Vec<String> = references.iter().map(named).collect();
        (!links.is_empty()).then(|| links.join(", "))
    };
    let supplements: Vec<String> =
        corpus.supplementing(document).map(|it| link(site, it, &it.label())).collect();
    let supplements = (!supplements.is_empty()).then(|| supplements.join(", "));
    let date = |field: &str| meta.date(field).map(|date| format!("<time>{date}</time>"));
    let file = on_github(site, "blob", &document.path);
    let rows = [
        ("Type", word(meta.doc_type.map(|it| it.name()))),
        ("Track", word(meta.track.map(|it| it.name()))),
        ("Status", word(meta.status.map(|it| it.name()))),
        ("Stabilized", date("stabilized_at")),
        ("Deprecated", date("deprecated_at")),
        ("Rejected", date("rejected_at")),
        ("Replaces", references(&meta.replaces)),
        ("Replaced by", references(&meta.replaced_by)),
        ("Supplements", references(&meta.supplements)),
        ("Supplemented by", supplements),
        ("Source", Some(format!("<a href=\"{file}\">{}</a>", escaped(&shown(&document.path))))),
    ];
    let row = |(name, value): (&str, Option<String>)| {
        let value = value?;
        Some(format!("<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>\n"))
    };
    let rows: String = rows.into_iter().filter_map(row).collect();
    format!("<table class=\"meta\"><caption>Metadata</caption><tbody>\n{rows}</tbody></table>\n")
}

/// The chapters of a document that has several; one without a name cannot be chosen.
fn contents(document: &Document) -> String {
    let of = |level: u8| {
        let headings = document.outline.headings.iter();
        headings.filter(move |it| it.level == level && !it.text.is_empty())
    };
    // A single heading of level 1 repeats the title.
    let Some(level) = (1..=6).find(|level| of(*level).count() >= CHAPTERS) else {
        return String::new();
    };
    let chapters = of(level);
    let item = |(anchor, text): (&str, &str)| {
        format!("<li><a href=\"#{}\">{}</a></li>", crate::gfm::address(anchor), bdi(text))
    };
    let items: String = chapters.map(|it| item((&it.anchor, &it.text))).collect();
    format!(
        "<nav class=\"contents\" aria-label=\"Contents\"><p class=\"heading\">Contents</p><ul>{items}</ul></nav>\n"
    )
}
