//! A page of the repository: a table for each track.

use std::fmt::Write as _;

use super::{Index, Section, Series, Version, is_incomplete, url};
use crate::document::{Body, CommentBlock, Document, FrontMatter};
use crate::gfm;
use crate::model::State;
use crate::text::shown;

/// Where the tables begin in a file that others write too.
pub const BEGIN: &str =
    "<!-- scs-doc index: what follows is made by `scs-doc index --format markdown` -->";

/// Where they end.
pub const END: &str = "<!-- scs-doc index: end -->";

/// How the comments begin that are markers, whatever is written behind.
const MARK: &str = "scs-doc index";

/// The columns of states.
const COLUMNS: [(&str, State); 4] = [
    ("Draft", State::Draft),
    ("Upcoming", State::Upcoming),
    ("Effective", State::Effective),
    ("Deprecated", State::Deprecated),
];

/// Where the links of a page lead.
#[derive(Debug, Clone, Copy)]
pub enum Links<'l> {
    /// To the files, from a folder of the repository.
    From(&'l str),
    /// To the site.
    Site(&'l str),
}

/// The tables. `above` is the level of the heading that they stand under.
fn tables(index: &Index<'_>, links: Links<'_>, above: usize) -> String {
    let mut text = String::new();
    let marks = "#".repeat((above + 1).clamp(2, 6));
    for section in &index.sections {
        let _ = writeln!(text, "{marks} {}\n", section.name());
        table(section, links, &mut text);
        text.push('\n');
    }
    if index.sections.is_empty() {
        text.push_str("There are no documents.\n\n");
    }
    text.push_str(&legend(index));
    text
}

fn table(section: &Section<'_>, links: Links<'_>, text: &mut String) {
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
            cells.push(versions(series.in_state(state), section, links));
        }
        if section.has_others() {
            cells.push(versions(series.others(), section, links));
        }
        let _ = writeln!(text, "| {} |", cells.join(" | "));
        for supplement in &series.supplements {
            let row = supplement_row(supplement, series, links, cells.len());
            let _ = writeln!(text, "{row}");
        }
    }
}

/// A row beneath: a supplement has no state.
fn supplement_row(
    document: &Document,
    series: &Series<'_>,
    links: Links<'_>,
    columns: usize,
) -> String {
    let mark = if is_incomplete(document) { " ⚠" } else { "" };
    let link = link(&series.name_of(document), document, links);
    let title = cell(&series.supplement_title(document));
    let rest = " |".repeat(columns - 2);
    format!("| ↳ {link}{mark} | {title} |{rest}")
}

fn versions<'v, 'c: 'v>(
    versions: impl Iterator<Item = &'v Version<'c>>,
    section: &Section<'_>,
    links: Links<'_>,
) -> String {
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
            let other = document.meta.track.filter(|track| Some(*track) != section.track);
            told.extend(other.map(|track| format!("track {track}")));
            let told =
                if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) };
            let mark = if is_incomplete(document) { " ⚠" } else { "" };
            format!("{}{told}{mark}", link(&version.name, document, links))
        })
        .collect();
    links.join(", ")
}

fn link(text: &str, document: &Document, links: Links<'_>) -> String {
    let target = match links {
        Links::From(folder) => target(document, folder),
        Links::Site(site) => url(site, document),
    };
    format!("[{}]({target})", cell(text))
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

/// A file with other tables between its two markers; `None` where it has not exactly these two.
#[must_use]
pub fn between_markers(file: &str, index: &Index<'_>, links: Links<'_>) -> Option<String> {
    let parts = Parts::of(file)?;
    Some(parts.with(&tables(index, links, parts.level)))
}

/// A page of its own.
#[must_use]
pub fn page(index: &Index<'_>, links: Links<'_>) -> String {
    format!("# Standards\n\n{BEGIN}\n\n{}\n\n{END}\n", tables(index, links, 1).trim())
}

/// A file with two markers: comments that are blocks of their own, not in code.
struct Parts<'f> {
    /// Up to the end of the first marker.
    head: &'f str,
    /// The level of the heading above it; 0 without one.
    level: usize,
    newline: &'static str,
    /// From the line of the second marker on.
    tail: &'f str,
}

impl<'f> Parts<'f> {
    fn of(file: &'f str) -> Option<Parts<'f>> {
        let (_, start) = FrontMatter::parse(file);
        let (outline, body) = Body::parse(file, start);
        let is_marker = |comment: &&CommentBlock| {
            let rest = comment.text.trim().strip_prefix(MARK);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        let markers: Vec<&CommentBlock> = body.comments.iter().filter(is_marker).collect();
        let [begin, end] = markers.as_slice() else { return None };
        let line = file.get(..end.span.start)?.rfind('\n').map_or(0, |at| at + 1);
        let above = outline.headings.iter().rfind(|it| it.span.end <= begin.span.start);
        let head = file.get(..begin.span.end)?;
        Some(Parts {
            head,
            level: above.map_or(0, |heading| heading.level.into()),
            newline: if file.contains("\r\n") { "\r\n" } else { "\n" },
            tail: file.get(line.max(begin.span.end)..)?,
        })
    }

    fn with(&self, tables: &str) -> String {
        let Parts { head, newline, tail, .. } = self;
        let tables = format!("\n\n{}\n\n", tables.trim()).replace('\n', newline);
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
        let kept = "`<!-- scs-doc index -->`\n\n```md\n# c\n<!-- scs-doc index -->\n```\n\n";
        let file = format!("{kept}<!-- scs-doc index -->\n  <!-- scs-doc index -->\n");
        let new = format!("{kept}<!-- scs-doc index -->\n\nnew\n\n  <!-- scs-doc index -->\n");
        assert_eq!(made(&file).as_deref(), Some(new.as_str()));
        for file in [
            "",
            "<!-- scs-doc index -->",
            "<!-- scs-doc indexes -->\n\n<!-- scs-doc index -->",
            "```\n<!-- scs-doc index -->\n<!-- scs-doc index -->\n```",
        ] {
            assert_eq!(made(file), None);
        }
    }
}
