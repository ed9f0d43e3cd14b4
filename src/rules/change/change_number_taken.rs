//! `change-number-taken`: see `change_number_taken.md`.

use super::MOST_NAMED;
use crate::change::Change;
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::model::DocId;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-number-taken",
    level: Level::Error,
    reference: "scs-0001-v1#proposal-of-a-new-document",
    templates: false,
    page: include_str!("change_number_taken.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for (document, id) in change.taking() {
        in_target(change, document, id, sink);
        let Some(pulls) = change.pulls_with(id) else {
            if document.is_primary() {
                let message = format!(
                    "whether another open pull request adds {id} too could not be judged: open pull requests are not known"
                );
                sink.report(document, Span::FILE, "open pull requests", message)
                    .milder(Level::Note)
                    .help("`--context FILE` tells them");
            }
            continue;
        };
        for number in pulls.iter().take(MOST_NAMED) {
            let message = format!("{id} is also added by the open pull request {number}");
            sink.report(document, Span::FILE, format!("{id} in pull request {number}"), message)
                .help("agree on who takes which number before either is merged");
        }
    }
}

/// The documents of the target that have this number, kind and version, and are not this one.
fn in_target(change: &Change, document: &Document, id: DocId, sink: &mut Sink<'_>) {
    let is_this = |other: &Document| other.path == document.path && other.text() == document.text();
    for other in change.accepted().with_id(id).filter(|other| !is_this(other)).take(MOST_NAMED) {
        let message = match other.path == document.path {
            true => format!("the target branch has another text under the name {id} by now"),
            false => format!("{id} is taken: the target branch has `{}`", other.file_name()),
        };
        let finding = sink.report(document, Span::FILE, id.to_string(), message);
        finding.related(other, Span::FILE, "the document of the target branch");
        let next = document.name.as_ref().ok().and_then(|it| change.next_number(it.track()?));
        let next = next.map(|next| format!(", {next:04},")).unwrap_or_default();
        finding.help(match other.path == document.path {
            true => "rebase onto the target branch; if this is another document, it needs another number or version".to_owned(),
            false => format!("take the next unused number of the track{next} or the next version if this is one"),
        });
    }
}
