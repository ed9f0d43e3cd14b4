//! What a change is and what comes next, around the findings for people.

use std::io::{self, Write};

use anstyle::Style;

use super::View;
use crate::change::{Change, Operation, OperationKind};
use crate::model::{Status, Vocabulary as _};
use crate::source::Ends;
use crate::text::shown;

/// How many documents are listed one by one.
pub(super) const MOST_LISTED: usize = 20;

/// What the change is, and what happened to each document.
pub(super) fn write_head(change: &Change, view: View, out: &mut dyn Write) -> io::Result<()> {
    let bold = if view.color { Style::new().bold() } else { Style::new() };
    for line in change.headlines() {
        writeln!(out, "{bold}{}{bold:#}", shown(&line))?;
    }
    for line in change.configuration_changes() {
        writeln!(out, "{}", shown(&line))?;
    }
    writeln!(out, "{}", shown(&compared(&change.ends)))?;
    if !change.operations.is_empty() {
        writeln!(out)?;
    }
    for operation in change.operations.iter().take(MOST_LISTED) {
        let (kind, path) = (operation.kind().name(), shown(&operation.document().path));
        writeln!(out, "  {kind:<9} {path}{}", details(operation))?;
    }
    if let Some(rest) = change.operations.len().checked_sub(MOST_LISTED).filter(|rest| *rest > 0) {
        writeln!(out, "  and {rest} more")?;
    }
    writeln!(out)
}

/// `compared: HEAD (1a2b3c4) with main (5d6e7f8)`
pub(super) fn compared(ends: &Ends) -> String {
    let short = |id: &str| id.get(..7).unwrap_or(id).to_owned();
    let head = ends.head.as_deref().map(|id| format!(" ({})", short(id))).unwrap_or_default();
    let merged = if ends.judged.is_none() && ends.head.is_some() { ", merged" } else { "" };
    let (name, target, base) = (&ends.head_name, &ends.target_name, short(&ends.base));
    format!("compared: {name}{head}{merged} with {target} ({base})")
}

fn details(operation: &Operation) -> String {
    let mut details = Vec::new();
    details.extend(operation.from().map(|from| format!("from {}", shown(from))));
    details.extend(statuses(operation));
    if operation.both().is_some() {
        details.extend(match operation.is_body_changed() {
            _ if !operation.text().is_empty() => Some("text".to_owned()),
            true => Some("markup".to_owned()),
            false => None,
        });
        let fields = operation.fields().map(|(name, _)| name).filter(|name| *name != "status");
        let fields: Vec<&str> = fields.collect();
        details.extend((!fields.is_empty()).then(|| fields.join(", ")));
    } else if operation.kind() == OperationKind::Deleted {
        details.extend(operation.elsewhere.as_ref().map(|to| format!("now {}", shown(to))));
    }
    if details.is_empty() { String::new() } else { format!(" ({})", details.join("; ")) }
}

/// `Draft → Stable`, or the one status where it stays or there is one side only.
fn statuses(operation: &Operation) -> Option<String> {
    let name = |status: Option<Status>| status.map_or("–", |status| status.name());
    match (operation.status(), operation.both()) {
        ((None, None), _) => None,
        ((before, after), Some(_)) if before != after => {
            Some(format!("{} → {}", name(before), name(after)))
        }
        ((before, after), _) => Some(name(after.or(before)).to_owned()),
    }
}

/// What scs-0001 asks for next.
pub(super) fn write_steps(change: &Change, out: &mut dyn Write) -> io::Result<()> {
    let steps = change.next_steps();
    if steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "next steps:")?;
    for step in steps.iter().take(MOST_LISTED) {
        let step = shown(step);
        let options = textwrap::Options::new(100)
            .initial_indent("  - ")
            .subsequent_indent("    ")
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        writeln!(out, "{}", textwrap::fill(&step, options))?;
    }
    if let Some(rest) = steps.len().checked_sub(MOST_LISTED).filter(|rest| *rest > 0) {
        writeln!(out, "  and {rest} more")?;
    }
    writeln!(out)
}
