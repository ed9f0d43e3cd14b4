//! The timeline: a new entry for each date of a document on which the entry in force is wrong.

use std::collections::{BTreeSet, HashMap};

use super::{Keeper, Place};
use crate::corpus::Scope;
use crate::corpus::manifest::Period;
use crate::corpus::scope::Describing;
use crate::manifest::yaml::scalar;
use crate::model::{Date, State, Validity};

/// Adds the entries that are missing. What is there stays: the timeline only grows.
pub(super) fn sync(keeper: &mut Keeper<'_>, describing: &Describing<'_, '_>) {
    let manifest = keeper.manifest;
    let timeline = manifest.timeline.iter();
    let mut periods: Vec<(Date, &Period)> =
        timeline.filter_map(|it| Some((it.date.as_ref()?.value, it))).collect();
    periods.sort_by_key(|(date, _)| *date);
    let Some((oldest, _)) = periods.first().copied() else { return };
    let names = manifest.versions.iter().filter_map(|it| it.version.as_ref());
    let named: Vec<(&str, &Scope<'_>)> = names
        .filter_map(|name| Some((name.value.as_str(), describing.version(&name.value)?)))
        .collect();
    let dates = named.iter().flat_map(|(_, it)| {
        [it.document.meta.stabilized_at, it.document.meta.deprecated_at].into_iter().flatten()
    });
    let days: BTreeSet<Date> = dates.filter(|it| *it >= oldest).collect();
    for day in days {
        let Some((start, period)) = periods.iter().rfind(|(date, _)| *date <= day).copied() else {
            continue;
        };
        let mut versions: Vec<(String, Validity)> = period
            .versions
            .iter()
            .map(|(name, validity)| (name.value.clone(), validity.value))
            .collect();
        if !correct(&mut versions, &named, day) || start == day {
            continue;
        }
        let mut item = vec![format!("date: {day}"), "versions:".to_owned()];
        item.extend(
            versions.iter().map(|(name, validity)| format!("  {}: {validity}", scalar(name))),
        );
        let what = format!("the timeline has an entry for {day}");
        // The newest stand at the top, as a rule.
        let newest_first =
            manifest.timeline.first().and_then(|it| it.date.as_ref()).is_none_or(|first| {
                manifest
                    .timeline
                    .last()
                    .and_then(|it| it.date.as_ref())
                    .is_none_or(|last| first.value >= last.value)
            });
        let (lines, order) = match newest_first {
            true => (keeper.lines.above(period.span, &item), Place::Above),
            false => (keeper.lines.below(period.span, &item), Place::Below),
        };
        match lines {
            Some(lines) => keeper.insert(lines, order, what),
            None => keeper.leave("timeline", &what),
        }
    }
}

/// Corrects what versions count for on a day; tells whether anything had to be. Versions that were
/// not named come first.
fn correct(
    versions: &mut Vec<(String, Validity)>,
    named: &[(&str, &Scope<'_>)],
    day: Date,
) -> bool {
    let places = versions.iter().enumerate().rev();
    let places: HashMap<String, usize> = places.map(|(at, (it, _))| (it.clone(), at)).collect();
    let (mut changed, mut added) = (false, Vec::new());
    for (name, scope) in named {
        let Some(state) = scope.document.state_on(day) else { continue };
        let at = places.get(*name).copied();
        let now = at.and_then(|at| versions.get(at)).map(|(_, validity)| *validity);
        let right = match (state, now) {
            (State::Effective, Some(Validity::Effective | Validity::Warn)) => continue,
            (State::Effective, _) => Validity::Effective,
            (State::Deprecated | State::Rejected, None | Some(Validity::Deprecated)) => continue,
            (State::Deprecated | State::Rejected, _) => Validity::Deprecated,
            (State::Draft | State::Upcoming, None | Some(Validity::Draft)) => continue,
            (State::Draft | State::Upcoming, _) => Validity::Draft,
        };
        changed = true;
        match at.and_then(|at| versions.get_mut(at)) {
            Some((_, validity)) => *validity = right,
            None => added.push(((*name).to_owned(), right)),
        }
    }
    added.append(versions);
    *versions = added;
    changed
}
