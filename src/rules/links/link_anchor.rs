//! `link-anchor`: see `link_anchor.md`.

use crate::corpus::{Corpus, Target};
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::{nearest, shortened};

pub const RULE: Rule = Rule {
    id: "link-anchor",
    level: Level::Error,
    reference: "scs-0001-v1#links",
    templates: false,
    page: include_str!("link_anchor.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    for (link, target) in corpus.targets(document) {
        let Some(fragment) = link.fragment().filter(|it| !is_built_in(it)) else { continue };
        let (anchors, place) = match target {
            Target::Document(index) => match corpus.at(*index) {
                Some(other) if other.path == document.path => {
                    (&other.outline.anchors, "this document".to_owned())
                }
                Some(other) => (&other.outline.anchors, format!("`{}`", other.file_name())),
                None => continue,
            },
            Target::File(path) => match corpus.anchors_of(path) {
                Some(anchors) => (anchors, format!("`{path}`")),
                None => continue,
            },
            _ => continue,
        };
        if anchors.contains(fragment.trim_start_matches("user-content-")) {
            continue;
        }
        let message =
            format!("{place} has no heading with the anchor `#{}`", shortened(&fragment, 80));
        let finding = sink.report(document, link.target_span, &*link.target, message);
        match nearest(&fragment, anchors.iter().map(String::as_str)) {
            Some(meant) => finding.help(format!("did you mean `#{meant}`?")),
            None => finding.help(
                "an anchor is the heading in lower case, without punctuation, with hyphens for blanks",
            ),
        };
    }
}

/// `#top`, text as browsers find it (`#:~:text=…`), and lines of a file as GitHub names them:
/// `#L10`, `#L10-L20`.
fn is_built_in(fragment: &str) -> bool {
    let is_line = |part: &str| {
        let digits = part.strip_prefix('L').map(|rest| rest.split('C').next().unwrap_or_default());
        digits
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    fragment == "top" || fragment.starts_with(":~:") || fragment.split('-').all(is_line)
}
