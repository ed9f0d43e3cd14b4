//! What replaces and what supplements what.

use super::layout::{Page, link, plain, table, title};
use super::{RELATIONS, Site};
use crate::document::Document;
use crate::index::Graph;
use crate::index::relations::{Relation, Side};

/// A table of relations.
pub(super) fn rows(site: &Site<'_, '_>, relations: &[&Relation<'_>]) -> String {
    let named = |document: &Document| {
        format!("{} {}", link(site, document, &document.label()), title(document))
    };
    let side = |side: Side<'_>| match side {
        Ok(document) => named(document),
        Err(name) => format!("<code>{}</code> (there is no such document)", plain(name)),
    };
    let row = |it: &&Relation<'_>| {
        let (from, verb, to) = (side(it.from), it.verb.name(), side(it.to));
        format!("<tr><td>{from}</td><td>{verb}</td><td>{to}</td></tr>\n")
    };
    relations.iter().map(row).collect()
}

pub(super) fn page(site: &Site<'_, '_>) -> String {
    let mut main = String::from(
        "<h1>Relations</h1>\n<p>Which documents take the place of others, and which explain others.</p>\n",
    );
    let drawing = Graph::of(site.index).drawing(&|it| site.page_of(it).to_owned());
    main.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Picture of the relations\">\n");
    main.push_str(&drawing);
    main.push_str("</div>\n");
    if site.relations.is_empty() {
        main.push_str("<p>No document names another one.</p>\n");
    } else {
        let rows = rows(site, &site.relations.iter().collect::<Vec<_>>());
        main.push_str(&table("All relations", &["Document", "Relation", "To"], &rows));
    }
    Page { title: "Relations", file: RELATIONS, main, script: false }.html(site)
}
