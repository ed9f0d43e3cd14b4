//! `link-text`: see `link_text.md`.

use crate::corpus::{Corpus, Target};
use crate::document::{Document, LinkKind};
use crate::finding::Level;
use crate::model::Named;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "link-text",
    level: Level::Error,
    reference: "scs-0001-v1#links",
    templates: false,
    page: include_str!("link_text.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    for (link, target) in corpus.links(document) {
        if !matches!(link.kind, LinkKind::Inline | LinkKind::Reference) {
            continue;
        }
        let Some(named) = named_in(document.body().text_of(link)) else { continue };
        let (differs, target) = match target {
            Target::Document(index) => {
                let Some(other) = corpus.at(*index) else { continue };
                let Some(id) = other.id() else { continue };
                let version = named.version.is_some_and(|version| version != (id.kind, id.version));
                (named.number != id.number || version, id.to_string())
            }
            Target::NumberPage(number) => (named.number != *number, format!("scs-{number:04}")),
            _ => continue,
        };
        if differs {
            let text = shortened(document.body().text_of(link), 80);
            let message = format!("the link says `{text}` and leads to {target}");
            sink.report(document, link.span, format!("{text} -> {}", link.target), message)
                .help(format!("correct the target `{}` or the text", link.target));
        }
    }
}

/// The document that a text names, if it names exactly one.
fn named_in(text: &str) -> Option<Named> {
    let mut found = Named::all_in(text).map(|(_, named)| named);
    let first = found.next()?;
    found.try_fold(first, |one, other| {
        let version = one.version.or(other.version);
        let agrees =
            one.number == other.number && other.version.is_none_or(|it| Some(it) == version);
        agrees.then_some(Named { version, ..one })
    })
}
