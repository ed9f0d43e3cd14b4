//! For people: the place, the message, an excerpt with the place marked, what to do.

use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, Severity, SourceCode, SourceSpan, SpanContents,
};

use super::{Report, View, change};
use crate::document::{LineIndex, Span};
use crate::finding::{Finding, Level, Related, Role};
use crate::text::{shown, shown_in_place};

/// Columns that a report takes.
const WIDTH: usize = 100;

/// How far from the place another one of the same file is shown in the same excerpt, in lines.
const NEAR: usize = 8;

/// The longest line that is shown whole, and how much of a longer one is shown around the place,
/// in bytes.
const LONG: usize = 240;
const AROUND: usize = 80;

pub(super) fn write(report: &Report<'_>, view: View, out: &mut dyn Write) -> io::Result<()> {
    let theme =
        if view.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(WIDTH)
        // A file name that is cut cannot be copied.
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .with_break_words(false)
        .with_context_lines(1);
    let change = report.change.filter(|_| !view.quiet);
    if let Some(change) = change {
        change::write_head(change, view, out)?;
    }
    for finding in report.visible(view) {
        write_finding(report, finding, &handler, view, out)?;
    }
    if let Some(change) = change {
        change::write_steps(change, out)?;
        if let Some(line) = report.unjudged() {
            writeln!(out, "{line}")?;
        }
    }
    if view.quiet { Ok(()) } else { writeln!(out, "{}", report.closing_line(view)) }
}

fn write_finding(
    report: &Report<'_>,
    finding: &Finding,
    handler: &GraphicalReportHandler,
    view: View,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (start, _) = report.range(&finding.path, finding.span);
    let color = match finding.level {
        Level::Error => AnsiColor::Red,
        Level::Warning => AnsiColor::Yellow,
        Level::Note => AnsiColor::Cyan,
    };
    let style = if view.color { color.on_default().bold() } else { Style::new() };
    let (level, rule, path) = (finding.level.name(), finding.rule, shown(&finding.path));
    let inherited = if finding.is_inherited() { " (inherited)" } else { "" };
    let place = format!("{path}:{}:{}", start.line, start.column);
    writeln!(out, "{style}{level}[{rule}]{style:#} {place}{inherited}")?;
    let index = report.index(&finding.path);
    let is_near = |related: &&Related| {
        let other = index.position(related.span.start);
        related.path == finding.path && other.line.abs_diff(start.line) <= NEAR
    };
    let places = finding.related.iter().filter(|it| it.role == Role::Place);
    let (near, far): (Vec<_>, Vec<_>) = places.partition(is_near);
    let shown_finding = Shown {
        message: shown(&finding.message),
        help: finding.help.as_deref().map(shown),
        level: finding.level,
        excerpt: Excerpt::new(&index, finding, &near),
    };
    let mut text = String::new();
    handler.render_report(&mut text, &shown_finding).map_err(io::Error::other)?;
    for line in text.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    for related in &finding.related {
        let (sign, color) = match related.role {
            Role::Place => continue,
            Role::Removed => ("-", AnsiColor::Red),
            Role::Added => ("+", AnsiColor::Green),
        };
        let style = if view.color { color.on_default() } else { Style::new() };
        let text = shown(&related.message);
        let options = textwrap::Options::new(WIDTH).initial_indent("  ").subsequent_indent("    ");
        let text = textwrap::fill(&format!("{sign} {text}"), options);
        for line in text.lines() {
            writeln!(out, "{style}{line}{style:#}")?;
        }
    }
    for related in far {
        let (at, _) = report.range(&related.path, related.span);
        let (path, message) = (shown(&related.path), shown(&related.message));
        writeln!(out, "  see: {path}:{}:{}: {message}", at.line, at.column)?;
    }
    if let Some(reason) = &finding.exempt {
        writeln!(out, "  exempted: {}", shown(reason))?;
    }
    writeln!(out, "  rule: {} (scs-doc explain {rule})\n", finding.reference)
}

/// A finding as miette wants it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Shown {
    message: String,
    help: Option<String>,
    level: Level,
    excerpt: Option<Excerpt>,
}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<Severity> {
        Some(match self.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note => Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.excerpt.as_ref()?.labels.iter();
        Some(Box::new(labels.map(|(span, label, primary)| {
            let range = span.start..span.end;
            match primary {
                true => LabeledSpan::new_primary_with_span(label.clone(), range),
                false => LabeledSpan::new_with_span(label.clone(), range),
            }
        })))
    }
}

/// A few lines of a file, made safe to show.
#[derive(Debug)]
struct Excerpt {
    text: String,
    /// Places in `text`.
    labels: Vec<(Span, Option<String>, bool)>,
    /// The number of the first line, from 0.
    first_line: usize,
}

impl Excerpt {
    /// The lines around a finding and the places near it. None for a finding about a file as such.
    fn new(index: &LineIndex<'_>, finding: &Finding, near: &[&Related]) -> Option<Excerpt> {
        if finding.span == Span::FILE {
            return None;
        }
        let places =
            near.iter().map(|related| (related.span, Some(shown(&related.message)), false));
        let label = finding.label.as_deref().map(shown);
        let places: Vec<_> = std::iter::once((finding.span, label, true)).chain(places).collect();
        let lines = || places.iter().map(|(span, ..)| index.position(span.start).line);
        let first = index.line(lines().min()?.saturating_sub(1).max(1))?;
        let last_line = lines().max()?;
        let last = index.line(last_line + 1).or_else(|| index.line(last_line))?;
        let own_line = index.line(index.position(finding.span.start).line)?;
        let window = if own_line.end - own_line.start > LONG {
            own_line
        } else {
            Span::new(first.start, last.end)
        };
        let text = index.text();
        // Of a long line, or of a window that long lines make large, only a part is shown.
        let (start, end, places) = if window.end - window.start > LONG * 2 * NEAR
            || window == own_line
        {
            let start = text
                .ceil_char_boundary(finding.span.start.saturating_sub(AROUND))
                .max(own_line.start);
            let end = text
                .floor_char_boundary(finding.span.end.min(finding.span.start + AROUND) + AROUND);
            (start, end.min(own_line.end), places.into_iter().take(1).collect())
        } else {
            (window.start, window.end, places)
        };
        let clip = |(span, label, primary): (Span, Option<String>, bool)| {
            // Of a place over several lines the first is marked.
            let line_end = index.line(index.position(span.start).line).map_or(end, |line| line.end);
            let until = span.end.min(line_end).min(end);
            let from = span.start.clamp(start, end);
            (Span::new(from - start, until.max(from) - start), label, primary)
        };
        Some(Excerpt {
            text: shown_in_place(text.get(start..end)?),
            labels: places.into_iter().map(clip).collect(),
            first_line: index.position(start).line - 1,
        })
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.as_str().read_span(span, before, after)?;
        Ok(Box::new(MietteSpanContents::new(
            inner.data(),
            *inner.span(),
            inner.line() + self.first_line,
            inner.column(),
            inner.line_count(),
        )))
    }
}
