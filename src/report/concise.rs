//! One line a finding.

use std::io::{self, Write};

use super::{Report, View};
use crate::text::shown;

pub(super) fn write(report: &Report<'_>, view: View, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.visible(view) {
        let (start, _) = report.range(&finding.path, finding.span);
        let (path, message) = (shown(&finding.path), shown(&finding.message));
        let (level, rule) = (finding.level.name(), finding.rule);
        let more = match &finding.exempt {
            Some(reason) => format!(" (exempted: {})", shown(reason)),
            None if finding.is_inherited() => " (inherited)".to_owned(),
            None => String::new(),
        };
        let place = format!("{path}:{}:{}", start.line, start.column);
        writeln!(out, "{place}: {level}[{rule}] {message}{more}")?;
    }
    if view.quiet { Ok(()) } else { writeln!(out, "{}", report.closing_line(view)) }
}
