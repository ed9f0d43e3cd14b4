//! `testcase-table`: see `testcase_table.md`.

use crate::corpus::Corpus;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "testcase-table",
    level: Level::Error,
    reference: "scs-0003-v1#test-cases",
    templates: false,
    page: include_str!("testcase_table.md"),
    check: Check::Corpus(check),
};

fn check(corpus: &Corpus, sink: &mut Sink<'_>) {
    for problem in &corpus.cases().problems {
        if let Some(document) = corpus.at(problem.document) {
            sink.report(document, problem.span, &*problem.subject, &*problem.message);
        }
    }
}
