//! What changed between two states of a repository, as text for an announcement.

use std::fmt::Write as _;

use super::{stem, title_of};
use crate::change::{Change, Operation, OperationKind};
use crate::document::Document;
use crate::gfm;
use crate::model::{Kind, Status};
use crate::text::{MOST_NAMED, shown, some_of};

/// Whether an operation belongs to a group.
type Belongs = fn(&Operation) -> bool;

/// The groups of an announcement, the most important first: what is said of a document stands in
/// the first group that it belongs to.
const GROUPS: [(&str, Belongs); 9] = [
    ("Stable", |it| it.becomes(Status::Stable)),
    ("Deprecated", |it| it.becomes(Status::Deprecated)),
    ("Rejected", |it| it.becomes(Status::Rejected)),
    ("New", |it| it.added_primary().is_some()),
    ("New supplements", |it| it.added_supplement().is_some()),
    ("Removed", |it| it.kind() == OperationKind::Deleted),
    ("Changed in what they require", |it| {
        it.both().is_some() && it.text().normative().next().is_some()
    }),
    ("Edited", |it| it.both().is_some() && !it.text().is_empty()),
    ("Renamed, or with other metadata", |_| true),
];

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
        Some(after) => format!("[{label}]({site}/{})", gfm::address(stem(after))),
        None => label,
    };
    format!("{link} {}{}", gfm::plain(&shown(&title_of(document))), detail(change, operation))
}

/// What a reader has to know besides: dates, predecessors and successors, former names.
fn detail(change: &Change, operation: &Operation) -> String {
    let document = operation.document();
    let meta = &document.meta;
    let mut told = Vec::new();
    let labels = |files: &[crate::document::Reference]| {
        let label =
            |file: &str| change.head.find(file).map_or_else(|| file.to_owned(), Document::label);
        let labels: Vec<String> = files.iter().map(|it| label(&it.file)).collect();
        gfm::plain(&shown(&some_of(&labels, MOST_NAMED)))
    };
    let added = operation.added_primary().and_then(|it| it.meta.status);
    told.extend(added.map(|status| status.to_string()));
    let status = operation.new_status().or(added);
    if let Some(status) = status.filter(|it| *it != Status::Draft) {
        let date = status.date_field().and_then(|key| meta.date(key));
        told.extend(date.map(|date| format!("from {date} on")));
    }
    if !meta.replaced_by.is_empty() && operation.becomes(Status::Deprecated) {
        told.push(format!("replaced by {}", labels(&meta.replaced_by)));
    }
    if !meta.replaces.is_empty() && status.is_some() && !operation.becomes(Status::Deprecated) {
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
