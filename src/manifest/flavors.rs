//! The file of flavors (scs-0103) as the tables of a standard have it.

use std::collections::HashSet;

use super::BuildError;
use super::yaml::scalar;
use crate::corpus::data::{Column, ListedFlavor, listed_flavors};
use crate::document::{Document, Span};
use crate::model::flavor::{DiskKind, Properties, in_gib};
use crate::model::{Demand, Flavor, Vocabulary};
use crate::text::{any_of, shortened};

/// Writes the file of flavors of a standard: by status, in the order of its tables, with the
/// properties that follow from the names. The same document gives the same text.
///
/// # Errors
/// There is no table with flavors, or a row that cannot be relied on, since
/// its name is none of the scheme, is there twice, has no status or says something else than the
/// other cells.
pub fn flavors_file(document: &Document) -> Result<String, BuildError> {
    let at = |span: Span, why: String| BuildError::in_document(document, span, why);
    let listed = listed_flavors(document);
    if listed.is_empty() {
        let why = "the document has no table with names, vCPUs and RAM of flavors";
        return Err(at(Span::FILE, why.to_owned()));
    }
    let mut rows = Vec::new();
    for row in &listed {
        rows.push(entry(row).map_err(|why| at(row.span, why))?);
    }
    let mut names = HashSet::new();
    if let Some(twice) = listed.iter().find(|row| !names.insert(row.name.as_str())) {
        return Err(at(twice.span, format!("`{}` is listed twice", shown(&twice.name))));
    }
    let mut text = format!(
        "# The flavors of {}, made from its tables.\nmeta:\n  name_key: name-v2\nflavor_groups:\n",
        document.label()
    );
    for demand in Demand::ALL {
        let group: String =
            rows.iter().filter(|(it, _)| it == demand).map(|(_, entry)| entry.as_str()).collect();
        if !group.is_empty() {
            text.push_str(&format!("- status: {demand}\n  list:\n{group}"));
        }
    }
    Ok(text)
}

fn shown(text: &str) -> String {
    shortened(text, 60)
}

/// The entry of a row, and its group.
fn entry(row: &ListedFlavor) -> Result<(Demand, String), String> {
    let name = shown(&row.name);
    let flavor = Flavor::parse(&row.name)
        .map_err(|error| format!("`{name}` is no name of a flavor: {error}"))?;
    let demand = row.demand.ok_or_else(|| {
        let names: Vec<&str> = Demand::ALL.iter().map(|it| it.name()).collect();
        format!("no heading above the table of `{name}` says {}", any_of(&names))
    })?;
    let Properties { cpus, ram, disk, cpu_type, disk0_type, name_v1, name_v2 } =
        flavor.properties();
    figure(row, Column::Cpus, "vCPUs", Some(u64::from(cpus)))?;
    figure(row, Column::Ram, "MiB of RAM", Some(ram))?;
    // Where the name leaves the size of a disk open, the table says it.
    let listed = row.number(Column::Disk).map_err(|text| no_number(row, text))?;
    let open = flavor.disks.is_some_and(|it| it.size.is_none());
    let disk = if open { listed } else { disk.map(u64::from) };
    figure(row, Column::Disk, "GB of disk", disk)?;
    word(row, Column::CpuType, Some(cpu_type))?;
    word(row, Column::DiskType, disk0_type)?;
    let disk0_type = disk0_type.or(known_type(row)?.filter(|_| flavor.disks.is_some()));
    let mut entry =
        format!("  - name: {name_v2}\n    cpus: {cpus}\n    scs:cpu-type: {cpu_type}\n");
    entry.push_str(&format!("    ram: {}\n", in_gib(ram)));
    entry.extend(disk.map(|disk| format!("    disk: {disk}\n")));
    entry.extend(disk0_type.map(|it| format!("    scs:disk0-type: {it}\n")));
    let name_v1 = scalar(&name_v1);
    entry.push_str(&format!("    scs:name-v1: {name_v1}\n    scs:name-v2: {name_v2}\n"));
    Ok((demand, entry))
}

fn no_number(row: &ListedFlavor, text: &str) -> String {
    format!("`{}` in the row of `{}` is no number", shown(text), shown(&row.name))
}

/// Holds a figure of the table, if there is such a column, against that of the name.
fn figure(row: &ListedFlavor, column: Column, what: &str, said: Option<u64>) -> Result<(), String> {
    let listed = row.number(column).map_err(|text| no_number(row, text))?;
    if row.cell(column).is_none() || listed == said {
        return Ok(());
    }
    let figure = |it: Option<u64>| it.map_or("none".to_owned(), |it| it.to_string());
    let (listed, said, name) = (figure(listed), figure(said), shown(&row.name));
    Err(format!("{what} of `{name}`: {listed} by the table, {said} by the name"))
}

/// The same with a word; the table or the name may leave it open.
fn word(row: &ListedFlavor, column: Column, said: Option<&str>) -> Result<(), String> {
    match (row.cell(column).and_then(|(_, listed)| listed), said) {
        (Some(listed), Some(said)) if listed != said => {
            let (listed, name) = (shown(listed), shown(&row.name));
            Err(format!("the type of `{name}`: `{listed}` by the table, `{said}` by the name"))
        }
        _ => Ok(()),
    }
}

