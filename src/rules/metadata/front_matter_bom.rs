//! `front-matter-bom`: see `front_matter_bom.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::finding::{Fix, Level};
use crate::rules::{Check, Rule, Sink};

/// U+FEFF in UTF-8.
const BOM: &str = "\u{feff}";

pub const RULE: Rule = Rule {
    id: "front-matter-bom",
    level: Level::Warning,
    reference: "scs-0001-v1#metadata",
    templates: true,
    page: include_str!("front_matter_bom.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if document.text().starts_with(BOM) {
        let span = Span::new(0, BOM.len());
        let message =
            "a byte order mark stands before the front matter: other tools miss the block";
        sink.report(document, span, "byte order mark", message)
            .help("save the file as UTF-8 without byte order mark")
            .fix(Fix::one("remove the byte order mark", true, document, span, ""));
    }
}
