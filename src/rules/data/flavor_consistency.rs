//! `flavor-consistency`: see `flavor_consistency.md`.

mod tables;

use std::collections::HashSet;

use crate::corpus::data::{Content, FlavorEntry};
use crate::corpus::{Corpus, DataFile};
use crate::document::Placed;
use crate::document::Span;
use crate::finding::Level;
use crate::model::flavor::{DiskKind, Properties, in_gib};
use crate::model::{Flavor, Vocabulary};
use crate::rules::{Check, Rule, Sink};
use crate::text::{all_of, any_of, shortened};

pub const RULE: Rule = Rule {
    id: "flavor-consistency",
    level: Level::Error,
    reference: "scs-0103-v1#properties",
    templates: false,
    page: include_str!("flavor_consistency.md"),
    check: Check::Data(check),
};

fn check(file: &DataFile, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Content::Flavors(flavors) = &file.content else { return };
    for problem in &file.problems {
        sink.report_in(&file.path, problem.span, &*problem.subject, &*problem.message);
    }
    let mut seen = HashSet::new();
    for flavor in flavors {
        let Some(name) = &flavor.name else { continue };
        if !seen.insert(&name.value) {
            let message = format!("`{}` is there twice", shown(&name.value));
            sink.report_in(&file.path, name.span, format!("{} twice", name.value), message);
        }
        if let Some(named) = named(flavor) {
            let mut judge =
                Judge { file, flavor, named: &named, properties: named.properties(), sink };
            judge.figures();
            judge.disk_types();
            judge.texts();
            judge.missing();
        }
    }
    tables::compare(file, flavors, corpus, sink);
}

/// What the name of a flavor says: its own, or that in `scs:name-v2` where it is called otherwise.
fn named(flavor: &FlavorEntry) -> Option<Flavor> {
    let own = flavor.name.as_ref().and_then(|it| Flavor::parse(&it.value).ok());
    let other = || Flavor::parse(&flavor.property("scs:name-v2")?.value).ok();
    own.or_else(other)
}

/// A name as messages show it.
fn shown(name: &str) -> String {
    shortened(name, 60)
}

/// A flavor, and what its name says.
struct Judge<'j, 'f> {
    file: &'j DataFile,
    flavor: &'j FlavorEntry,
    named: &'j Flavor,
    properties: Properties,
    sink: &'j mut Sink<'f>,
}

impl Judge<'_, '_> {
    fn report(&mut self, span: Span, key: &str, message: String) {
        let subject = format!("{} {key}", self.flavor.label());
        self.sink.report_in(&self.file.path, span, subject, message);
    }

    fn figures(&mut self) {
        let Properties { cpus, ram, disk, .. } = self.properties;
        let name = shown(self.flavor.label());
        if let Some(it) = self.flavor.cpus.as_ref().filter(|it| it.value != u64::from(cpus)) {
            let message = format!("`cpus` is {}; the name `{name}` says {cpus}", it.value);
            self.report(it.span, "cpus", message);
        }
        if let Some(it) = self.flavor.ram.as_ref().filter(|it| it.value != ram) {
            let (there, said) = (in_gib(it.value), in_gib(ram));
            let message = format!("`ram` is {there} GiB; the name `{name}` says {said} GiB");
            self.report(it.span, "ram", message);
        }
        match (&self.flavor.disk, disk.map(u64::from)) {
            (Some(it), Some(size)) if it.value != size => {
                let message =
                    format!("`disk` is {} GB; the name `{name}` says {size} GB", it.value);
                self.report(it.span, "disk", message);
            }
            (Some(it), None) if self.named.disks.is_none() => {
                let message =
                    format!("`disk` is {} GB; the name `{name}` says that there is none", it.value);
                self.report(it.span, "disk", message);
            }
            (None, Some(size)) if !self.flavor.is_unread("disk") => {
                let message = format!("there is no `disk`; the name `{name}` says {size} GB");
                self.report(self.flavor.place(), "disk", message);
            }
            _ => {}
        }
    }

    /// `scs:diskN-type`, for as many disks as there are.
    fn disk_types(&mut self) {
        let disks = self.named.disks;
        let count = disks.map_or(0, |it| it.count.unwrap_or(1));
        let kind = disks.and_then(|it| it.kind);
        let name = shown(self.flavor.label());
        for (key, value) in &self.flavor.properties {
            let Some(number) = disk_number(&key.value) else { continue };
            let known: Vec<&str> = DiskKind::ALL.iter().map(|it| it.property()).collect();
            let message = match kind {
                _ if number >= count => {
                    format!(
                        "`{}` is set; the name `{name}` says that there is no such disk",
                        key.value
                    )
                }
                Some(kind) if kind.property() != value.value => {
                    let said = kind.property();
                    format!(
                        "`{}` is `{}`; the name `{name}` says `{said}`",
                        key.value,
                        shown(&value.value)
                    )
                }
                None if !known.contains(&value.value.as_str()) => {
                    let there = shown(&value.value);
                    format!("`{}` is `{there}`; expected {}", key.value, any_of(&known))
                }
                _ => continue,
            };
            self.report(value.span, &key.value, message);
        }
        let key = "scs:disk0-type";
        if let Some(said) =
            self.properties.disk0_type.filter(|_| self.flavor.property(key).is_none())
        {
            let message = format!("there is no `{key}`; the name `{name}` says `{said}`");
            self.report(self.flavor.place(), key, message);
        }
    }

    /// The properties that are texts.
    fn texts(&mut self) {
        let name = shown(self.flavor.label());
        let Properties { cpu_type, name_v1, name_v2, .. } = self.properties.clone();
        let said =
            [("scs:cpu-type", cpu_type), ("scs:name-v1", &name_v1), ("scs:name-v2", &name_v2)];
        for (key, said) in said {
            let differs = |it: &&Placed<String>| it.value != said;
            if let Some(it) = self.flavor.property(key).filter(differs) {
                let there = shown(&it.value);
                let message =
                    format!("`{key}` is `{there}`; from the name `{name}` follows `{said}`");
                self.report(it.span, key, message);
            }
        }
    }

    /// What every flavor has to have.
    fn missing(&mut self) {
        let flavor = self.flavor;
        let has = |key: &str| match key {
            "cpus" => flavor.cpus.is_some() || flavor.is_unread(key),
            "ram" => flavor.ram.is_some() || flavor.is_unread(key),
            key => flavor.property(key).is_some(),
        };
        let needed = ["cpus", "ram", "scs:cpu-type", "scs:name-v1", "scs:name-v2"];
        let missing: Vec<&str> = needed.into_iter().filter(|key| !has(key)).collect();
        if missing.is_empty() {
            return;
        }
        let label = flavor.label();
        let subjects: Vec<String> = missing.iter().map(|key| format!("{label} {key}")).collect();
        let message = format!("`{}` lacks {}", shown(label), all_of(&missing));
        self.sink.report_in(&self.file.path, flavor.place(), subjects.join(", "), message);
    }
}

/// The number of the disk that `scs:diskN-type` is about.
fn disk_number(key: &str) -> Option<u32> {
    key.strip_prefix("scs:disk")?.strip_suffix("-type")?.parse().ok()
}
