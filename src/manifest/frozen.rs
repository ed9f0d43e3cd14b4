//! Stable versions do not change (scs-0003, *Versions*).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Built;
use crate::corpus::manifest::Manifest;
use crate::model::{Date, Validity};

/// What a version means: its modules with the values of their parameters and the test cases that
/// have to pass.
type Meaning<'m> = BTreeMap<&'m str, (BTreeSet<(&'m str, &'m str)>, BTreeSet<&'m str>)>;

/// What a build would alter of the manifest that is there and must not: stable versions, and entries
/// of the timeline up to a day. A line for each difference.
#[must_use]
pub fn altered(there: &Manifest, built: &Built, today: Date) -> Vec<String> {
    let mut lines = past(there, built, today);
    let modules = there.modules_by_id();
    let new_modules: HashMap<&str, _> = built.modules.iter().map(|it| (&*it.id, it)).collect();
    for version in &there.versions {
        let (Some(name), Some(date)) = (&version.version, &version.stabilized_at) else { continue };
        let name = name.value.as_str();
        if built.left_out.iter().any(|it| it == name) {
            continue;
        }
        let Some(new) = built.versions.iter().find(|it| it.name == name) else {
            lines.push(format!("{name}: it would be gone"));
            continue;
        };
        if new.stabilized_at != Some(date.value) {
            let day = new.stabilized_at.map_or_else(|| "none".to_owned(), |it| it.to_string());
            lines.push(format!("{name}: it would be stable since {day}, not {}", date.value));
        }
        let before: Meaning<'_> = version
            .include
            .iter()
            .map(|include| {
                let parameters =
                    include.parameters.iter().map(|(name, value)| (&*name.value, &*value.value));
                let module = modules.get(include.module.value.as_str());
                let targets = module.iter().flat_map(|it| &it.targets);
                let main = targets.filter(|it| it.name.value == "main");
                let main = main.flat_map(|it| &it.testcases).map(|it| &*it.value);
                (&*include.module.value, (parameters.collect(), main.collect()))
            })
            .collect();
        let after: Meaning<'_> = new
            .include
            .iter()
            .map(|(id, parameters)| {
                let parameters = parameters.iter().map(|(name, value)| (&**name, &**value));
                let module = new_modules.get(id.as_str());
                let targets = module.iter().flat_map(|it| &it.targets);
                let main = targets.filter(|(name, _)| *name == "main");
                let main = main.flat_map(|(_, ids)| ids).map(String::as_str);
                (&**id, (parameters.collect(), main.collect()))
            })
            .collect();
        compare(name, &before, &after, &mut lines);
    }
    lines
}

/// What past entries of the timeline would say differently. A draft counts for as much as what is not
/// named; what a build leaves out is pruned.
fn past(there: &Manifest, built: &Built, today: Date) -> Vec<String> {
    let mut lines = Vec::new();
    for period in &there.timeline {
        let Some(day) = period.date.as_ref().map(|it| it.value).filter(|it| *it <= today) else {
            continue;
        };
        let new = built.timeline.iter().find(|(date, _)| *date <= day);
        let new = new.map(|(_, versions)| versions.as_slice()).unwrap_or_default();
        for (name, validity) in &period.versions {
            let counts = |it: Validity| !matches!(it, Validity::Draft | Validity::Deprecated);
            let now = new.iter().find(|(it, _)| *it == name.value).map(|(_, it)| *it);
            let is_left_out = built.left_out.contains(&name.value);
            let same = now.is_some_and(|it| it == validity.value)
                || !counts(validity.value) && !now.is_some_and(counts);
            if !same && !is_left_out {
                let now = now.map_or_else(|| "not named".to_owned(), |it| it.to_string());
                lines.push(format!(
                    "timeline: {} was {} on {day} and would be {now}",
                    name.value, validity.value
                ));
            }
        }
    }
    lines
}

fn compare(name: &str, before: &Meaning<'_>, after: &Meaning<'_>, lines: &mut Vec<String>) {
    let mut say = |id: &str, what: String| lines.push(format!("{name}: {id}: {what}"));
    for (id, (parameters, main)) in before {
        let Some((new_parameters, new_main)) = after.get(id) else {
            say(id, "it would not be included any more".to_owned());
            continue;
        };
        for (parameter, value) in parameters.difference(new_parameters) {
            say(id, format!("the parameter {parameter} would not be {value} any more"));
        }
        for (parameter, value) in new_parameters.difference(parameters) {
            say(id, format!("the parameter {parameter} would be {value}"));
        }
        for case in main.difference(new_main) {
            say(id, format!("{case} would not have to pass any more"));
        }
        for case in new_main.difference(main) {
            say(id, format!("{case} would have to pass too"));
        }
    }
    for id in after.keys().filter(|id| !before.contains_key(*id)) {
        say(id, "it would be included too".to_owned());
    }
}
