//! `link-text`: see `link_text.md`.

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
#[derive(Clone, Copy)]
struct Named {
    number: u16,
    version: Option<(Kind, u32)>,
}

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    for (link, target) in corpus.links(document) {
        if !matches!(link.kind, LinkKind::Inline | LinkKind::Reference) {
            continue;
        }
        let Some(named) = named_in(document.body.text_of(link)) else { continue };
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
            let text = shortened(document.body.text_of(link), 80);
            let message = format!("the link says `{text}` and leads to {target}");
            sink.report(document, link.span, format!("{text} -> {}", link.target), message)
                .help(format!("correct the target `{}` or the text", link.target));
        }
    }
}

/// The document that a text names, if it names exactly one.
fn named_in(text: &str) -> Option<Named> {
    const PREFIX: &[u8] = b"scs-";
    let starts = text.as_bytes().windows(PREFIX.len()).enumerate();
    let mut found = starts.filter(|(_, it)| it.eq_ignore_ascii_case(PREFIX)).filter_map(|(at, _)| {
        let inside = text.get(..at)?.ends_with(|c: char| c.is_alphanumeric());
        if inside { None } else { named_at(text.get(at + PREFIX.len()..)?) }
    });
    let first = found.next()?;
    found.try_fold(first, |one, other| {
        let version = one.version.or(other.version);
        let agrees = one.number == other.number && other.version.is_none_or(|it| Some(it) == version);
        agrees.then_some(Named { version, ..one })
    })
}

/// The number, and the version if there is one, at the beginning of a text.
fn named_at(text: &str) -> Option<Named> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if digits(text) != 4 {
        return None;
    }
    let number = text.get(..4)?.parse().ok()?;
    let version = text.get(4..).and_then(|rest| {
        let rest = rest.strip_prefix('-')?;
        let kind = match rest.chars().next()? {
            'v' | 'V' => Kind::Primary,
            'w' | 'W' => Kind::Supplement,
            _ => return None,
        };
        let rest = rest.get(1..)?;
        Some((kind, rest.get(..digits(rest))?.parse().ok()?))
    });
    Some(Named { number, version })
}
