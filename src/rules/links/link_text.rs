//! `link-text`: see `link_text.md`.

use std::sync::LazyLock;

use regex::Regex;

use crate::corpus::{Corpus, Target};
use crate::document::{Document, LinkKind};
use crate::finding::Level;
use crate::model::Kind;
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

/// What a text calls a document: `scs-0101-v1`, `SCS-0101`.
#[derive(PartialEq, Eq)]
struct Named {
    number: u16,
    version: Option<(Kind, u32)>,
}

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    for (link, resolved) in corpus.links(document) {
        if !matches!(link.kind, LinkKind::Inline | LinkKind::Reference) {
            continue;
        }
        let Some(named) = named_in(&link.text) else { continue };
        let (differs, target) = match &resolved.target {
            Target::Document(index) => {
                let Some(other) = corpus.documents.get(*index) else { continue };
                let Some(id) = other.id() else { continue };
                let version = named.version.is_some_and(|version| version != (id.kind, id.version));
                (named.number != id.number || version, id.to_string())
            }
            Target::NumberPage(number) => (named.number != *number, format!("scs-{number:04}")),
            _ => continue,
        };
        if differs {
            let text = shortened(&link.text, 80);
            let message = format!("the link says `{text}` and leads to {target}");
            sink.report(document, link.span, format!("{text} -> {}", link.target), message)
                .help(format!("correct the target `{}` or the text", link.target));
        }
    }
}

/// The document that a text names, if it names exactly one.
fn named_in(text: &str) -> Option<Named> {
    static NAME: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)\bscs-(\d{4})(?:-([vw])([1-9]\d{0,8})\b)?").ok());
    // The pattern is dear; few texts have what it looks for.
    if !text.as_bytes().windows(4).any(|bytes| bytes.eq_ignore_ascii_case(b"scs-")) {
        return None;
    }
    let mut found = NAME.as_ref()?.captures_iter(text).filter_map(|found| {
        let kind = found.get(2).map(|letter| {
            if letter.as_str().eq_ignore_ascii_case("v") { Kind::Primary } else { Kind::Supplement }
        });
        let version = found.get(3).and_then(|digits| digits.as_str().parse().ok());
        Some(Named { number: found[1].parse().ok()?, version: kind.zip(version) })
    });
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
