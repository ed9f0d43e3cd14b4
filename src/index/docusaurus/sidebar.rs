//! The sidebar: tracks, the standards in them, and their versions.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{has_page, inert, label, title_with_label};
use crate::document::Document;
use crate::index::{Index, Section, Series, stem};

/// An item as Docusaurus knows it.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Item {
    Doc { id: String, label: String },
    Category { label: String, link: Page, items: Vec<Item> },
}

/// The page that a category leads to.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Page {
    Doc { id: String },
}

/// A module of CommonJS that exports the items.
pub(super) fn sidebar(index: &Index<'_>) -> String {
    let mut labels = Labels::default();
    let overview = Item::Doc { id: "overview".to_owned(), label: "Overview".to_owned() };
    let tracks = index.sections.iter().map(|section| track(section, &mut labels));
    let items: Vec<Item> = std::iter::once(overview).chain(tracks).collect();
    // A list of structs of texts is always JSON.
    let json = serde_json::to_string_pretty(&items).unwrap_or_default();
    format!("// Made by `scs-doc index --format docusaurus`.\nmodule.exports = {};\n", inert(&json))
}

fn track(section: &Section<'_>, labels: &mut Labels) -> Item {
    Item::Category {
        label: section.name().to_owned(),
        link: Page::Doc { id: format!("{}/index", section.folder()) },
        items: section.series.iter().map(|it| standard(section, it, labels)).collect(),
    }
}

fn standard(section: &Section<'_>, series: &Series<'_>, labels: &mut Labels) -> Item {
    let documents = series.documents().filter(|it| has_page(it));
    let document = |it: &Document| Item::Doc {
        id: stem(it).to_owned(),
        label: labels.unique(it, series, series.has_twin(it)),
    };
    Item::Category {
        label: label(&title_with_label(series)),
        link: Page::Doc { id: format!("{}/{}", section.folder(), series.page) },
        items: documents.map(document).collect(),
    }
}

/// The labels so far: Docusaurus refuses a second document of the same label.
#[derive(Default)]
struct Labels(BTreeSet<String>);

impl Labels {
    /// `scs-0100-v3`; the file name where several documents are that. A supplement stands beneath
    /// each number that it supplements, and says so beneath another one than its own.
    fn unique(&mut self, document: &Document, series: &Series<'_>, is_shared: bool) -> String {
        let name = if is_shared { stem(document).to_owned() } else { document.label() };
        let is_own = document.is_primary() || name.starts_with(&format!("{}-", series.label));
        let unique = match is_own && !self.0.contains(&name) {
            true => name,
            false => format!("{name} (for {})", series.label),
        };
        self.0.insert(unique.clone());
        label(&unique)
    }
}
