//! `change-version`: see `change_version.md`.

use crate::change::Change;
use crate::document::Span;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-version",
    level: Level::Error,
    reference: "scs-0001-v1#proposal-of-a-major-update-to-a-stable-document",
    templates: false,
    page: include_str!("change_version.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for document in change.added_primaries() {
        let Ok(name) = &document.name else { continue };
        let versions = match name.id() {
            Some(id) => change.accepted_versions(id.number, id.kind),
            None => Vec::new(),
        };
        // A version that is there already is for `change-number-taken`.
        if versions.iter().any(|(id, _)| id.version == name.version) {
            continue;
        }
        let highest = versions.last().map(|(id, _)| id.version);
        let expected = highest.unwrap_or_default().saturating_add(1);
        if name.version == expected {
            continue;
        }
        let why = match highest {
            Some(highest) => format!("the highest version of {} is v{highest}", name.number),
            None => format!("no document has the number {} yet", name.number),
        };
        let message = format!("{why}, so the next is v{expected} and not v{}", name.version);
        let updated = document.meta.replaces.iter().find_map(|it| change.head.find(&it.file)?.id());
        let finding = sink.report(document, Span::FILE, "version", message);
        finding.help(match (name.id(), updated) {
            (Some(_), _) => format!("name the file `scs-{}-v{expected}-{}.md`", name.number, name.slug),
            (None, Some(old)) => {
                let next = old.version.saturating_add(1);
                format!(
                    "a new version of {old} has its number: name the file `scs-{:04}-v{next}-{}.md`",
                    old.number, name.slug
                )
            }
            (None, None) => "a new document begins with v1".to_owned(),
        });
        if let Some((_, newest)) = versions.last() {
            finding.related(newest, Span::FILE, "the highest version");
        }
    }
}
