//! `section-missing`: see `section_missing.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::sections::{self, Section};
use crate::model::{DocType, Track};
use crate::rules::{Check, Rule, Sink};
use crate::text::all_of;

pub const RULE: Rule = Rule {
    id: "section-missing",
    level: Level::Error,
    reference: "scs-0001-v1#sections",
    templates: false,
    page: include_str!("section_missing.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let (Some(doc_type), Some(field)) = (document.meta.doc_type, document.front.get("type")) else {
        return;
    };
    let missing: Vec<&str> = sections::required(doc_type)
        .iter()
        .filter(|section| !is_met(section, document, corpus))
        .map(|section| section.title)
        .collect();
    if missing.is_empty() {
        return;
    }
    let (noun, verb) = if missing.len() == 1 { ("section", "is") } else { ("sections", "are") };
    let message = format!("the {noun} {} {verb} missing", all_of(&missing));
    let tests = if missing.contains(&"Conformance Tests") {
        "; a heading about tests in a supplement counts too"
    } else {
        ""
    };
    sink.report(document, field.value.span, missing.join(", "), message)
        .label(format!("a {doc_type} has {}", all_of(&titles(doc_type))))
        .help(format!(
            "add a section of that title for each, or rename the heading that serves as it{tests}"
        ));
}

fn titles(doc_type: DocType) -> Vec<&'static str> {
    sections::required(doc_type).iter().map(|section| section.title).collect()
}

fn is_met(section: &Section, document: &Document, corpus: &Corpus) -> bool {
    let any = |document: &Document, meets: &dyn Fn(&str) -> bool| {
        document.outline.headings.iter().any(|heading| meets(&heading.text))
    };
    let tests = || {
        let regime = document.meta.track == Some(Track::Scopes)
            && any(document, &sections::is_testing_regime);
        regime || corpus.supplementing(document).any(|it| any(it, &sections::is_about_tests))
    };
    any(document, &|heading| section.is_met_by(heading)) || (section.testing && tests())
}
