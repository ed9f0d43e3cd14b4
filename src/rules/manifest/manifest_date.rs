//! `manifest-date`: see `manifest_date.md`.

use std::collections::HashMap;

use crate::corpus::manifest::{Manifest, Period, Version};
use crate::corpus::scope::Describing;
use crate::corpus::{Corpus, Scope};
use crate::document::Placed;
use crate::document::Span;
use crate::finding::Level;
use crate::model::{Date, State, Validity};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-date",
    level: Level::Error,
    reference: "scs-0003-v1#timeline",
    templates: false,
    page: include_str!("manifest_date.md"),
    check: Check::Scopes(check),
};

fn check(scopes: &[Scope<'_>], corpus: &Corpus, sink: &mut Sink<'_>) {
    for manifest in &corpus.manifests {
        unstable(manifest, sink);
        let timeline = timeline(manifest);
        let describing = Describing::of(scopes, manifest);
        for version in &manifest.versions {
            let Some(name) = &version.version else { continue };
            if let Some(scope) = describing.version(&name.value) {
                stabilized(manifest, version, name, scope, sink);
                dated(manifest, &timeline, name, scope, sink);
            }
        }
    }
}

/// Reports what counts for certificates before it is stable.
fn unstable(manifest: &Manifest, sink: &mut Sink<'_>) {
    let stable: HashMap<&str, Option<Date>> = manifest
        .versions
        .iter()
        .filter_map(|it| {
            Some((
                it.version.as_ref()?.value.as_str(),
                it.stabilized_at.as_ref().map(|it| it.value),
            ))
        })
        .collect();
    for period in &manifest.timeline {
        let Some(day) = period.date.as_ref().map(|it| it.value) else { continue };
        for (name, validity) in &period.versions {
            let counts = matches!(validity.value, Validity::Effective | Validity::Warn);
            let Some(since) = stable.get(name.value.as_str()).filter(|_| counts) else { continue };
            let why = match since {
                None => "has no `stabilized_at`".to_owned(),
                Some(since) if *since > day => format!("is stable since {since}"),
                Some(_) => continue,
            };
            let message =
                format!("version `{}` is {} from {day} on and {why}", name.value, validity.value);
            sink.report_in(
                &manifest.path,
                validity.span,
                format!("{}: {day} unstable", name.value),
                message,
            );
        }
    }
}

/// The dates on which the version and its document became stable.
fn stabilized(
    manifest: &Manifest,
    version: &Version,
    name: &Placed<String>,
    scope: &Scope<'_>,
    sink: &mut Sink<'_>,
) {
    let here = version.stabilized_at.as_ref();
    let there = scope.document.meta.stabilized_at;
    let label = scope.document.label();
    let (span, message) = match (here, there) {
        (Some(here), Some(there)) if here.value != there => (
            here.span,
            format!(
                "version `{}` is stable since {}, {label} since {there}",
                name.value, here.value
            ),
        ),
        (Some(here), None) => (
            here.span,
            format!("version `{}` is stable since {}, {label} is not", name.value, here.value),
        ),
        (None, Some(there)) => (
            name.span,
            format!(
                "version `{}` has no `stabilized_at`, {label} is stable since {there}",
                name.value
            ),
        ),
        _ => return,
    };
    let finding =
        sink.report_in(&manifest.path, span, format!("{}: stabilized_at", name.value), message);
    if let Some(field) = scope.document.front.get("stabilized_at") {
        finding.related(scope.document, field.value.span, "the date of the document");
    }
}

/// An entry of the timeline with a date, and what it says by version.
struct Dated<'m> {
    date: Date,
    period: &'m Period,
    named: HashMap<&'m str, &'m Placed<Validity>>,
}

/// The timeline in the order of time.
fn timeline(manifest: &Manifest) -> Vec<Dated<'_>> {
    let dated = manifest.timeline.iter().filter_map(|period| {
        // Of several with one name, the first counts.
        let named = period.versions.iter().rev().map(|(name, it)| (name.value.as_str(), it));
        Some(Dated { date: period.date.as_ref()?.value, period, named: named.collect() })
    });
    let mut dated: Vec<Dated<'_>> = dated.collect();
    dated.sort_by_key(|it| it.date);
    dated
}

/// What the timeline says of a version, compared on each day on which something changes: at the
/// start of a period, and on the dates of the document. What was before the oldest period has been
/// pruned.
fn dated(
    manifest: &Manifest,
    timeline: &[Dated<'_>],
    name: &Placed<String>,
    scope: &Scope<'_>,
    sink: &mut Sink<'_>,
) {
    let Some(oldest) = timeline.first().map(|it| it.date) else { return };
    let meta = &scope.document.meta;
    let own =
        [meta.stabilized_at, meta.deprecated_at].into_iter().flatten().filter(|it| *it >= oldest);
    let mut days: Vec<Date> = timeline.iter().map(|it| it.date).chain(own).collect();
    days.sort_unstable();
    days.dedup();
    let mut told: Option<String> = None;
    for day in days {
        let until = timeline.partition_point(|it| it.date <= day);
        let Some(Dated { date: start, period, named }) =
            until.checked_sub(1).and_then(|at| timeline.get(at))
        else {
            continue;
        };
        let start = *start;
        let entry = named.get(name.value.as_str()).copied();
        let state = scope.document.state_on(day);
        let Some(expected) = state.filter(|state| !agrees(entry.map(|it| it.value), *state)) else {
            told = None;
            continue;
        };
        let says = entry
            .map_or_else(|| "does not name it".to_owned(), |it| format!("says `{}`", it.value));
        let what = format!("{says}; {} is {}", scope.document.label(), expected.name());
        // The same disagreement goes on from one day to the next; it is one.
        if told.replace(what.clone()).is_some_and(|it| it == what) {
            continue;
        }
        let span: Span = entry
            .map_or_else(|| period.date.as_ref().map_or(period.span, |it| it.span), |it| it.span);
        let entry = if start == day { String::new() } else { format!("the entry of {start} ") };
        let message = format!(
            "version `{}` on {day}: {entry}{}{what}",
            name.value,
            if entry.is_empty() { "the timeline " } else { "" }
        );
        sink.report_in(&manifest.path, span, format!("{}: {day}", name.value), message);
    }
}

/// Whether a validity goes with the state of the document on the same day. What is not named counts
/// as deprecated.
fn agrees(validity: Option<Validity>, state: State) -> bool {
    match state {
        State::Effective => matches!(validity, Some(Validity::Effective | Validity::Warn)),
        State::Draft | State::Upcoming => matches!(validity, None | Some(Validity::Draft)),
        State::Deprecated | State::Rejected => {
            matches!(validity, None | Some(Validity::Deprecated))
        }
    }
}
