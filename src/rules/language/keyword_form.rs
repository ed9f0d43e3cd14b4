//! `keyword-form`: see `keyword_form.md`.

use crate::corpus::Corpus;
use crate::document::{Document, KeywordForm};
use crate::finding::{Fix, Level};
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "keyword-form",
    level: Level::Warning,
    reference: "scs-0001-v1#requirements",
    templates: false,
    page: include_str!("keyword_form.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    if !document.body().has_keyword(KeywordForm::Mixed) {
        return;
    }
    for sentence in document.body().sentences() {
        for keyword in sentence.keywords().filter(|keyword| keyword.form == KeywordForm::Mixed) {
            let upper = keyword.text.to_uppercase();
            let message = format!("`{}` is half a keyword: RFC 2119 knows `{upper}`", keyword.text);
            // In upper case it becomes normative: that is for the author to decide.
            let verbatim = keyword.span.of(document.text()).eq_ignore_ascii_case(&upper);
            let fix = verbatim
                .then(|| {
                    Fix::one(format!("write `{upper}`"), false, document, keyword.span, &upper)
                })
                .flatten();
            sink.report(document, keyword.span, shortened(sentence.text(), 80), message)
                .help(format!("write `{upper}` if it is a requirement, else lower case"))
                .fix(fix);
        }
    }
}
