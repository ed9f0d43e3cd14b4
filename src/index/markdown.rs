//! A page of the repository: a table for each track.

use std::fmt::Write as _;

use super::{Index, Section, Series, Version, is_incomplete, title_of, version_of};
use crate::document::Document;
use crate::gfm;
use crate::model::State;
use crate::text::shown;

/// Where the tables begin in a file that others write too.
pub const BEGIN: &str =
    "<!-- scs-doc index: what follows is made by `scs-doc index --format markdown` -->";

/// Where they end.
pub const END: &str = "<!-- scs-doc index: end -->";

/// How markers begin, whatever is written behind.
const MARK: &str = "<!-- scs-doc index";

/// The columns of states.
const COLUMNS: [(&str, State); 4] = [
    ("Draft", State::Draft),
    ("Upcoming", State::Upcoming),
    ("Effective", State::Effective),
    ("Deprecated", State::Deprecated),
];

/// The tables. `folder` is the folder of the file that they are for, relative to the repository:
/// links are relative to it. `above` is the level of the heading that they stand under.
fn tables(index: &Index<'_>, folder: &str, above: usize) -> String {
    let mut text = String::new();
    let marks = "#".repeat((above + 1).clamp(2, 6));
    for section in &index.sections {
        let _ = writeln!(text, "{marks} {}\n", section.name());
        table(section, folder, &mut text);
        text.push('\n');
    }
    if index.sections.is_empty() {
        text.push_str("There are no documents.\n\n");
    }
    text.push_str(&legend(index));
    text
}

fn table(section: &Section<'_>, folder: &str, text: &mut String) {
    let other = if section.has_others() { " Other |" } else { "" };
    let states = COLUMNS.map(|(name, _)| name).join(" | ");
    let _ = writeln!(text, "| Standard | Title | {states} |{other}");
    let _ = writeln!(
        text,
        "| --- | --- | --- | --- | --- | --- |{}",
        other.replace(" Other ", " --- ")
    );
    for series in &section.series {
        let mut cells = vec![gfm::code_or_text(&series.label), cell(&series.title)];
        for (_, state) in COLUMNS {
            cells.push(links(series.in_state(state), folder));
        }
        if section.has_others() {
            cells.push(links(series.others(), folder));
        }
        let _ = writeln!(text, "| {} |", cells.join(" | "));
        for supplement in &series.supplements {
            let _ = writeln!(text, "{}", supplement_row(supplement, series, folder, cells.len()));
        }
    }
}

/// A row beneath: a supplement has no state.
fn supplement_row(
    document: &Document,
    series: &Series<'_>,
    folder: &str,
    columns: usize,
) -> String {
    let mark = if is_incomplete(document) { " ⚠" } else { "" };
    let link = link(&version_of(document), document, folder);
    let title = cell(&title_of(document));
    // What the title repeats of that of its standard needs no second reading.
    let prefix = format!("{}: ", cell(&series.title));
    let title = title.strip_prefix(&prefix).unwrap_or(&title);
    let rest = " |".repeat(columns - 2);
    format!("| ↳ {link}{mark} | {title} |{rest}")
}

fn links<'v, 'c: 'v>(versions: impl Iterator<Item = &'v Version<'c>>, folder: &str) -> String {
    let links: Vec<String> = versions
        .map(|version| {
            let document = version.document;
            let mut told = Vec::new();
            match version.state {
                None => told.push("no valid status".to_owned()),
                Some(State::Rejected) => told.push("rejected".to_owned()),
                Some(State::Upcoming) => {
                    told.extend(document.meta.stabilized_at.map(|date| format!("from {date}")));
                }
                Some(State::Effective) if version.ends => {
                    told.extend(document.meta.deprecated_at.map(|date| format!("until {date}")));
                }
                Some(_) => {}
            }
            let told =
                if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) };
            let mark = if is_incomplete(document) { " ⚠" } else { "" };
            format!("{}{told}{mark}", link(&version.name(), document, folder))
        })
        .collect();
    links.join(", ")
}

fn link(text: &str, document: &Document, folder: &str) -> String {
    format!("[{}]({})", cell(text), target(document, folder))
}

/// Where a document is, seen from a folder of the repository.
fn target(document: &Document, folder: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = document.path.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from.iter().skip(common).map(|_| "..");
    let parts: Vec<&str> = up.chain(to.iter().skip(common).copied()).collect();
    gfm::address(&parts.join("/"))
}

fn cell(text: &str) -> String {
    gfm::plain(&shown(text))
}

fn legend(index: &Index<'_>) -> String {
    let mut text = "*Draft*: in development. *Upcoming*: stable, in effect from the date on. *Effective*: \
        in effect; with a date, until that day. *Deprecated*: no longer in effect. Lines with ↳ are \
        supplements: explanations that require nothing.\n"
        .to_owned();
    let others = index.sections.iter().any(Section::has_others);
    if others {
        text.push_str("*Other*: rejected, or without a valid status.\n");
    }
    if index.corpus.documents.iter().any(|it| is_incomplete(it)) {
        text.push_str("⚠: a part of the metadata is missing or not valid.\n");
    }
    text
}

/// A file with other tables between its two markers, in the folder `folder` of the repository;
/// `None` where it has not exactly these two.
#[must_use]
pub fn between_markers(file: &str, index: &Index<'_>, folder: &str) -> Option<String> {
    let parts = Parts::of(file)?;
    let mut headings = parts.head.lines().filter(|line| line.starts_with('#'));
    let above =
        headings.next_back().map_or(0, |line| line.chars().take_while(|c| *c == '#').count());
    Some(parts.with(&tables(index, folder, above)))
}

/// A page of its own, in the folder `folder` of the repository.
#[must_use]
pub fn page(index: &Index<'_>, folder: &str) -> String {
    format!("# Standards\n\n{BEGIN}\n\n{}\n\n{END}\n", tables(index, folder, 1).trim())
}

/// A file with two markers.
struct Parts<'f> {
    /// Before the first marker.
    head: &'f str,
    /// The first marker.
    begin: &'f str,
    newline: &'static str,
    /// From the second marker on.
    tail: &'f str,
}

impl<'f> Parts<'f> {
    fn of(file: &'f str) -> Option<Parts<'f>> {
        let marks: Vec<usize> = file.match_indices(MARK).map(|(at, _)| at).collect();
        let [begin, end] = marks.as_slice() else { return None };
        let between = file.get(*begin..*end)?;
        let newline = if between.contains("\r\n") { "\r\n" } else { "\n" };
        let marker = between.lines().next()?.trim_end();
        let parts =
            Parts { head: file.get(..*begin)?, begin: marker, newline, tail: file.get(*end..)? };
        marker.ends_with("-->").then_some(parts)
    }

    fn with(&self, tables: &str) -> String {
        let Parts { head, begin, newline, tail } = self;
        let tables = format!("{begin}\n\n{}\n\n", tables.trim()).replace('\n', newline);
        format!("{head}{tables}{tail}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let made = |file: &str| Parts::of(file).map(|it| it.with("new\n"));
        let file = "a\r\n<!-- scs-doc index: x -->\r\nold\r\n<!-- scs-doc index: end -->\r\nb";
        let new =
            "a\r\n<!-- scs-doc index: x -->\r\n\r\nnew\r\n\r\n<!-- scs-doc index: end -->\r\nb";
        assert_eq!(made(file).as_deref(), Some(new));
        assert_eq!(made(new).as_deref(), Some(new));
        for file in
            ["", "<!-- scs-doc index -->", "<!-- scs-doc index\n-->\n<!-- scs-doc index -->"]
        {
            assert_eq!(made(file), None);
        }
    }
}
