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
    let Some(first) = first.filter(|_| !says_what_they_mean(document.markdown())) else { return };
    let message =
        format!("`{}` is used as a keyword, and nothing says what keywords mean", first.text);
    sink.report(document, first.span, "keywords", message)
        .help("say once that the keywords are to be read as RFC 2119 describes them, with a link");
}

/// Whether the body names RFC 2119, RFC 8174 or BCP 14, which the two make up, also in an address.
fn says_what_they_mean(body: &str) -> bool {
    let names = |series: &str, number: &str| {
        memmem::find_iter(body.as_bytes(), number).any(|at| {
            let (before, after) = (body.get(..at).unwrap_or_default(), at + number.len());
            let before = before.strip_suffix([' ', '-', '\n']).unwrap_or(before);
            let word = before.get(before.len().saturating_sub(series.len())..).unwrap_or_default();
            let goes_on = body.as_bytes().get(after).is_some_and(u8::is_ascii_digit);
            word.eq_ignore_ascii_case(series) && !goes_on
        })
    };
    names("rfc", "2119") || names("rfc", "8174") || names("bcp", "14")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_names_the_series_and_the_whole_number() {
        let named = ["RFC 2119", "RFC\n8174", "see rfc2119.html", "BCP 14.", "BCP-14", "bcp14"];
        let others = ["RFC 21190", "version 2119", "BCP 145", "RFC 14", "äbc 14", "14"];
        assert!(named.into_iter().all(says_what_they_mean));
        assert!(!others.into_iter().any(says_what_they_mean));
    }
}
