//! What replaces and what supplements what.

use std::collections::BTreeSet;

use super::layout::{Page, escaped, link, plain, table, title};
use super::{RELATIONS, Site};
use crate::corpus::Corpus;
use crate::document::Document;
use crate::index::Graph;

/// A relation of two documents.
pub(super) struct Relation<'d> {
    pub from: &'d Document,
    /// `replaces` or `supplements`
    pub verb: &'static str,
    /// The document; its name, where there is none of that name.
    pub to: Result<&'d Document, &'d str>,
}

/// All relations, in the order of the documents, each once however many fields tell it.
pub(super) fn relations(corpus: &Corpus) -> Vec<Relation<'_>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for document in &corpus.documents {
        let meta = &document.meta;
        let named = [("replaces", &meta.replaces), ("supplements", &meta.supplements)];
        for (verb, references) in named {
            for it in references {
                let to = corpus.find(&it.file).ok_or(&*it.file);
                all.push(Relation { from: document, verb, to });
            }
        }
        for it in &meta.replaced_by {
            if let Some(from) = corpus.find(&it.file) {
                all.push(Relation { from, verb: "replaces", to: Ok(document) });
            }
        }
    }
    all.retain(|it| {
        let to = it.to.map_or_else(|name| name, |document| &document.path);
        seen.insert((it.from.path.clone(), it.verb, to.to_owned()))
    });
    all.sort_by_key(|it| &it.from.path);
    all
}

/// A table of relations.
pub(super) fn rows(site: &Site<'_, '_>, relations: &[&Relation<'_>]) -> String {
    let named = |document: &Document| {
        format!("{} {}", link(site, document, &document.label()), title(document))
    };
    let row = |it: &&Relation<'_>| {
        let to = match it.to {
            Ok(document) => named(document),
            Err(name) => format!("<code>{}</code> (there is no such document)", plain(name)),
        };
        format!("<tr><td>{}</td><td>{}</td><td>{to}</td></tr>\n", named(it.from), escaped(it.verb))
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
