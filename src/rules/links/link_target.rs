//! `link-target`: see `link_target.md`.

use crate::corpus::{Corpus, Missing, Target};
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

/// For how many links of a document another target is looked for: each time takes a look at all
/// documents.
const MOST_HINTS: usize = 100;

pub const RULE: Rule = Rule {
    id: "link-target",
    level: Level::Error,
    reference: "scs-0001-v1#links",
    templates: false,
    page: include_str!("link_target.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    let missing = corpus.targets(document).filter_map(|(link, target)| match target {
        Target::Missing(missing) => Some((link, missing)),
        _ => None,
    });
    for (at, (link, missing)) in missing.enumerate() {
        let shown = shortened(&link.target, 120);
        let message = match missing {
            Missing::Empty => "the link leads nowhere: its target is empty".to_owned(),
            Missing::Path(path) => {
                format!("there is no `{}` in this repository", shortened(path, 120))
            }
            Missing::Outside => format!("`{shown}` leads out of the repository"),
            Missing::Page(page) => format!("the site has no page `{}`", shortened(page, 120)),
            Missing::Track(track) => {
                format!("`{shown}` is no page: the document is of the track {track}")
            }
        };
        let meant = match missing {
            Missing::Path(name) | Missing::Page(name) if at < MOST_HINTS => corpus.resembling(name),
            _ => None,
        };
        let finding = sink.report(document, link.target_span, &*link.target, message);
        if let Some(meant) = meant {
            finding.help(format!("did you mean `{meant}`?"));
        }
    }
}
