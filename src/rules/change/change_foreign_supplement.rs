//! `change-foreign-supplement`: see `change_foreign_supplement.md`.

use super::labels;
use crate::change::Change;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-foreign-supplement",
    level: Level::Error,
    reference: "scs-0001-v1#proposal-of-a-new-document",
    templates: false,
    page: include_str!("change_foreign_supplement.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    let primaries: Vec<&Document> = change.added_primaries().collect();
    if primaries.is_empty() {
        return;
    }
    for supplement in change.added_supplements() {
        if !change.owners(supplement).is_empty() {
            continue;
        }
        let message = format!(
            "{} does not supplement {}, which this change adds",
            supplement.label(),
            labels(&primaries)
        );
        let place = supplement.front.place("supplements");
        sink.report(supplement, place, "supplements", message).help(
            "propose it in a pull request of its own, or list the new document in `supplements`",
        );
    }
}
