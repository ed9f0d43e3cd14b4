//! `reference-unknown`: see `reference_unknown.md`.

use crate::corpus::Corpus;
use crate::document::{Document, REFERENCE_FIELDS};
use crate::finding::{Fix, Level};
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "reference-unknown",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("reference_unknown.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    for key in REFERENCE_FIELDS {
        for reference in document.meta.references(key) {
            let file = reference.file.as_str();
            if corpus.find(file).is_some() {
                continue;
            }
            let subject = format!("{key}: {file}");
            let message = format!("`{key}` names `{}`, which is not there", shortened(file, 120));
            let meant = corpus.resembling(file).filter(|meant| *meant != document.file_name());
            let finding = sink.report(document, reference.span, subject, message);
            match meant {
                Some(meant) => {
                    let fix = Fix::one(format!("write `{meant}`"), false, document, reference.span, meant);
                    finding.help(format!("did you mean `{meant}`?")).fix(fix);
                }
                None => {
                    finding.help(format!(
                        "a reference is the file name of a document in `{}/`, `.md` included",
                        corpus.folder
                    ));
                }
            }
        }
    }
}