/// The type of disk that the table names.
fn known_type(row: &ListedFlavor) -> Result<Option<&'static str>, String> {
    let Some((_, Some(listed))) = row.cell(Column::DiskType) else { return Ok(None) };
    let mut kinds = DiskKind::ALL.iter().map(|it| it.property());
    let known = kinds.find(|it| *it == listed);
    let unknown =
        || format!("`{}` in the row of `{}` is no type of disk", shown(listed), shown(&row.name));
    known.map(Some).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::data::{Content, DataFile};

    const HEAD: &str =
        "| Name | vCPUs | vCPU type | RAM [GiB] | Disk [GB] | Disk type |\n|-|-|-|-|-|-|\n";

    fn made(sections: &[(&str, &str)]) -> Result<String, String> {
        let mut text = "---\ntitle: A\n---\n".to_owned();
        for (heading, rows) in sections {
            text.push_str(&format!("\n## {heading}\n\n{HEAD}{rows}"));
        }
        let document = Document::parse("s/scs-0103-v1-a.md", text.into());
        flavors_file(&document).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_follows_from_the_tables() {
        let text = made(&[
            ("Mandatory", "| SCS-1V-0.5 | 1 | shared-core | 0.5 | | |\n"),
            ("Recommended, part 1", "| SCS-2L-4-20 | 2 | crowded-core | 4 | 20 | network |\n"),
            ("Mandatory with SSD", "| SCS-4C-16-100s | 4 | dedicated-core | 16 | 100 | ssd |\n"),
            ("Recommended, part 2", "| SCS-1T-1- | 1 | dedicated-thread | 1 | 5 | (any) |\n"),
        ]);
        let expected = "\
# The flavors of scs-0103-v1, made from its tables.
meta:
  name_key: name-v2
flavor_groups:
- status: mandatory
  list:
  - name: SCS-1V-0.5
    cpus: 1
    scs:cpu-type: shared-core
    ram: 0.5
    scs:name-v1: SCS-1V:0.5
    scs:name-v2: SCS-1V-0.5
  - name: SCS-4C-16-100s
    cpus: 4
    scs:cpu-type: dedicated-core
    ram: 16
    disk: 100
    scs:disk0-type: ssd
    scs:name-v1: SCS-4C:16:100s
    scs:name-v2: SCS-4C-16-100s
- status: recommended
  list:
  - name: SCS-2L-4-20
    cpus: 2
    scs:cpu-type: crowded-core
    ram: 4
    disk: 20
    scs:disk0-type: network
    scs:name-v1: SCS-2L:4:20
    scs:name-v2: SCS-2L-4-20
  - name: SCS-1T-1-
    cpus: 1
    scs:cpu-type: dedicated-thread
    ram: 1
    disk: 5
    scs:name-v1: \"SCS-1T:1:\"
    scs:name-v2: SCS-1T-1-
";
        assert_eq!(text.as_deref(), Ok(expected));
        let file = DataFile::read("a.yaml", expected.into()).unwrap();
        assert_eq!(file.problems, []);
        let Content::Flavors(flavors) = file.content else { panic!("flavors") };
        assert_eq!(flavors.len(), 4);
    }

    #[test]
    fn a_row_that_cannot_be_relied_on_makes_no_file() {
        let row = |row: &str| made(&[("Mandatory", row)]).unwrap_err();
        let cases = [
            ("| SCS-2-4 | 2 | | 4 | | |\n", "is no name of a flavor: after `SCS-2`: a kind of CPU"),
            (
                "| SCS-2V-4 | 3 | | 4 | | |\n",
                ":9:3: vCPUs of `SCS-2V-4`: 3 by the table, 2 by the name",
            ),
            ("| SCS-2V-4 | 2 | | four | | |\n", "`four` in the row of `SCS-2V-4` is no number"),
            (
                "| SCS-2V-4 | 2 | | 4 | 5 | |\n",
                "GB of disk of `SCS-2V-4`: 5 by the table, none by the name",
            ),
            ("| SCS-2V-4-5s | 2 | | 4 | 5 | hdd |\n", "`hdd` by the table, `ssd` by the name"),
            (
                "| SCS-2V-4-5 | 2 | | 4 | 5 | tape |\n",
                "`tape` in the row of `SCS-2V-4-5` is no type of disk",
            ),
            (
                "| SCS-2V-4 | 2 | | 4 | | |\n| SCS-2V-4 | 2 | | 4 | | |\n",
                "`SCS-2V-4` is listed twice",
            ),
            (
                "| other | 2 | | 4 | | |\n",
                "s/scs-0103-v1-a.md:1:1: the document has no table with names, vCPUs and RAM",
            ),
        ];
        for (table, why) in cases {
            assert!(row(table).contains(why), "{}", row(table));
        }
        let unsaid = made(&[("Flavors", "| SCS-2V-4 | 2 | | 4 | | |\n")]).unwrap_err();
        assert!(unsaid.ends_with("says `mandatory` or `recommended`"), "{unsaid}");
    }
}
