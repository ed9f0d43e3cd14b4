//! Blocks `:::note` … `:::`, which Markdown itself does not know.

use crate::document::{Document, Span};
use crate::index::html::layout::plain;

/// The kinds of admonitions.
const KINDS: [&str; 6] = ["note", "tip", "info", "warning", "danger", "caution"];

/// How deep admonitions are shown within each other.
const MOST_DEEP: usize = 20;

/// What stands in the text where HTML is to be put. Only its place counts: an author who writes the
/// same gets a comment.
const HERE: &str = "<!--:-->";

/// The Markdown of a document, with a place for HTML in it where an admonition begins or ends.
pub(super) struct Source {
    pub text: String,
    /// Where pieces of the text begin, here and in the file.
    pieces: Vec<(usize, usize)>,
    /// The HTML, and where it is to be put.
    marks: Vec<(usize, String)>,
}

impl Source {
    pub(super) fn of(document: &Document) -> Source {
        let start = document.outline.start;
        let file = document.text().get(start..).unwrap_or_default();
        let mut source = Source {
            text: String::with_capacity(file.len()),
            pieces: vec![(0, start)],
            marks: Vec::new(),
        };
        let mut copied = start;
        for (line, html) in found(document, file, start) {
            let before = document.text().get(copied..line.start).unwrap_or_default();
            let text = line.of(document.text());
            let indent = text.len() - text.trim_start().len();
            source.text.push_str(before);
            source.text.push('\n');
            source.text.push_str(text.get(..indent).unwrap_or_default());
            source.marks.push((source.text.len(), html));
            source.text.push_str(HERE);
            source.text.push_str("\n\n");
            copied = line.end;
            source.pieces.push((source.text.len(), copied));
        }
        source.text.push_str(document.text().get(copied..).unwrap_or_default());
        source
    }

    /// The place in the file of a place in the text.
    pub(super) fn original(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(here, _)| *here <= at).checked_sub(1);
        piece.and_then(|piece| self.pieces.get(piece)).map_or(at, |(here, file)| file + at - here)
    }

    /// The HTML that belongs to the place at which HTML of the text begins.
    pub(super) fn mark_in(&self, at: usize, length: usize) -> Option<&str> {
        let next = self.marks.partition_point(|(mark, _)| *mark < at);
        let (mark, html) = self.marks.get(next)?;
        (*mark < at + length).then_some(html)
    }
}

/// The lines with which admonitions begin and end, and what takes their place. What has only one of
/// the two stays text.
fn found(document: &Document, file: &str, start: usize) -> Vec<(Span, String)> {
    let comments: Vec<Span> = document.body().comments.iter().map(|it| it.span).collect();
    let mut open: Vec<(Span, String)> = Vec::new();
    let mut all = Vec::new();
    let mut at = start;
    for line in file.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end;
        let Some(rest) = line.trim().strip_prefix(":::") else { continue };
        let rest = rest.trim_start_matches(':').trim();
        if is_in(&document.body().code, span.start) || is_in(&comments, span.start) {
            continue;
        }
        if !rest.is_empty() {
            open.extend(begin(rest).map(|html| (span, html)));
        } else if let Some(begin) = open.pop()
            && open.len() < MOST_DEEP
        {
            all.push(begin);
            all.push((span, "</div>\n".to_owned()));
        }
    }
    all.sort_by_key(|(span, _)| *span);
    all
}

/// Whether a place is in one of these, which are in order.
fn is_in(spans: &[Span], at: usize) -> bool {
    let next = spans.partition_point(|it| it.end <= at);
    spans.get(next).is_some_and(|it| it.start <= at)
}

/// `note`, `note A title` or `note[A title]`
fn begin(line: &str) -> Option<String> {
    let end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
    let (name, title) = line.split_at(end);
    let kind = KINDS.iter().find(|kind| **kind == name)?;
    let title = title.trim();
    let title = title.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(title);
    let mut word = kind.get(..1)?.to_uppercase();
    word.push_str(kind.get(1..)?);
    let title =
        if title.is_empty() { word } else { format!("{word}: <bdi>{}</bdi>", plain(title)) };
    Some(format!(
        "<div class=\"admonition {kind}\" role=\"note\">\n<p class=\"heading\">{title}</p>\n"
    ))
}
