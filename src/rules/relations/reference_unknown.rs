//! `reference-unknown`: see `reference_unknown.md`.

use crate::corpus::Corpus;
use crate::document::{Document, REFERENCE_FIELDS};
use crate::finding::{Fix, Level};
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

/// For how many references of a document another one is looked for: each time takes a look at all
/// documents.
const MOST_HINTS: usize = 100;

pub const RULE: Rule = Rule {
    id: "reference-unknown",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("reference_unknown.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let references = REFERENCE_FIELDS.into_iter().flat_map(|key| {
        document.meta.references(key).iter().map(move |reference| (key, reference))
    });
    let unknown = references.filter(|(_, reference)| corpus.find(&reference.file).is_none());
    for (at, (key, reference)) in unknown.enumerate() {
        let file = reference.file.as_str();
        let subject = format!("{key}: {file}");
        let message = format!("`{key}` names `{}`, which is not there", shortened(file, 120));
        let meant = (at < MOST_HINTS).then(|| corpus.resembling(file)).flatten();
        let meant = meant.filter(|meant| *meant != document.file_name());
        let finding = sink.report(document, reference.span, subject, message);
        match meant {
            Some(meant) => {
                let fix =
                    Fix::one(format!("write `{meant}`"), false, document, reference.span, meant);
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
