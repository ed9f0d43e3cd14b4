//! `link-autolink`: see `link_autolink.md`.

use crate::corpus::Corpus;
use crate::document::{Document, LinkKind};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "link-autolink",
    level: Level::Warning,
    reference: "scs-0001-v1#links",
    templates: false,
    page: include_str!("link_autolink.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let autolinks = document.body().links.iter().filter(|link| link.kind == LinkKind::Autolink);
    for link in autolinks.filter(|link| link.target.starts_with("http")) {
        let message = format!("`<{}>` breaks the build of the site", shortened(&link.target, 120));
        sink.report(document, link.span, &*link.target, message)
            .help("write `[text](https://…)`, or the bare address");
    }
}
