//! `change-kind`: see `change_kind.md`.

use crate::change::{Change, Operation};
use crate::finding::Level;
use crate::model::{DocName, Kind};
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
        let (old, new) = (&before.meta, &after.meta);
        let name = before.name.as_ref().ok().filter(|_| before.name == after.name);
        // What contradicts the name of the file may be corrected.
        let types = old.doc_type.zip(new.doc_type);
        let types = types.filter(|(old, new)| {
            name.is_none_or(|it| Kind::of(*old) == it.kind || Kind::of(*new) != it.kind)
        });
        let tracks = old.track.zip(new.track);
        let tracks = tracks.filter(|(old, new)| {
            let own = name.and_then(DocName::track);
            own.is_none_or(|own| *old == own || *new != own)
        });
        let types = types.map(|(a, b)| (a.to_string(), b.to_string()));
        let tracks = tracks.map(|(a, b)| (a.to_string(), b.to_string()));
        for (key, values) in [("type", types), ("track", tracks)] {
            let Some((old, new)) = values.filter(|(old, new)| old != new) else { continue };
            let message = format!("the {key} of {} was {old} and becomes {new}", after.label());
            sink.report(after, after.front.place(key), key, message).help(format!(
                "keep `{key}: {old}`, or propose a new document; rules, number and readers depend on it"
            ));
        }
    }
}
