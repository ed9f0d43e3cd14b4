//! The tables of a body, for those who read what a standard lists. The pass over the body keeps
//! where rows and cells are; their text is made when it is asked for.

use super::Body;
use crate::document::{Document, Span, normalized};

/// A table of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The nearest heading above it, by its index in [`Body::headings`].
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
#[must_use]
pub fn tables(document: &Document) -> Vec<Table> {
    let body = &document.body;
    let mut tables: Vec<Table> = Vec::new();
    let mut headings = 0;
    for row in &body.rows {
        let above = body.headings.iter().skip(headings);
        headings += above.take_while(|it| it.span.start < row.span.start).count();
        let cells = row.cells.iter().map(|place| cell(place, body, &document.text)).collect();
        match tables.last_mut().filter(|_| !row.is_header) {
            Some(table) => table.rows.push(cells),
            None => {
                let heading = headings.checked_sub(1);
                tables.push(Table { heading, header: cells, rows: Vec::new() });
            }
        }
    }
    tables
}

fn cell(place: &CellPlace, body: &Body, text: &str) -> Cell {
    let mut cell = Cell { span: trimmed(text, place.span), ..Cell::default() };
    for (text, is_code) in body.prose.parts(place.text) {
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
