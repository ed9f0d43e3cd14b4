//! What a change is and what comes next, around the findings for people.

use std::io::{self, Write};

use anstyle::Style;

use super::View;
use crate::change::{Change, Operation, OperationKind};
use crate::model::Status;
use crate::text::shown;

/// How many documents are listed one by one.
pub(super) const MOST_LISTED: usize = 20;

/// What the change is, and what happened to each document.
pub(super) fn write_head(change: &Change, view: View, out: &mut dyn Write) -> io::Result<()> {
    let bold = if view.color { Style::new().bold() } else { Style::new() };
    for line in change.headlines() {
        writeln!(out, "{bold}{}{bold:#}", shown(&line))?;
    }
    for line in configuration(change) {
        writeln!(out, "{}", shown(&line))?;
    }
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

fn details(operation: &Operation) -> String {
    let mut details = Vec::new();
    details.extend(operation.from().map(|from| format!("from {}", shown(from))));
    details.extend(statuses(operation.status()));
    if operation.both().is_some() {
        details.extend((!operation.text().is_empty()).then(|| "text".to_owned()));
    } else if operation.kind() == OperationKind::Deleted {
        details.extend(operation.elsewhere.as_ref().map(|to| format!("now {}", shown(to))));
    }
    if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) }
}

/// `Draft → Stable`, or the one status where there is one.
fn statuses(status: (Option<Status>, Option<Status>)) -> Option<String> {
    match status {
        (Some(before), Some(after)) if before != after => Some(format!("{before} → {after}")),
        (Some(status), _) | (None, Some(status)) => Some(status.to_string()),
        (None, None) => None,
    }
}

/// How the change loosens the rules that it is judged by: whoever reads the verdict has to know.
pub(super) fn configuration(change: &Change) -> Vec<String> {
    let (before, after) = (&change.configs.target, &change.configs.head);
    let mut lines: Vec<String> = Vec::new();
    for (rule, level) in &after.levels {
        if before.levels.get(rule) != Some(level) {
            let level = level.map_or("off", |level| level.name());
            lines.push(format!("{}: `{rule}` is now {level}", after.path));
        }
    }
    let same = |a: &crate::config::Exception, b: &crate::config::Exception| {
        (&a.rule, &a.path, &a.subject) == (&b.rule, &b.path, &b.subject)
    };
    let new =
        after.exceptions.iter().filter(|it| !before.exceptions.iter().any(|old| same(old, it)));
    match new.count() {
        0 => {}
        count => {
            lines.push(format!("{}: {} new", after.path, crate::text::counted(count, "exception")))
        }
    }
    lines
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
