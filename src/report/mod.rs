//! Views of the same findings: for people, for programs, for GitHub.

mod change;
mod closing;
mod concise;
mod foreign;
mod github;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;
mod texts;

use std::io::{self, Write};
use std::rc::Rc;

use crate::change::Change;
use crate::corpus::Corpus;
use crate::document::{LineIndex, Position, Span};
use crate::finding::{Finding, Level};

use closing::Closing;
pub use foreign::ForeignError;
pub use json::Findings as JsonFindings;
pub use markdown::Place;
use texts::Texts;

/// A format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Source excerpts, for people.
    Human,
    /// One line each: `path:line:column: level[rule] message`.
    Concise,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// JUnit XML, for test reports.
    Junit,
    /// Markdown, for a comment on a pull request.
    Markdown,
}

/// How much people want to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// With colours.
    pub color: bool,
    /// Errors only, no summary.
    pub quiet: bool,
    /// Notes too.
    pub verbose: bool,
    /// The lowest level that makes the command fail; it is shown in any case.
    pub fail_on: Level,
}

impl View {
    /// Whether a person is shown a finding of this kind.
    fn shows(self, level: Level, inherited: bool, exempt: bool) -> bool {
        let lowest = match self {
            View { quiet: true, .. } => Level::Error,
            View { verbose: true, .. } => Level::Note,
            View { .. } => Level::Warning,
        };
        if exempt {
            return !self.quiet;
        }
        level >= lowest.min(self.fail_on) && (self.verbose || !inherited)
    }
}

/// How many there are of each.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Default,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
pub struct Summary {
    /// Documents that were looked at.
    pub documents: usize,
    /// Findings at level error, inherited ones left out.
    pub errors: usize,
    /// The same at level warning.
    pub warnings: usize,
    /// The same at level note.
    pub notes: usize,
    /// Findings that an exception of the configuration took away.
    pub excepted: usize,
    /// Findings that the base has too; they do not fail a change.
    pub inherited: usize,
}

impl Summary {
    /// Counts findings by level.
    #[must_use]
    pub fn of(findings: &[Finding], documents: usize, excepted: usize) -> Summary {
        let (inherited, own): (Vec<_>, Vec<_>) = findings.iter().partition(|it| it.is_inherited());
        let count = |level| own.iter().filter(|finding| finding.level == level).count();
        Summary {
            documents,
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            notes: count(Level::Note),
            excepted,
            inherited: inherited.len(),
        }
    }
}

/// Findings, and the texts that they are about.
#[derive(Debug)]
pub struct Report<'r> {
    /// Sorted by path, place and rule.
    pub findings: &'r [Finding],
    /// The counts.
    pub summary: Summary,
    /// The paths of all documents that were looked at.
    pub documents: Vec<&'r str>,
    texts: Texts<'r>,
    /// The change that the findings are about, if they are about one.
    change: Option<&'r Change>,
}

impl<'r> Report<'r> {
    /// `config` is the path and the text of the
    /// configuration; without a corpus, findings can be about nothing else.
    #[must_use]
    pub fn new(
        findings: &'r [Finding],
        summary: Summary,
        documents: Vec<&'r str>,
        corpus: Option<&'r Corpus>,
        config: (&'r str, &'r str),
    ) -> Report<'r> {
        Report { findings, summary, documents, texts: Texts::new(corpus, config), change: None }
    }

    /// The same as a report about a change.
    #[must_use]
    pub fn about(self, change: &'r Change) -> Report<'r> {
        Report { change: Some(change), ..self }
    }

    /// Writes the findings in a format.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn write(&self, format: Format, view: View, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Human => human::write(self, view, out),
            Format::Concise => concise::write(self, view, out),
            Format::Json => json::write(self, out),
            Format::Sarif => sarif::write(self, out),
            Format::Github => github::write(self, view, out),
            Format::Junit => junit::write(self, view, out),
            Format::Markdown => markdown::write(self, view, out),
        }
    }

    fn index(&self, path: &str) -> Rc<LineIndex<'r>> {
        self.texts.of(path)
    }

    /// The first and the last place of a range.
    fn range(&self, path: &str, span: Span) -> (Position, Position) {
        let index = self.index(path);
        (index.position(span.start), index.position(span.end))
    }

    /// What a person is shown with this view: what is inherited only on request, what is exempted
    /// in any case.
    /// What the change brought comes first.
    fn visible(&self, view: View) -> impl Iterator<Item = &'r Finding> {
        let shown = move |finding: &&Finding| {
            view.shows(finding.level, finding.is_inherited(), finding.exempt.is_some())
        };
        let of = |inherited| self.findings.iter().filter(move |it| it.is_inherited() == inherited);
        of(false).chain(of(true)).filter(shown)
    }

    /// What could not be judged, for people.
    fn unjudged(&self) -> Option<String> {
        could_not_be_judged(&self.change.map(Change::unjudged).unwrap_or_default())
    }

    /// The last line for people: what there is, and what was not shown.
    fn closing_line(&self, view: View) -> String {
        let is_repaired = |finding: &&Finding| {
            finding.fix.as_ref().is_some_and(|fix| fix.safe) && !finding.is_inherited()
        };
        let closing = Closing {
            summary: self.summary,
            is_empty: self.findings.is_empty(),
            exempted: self.findings.iter().filter(|it| it.exempt.is_some()).count(),
            repaired: self.findings.iter().filter(is_repaired).count(),
            changed: self.change.map(|change| change.operations.len()),
            config_path: self.texts.config_path,
        };
        closing.line(view)
    }
}

/// What could not be judged, for people; none where everything was.
fn could_not_be_judged(what: &[String]) -> Option<String> {
    (!what.is_empty()).then(|| format!("could not be judged: {}", what.join(", ")))
}

/// A path as a relative reference (RFC 3986): all but unreserved characters and `/` are encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
