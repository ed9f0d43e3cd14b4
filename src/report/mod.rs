//! Views of the same findings: for people, for programs, for GitHub.

mod concise;
mod github;
mod human;
mod json;
mod junit;
mod sarif;

use std::collections::HashMap;
use std::io::{self, Write};

use crate::corpus::Corpus;
use crate::document::{LineIndex, Position, Span};
use crate::finding::{Finding, Level};
use crate::text::counted;

pub use json::Findings as JsonFindings;

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

/// How many there are of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, schemars::JsonSchema)]
pub struct Summary {
    /// Documents that were looked at.
    pub documents: usize,
    /// Findings at level error.
    pub errors: usize,
    /// Findings at level warning.
    pub warnings: usize,
    /// Findings at level note.
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
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        Summary {
            documents,
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            notes: count(Level::Note),
            excepted,
            inherited: 0,
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
    texts: HashMap<&'r str, LineIndex<'r>>,
    config_path: &'r str,
}

impl<'r> Report<'r> {
    /// Prepares the places of all findings. `config` is the path and the text of the
    /// configuration; without a corpus, findings can be about nothing else.
    #[must_use]
    pub fn new(
        findings: &'r [Finding],
        summary: Summary,
        documents: Vec<&'r str>,
        corpus: Option<&'r Corpus>,
        config: (&'r str, &'r str),
    ) -> Report<'r> {
        let related =
            findings.iter().flat_map(|finding| &finding.related).map(|it| it.path.as_str());
        let paths = findings.iter().map(|finding| finding.path.as_str()).chain(related);
        let mut texts = HashMap::new();
        for path in paths {
            texts.entry(path).or_insert_with(|| {
                let (config_path, config_text) = config;
                let document = || corpus.and_then(|corpus| corpus.text(path));
                let text = if path == config_path { Some(config_text) } else { document() };
                LineIndex::new(text.unwrap_or_default())
            });
        }
        Report { findings, summary, documents, texts, config_path: config.0 }
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
        }
    }

    fn index(&self, path: &str) -> Option<&LineIndex<'r>> {
        self.texts.get(path)
    }

    /// The first and the last place of a range.
    fn range(&self, path: &str, span: Span) -> (Position, Position) {
        let nowhere = Position { line: 1, column: 1, offset: 0 };
        self.index(path).map_or((nowhere, nowhere), |index| {
            (index.position(span.start), index.position(span.end))
        })
    }

    /// What a person is shown with this view.
    fn visible(&self, view: View) -> impl Iterator<Item = &'r Finding> {
        let lowest = match view {
            View { quiet: true, .. } => Level::Error,
            View { verbose: true, .. } => Level::Note,
            View { .. } => Level::Warning,
        };
        let lowest = lowest.min(view.fail_on);
        self.findings.iter().filter(move |finding| finding.level >= lowest)
    }

    /// The last line for people: what there is, and what was not shown.
    fn closing_line(&self, view: View) -> String {
        let Summary { documents, errors, warnings, notes, excepted, .. } = self.summary;
        if documents == 0 && self.findings.is_empty() {
            return "no documents here: nothing was checked".to_owned();
        }
        let notes_shown = view.verbose || view.fail_on == Level::Note;
        let shown =
            [(errors, "error", true), (warnings, "warning", true), (notes, "note", notes_shown)];
        let shown = shown.iter().filter(|(count, _, shown)| *count > 0 && *shown);
        let found: Vec<String> = shown.map(|(count, noun, _)| counted(*count, noun)).collect();
        let found = match found.as_slice() {
            [] if notes > 0 => "no errors, no warnings".to_owned(),
            [] => "nothing to complain about".to_owned(),
            found => found.join(", "),
        };
        let mut more = Vec::new();
        if notes > 0 && !notes_shown {
            more.push(format!("{} not shown (-v)", counted(notes, "note")));
        }
        let is_safe = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe);
        match self.findings.iter().filter(is_safe).count() {
            0 => {}
            count => more.push(format!("{count} can be repaired (--fix)")),
        }
        if excepted > 0 {
            more.push(format!("{excepted} excepted in {}", self.config_path));
        }
        let more = if more.is_empty() { String::new() } else { format!("; {}", more.join(", ")) };
        format!("{}: {found}{more}", counted(documents, "document"))
    }
}
