//! The coverage for people: in columns, and as a page.

use std::fmt::Write as _;

use anstyle::Style;

use super::{Coverage, Missing, Row, Tested};
use crate::document::normalized;
use crate::gfm::{code_or_text, inline, plain};
use crate::index::title_of;
use crate::manifest::Place;
use crate::manifest::markup::{address, link};
use crate::model::State;
use crate::text::{counted, shown};

/// The formats of the coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Columns, for people.
    Human,
    /// A page with a table.
    Markdown,
    /// One JSON object.
    Json,
}

/// The headings of what is missing.
const UNTESTED: &str = "Stable, and no automated test case in a manifest";
const UNDOCUMENTED: &str = "In a manifest, and in no document";
const UNIMPLEMENTED: &str = "In a document, and in no manifest";

/// What no number stands for.
const NONE: &str = "-";

impl Coverage<'_> {
    /// Columns, one standard a line, and what includes it below.
    #[must_use]
    pub fn human(&self, color: bool) -> String {
        let bold = if color { Style::new().bold() } else { Style::new() };
        let label = |it: &Row<'_>| shown(&it.document.label());
        let width = self.rows.iter().map(|it| label(it).chars().count()).max().unwrap_or_default();
        let width = width.max("Standard".len());
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{bold}{:width$}  {:10}  main  recommended  other  manual  Title{bold:#}",
            "Standard", "State"
        );
        for row in &self.rows {
            let counts = self.counts(row);
            let [main, recommended, other, manual] =
                [counts.main, counts.recommended, counts.other, counts.manual].map(number);
            let (label, state, title) = (label(row), state(row), shown(&title_of(row.document)));
            let _ = writeln!(
                text,
                "{label:width$}  {state:10}  {main:>4}  {recommended:>11}  {other:>5}  {manual:>6}  {title}"
            );
            for (scope, versions) in &row.included {
                let (scope, versions) = (shown(scope), shown(&versions.join(", ")));
                let _ = writeln!(text, "{:width$}  in {scope}: {versions}", "");
            }
        }
        let mut list = |heading: &str, lines: Vec<(String, String)>| {
            if lines.is_empty() {
                return;
            }
            let _ = writeln!(text, "\n{bold}{heading}{bold:#}");
            let width = lines.iter().map(|(it, _)| it.chars().count()).max().unwrap_or_default();
            for (name, told) in lines {
                let _ = writeln!(text, "{}", format!("  {name:width$}  {told}").trim_end());
            }
        };
        list(
            UNTESTED,
            self.rows
                .iter()
                .filter_map(|row| Some((label(row), self.untested(row)?.told().to_owned())))
                .collect(),
        );
        list(
            UNDOCUMENTED,
            self.undocumented().map(|it| (shown(&it.test.id), shown(&origin(it)))).collect(),
        );
        list(
            UNIMPLEMENTED,
            self.missing
                .iter()
                .map(|it| (shown(&it.case.id.to_string()), shown(&what(it))))
                .collect(),
        );
        let _ = writeln!(text, "\n{}", self.summary());
        text
    }

    /// A page. `site` is where documents are published.
    #[must_use]
    pub fn markdown(&self, site: &str) -> String {
        let mut text = format!("# Standards and their test cases on {}\n", self.as_of);
        text.push_str(
            "\n| Standard | Title | State | main | recommended | other | manual | Included in |\n\
            | --- | --- | --- | --: | --: | --: | --: | --- |\n",
        );
        for row in &self.rows {
            let counts = self.counts(row);
            let [main, recommended, other, manual] =
                [counts.main, counts.recommended, counts.other, counts.manual].map(number);
            let title = cell(&title_of(row.document));
            let included: Vec<String> = row
                .included
                .iter()
                .map(|(scope, versions)| cell(&format!("{scope}: {}", versions.join(", "))))
                .collect();
            let (link, state, included) =
                (link(site, row.document), state(row), included.join("; "));
            let _ = writeln!(
                text,
                "| {link} | {title} | {state} | {main} | {recommended} | {other} | {manual} | {included} |"
            );
        }
        text.push_str(
            "\nThe numbers are those of test cases in manifests: automated ones by target, then \
            those that people do.\n",
        );
        let mut list = |heading: &str, lines: Vec<String>| {
            let _ = writeln!(text, "\n## {heading}\n");
            match lines.is_empty() {
                true => text.push_str("None.\n"),
                false => lines.iter().for_each(|line| {
                    let _ = writeln!(text, "- {line}");
                }),
            }
        };
        let untested = self.rows.iter().filter_map(|row| {
            let told = self.untested(row)?.told();
            let (link, title) = (link(site, row.document), inline(&title_of(row.document)));
            Some(format!("{link} {title}: {told}"))
        });
        list(UNTESTED, untested.collect());
        let undocumented = self.undocumented();
        list(
            UNDOCUMENTED,
            undocumented
                .map(|it| format!("{} ({})", code_or_text(&it.test.id), inline(&origin(it))))
                .collect(),
        );
        let missing = self.missing.iter().map(|it| {
            let place = Place { document: it.document, anchor: &it.case.anchor };
            let id = code_or_text(&it.case.id.to_string());
            format!("[{id}]({}): {}", address(site, &place), inline(&what(it)))
        });
        list(UNIMPLEMENTED, missing.collect());
        let _ = writeln!(text, "\n{}", self.summary());
        text
    }

    fn summary(&self) -> String {
        let automated = |it: &&Row<'_>| {
            let counts = self.counts(it);
            counts.main + counts.recommended + counts.other > 0
        };
        let untested = self.rows.iter().filter(|it| self.untested(it).is_some()).count();
        format!(
            "{} on {}: {} with automated test cases, {untested} Stable without. {} in {}, {} of them \
            in no document; {} only in documents.",
            counted(self.rows.len(), "standard"),
            self.as_of,
            self.rows.iter().filter(automated).count(),
            counted(self.tests.len(), "test case"),
            counted(self.manifests(), "manifest"),
            self.undocumented().count(),
            counted(self.missing.len(), "test case"),
        )
    }
}

fn number(count: usize) -> String {
    if count == 0 { NONE.to_owned() } else { count.to_string() }
}

fn state(row: &Row<'_>) -> &'static str {
    row.state.map_or("no status", State::name)
}

fn cell(text: &str) -> String {
    plain(&shown(&normalized(text)))
}

/// `scs-0116-v1 in Tests/scs-a.yaml`
fn origin(it: &Tested<'_>) -> String {
    let labels: Vec<String> = it.documents.iter().map(|it| it.label()).collect();
    let labels = if labels.is_empty() { "no standard".to_owned() } else { labels.join(", ") };
    format!("{labels}, {}", it.manifest.path)
}

/// `automated, main, in scs-0100-w1`
fn what(it: &Missing<'_>) -> String {
    format!("{}, {}, in {}", it.case.kind, it.case.level, it.document.label())
}
