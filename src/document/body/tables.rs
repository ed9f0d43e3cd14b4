//! The tables of a body, for those who read what a standard lists: parsed when they are asked for.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::DIALECT;
use crate::document::{Document, Span};

/// A table of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The nearest heading above it, by its index in [`Body::headings`](super::Body::headings).
    pub heading: Option<usize>,
    /// The cells of the first row.
    pub header: Vec<Cell>,
    /// The cells of the other rows; each row has as many as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text without markup and escapes, with every run of white space as one blank and none
    /// around it. What is struck out is left out.
    pub text: String,
    /// What stands in its first code span.
    pub code: Option<String>,
    /// Its place in the file, without the blanks around it; empty for an empty cell.
    pub span: Span,
}

/// What is open while events pass by.
#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    tables: Vec<Table>,
    /// How many headings have passed.
    headings: usize,
    row: Vec<Cell>,
    cell: Option<Cell>,
    /// Depth of text that is struck out.
    struck: usize,
}

/// The tables of a document, in order.
#[must_use]
pub fn tables(document: &Document) -> Vec<Table> {
    // Most documents have none, and then there is nothing to parse once more.
    if document.body.rows.is_empty() {
        return Vec::new();
    }
    let start = document.body.start;
    let markdown = document.text.get(start..).unwrap_or_default();
    let mut reader = Reader { text: &document.text, ..Reader::default() };
    for (event, range) in Parser::new_ext(markdown, DIALECT).into_offset_iter() {
        reader.take(event, Span::from(range).shifted(start));
    }
    reader.tables
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::End(TagEnd::Heading(_)) => self.headings += 1,
            Event::Start(Tag::Table(_)) => {
                let heading = self.headings.checked_sub(1);
                self.tables.push(Table { heading, header: Vec::new(), rows: Vec::new() });
            }
            Event::Start(Tag::TableCell) => {
                self.struck = 0;
                self.cell = Some(Cell { span: trimmed(self.text, span), ..Cell::default() });
            }
            Event::End(TagEnd::TableCell) => {
                self.row.extend(self.cell.take().map(|mut cell| {
                    cell.text = crate::document::normalized(&cell.text);
                    cell
                }));
            }
            Event::End(TagEnd::TableHead) => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = self.tables.last_mut() {
                    table.header = row;
                }
            }
            Event::End(TagEnd::TableRow) => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(row);
                }
            }
            event => self.inline(&event),
        }
    }

    /// What stands in a cell.
    fn inline(&mut self, event: &Event<'_>) {
        let Some(cell) = &mut self.cell else { return };
        match event {
            Event::Start(Tag::Strikethrough) => self.struck += 1,
            Event::End(TagEnd::Strikethrough) => self.struck = self.struck.saturating_sub(1),
            Event::InlineHtml(html) => match html.as_ref() {
                "<del>" | "<s>" | "<strike>" => self.struck += 1,
                "</del>" | "</s>" | "</strike>" => self.struck = self.struck.saturating_sub(1),
                html if html.starts_with("<br") => cell.text.push(' '),
                _ => {}
            },
            _ if self.struck > 0 => {}
            Event::Text(text) => cell.text.push_str(text),
            Event::Code(code) => {
                cell.text.push_str(code);
                cell.code.get_or_insert_with(|| code.to_string());
            }
            Event::SoftBreak | Event::HardBreak => cell.text.push(' '),
            _ => {}
        }
    }
}

/// A place without the blanks around what stands there.
fn trimmed(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let start = span.start + (written.len() - written.trim_start().len());
    Span::new(start, start + written.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Table> {
        tables(&Document::parse("s/scs-0100-v1-a.md", text.into()))
    }

    #[test]
    fn cells_have_text_code_and_places() {
        let text = "---\ntitle: A\n---\n\n| no | heading |\n|---|---|\n\n# One\n\n## Two\n\n\
            > | a | *b* `c` |\n> |---|:-:|\n> |  x\\|y  | `k\\|l` and `m` ~~`n`~~ |\n> | ä |\n\n# Three\n";
        let tables = read(text);
        assert_eq!(tables.iter().map(|it| it.heading).collect::<Vec<_>>(), [None, Some(1)]);
        let table = &tables[1];
        let texts = |row: &[Cell]| row.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
        let places =
            |row: &[Cell]| row.iter().map(|it| it.span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(texts(&table.header), ["a", "b c"]);
        assert_eq!(texts(&table.rows[0]), ["x|y", "k|l and m"]);
        assert_eq!(table.rows[0][1].code.as_deref(), Some("k|l"));
        assert_eq!(places(&table.rows[0]), ["x\\|y", "`k\\|l` and `m` ~~`n`~~"]);
        assert_eq!(texts(&table.rows[1]), ["ä", ""]);
        assert_eq!(places(&table.rows[1])[1], "");
    }

    #[test]
    fn what_is_no_table_gives_none() {
        assert_eq!(read("---\n---\n```text\n| a |\n|---|\n```\n\n| a | b\n"), []);
        assert_eq!(read(""), []);
    }
}
