//! The flavors of a file, held against the tables of the standards that refer to it.

use std::collections::{HashMap, HashSet};

use super::{named, shown};
use crate::corpus::data::{Column, FlavorEntry, ListedFlavor, listed_flavors};
use crate::corpus::{Corpus, DataFile};
use crate::document::{Document, Span};
use crate::model::flavor::in_gib;
use crate::model::{DocType, Status};
use crate::rules::Sink;

pub(super) fn compare(
    file: &DataFile,
    flavors: &[FlavorEntry],
    corpus: &Corpus,
    sink: &mut Sink<'_>,
) {
    for standard in corpus.linking_to(&file.path).filter(|it| counts(it)) {
        let listed = listed_flavors(standard);
        if !listed.is_empty() {
            Comparison { file, standard, sink }.compare(flavors, &listed);
        }
    }
}

/// Whether a document is held to what it says today.
fn counts(document: &Document) -> bool {
    document.is_a(DocType::Standard)
        && !matches!(document.meta.status, Some(Status::Deprecated | Status::Rejected))
}

struct Comparison<'c, 'f> {
    file: &'c DataFile,
    standard: &'c Document,
    sink: &'c mut Sink<'f>,
}

impl Comparison<'_, '_> {
    fn compare(&mut self, flavors: &[FlavorEntry], listed: &[ListedFlavor]) {
        let label = self.standard.label();
        let named = flavors.iter().filter_map(|it| Some((it.name.as_ref()?.value.as_str(), it)));
        let by_name: HashMap<&str, &FlavorEntry> = named.collect();
        for row in listed {
            if let Some(flavor) = by_name.get(row.name.as_str()) {
                self.row(flavor, row);
            } else {
                let message =
                    format!("`{}` is in a table of {label} and not in this file", shown(&row.name));
                self.report(Span::FILE, &row.name, message, row.span);
            }
        }
        let in_tables: HashSet<&str> = listed.iter().map(|row| row.name.as_str()).collect();
        for name in flavors.iter().filter_map(|flavor| flavor.name.as_ref()) {
            if !in_tables.contains(name.value.as_str()) {
                let message = format!("`{}` is in no table of {label}", shown(&name.value));
                let place = listed.first().map_or(Span::FILE, |row| row.span);
                self.report(name.span, &name.value, message, place);
            }
        }
    }

    /// `place` is one in the standard.
    fn report(&mut self, span: Span, subject: &str, message: String, place: Span) {
        let subject = format!("{subject} {}", self.standard.label());
        let standard = self.standard;
        self.sink.report_in(&self.file.path, span, subject, message).related(
            standard,
            place,
            format!("the table of {}", standard.label()),
        );
    }

    /// A flavor that is in both.
    fn row(&mut self, flavor: &FlavorEntry, row: &ListedFlavor) {
        if let (Some(there), Some(asked)) = (&flavor.demand, row.demand)
            && there.value != asked
        {
            let message = format!("`{}` is {} here, and {asked}", shown(&row.name), there.value);
            self.differs(flavor, "status", flavor.place(), message, row.span);
        }
        for (column, key) in [(Column::Cpus, "cpus"), (Column::Ram, "ram"), (Column::Disk, "disk")]
        {
            self.figure(flavor, row, column, key);
        }
        for (column, key) in
            [(Column::CpuType, "scs:cpu-type"), (Column::DiskType, "scs:disk0-type")]
        {
            self.text(flavor, row, column, key);
        }
    }

    fn differs(&mut self, flavor: &FlavorEntry, key: &str, span: Span, message: String, at: Span) {
        let message = format!("{message} in the table of {}", self.standard.label());
        self.report(span, &format!("{} {key}", flavor.label()), message, at);
    }

    fn figure(&mut self, flavor: &FlavorEntry, row: &ListedFlavor, column: Column, key: &str) {
        let Some((at, _)) = row.cell(column) else { return };
        let (there, said) = match column {
            Column::Cpus => (&flavor.cpus, named(flavor).map(|it| u64::from(it.properties().cpus))),
            Column::Ram => (&flavor.ram, named(flavor).map(|it| it.properties().ram)),
            _ => (&flavor.disk, named(flavor).and_then(|it| it.properties().disk.map(u64::from))),
        };
        let value = there.as_ref().map(|it| it.value);
        let is_figure = |figure: u64| match column {
            Column::Ram => format!("{} GiB", in_gib(figure)),
            Column::Disk => format!("{figure} GB"),
            _ => figure.to_string(),
        };
        let shown_figure = |figure: Option<u64>| figure.map_or("nothing".to_owned(), is_figure);
        let listed = match row.number(column) {
            Ok(listed) => listed,
            Err(text) => {
                let message = format!("`{}` for `{key}` is no number", shown(text));
                return self.differs(flavor, key, flavor.place(), message, at);
            }
        };
        // Where the file is at odds with its own name that is said already.
        if listed != value && !flavor.is_unread(key) && (value.is_some() || said.is_none()) {
            let agrees = named(flavor).is_none() || value == said;
            if agrees {
                let span = there.as_ref().map_or(flavor.place(), |it| it.span);
                let message = format!(
                    "`{key}` is {} here, and {}",
                    shown_figure(value),
                    shown_figure(listed)
                );
                self.differs(flavor, key, span, message, at);
            }
        }
    }

    fn text(&mut self, flavor: &FlavorEntry, row: &ListedFlavor, column: Column, key: &str) {
        let Some((at, Some(listed))) = row.cell(column) else { return };
        let said = named(flavor).and_then(|it| match column {
            Column::CpuType => Some(it.properties().cpu_type),
            _ => it.properties().disk0_type,
        });
        let there = flavor.property(key);
        let agrees = said.is_none_or(|said| there.is_some_and(|it| it.value == said));
        if agrees && there.is_none_or(|it| it.value != listed) {
            let span = there.map_or(flavor.place(), |it| it.span);
            let value = there.map_or("nothing".to_owned(), |it| format!("`{}`", shown(&it.value)));
            let message = format!("`{key}` is {value} here, and `{}`", shown(listed));
            self.differs(flavor, key, span, message, at);
        }
    }
}
