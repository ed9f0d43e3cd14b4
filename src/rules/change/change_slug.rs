//! `change-slug`: see `change_slug.md`.

use crate::change::{Change, Operation};
use crate::document::Span;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-slug",
    level: Level::Error,
    reference: "scs-0001-v1#file-names",
    templates: false,
    page: include_str!("change_slug.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for (before, after) in change.operations.iter().filter_map(Operation::both) {
        let (Ok(old), Ok(new)) = (&before.name, &after.name) else { continue };
        if old.slug == new.slug {
            continue;
        }
        let message = format!(
            "the slug of {} was `{}` and becomes `{}`, but it is a part of the permanent address",
            before.label(),
            old.slug,
            new.slug
        );
        sink.report(after, Span::FILE, "slug", message).help(format!(
            "keep the name `{}`; the next version may have another slug",
            before.file_name()
        ));
    }
}
