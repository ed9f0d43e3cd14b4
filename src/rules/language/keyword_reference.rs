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
    let first = document.body.keywords().find(|keyword| keyword.form == KeywordForm::Upper);
    let Some(first) = first.filter(|_| !says_what_they_mean(document)) else { return };
    let message =
        format!("`{}` is used as a keyword, and nothing says what keywords mean", first.text);
    sink.report(document, first.span, "keywords", message)
        .help("say once that the keywords are to be read as RFC 2119 describes them, with a link");
}

/// The RFCs that define the keywords, and the series that they make up.
const NUMBERS: [&str; 2] = ["2119", "8174"];
const SERIES: [&str; 3] = ["BCP 14", "BCP14", "bcp14"];

/// Whether the body names a source, as in `RFC 2119`, `rfc2119` or `BCP 14`, also in an address.
fn says_what_they_mean(document: &Document) -> bool {
    let body = document.text.get(document.body.start..).unwrap_or_default();
    let is_rfc = |at: usize| {
        let before = body.get(..at).unwrap_or_default();
        let before = before.strip_suffix([' ', '-', '\n']).unwrap_or(before);
        let start = before.len().saturating_sub("rfc".len());
        before.get(start..).is_some_and(|it| it.eq_ignore_ascii_case("rfc"))
    };
    let places = |what: &'static str| memmem::find_iter(body.as_bytes(), what);
    NUMBERS.iter().any(|number| places(number).any(is_rfc))
        || SERIES.iter().any(|series| places(series).next().is_some())
}
