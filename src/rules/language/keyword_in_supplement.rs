//! `keyword-in-supplement`: see `keyword_in_supplement.md`.

use crate::corpus::Corpus;
use crate::document::{Document, KeywordForm};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "keyword-in-supplement",
    level: Level::Note,
    reference: "scs-0001-v1#requirements",
    templates: false,
    page: include_str!("keyword_in_supplement.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if document.is_primary() || !document.body().has_keyword(KeywordForm::Upper) {
        return;
    }
    for sentence in document.body().sentences() {
        let mut keywords = sentence.keywords();
        if let Some(keyword) = keywords.find(|keyword| keyword.form == KeywordForm::Upper) {
            let message = format!("`{}` in a supplement, which is not authoritative", keyword.text);
            sink.report(document, keyword.span, shortened(sentence.text(), 80), message)
                .help("say it in lower case, or put the requirement into the document itself");
        }
    }
}
