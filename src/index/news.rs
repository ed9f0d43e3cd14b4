//! What changed between two states of a repository, as text for an announcement.

use std::fmt::Write as _;

use super::{stem, title_of, url};
use crate::change::{Change, Operation, OperationKind};
use crate::document::{Document, Reference};
use crate::gfm;
use crate::model::{Kind, Status};
use crate::text::{MOST_NAMED, shown, some_of};

/// Whether an operation belongs to a group.
type Belongs = fn(&Operation) -> bool;

/// The groups of an announcement, the most important first: what is said of a document stands in
/// the first group that it belongs to.
const GROUPS: [(&str, Belongs); 9] = [
    ("Stable", |it| gets(it, Status::Stable)),
    ("Deprecated", |it| gets(it, Status::Deprecated)),
    ("Rejected", |it| gets(it, Status::Rejected)),
    ("New drafts", |it| it.added_primary().is_some()),
    ("New supplements", |it| it.added_supplement().is_some()),
    ("Removed", |it| it.kind() == OperationKind::Deleted),
    ("Changed in what they require", |it| {
        it.both().is_some() && it.text().normative().next().is_some()
    }),
    ("Edited", |it| it.both().is_some() && !it.text().is_empty()),
    ("Renamed, or with other metadata", |_| true),
];

/// Whether a document gets a status, or comes with it.
fn gets(operation: &Operation, status: Status) -> bool {
    let comes = operation.added_primary().is_some_and(|it| it.meta.status == Some(status));
    comes || operation.becomes(status)
}

/// The announcement. `since` is what the base is called, `site` where documents are published.
#[must_use]
pub fn news(change: &Change, since: &str, site: &str) -> String {
    let mut text = format!("## What changed since {}\n", gfm::inline(since));
    let mut left: Vec<&Operation> = change.operations.iter().collect();
    for (name, belongs) in GROUPS {
        let (group, others): (Vec<&Operation>, Vec<&Operation>) =
            left.into_iter().partition(|it| belongs(it));
        left = others;
        if !group.is_empty() {
            let _ = writeln!(text, "\n### {name}\n");
        }
        for operation in group {
            let _ = writeln!(text, "- {}", line(change, operation, site));
        }
    }
    if change.operations.is_empty() {
        text.push_str("\nNo document did.\n");
    }
    text
}

fn line(change: &Change, operation: &Operation, site: &str) -> String {
    let document = operation.document();
    let label = gfm::plain(&shown(&document.label()));
    let link = match operation.after() {
        Some(after) => format!("[{label}]({})", url(site, after)),
        None => label,
    };
    format!("{link} {}{}", gfm::plain(&shown(&title_of(document))), detail(change, operation))
}

/// What a reader has to know besides: dates, predecessors and successors, former names.
fn detail(change: &Change, operation: &Operation) -> String {
    let document = operation.document();
    let meta = &document.meta;
    let mut told = Vec::new();
    let label_of =
        |file: &str| change.head.find(file).map_or_else(|| file.to_owned(), Document::label);
    let named = |labels: Vec<String>| gfm::plain(&shown(&some_of(&labels, MOST_NAMED)));
    let labels =
        |references: &[Reference]| named(references.iter().map(|it| label_of(&it.file)).collect());
    let added = operation.added_primary().and_then(|it| it.meta.status);
    if added.is_some_and(|status| status != Status::Draft) {
        told.push("new".to_owned());
    }
    let status = operation.new_status().or(added);
    if let Some(status) = status.filter(|it| *it != Status::Draft) {
        let date = status.date_field().and_then(|key| meta.date(key));
        told.extend(date.map(|date| format!("from {date} on")));
    }
    if status == Some(Status::Deprecated) {
        let listed = meta.replaced_by.iter().map(|it| label_of(&it.file));
        let others = change.head.unlisted_replacements(document).into_iter().map(Document::label);
        let all: Vec<String> = listed.chain(others).collect();
        if !all.is_empty() {
            told.push(format!("replaced by {}", named(all)));
        }
    }
    if !meta.replaces.is_empty() && status.is_some_and(|it| it != Status::Deprecated) {
        told.push(format!("replaces {}", labels(&meta.replaces)));
    }
    if document.kind() == Kind::Supplement && operation.added_supplement().is_some() {
        told.push(format!("to {}", labels(&meta.supplements)));
    }
    if let (Some(before), Some(after)) = (operation.before(), operation.after())
        && before.file_name() != after.file_name()
    {
        told.push(format!("formerly {}", gfm::plain(&shown(stem(before)))));
    }
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}
