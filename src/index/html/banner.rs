//! What a reader must know of a document before reading it: whether it is in effect.

use super::Site;
use super::layout::{link, plain, state_name};
use crate::document::{Document, Flaw};
use crate::index::{Series, Version, is_incomplete};
use crate::model::{Kind, State};

/// What to say above a document; nothing above one that is in effect, if nothing else is.
pub(super) fn banners(site: &Site<'_, '_>, document: &Document) -> String {
    let series = site.series_of(document).map(|(series, _)| series);
    let version =
        series.and_then(|it| it.versions.iter().find(|it| it.document.path == document.path));
    let mut text = String::new();
    let mut say = |class: &str, words: &str| {
        text.push_str(&format!("<p class=\"banner {class}\">{words}</p>\n"));
    };
    match (version, series) {
        (Some(version), Some(series)) => {
            if let Some(words) = of_version(site, version, series) {
                say(state_name(version.state), &words);
            }
        }
        _ if document.kind() == Kind::Supplement => {
            say("supplement", "This is a supplement: it explains, and requires nothing.");
        }
        _ => {}
    }
    if is_incomplete(document) {
        say("unknown", "A part of the metadata of this document is missing or not valid.");
    }
    for flaw in &document.flaws {
        say(
            "unknown",
            match flaw {
                Flaw::NotAFile => "This is no regular file, and was not read.",
                Flaw::NotUtf8 { .. } => {
                    "This file is not UTF-8; what could not be read is shown as ?."
                }
                Flaw::Nul { .. } => "This file has NUL bytes in it.",
            },
        );
    }
    text
}

fn of_version(site: &Site<'_, '_>, version: &Version<'_>, series: &Series<'_>) -> Option<String> {
    let document = version.document;
    let meta = &document.meta;
    let name = plain(&version.name);
    let others = others_in_effect(site, document, series);
    let others = (!others.is_empty()).then(|| are_in_effect(&others));
    let on = |date: Option<crate::model::Date>| {
        date.map(|it| format!(" on <time>{it}</time>")).unwrap_or_default()
    };
    let and = |others: Option<String>, none: &str| {
        others.map_or_else(|| none.to_owned(), |it| format!("; {it}"))
    };
    Some(match version.state {
        None => format!("{name} has no valid status{}.", and(others, "")),
        Some(State::Draft) => {
            format!("{name} is a draft, and not in effect{}.", and(others, ""))
        }
        Some(State::Upcoming) => {
            let from = meta.stabilized_at.map(|it| format!(" from <time>{it}</time> on"));
            format!(
                "{name} is in effect{}, and not before{}.",
                from.unwrap_or_default(),
                and(others, "")
            )
        }
        Some(State::Deprecated) => {
            let none = "; no other version is in effect";
            format!("{name} was deprecated{}{}.", on(meta.deprecated_at), and(others, none))
        }
        Some(State::Rejected) => {
            format!("{name} was rejected{}{}.", on(meta.rejected_at), and(others, ""))
        }
        Some(State::Effective) => {
            let newer = newer_in_effect(site, document, series);
            let until = meta.deprecated_at.filter(|_| version.ends);
            match (until, newer.is_empty()) {
                (None, true) => return None,
                (None, false) => {
                    format!("{name} is in effect, and superseded: {}.", are_in_effect(&newer))
                }
                (Some(date), true) => {
                    format!(
                        "{name} is in effect until <time>{date}</time>, and deprecated from then on."
                    )
                }
                (Some(date), false) => format!(
                    "{name} is in effect until <time>{date}</time>, and deprecated from then on; {}.",
                    are_in_effect(&newer)
                ),
            }
        }
    })
}

/// Links to the other versions in effect, and to what replaced the document under another number.
fn others_in_effect(site: &Site<'_, '_>, document: &Document, series: &Series<'_>) -> Vec<String> {
    let others = series.in_state(State::Effective).filter(|it| it.document.path != document.path);
    let others = others.map(|it| link(site, it.document, &it.name));
    others.chain(successors(site, document, series)).collect()
}

fn newer_in_effect(site: &Site<'_, '_>, document: &Document, series: &Series<'_>) -> Vec<String> {
    let version = |document: &Document| document.name.as_ref().ok().map(|it| it.version);
    let newer = series.in_state(State::Effective);
    let newer = newer.filter(|it| version(it.document) > version(document));
    let newer = newer.map(|it| link(site, it.document, &it.name));
    newer.chain(successors(site, document, series)).collect()
}

/// What replaced a document under another number, and is in effect.
fn successors(site: &Site<'_, '_>, document: &Document, series: &Series<'_>) -> Vec<String> {
    let corpus = site.index.corpus;
    let named = document.meta.replaced_by.iter().filter_map(|it| corpus.find(&it.file));
    let mut all: Vec<&Document> = named.chain(corpus.replacing(document)).collect();
    all.retain(|it| {
        let is_own = series.versions.iter().any(|own| own.document.path == it.path);
        !is_own && site.state_of(it) == Some(State::Effective)
    });
    all.sort_by_key(|it| &it.path);
    all.dedup_by_key(|it| &it.path);
    all.iter().map(|it| link(site, it, &it.label())).collect()
}

/// `v3 is in effect`, `v2 and v3 are in effect`
fn are_in_effect(links: &[String]) -> String {
    match links {
        [one] => format!("{one} is in effect"),
        [most @ .., last] => format!("{} and {last} are in effect", most.join(", ")),
        [] => String::new(),
    }
}
