//! `change-approval`: see `change_approval.md`.

use super::{labels, some_of};
use crate::change::{Approval, Change, Operation};
use crate::document::{Document, Span};
use crate::finding::Level;
use crate::model::Track;
use crate::rules::{Check, Rule, Sink};
use crate::text::{all_of, any_of};

pub const RULE: Rule = Rule {
    id: "change-approval",
    level: Level::Error,
    reference: "scs-0001-v1#process",
    templates: false,
    page: include_str!("change_approval.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    let is_global = |operation: &&Operation| operation.is_of(Track::Global);
    let touched: Vec<&Document> =
        change.operations.iter().filter(is_global).map(Operation::document).collect();
    let Some(first) = touched.first().filter(|_| !change.is_approved_by_forum()) else { return };
    let forum = &change.configs.target.forum;
    let approvals = change.context.as_ref().and_then(|it| it.approvals(change.head_id.as_deref()));
    let (what, verb) = (some_of(&labels(&touched)), if touched.len() == 1 { "needs" } else { "need" });
    let needed = format!(
        "{what} of the track Global {verb} the approval of a representative of the Forum SCS-Standards"
    );
    let place = first.front.place("track");
    // A document that is gone has no place in the head.
    let place = if change.head.find(first.file_name()).is_some() { place } else { Span::FILE };
    let (message, level, help) = match approvals {
        None => (
            format!("{needed}; whether there is one could not be judged: reviews are not known"),
            Level::Note,
            "`--context FILE` tells them".to_owned(),
        ),
        Some(_) if forum.is_empty() => (
            format!(
                "{needed}; whether there is one could not be judged: the configuration of the target branch names no representative"
            ),
            Level::Note,
            "list their logins as `forum` in scs-doc.toml".to_owned(),
        ),
        Some(approvals) => {
            let earlier: Vec<&String> = forum
                .iter()
                .filter(|it| approvals.get(&it.to_lowercase()) == Some(&Approval::Earlier))
                .collect();
            let help = match earlier.as_slice() {
                [] => format!("ask {} for a review", any_of(forum)),
                earlier => {
                    format!("{} approved an earlier commit: ask for another look", all_of(earlier))
                }
            };
            (needed, Level::Error, help)
        }
    };
    sink.report(first, place, "approval", message).milder(level).help(help);
}
