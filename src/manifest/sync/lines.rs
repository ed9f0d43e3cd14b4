//! Items of lists that are written one to a line, and edits of them.

use crate::corpus::manifest::Manifest;
use crate::document::Span;

/// The text of a manifest, line by line.
pub(super) struct Lines<'m> {
    text: &'m str,
    newline: &'static str,
}

impl<'m> Lines<'m> {
    pub fn of(manifest: &'m Manifest) -> Lines<'m> {
        let text = manifest.text.as_str();
        Lines { text, newline: if text.contains("\r\n") { "\r\n" } else { "\n" } }
    }

    /// The start of the line of a byte.
    fn start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |it| it + 1)
    }

    /// The end of the line of a byte, line break included, and whether there is one.
    fn end(&self, at: usize) -> (usize, bool) {
        let after = self.text.get(at..).unwrap_or_default();
        after.find('\n').map_or((self.text.len(), false), |it| (at + it + 1, true))
    }

    /// The blanks before the dash of an item, if it begins its line.
    fn indent(&self, item: Span) -> Option<&'m str> {
        let before = self.text.get(self.start(item.start)..item.start)?;
        let indent = before.trim_end().strip_suffix('-')?;
        indent.chars().all(|c| c == ' ').then_some(indent)
    }

    /// Whether an item begins its line.
    pub fn is_item(&self, item: Span) -> bool {
        self.indent(item).is_some()
    }

    /// How far what belongs to an item is indented.
    fn inner(&self, item: Span) -> usize {
        item.start - self.start(item.start)
    }

    /// An item as text: the first line behind the dash, the others below it.
    fn item(&self, at: Span, lines: &[String]) -> String {
        let inner = " ".repeat(self.inner(at));
        lines.join(&format!("{}{inner}", self.newline))
    }

    /// A new item below another.
    pub fn below(&self, item: Span, lines: &[String]) -> Option<(Span, String)> {
        let indent = self.indent(item)?;
        let dash = self.text.get(self.start(item.start) + indent.len()..item.start)?;
        let (end, ended) = self.end(item.end.max(item.start));
        let text = format!("{indent}{dash}{}", self.item(item, lines));
        Some((
            Span::new(end, end),
            match ended {
                true => format!("{text}{}", self.newline),
                false => format!("{}{text}", self.newline),
            },
        ))
    }

    /// A new item above another.
    pub fn above(&self, item: Span, lines: &[String]) -> Option<(Span, String)> {
        let indent = self.indent(item)?;
        let start = self.start(item.start);
        let dash = self.text.get(start + indent.len()..item.start)?;
        let text = format!("{indent}{dash}{}{}", self.item(item, lines), self.newline);
        Some((Span::new(start, start), text))
    }

    /// An item in the place of another; a comment behind it stays. None where one within it would
    /// be lost.
    pub fn instead(&self, item: Span, lines: &[String]) -> Option<(Span, String)> {
        self.indent(item)?;
        let mut within = item.of(self.text).lines();
        if within.any(|line| line.starts_with('#') || line.contains(" #")) {
            return None;
        }
        Some((item, self.item(item, lines)))
    }

    /// The lines of an item.
    pub fn without(&self, item: Span) -> Option<Span> {
        self.indent(item)?;
        Some(Span::new(self.start(item.start), self.end(item.end).0))
    }

    /// A line below that of a key, as deep as the key, in a block mapping.
    pub fn after(&self, value: Span, line: &str) -> Option<(Span, String)> {
        let start = self.start(value.start);
        let before = self.text.get(start..value.start)?;
        let key = before.find(|c: char| !matches!(c, ' ' | '-'))?;
        if before.contains(['{', ',']) {
            return None;
        }
        let (end, ended) = self.end(value.end);
        let text = format!("{}{line}", " ".repeat(key));
        Some((
            Span::new(end, end),
            match ended {
                true => format!("{text}{}", self.newline),
                false => format!("{}{text}", self.newline),
            },
        ))
    }
}
