//! The flavors that the tables of a standard list (scs-0103).

use super::flavors::times;
use crate::document::{Cell, Document, Span, Table, tables};
use crate::model::flavor::PREFIX;
use crate::model::{Demand, Vocabulary};

/// A flavor in a table of a standard.
#[derive(Debug, Clone)]
pub struct ListedFlavor {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// What the table asks for, by its column or by the headings above it.
    pub demand: Option<Demand>,
    /// The other cells whose column is known.
    cells: Vec<(Column, Cell)>,
}

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The number of vCPUs.
    Cpus,
    /// What they are worth, as `scs:cpu-type` has it.
    CpuType,
    /// The memory in GiB.
    Ram,
    /// The size of the disk in GB.
    Disk,
    /// What the disk is, as `scs:disk0-type` has it.
    DiskType,
}

/// What stands in a row besides: the column of the name and that of the status.
#[derive(PartialEq, Eq)]
enum Role {
    Name,
    Demand,
    Figure(Column),
}

impl ListedFlavor {
    /// The place of a cell, and what it says; nothing where it leaves that open. None without such
    /// a column.
    #[must_use]
    pub fn cell(&self, column: Column) -> Option<(Span, Option<&str>)> {
        let (_, cell) = self.cells.iter().find(|(it, _)| *it == column)?;
        let is_open = matches!(cell.text.as_str(), "" | "-" | "–" | "—" | "any" | "(any)" | "none");
        // An empty cell has no width to point at.
        let span = if cell.text.is_empty() { self.span } else { cell.span };
        Some((span, Some(cell.text.as_str()).filter(|_| !is_open)))
    }

    /// What a cell says as a number, the memory in MiB. The error is what cannot be read as one.
    ///
    /// # Errors
    /// What stands there is no number.
    pub fn number(&self, column: Column) -> Result<Option<u64>, &str> {
        let unit = if column == Column::Ram { 1024 } else { 1 };
        let Some((_, Some(text))) = self.cell(column) else { return Ok(None) };
        times(text, unit).map(Some).ok_or(text)
    }
}

/// The flavors in the tables of a standard, in order. Those are the tables with columns for the
/// name, the vCPUs and the RAM of a flavor, and the rows with a name of the scheme.
#[must_use]
pub fn listed_flavors(document: &Document) -> Vec<ListedFlavor> {
    tables(document).flat_map(|table| listed(document, &table)).collect()
}

fn listed(document: &Document, table: &Table<'_>) -> Vec<ListedFlavor> {
    let roles: Vec<Option<Role>> = table.header.iter().map(|cell| role(&cell.text)).collect();
    let at = |role: Role| roles.iter().position(|it| it.as_ref() == Some(&role));
    let has = |column: Column| at(Role::Figure(column)).is_some();
    let Some(name) = at(Role::Name).filter(|_| has(Column::Cpus) && has(Column::Ram)) else {
        return Vec::new();
    };
    let of_table = demand_of(document, table);
    let column = at(Role::Demand);
    let rows = table.rows().filter_map(|row| {
        let cell = row.get(name).filter(|cell| starts_like_a_name(&cell.text))?;
        let own = column.and_then(|at| row.get(at)).and_then(|cell| demand_in(&cell.text));
        let figures = roles.iter().zip(&row).filter_map(|(role, cell)| match role {
            Some(Role::Figure(column)) => Some((*column, cell.clone())),
            _ => None,
        });
        Some(ListedFlavor {
            name: cell.text.clone(),
            span: cell.span,
            demand: own.or(of_table),
            cells: figures.collect(),
        })
    });
    rows.collect()
}

/// Whether a text is a name of the scheme, or meant to be one.
fn starts_like_a_name(text: &str) -> bool {
    text.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
}

/// What a column is about, by its heading.
fn role(heading: &str) -> Option<Role> {
    let heading = heading.to_lowercase();
    let has = |word: &str| heading.contains(word);
    Some(match () {
        () if has("disk") && has("type") => Role::Figure(Column::DiskType),
        () if has("disk") => Role::Figure(Column::Disk),
        () if has("cpu") && has("type") => Role::Figure(Column::CpuType),
        () if has("cpu") => Role::Figure(Column::Cpus),
        () if has("ram") || has("memory") => Role::Figure(Column::Ram),
        () if has("status") => Role::Demand,
        () if has("name") || heading == "flavor" => Role::Name,
        () => return None,
    })
}

/// What the nearest heading above a table that says something asks for.
fn demand_of(document: &Document, table: &Table<'_>) -> Option<Demand> {
    let mut above = document.outline.headings.get(..=table.heading?)?.iter().rev();
    let nearest = above.next()?;
    let mut level = nearest.level;
    let ancestors = above.filter(|heading| {
        let is_ancestor = heading.level < level;
        level = level.min(heading.level);
        is_ancestor
    });
    std::iter::once(nearest).chain(ancestors).find_map(|heading| demand_in(&heading.text))
}

/// What a text asks for, if it names exactly one.
fn demand_in(text: &str) -> Option<Demand> {
    let text = text.to_lowercase();
    let mut named = Demand::ALL.iter().filter(|it| text.contains(it.name()));
    named.next().copied().filter(|_| named.next().is_none())
}
