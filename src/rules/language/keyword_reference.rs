//! `keyword-reference`: see `keyword_reference.md`.

use std::sync::LazyLock;

use regex::Regex;

use crate::corpus::Corpus;
use crate::document::{Document, Keyword, KeywordForm};
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
    if !document.is_primary() || !document.body.has_keywords() || says_what_they_mean(document) {
        return;
    }
    let upper = |keyword: &Keyword<'_>| keyword.form == KeywordForm::Upper;
    let first = document.body.sentences().find_map(|sentence| sentence.keywords().find(upper));
    if let Some(first) = first {
        let message = format!("`{}` is used as a keyword, and nothing says what keywords mean", first.text);
        sink.report(document, first.span, "keywords", message)
            .help("say once that the keywords are to be read as RFC 2119 describes them, with a link");
    }
}

fn says_what_they_mean(document: &Document) -> bool {
    static SOURCES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)\b(rfc[\s-]?(2119|8174)|bcp[\s-]?14)\b").ok());
    let body = document.text.get(document.body.start..).unwrap_or_default();
    SOURCES.as_ref().is_some_and(|sources| sources.is_match(body))
}
