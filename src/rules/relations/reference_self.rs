//! `reference-self`: see `reference_self.md`.

use crate::corpus::Corpus;
use crate::document::{Document, REFERENCE_FIELDS};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "reference-self",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("reference_self.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for key in REFERENCE_FIELDS {
        for reference in document.meta.references(key) {
            if reference.file == document.file_name() {
                let message = format!("`{key}` names the document itself");
                let finding = sink.report(document, reference.span, key, message);
                finding.help(match key {
                    "replaces" => "name the version that this document replaces",
                    "replaced_by" => "name the document that replaces this one",
                    _ => "name the document that this supplement extends",
                });
            }
        }
    }
}
