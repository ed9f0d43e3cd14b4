//! From when to when a version counts (scs-0003, *Timeline*).

use crate::corpus::Manifest;
use crate::model::{Date, Validity};

/// A time in which a version counts for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    /// Its first day.
    pub from: Date,
    /// The first day after it; none where it goes on.
    pub until: Option<Date>,
    /// What it counts for.
    pub validity: Validity,
}

impl Phase {
    /// Whether a day lies in it.
    #[must_use]
    pub fn has(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The phases of a version, in order, from the first one on that the timeline has for it. One that
/// an entry does not name is deprecated in it.
#[must_use]
pub fn phases(manifest: &Manifest, version: &str) -> Vec<Phase> {
    let mut periods: Vec<(Date, Option<Validity>)> = manifest
        .timeline
        .iter()
        .filter_map(|period| {
            let named = period.versions.iter().find(|(name, _)| name.value == version);
            Some((period.date.as_ref()?.value, named.map(|(_, validity)| validity.value)))
        })
        .collect();
    periods.sort_by_key(|(date, _)| *date);
    let mut phases: Vec<Phase> = Vec::new();
    for (from, validity) in periods {
        let validity = match (validity, phases.last()) {
            // Before it is named it did not exist.
            (None, None) => continue,
            (validity, _) => validity.unwrap_or(Validity::Deprecated),
        };
        if phases.last().is_some_and(|it| it.validity == validity) {
            continue;
        }
        if let Some(last) = phases.last_mut() {
            last.until = Some(from);
        }
        phases.push(Phase { from, until: None, validity });
    }
    phases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_counts_from_its_first_entry_on() {
        let timeline = "timeline:\n- date: 2026-03-01\n  versions: {v2: effective}\n\
            - date: 2025-01-01\n  versions: {v1: effective}\n\
            - date: 2026-01-01\n  versions: {v2: effective, v1: warn}\n\
            - date: 2025-06-01\n  versions: {v2: draft, v1: effective}\n";
        let manifest = Manifest::read("m.yaml", timeline.to_owned());
        let told = |version: &str| -> Vec<String> {
            let told = phases(&manifest, version);
            told.iter().map(|it| format!("{} {}", it.from, it.validity)).collect()
        };
        assert_eq!(
            told("v1"),
            ["2025-01-01 effective", "2026-01-01 warn", "2026-03-01 deprecated"]
        );
        assert_eq!(told("v2"), ["2025-06-01 draft", "2026-01-01 effective"]);
        assert_eq!(told("v3").len(), 0);
        let warned = phases(&manifest, "v1")[1];
        let day = |text: &str| Date::parse(text).unwrap();
        assert!(warned.has(day("2026-02-28")) && !warned.has(day("2026-03-01")));
    }
}
