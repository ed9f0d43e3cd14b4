//! The tables of a body, for those who read what a standard lists. The pass over the body keeps
//! where rows and cells are; their text is made when it is asked for.

use super::{Body, Outline};
use crate::document::{Document, Span, normalized};

/// A table of a body.
#[derive(Debug)]
pub struct Table<'d> {
    /// The nearest heading above it, by its index in [`Outline::headings`].
    pub heading: Option<usize>,
    /// The cells of the first row.
    pub header: Vec<Cell>,
    document: &'d Document,
    rows: &'d [Row],
}

impl<'d> Table<'d> {
    /// The cells of the other rows; each row has as many as the header.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + use<'d> {
        let document = self.document;
        self.rows.iter().map(|row| cells(row, document))
    }
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

/// A row of a table.
#[derive(Debug)]
pub struct Row {
    /// Where in the file.
    pub span: Span,
    /// Whether it is the first one of its table.
    pub(super) is_header: bool,
    /// Its cells.
    pub(super) cells: Vec<CellPlace>,
}

/// Where a cell stands.
#[derive(Debug)]
pub(super) struct CellPlace {
    /// Where its text begins and ends in the prose.
    pub(super) text: (u32, u32),
    /// Where in the file, with the blanks around it.
    pub(super) span: Span,
}

/// The tables of a document, in order.
pub fn tables(document: &Document) -> impl Iterator<Item = Table<'_>> {
    let (Outline { headings, .. }, Body { rows, .. }) = (&document.outline, document.body());
    let mut passed = 0;
    let groups = rows.chunk_by(|_, next| !next.is_header);
    groups.filter_map(move |table| {
        let (header, rows) = table.split_first()?;
        let above = headings.iter().skip(passed);
        passed += above.take_while(|it| it.span.start < header.span.start).count();
        Some(Table {
            heading: passed.checked_sub(1),
            header: cells(header, document),
            document,
            rows,
        })
    })
}

fn cells(row: &Row, document: &Document) -> Vec<Cell> {
    row.cells.iter().map(|place| cell(place, document)).collect()
}

fn cell(place: &CellPlace, document: &Document) -> Cell {
    let mut cell = Cell { span: trimmed(document.text(), place.span), ..Cell::default() };
    for (text, is_code) in document.body().prose.parts(place.text) {
        cell.text.push_str(text);
        if is_code {
            cell.code.get_or_insert_with(|| text.to_owned());
        }
    }
    cell.text = normalized(&cell.text);
    cell
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

    fn read(text: &str) -> Document {
        Document::parse("s/scs-0100-v1-a.md", text.into())
    }

    #[test]
    fn cells_have_text_code_and_places() {
        let text = "---\ntitle: A\n---\n\n| no | heading |\n|---|---|\n\n# One\n\n## Two\n\n\
            > | a | *b* `c` |\n> |---|:-:|\n> |  x\\|y  | `k\\|l` and `m` ~~`n`~~ |\n> | ä |\n\n# Three\n";
        let document = read(text);
        let tables: Vec<Table<'_>> = tables(&document).collect();
        assert_eq!(tables.iter().map(|it| it.heading).collect::<Vec<_>>(), [None, Some(1)]);
        let table = &tables[1];
        let rows: Vec<Vec<Cell>> = table.rows().collect();
        let texts = |row: &[Cell]| row.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
        let places =
            |row: &[Cell]| row.iter().map(|it| it.span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(texts(&table.header), ["a", "b c"]);
        assert_eq!(texts(&rows[0]), ["x|y", "k|l and m"]);
        assert_eq!(rows[0][1].code.as_deref(), Some("k|l"));
        assert_eq!(places(&rows[0]), ["x\\|y", "`k\\|l` and `m` ~~`n`~~"]);
        assert_eq!(texts(&rows[1]), ["ä", ""]);
        assert_eq!(places(&rows[1])[1], "");
    }

    #[test]
    fn what_is_no_table_gives_none() {
        let none = "---\n---\n```text\n| a |\n|---|\n```\n\n| a | b\n";
        assert_eq!(tables(&read(none)).count(), 0);
        assert_eq!(tables(&read("")).count(), 0);
    }
}
