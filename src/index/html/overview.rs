//! The overview: a table for each track.

use std::collections::BTreeSet;

use super::layout::{Page, badge, bdi, escaped, link, plain, state_name, title};
use super::{HOME, Site};
use crate::document::Document;
use crate::index::{Section, Series, is_incomplete, stem};
use crate::model::{DocType, State, Track, Vocabulary as _};
use crate::text::shown;

const INTRODUCTION: &str = "<p><em>Draft</em>: in development. <em>Upcoming</em>: stable, in effect from the \
    date on. <em>Effective</em>: in effect; with a date, until that day. <em>Deprecated</em>: no longer in \
    effect. <em>Rejected</em>: not part of the standards. <em>Supplements</em> are explanations that require \
    nothing.</p>\n";

/// The states that can be asked for.
const STATES: [State; 5] =
    [State::Draft, State::Upcoming, State::Effective, State::Deprecated, State::Rejected];

pub(super) fn page(site: &Site<'_, '_>) -> String {
    let mut main = String::from("<h1>Standards</h1>\n");
    main.push_str(INTRODUCTION);
    if site.index.sections.is_empty() {
        main.push_str("<p>There are no documents.</p>\n");
    } else {
        main.push_str(&form(site));
    }
    for section in &site.index.sections {
        main.push_str(&self::section(site, section));
    }
    main.push_str(&unreadable(site));
    Page { title: "Standards", file: HOME, main, script: true }.html(site)
}

/// The filter, which the script shows.
fn form(site: &Site<'_, '_>) -> String {
    let tracks: BTreeSet<Option<Track>> = site.index.sections.iter().map(|it| it.track).collect();
    let tracks = tracks.into_iter().map(|it| it.map_or("none", Track::name));
    let types = DocType::ALL.iter().map(|it| it.name());
    let states = STATES.iter().map(|it| it.name());
    let total = site.index.series().map(|it| 1 + it.supplements.len()).sum::<usize>();
    format!(
        "<form id=\"filter\" class=\"filter\" role=\"search\" aria-label=\"Documents\" hidden>\n\
        <div class=\"field grow\"><label for=\"q\">Search</label>\
        <input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></div>\n\
        {}{}{}<div class=\"field\"><button type=\"reset\">Clear</button></div>\n\
        <p id=\"hits\" class=\"hits\" role=\"status\" aria-live=\"polite\">{}</p>\n</form>\n",
        select("track", "Track", "All tracks", tracks),
        select("type", "Type", "All types", types),
        select("state", "State", "All states", states),
        if total == 1 { "1 entry".to_owned() } else { format!("{total} entries") },
    )
}

fn select<'v>(name: &str, label: &str, all: &str, values: impl Iterator<Item = &'v str>) -> String {
    let options: String =
        values.map(|it| format!("<option value=\"{it}\">{it}</option>")).collect();
    format!(
        "<div class=\"field\"><label for=\"{name}\">{label}</label><select id=\"{name}\" name=\"{name}\">\
        <option value=\"\">{all}</option>{options}</select></div>\n"
    )
}

fn section(site: &Site<'_, '_>, section: &Section<'_>) -> String {
    let (name, folder) = (section.name(), section.folder());
    let rows: String = section.series.iter().map(|it| rows(site, section, it)).collect();
    let columns = ["Number", "Title", "Type", "Versions"];
    let columns = columns.map(|it| format!("<th scope=\"col\">{it}</th>")).concat();
    format!(
        "<section class=\"track\" aria-labelledby=\"track.{folder}\">\n<h2 id=\"track.{folder}\">{name}</h2>\n\
        <table class=\"overview\"><caption class=\"hidden\">Documents of the track {name}</caption>\
        <thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n</section>\n"
    )
}

/// The row of a series, and those of its supplements.
fn rows(site: &Site<'_, '_>, section: &Section<'_>, series: &Series<'_>) -> String {
    let page = site.page_of_series(series);
    let track = section.track.map_or("none", Track::name);
    let types: BTreeSet<&str> =
        series.versions.iter().filter_map(|it| Some(it.document.meta.doc_type?.name())).collect();
    let types: Vec<&str> = types.into_iter().collect();
    let states: Vec<&str> = series.versions.iter().map(|it| state_name(it.state)).collect();
    let badges: Vec<String> = series
        .versions
        .iter()
        .rev()
        .map(|it| {
            let mark = if is_incomplete(it.document) { incomplete() } else { "" };
            format!("<li>{}{mark}</li>", badge(site, it))
        })
        .collect();
    let versions = if badges.is_empty() {
        "none".to_owned()
    } else {
        format!("<ul class=\"badges\">{}</ul>", badges.concat())
    };
    let mut rows = format!(
        "<tr data-track=\"{track}\" data-type=\"{}\" data-state=\"{}\" data-text=\"{}\"><th scope=\"row\"><a href=\"{page}\">{}</a></th>\
        <td class=\"title\">{}</td><td>{}</td><td>{versions}</td></tr>\n",
        types.join(","),
        states.join(" "),
        names(series.versions.iter().map(|it| it.document)),
        plain(&series.label),
        bdi(&series.title),
        if types.is_empty() { "–".to_owned() } else { types.join(", ") },
    );
    rows.extend(series.supplements.iter().map(|it| supplement(site, it, series, track)));
    rows
}

/// A supplement has no state.
fn supplement(
    site: &Site<'_, '_>,
    document: &Document,
    series: &Series<'_>,
    track: &str,
) -> String {
    let mark = if is_incomplete(document) { incomplete() } else { "" };
    let name = series.name_of(document);
    // The number of another standard is in the name already.
    let number = if name.starts_with("scs-") { "" } else { &series.label };
    format!(
        "<tr class=\"supplement\" data-track=\"{track}\" data-type=\"Supplement\" data-state=\"\" data-text=\"{}\">\
        <th scope=\"row\"><span class=\"hidden\">{} </span>{}</th>\
        <td class=\"title\">{}{mark}</td><td>Supplement</td><td></td></tr>\n",
        names([document].into_iter()),
        plain(number),
        link(site, document, &name),
        title(document),
    )
}

/// What people look for besides: names of files.
fn names<'d>(documents: impl Iterator<Item = &'d Document>) -> String {
    let names: Vec<String> = documents.map(|it| escaped(&shown(stem(it)))).collect();
    names.join(" ")
}

fn incomplete() -> &'static str {
    " <span class=\"mark\">metadata incomplete</span>"
}

/// What could not be read.
fn unreadable(site: &Site<'_, '_>) -> String {
    let unreadable = &site.index.corpus.unreadable;
    if unreadable.is_empty() {
        return String::new();
    }
    let items: String = unreadable
        .iter()
        .map(|it| format!("<li><code>{}</code></li>", escaped(&shown(&it.path))))
        .collect();
    format!("<section>\n<h2>Not readable</h2>\n<ul>{items}</ul>\n</section>\n")
}
