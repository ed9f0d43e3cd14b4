//! `keyword-reference`: see `keyword_reference.md`.

use memchr::memmem;

use crate::corpus::Corpus;
use crate::document::{Document, KeywordForm};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "keyword-reference",
    level: Level::Note,
    reference: "scs-0001-v1#requirements",
    templates: false,
    page: include_str!("keyword_reference.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if !document.is_primary() {
        return;
    }
    let first = document.body().keywords().find(|keyword| keyword.form == KeywordForm::Upper);
    let Some(first) = first.filter(|_| !says_what_they_mean(document)) else { return };
    let message =
        format!("`{}` is used as a keyword, and nothing says what keywords mean", first.text);
    sink.report(document, first.span, "keywords", message)
        .help("say once that the keywords are to be read as RFC 2119 describes them, with a link");
}

/// Whether the body names RFC 2119, RFC 8174 or BCP 14, which the two make up, also in an address.
fn says_what_they_mean(document: &Document) -> bool {
    let body = document.markdown();
    let has = |name: &str| memmem::find(body.as_bytes(), name.as_bytes()).is_some();
    let is_rfc = |at: usize| {
        let before = body.get(..at).unwrap_or_default();
        let before = before.strip_suffix([' ', '-', '\n']).unwrap_or(before);
        let series = before.get(before.len().saturating_sub("rfc".len())..).unwrap_or_default();
        series.eq_ignore_ascii_case("rfc")
    };
    ["2119", "8174"].iter().any(|no| memmem::find_iter(body.as_bytes(), no).any(is_rfc))
        || ["BCP14", "BCP 14", "BCP-14", "bcp14"].into_iter().any(has)
}
