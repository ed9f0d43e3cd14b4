//! `link-undefined`: see `link_undefined.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "link-undefined",
    level: Level::Warning,
    reference: "scs-0001-v1#links",
    templates: false,
    page: include_str!("link_undefined.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for undefined in &document.body().undefined {
        let label = shortened(&undefined.label, 80);
        let is_footnote = undefined.label.starts_with('^');
        let what = if is_footnote { "footnote" } else { "reference" };
        let help = match &undefined.meant {
            Some(meant) => format!("did you mean `[{meant}]`?"),
            None if is_footnote => format!("add a line `[{label}]: …`, or remove the reference"),
            None => format!("add a line `[{label}]: https://…`, or write `[text](target)`"),
        };
        let message = format!("the {what} `[{label}]` has no definition");
        sink.report(document, undefined.span, undefined.label.as_str(), message).help(help);
    }
}
