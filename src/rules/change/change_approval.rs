//! `change-approval`: see `change_approval.md`.

use super::labels;
use crate::change::{Approval, Change};
use crate::document::{Document, Span};
use crate::finding::Level;
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
    let touched: Vec<&Document> = change.global().collect();
    let Some(first) = touched.first() else { return };
    let (what, verb) = (labels(&touched), if touched.len() == 1 { "needs" } else { "need" });
    let needed = format!(
        "{what} of the track Global {verb} the approval of a representative of the Forum SCS-Standards"
    );
    let forum = &change.configs.target.forum;
    let (message, level, help) = match change.forum_approvals() {
        None => (
            format!("{needed}; whether there is one could not be judged: reviews are not known"),
            Level::Note,
            "`--context FILE` tells them".to_owned(),
        ),
        Some(approvals) if approvals.iter().any(|(_, it)| *it == Approval::Given) => return,
        Some(_) if forum.is_empty() => (
            format!("{needed}, and the configuration of the target branch names none"),
            Level::Error,
            "list their logins as `forum` in scs-doc.toml of the target branch".to_owned(),
        ),
        Some(approvals) => {
            let earlier: Vec<&str> = approvals.iter().map(|(login, _)| *login).collect();
            let help = match earlier.as_slice() {
                [] => format!("ask {} to approve it", any_of(forum)),
                earlier => {
                    format!("{} approved an earlier commit: ask for another look", all_of(earlier))
                }
            };
            (needed, Level::Error, help)
        }
    };
    // A document that is gone has no place in the head.
    let there = change.head.find(first.file_name()).is_some();
    let place = if there { first.front.place("track") } else { Span::FILE };
    sink.report(first, place, "approval", message).milder(level).help(help);
}
