//! Byte ranges, and the one place that turns them into lines and columns.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// A byte range of the file on disk, byte order mark and CRLF included; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The empty range at the beginning of a file: a finding about the file as such.
    pub const FILE: Span = Span { start: 0, end: 0 };

    /// The range from `start` to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// The range moved towards the end of the file by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    /// The text of this range; empty if the range does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether `other` lies within this range.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// A place for people: line and column from 1, the column in Unicode code points, and the offset
/// in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1. Lines end with LF; the CR before it belongs to the line.
    pub line: usize,
    /// From 1, in Unicode code points; a byte order mark counts as one.
    pub column: usize,
    /// From 0, in bytes.
    pub offset: usize,
}

/// The beginnings of all lines of a text.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: Cow<'t, str>,
    starts: Vec<usize>,
    /// The last place that was asked for: places mostly come in order, or overlap, and a long line is
    /// not to be counted from its beginning for each.
    last: Cell<Position>,
}

impl<'t> LineIndex<'t> {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: impl Into<Cow<'t, str>>) -> LineIndex<'t> {
        let text = text.into();
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(newlines.map(|at| at + 1)).collect();
        let last = Cell::new(Position { line: 1, column: 1, offset: 0 });
        LineIndex { text, starts, last }
    }

    /// The text that is indexed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a byte offset; one beyond the end of the text is taken for the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let last = self.last.get();
        let count =
            |from: usize, to: usize| self.text.get(from..to).unwrap_or_default().chars().count();
        let column = match last.line == line {
            true if last.offset <= offset => last.column + count(last.offset, offset),
            // A little back: places overlap.
            true if last.offset - offset < offset - start => {
                last.column - count(offset, last.offset)
            }
            _ => 1 + count(start, offset),
        };
        let position = Position { line, column, offset };
        self.last.set(position);
        position
    }

    /// The range of a line (from 1) without its line end.
    #[must_use]
    pub fn line(&self, line: usize) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let span = Span::new(start, end);
        let length = span.of(&self.text).trim_end_matches('\r').len();
        Some(Span::new(start, start + length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_code_points() {
        let text = "\u{feff}ä\r\n€x";
        let index = LineIndex::new(text);
        let place = |at| {
            let Position { line, column, offset } = index.position(at);
            (line, column, offset)
        };
        assert_eq!(place(0), (1, 1, 0));
        assert_eq!(place(5), (1, 3, 5));
        assert_eq!(place(7), (2, 1, 7));
        assert_eq!(place(8), (2, 1, 7), "inside a character is its beginning");
        assert_eq!(place(99), (2, 3, 11));
        assert_eq!(place(10), (2, 2, 10), "back from the end");
        assert_eq!(index.line(1).unwrap().of(text), "\u{feff}ä");
        assert_eq!(index.line(2).unwrap().of(text), "€x");
        assert_eq!(index.line(3), None);
    }
}
