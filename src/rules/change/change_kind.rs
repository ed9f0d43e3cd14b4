//! `change-kind`: see `change_kind.md`.

use crate::change::{Change, Operation};
use crate::document::Document;
use crate::finding::Level;
use crate::model::Kind;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-kind",
    level: Level::Warning,
    reference: "scs-0001-v1#process",
    templates: false,
    page: include_str!("change_kind.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for (before, after) in change.operations.iter().filter_map(Operation::both) {
        if is_repair(before, after) {
            continue;
        }
        let (old, new) = (&before.meta, &after.meta);
        let types = old.doc_type.zip(new.doc_type).map(|(a, b)| (a.to_string(), b.to_string()));
        let tracks = old.track.zip(new.track).map(|(a, b)| (a.to_string(), b.to_string()));
        for (key, values) in [("type", types), ("track", tracks)] {
            let Some((old, new)) = values.filter(|(old, new)| old != new) else { continue };
            let message = format!("the {key} of {} was {old} and becomes {new}", after.label());
            sink.report(after, after.front.place(key), key, message).help(format!(
                "keep `{key}: {old}`, or propose a new document; rules, number and readers depend on it"
            ));
        }
    }
}

/// Whether the values contradicted the name of the file before, and do not any more.
fn is_repair(before: &Document, after: &Document) -> bool {
    let agrees = |document: &Document| {
        let Ok(name) = &document.name else { return true };
        let track = name.track().zip(document.meta.track).is_none_or(|(a, b)| a == b);
        let kind = document.meta.doc_type.is_none_or(|it| Kind::of(it) == name.kind);
        track && kind
    };
    before.name == after.name && !agrees(before) && agrees(after)
}
