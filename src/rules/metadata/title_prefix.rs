//! `title-prefix`: see `title_prefix.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "title-prefix",
    level: Level::Note,
    reference: "scs-0001-v1#supplement",
    templates: false,
    page: include_str!("title_prefix.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let (false, Some(title), Some(field)) =
        (document.is_primary(), &document.meta.title, document.front.get("title"))
    else {
        return;
    };
    let supplemented: Vec<_> = document
        .meta
        .supplements
        .iter()
        .filter_map(|reference| corpus.find(&reference.file))
        .filter_map(|other| Some((other, other.meta.title.as_deref()?)))
        .collect();
    if supplemented.iter().any(|(_, other)| title.starts_with(other)) {
        return;
    }
    if let Some((other, expected)) = supplemented.last() {
        let message =
            format!("the title does not begin with `{expected}`, the title that it supplements");
        let finding = sink.report(document, field.value.span, "title", message);
        finding.help(format!("for instance `{expected}: Implementation and Testing Notes`"));
        if let Some(theirs) = other.front.get("title") {
            finding.related(other, theirs.value.span, "what it supplements");
        }
    }
}
