//! Workflow commands of GitHub Actions: annotations on lines.

use std::io::{self, Write};

use super::{Report, View};
use crate::finding::{Finding, Level, Related, Role};
use crate::text::shown;

/// How many annotations of one level GitHub shows of a step.
const MOST: usize = 10;

pub(super) fn write(report: &Report<'_>, view: View, out: &mut dyn Write) -> io::Result<()> {
    let mut left_out = 0;
    for (level, command) in
        [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "notice")]
    {
        // What the base has too is not on a line of the change.
        let own = || report.visible(view).filter(|finding| !finding.is_inherited());
        let of_level = || own().filter(|finding| finding.level == level);
        for finding in of_level().take(MOST) {
            write_command(report, finding, command, out)?;
        }
        left_out += of_level().count().saturating_sub(MOST);
    }
    if left_out > 0 {
        writeln!(out, "{left_out} more: GitHub shows {MOST} annotations of a level in a step")?;
    }
    if view.quiet { Ok(()) } else { writeln!(out, "{}", report.closing_line(view)) }
}

fn write_command(
    report: &Report<'_>,
    finding: &Finding,
    command: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (start, end) = report.range(&finding.path, finding.span);
    write!(out, "::{command} file={},line={}", property(&shown(&finding.path)), start.line)?;
    // Columns are allowed only within one line, and an end has to be after its start.
    if start.line == end.line && start.column < end.column {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    }
    let mut message = shown(&finding.message);
    let exempt = finding.exempt.as_ref().map(|reason| format!("exempted: {reason}"));
    let texts = finding.related.iter().filter(|it| it.role != Role::Place).map(Related::to_string);
    for line in texts.chain(finding.help.clone()).chain(exempt) {
        message.push('\n');
        message.push_str(&shown(&line));
    }
    let message = data(&message);
    writeln!(out, ",title={}::{message}", property(finding.rule))
}

/// Escapes the message of a command (`@actions/core`, *escapeData*).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command (`@actions/core`, *escapeProperty*).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
