//! `flavor-name`: see `flavor_name.md`.

use crate::corpus::data::{Content, FlavorEntry};
use crate::corpus::{Corpus, DataFile};
use crate::document::Placed;
use crate::document::Span;
use crate::finding::Level;
use crate::model::Flavor;
use crate::model::flavor::name_v2;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "flavor-name",
    level: Level::Error,
    reference: "scs-0100-v1#flavor-names",
    templates: false,
    page: include_str!("flavor_name.md"),
    check: Check::Data(check),
};

fn check(file: &DataFile, _: &Corpus, sink: &mut Sink<'_>) {
    let Content::Flavors(flavors) = &file.content else { return };
    for flavor in flavors {
        judge(file, flavor, sink);
    }
}

fn judge(file: &DataFile, flavor: &FlavorEntry, sink: &mut Sink<'_>) {
    // Whatever does not begin like a name of the scheme may be called as one likes.
    let is_meant = |name: &&Placed<String>| {
        name.value.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("scs"))
    };
    if let Some(name) = flavor.name.as_ref().filter(is_meant) {
        report(file, name, &name.value, sink);
    }
    for (key, name) in &flavor.properties {
        // That of version 1 of the scheme has to follow from the name: `flavor-consistency`.
        let is_name = key.value.starts_with("scs:name-v") && key.value != "scs:name-v1";
        let is_said = flavor.name.as_ref().is_some_and(|it| it.value == name.value);
        let of_version_1 =
            key.value != "scs:name-v2" && Flavor::parse(&name_v2(&name.value)).is_ok();
        if is_name && !is_said && !of_version_1 {
            report(file, name, &format!("{} {}", flavor.label(), key.value), sink);
        }
    }
}

fn report(file: &DataFile, name: &Placed<String>, subject: &str, sink: &mut Sink<'_>) {
    let Err(error) = Flavor::parse(&name.value) else { return };
    let written = name.span.of(&file.text);
    let begins = written.find(name.value.as_str()).map(|at| name.span.start + at);
    // From where it is wrong to the end, where that is to be seen.
    let wrong = begins.map(|at| Span::new(at + error.at(), at + name.value.len()));
    let span = wrong.filter(|span| span.start < span.end).unwrap_or(name.span);
    let shown = shortened(&name.value, 60);
    let message =
        format!("`{shown}` is no name of a flavor: {}, expected {}", error.place(), error.expected);
    let finding = sink.report_in(&file.path, span, shortened(subject, 200), message);
    if let Some(slip) = error.slip {
        finding.help(slip);
    }
}
