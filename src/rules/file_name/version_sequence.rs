//! `version-sequence`: see `version_sequence.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::model::Kind;
use crate::rules::{Check, Rule, Sink};
use crate::text::all_of;

/// How many missing versions are named one by one.
const MOST_NAMED: usize = 5;

pub const RULE: Rule = Rule {
    id: "version-sequence",
    level: Level::Warning,
    reference: "scs-0001-v1#file-names",
    templates: false,
    page: include_str!("version_sequence.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Some(id) = document.id().filter(|id| id.kind == Kind::Primary) else { return };
    // Each gap is reported once: by the version that comes after it.
    let before = corpus.versions(id.number, id.kind).map(|(other, _)| other.version);
    let previous = before.filter(|version| *version < id.version).max().unwrap_or_default();
    if previous + 1 >= id.version {
        return;
    }
    let missing: Vec<String> =
        (previous + 1..id.version).take(MOST_NAMED).map(|version| format!("v{version}")).collect();
    let count = id.version - previous - 1;
    let message = match usize::try_from(count).unwrap_or(usize::MAX) {
        count if count > MOST_NAMED => format!("{count} versions before this one are missing"),
        1 => format!("the version {} before this one is missing", all_of(&missing)),
        _ => format!("the versions {} before this one are missing", all_of(&missing)),
    };
    sink.report(document, Span::FILE, format!("v{}", id.version), message)
        .help("the versions of a number are counted from 1 without a gap");
}
