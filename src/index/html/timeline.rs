//! A picture of all versions in the order of time, for each track.

use std::fmt::Write as _;

use super::layout::{Page, escaped, link, plain, state_name, state_words, table};
use super::{Site, TIMELINE};
use crate::index::{Section, Series, Version};
use crate::model::{Date, State};
use crate::text::{counted, shortened};

/// Lengths of the picture, in its own unit.
const LABEL: i32 = 250;
const CHART: i32 = 750;
const ROW: i32 = 22;
const HEAD: i32 = 28;

/// The longest name beside a bar, in characters.
const LONGEST_LABEL: usize = 24;

/// A part of the life of a version.
struct Bar {
    class: &'static str,
    from: Date,
    to: Date,
}

/// The years that are shown.
#[derive(Clone, Copy)]
struct Scale {
    first: i32,
    last: i32,
    start: Date,
    days: i32,
    today: Date,
}

pub(super) fn page(site: &Site<'_, '_>) -> String {
    let mut main = String::from(
        "<h1>Timeline</h1>\n<p>From when to when each version was a draft (narrow bar, as far as git tells), \
        in effect (wide bar), or is going to be (hatched). The line is the day of this page. Each picture has its \
        dates as a table below it.</p>\n",
    );
    for section in &site.index.sections {
        if let Some(scale) = Scale::of(site, section) {
            main.push_str(&self::section(site, section, scale));
        }
    }
    if site.index.sections.is_empty() {
        main.push_str("<p>There are no documents.</p>\n");
    }
    Page { title: "Timeline", file: TIMELINE, main, script: false }.html(site)
}

fn section(site: &Site<'_, '_>, section: &Section<'_>, scale: Scale) -> String {
    let name = section.name();
    format!(
        "<section aria-labelledby=\"track.{0}\">\n<h2 id=\"track.{0}\">{name}</h2>\n\
        <div class=\"scroll\" role=\"group\" aria-label=\"Timeline of {name}\" tabindex=\"0\">\n{1}</div>\n\
        <details><summary>The dates of {name} as a table</summary>\n{2}</details>\n</section>\n",
        section.folder(),
        picture(site, section, scale),
        dates(site, section),
    )
}

fn rows<'v, 'c>(
    section: &'v Section<'c>,
) -> impl Iterator<Item = (&'v Series<'c>, &'v Version<'c>)> {
    section.series.iter().flat_map(|series| series.versions.iter().map(move |it| (series, it)))
}

fn picture(site: &Site<'_, '_>, section: &Section<'_>, scale: Scale) -> String {
    let (folder, name) = (section.folder(), section.name());
    let count = i32::try_from(rows(section).count()).unwrap_or(i32::MAX / ROW / 2);
    let (width, height) = (LABEL + CHART, HEAD + count * ROW + 6);
    let mut svg = format!(
        "<svg class=\"timeline\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"svg.{folder} about.{folder}\">\n\
        <title id=\"svg.{folder}\">Timeline of {name}</title>\n\
        <desc id=\"about.{folder}\">{} from {} to {}; the table below has the same dates.</desc>\n\
        <defs><pattern id=\"hatch.{folder}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
        <rect class=\"hatch\" width=\"3\" height=\"6\"/></pattern></defs>\n",
        counted(rows(section).count(), "version"),
        scale.first,
        scale.last,
    );
    let mut y = HEAD;
    for (at, series) in section.series.iter().enumerate() {
        let rows = i32::try_from(series.versions.len()).unwrap_or_default() * ROW;
        if at % 2 == 0 {
            let _ = writeln!(
                svg,
                "<rect class=\"stripe\" x=\"0\" y=\"{y}\" width=\"{width}\" height=\"{rows}\"/>"
            );
        }
        y += rows;
    }
    for year in scale.first..=scale.last {
        let x = Date::parse(&format!("{year:04}-01-01")).map_or(LABEL, |date| scale.x(date));
        let _ = writeln!(
            svg,
            "<path class=\"grid\" d=\"M{x} {}V{height}\"/><text class=\"year\" x=\"{}\" y=\"18\">{year}</text>",
            HEAD - 6,
            x + 4
        );
    }
    for (at, (series, version)) in (0..).zip(rows(section)) {
        row(site, &mut svg, (series, version), (HEAD + at * ROW, scale, &folder));
    }
    let today = scale.x(scale.today);
    let _ = writeln!(svg, "<path class=\"today\" d=\"M{today} {}V{height}\"/>", HEAD - 6);
    svg + "</svg>\n"
}

fn row(
    site: &Site<'_, '_>,
    svg: &mut String,
    (series, version): (&Series<'_>, &Version<'_>),
    (y, scale, folder): (i32, Scale, &str),
) {
    let name = shortened(&series.label, LONGEST_LABEL);
    let label = match series.number {
        Some(_) => format!("{} {}", plain(&name), plain(&version.name)),
        None => plain(&name),
    };
    let state = state_name(version.state);
    let _ = writeln!(
        svg,
        "<text x=\"6\" y=\"{0}\">{label}</text><text class=\"state\" x=\"{1}\" y=\"{0}\">{state}</text>",
        y + 15,
        LABEL - 8
    );
    for Bar { class, from, to } in bars(site, version) {
        let (x, end) = (scale.x(from), scale.x(to));
        let (top, height) = if class == "draft" { (y + 8, 6) } else { (y + 4, 14) };
        let fill = if class == "upcoming" {
            format!(" fill=\"url(#hatch.{folder})\"")
        } else {
            String::new()
        };
        let width = (end - x).max(3);
        let _ = writeln!(
            svg,
            "<rect class=\"bar {class}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"2\"{fill}/>"
        );
    }
}

/// The parts of the life of a version, as far as dates tell.
fn bars(site: &Site<'_, '_>, version: &Version<'_>) -> Vec<Bar> {
    let today = site.index.corpus.as_of;
    let meta = &version.document.meta;
    let end = meta.deprecated_at.or(meta.rejected_at);
    let added = site.life(version.document).and_then(|life| life.events.first()).map(|it| it.date);
    let mut bars = Vec::new();
    if let Some(from) = added {
        let to = meta.stabilized_at.or(end).unwrap_or(today).min(today);
        if from <= to {
            bars.push(Bar { class: "draft", from, to });
        }
    }
    if let Some(from) = meta.stabilized_at {
        let to = end.unwrap_or(today);
        let class = if to < today || version.state == Some(State::Deprecated) {
            "deprecated"
        } else {
            "effective"
        };
        if from <= to.min(today) {
            bars.push(Bar { class, from, to: to.min(today) });
        }
        let (from, to) = (from.max(today), end.or_else(|| later(today)).unwrap_or(today));
        if from > today || to > today && end.is_some() {
            bars.push(Bar { class: "upcoming", from, to: to.max(from) });
        }
    }
    bars
}

/// The end of the year.
fn later(day: Date) -> Option<Date> {
    Date::parse(&format!("{:04}-12-31", year(day)))
}

fn year(day: Date) -> i32 {
    day.to_string().get(..4).and_then(|year| year.parse().ok()).unwrap_or_default()
}

impl Scale {
    /// All dates of a track; `None` where it has no versions.
    fn of(site: &Site<'_, '_>, section: &Section<'_>) -> Option<Scale> {
        rows(section).next()?;
        let today = site.index.corpus.as_of;
        let bars = rows(section).flat_map(|(_, version)| bars(site, version));
        let (mut first, mut last) = (year(today), year(today));
        for bar in bars {
            // Further away lie slips of the pen.
            first = first.min(year(bar.from)).max(year(today) - 20);
            last = last.max(year(bar.to)).min(year(today) + 5);
        }
        let start = Date::parse(&format!("{first:04}-01-01"))?;
        let days = start.days_until(Date::parse(&format!("{last:04}-12-31"))?).max(1);
        Some(Scale { first, last, start, days, today })
    }

    fn x(self, day: Date) -> i32 {
        LABEL + self.start.days_until(day).clamp(0, self.days) * CHART / self.days
    }
}

/// The same in words.
fn dates(site: &Site<'_, '_>, section: &Section<'_>) -> String {
    let date =
        |date: Option<Date>| date.map_or_else(|| "–".to_owned(), |it| format!("<time>{it}</time>"));
    let row = |(series, version): (&Series<'_>, &Version<'_>)| {
        let meta = &version.document.meta;
        let added = site.life(version.document).and_then(|life| life.events.first());
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            link(site, version.document, &format!("{} {}", series.label, version.name)),
            date(added.map(|it| it.date)),
            date(meta.stabilized_at),
            date(meta.deprecated_at.or(meta.rejected_at)),
            escaped(&state_words(version)),
        )
    };
    let rows: String = rows(section).map(row).collect();
    let columns = ["Version", "Added", "In effect from", "Until", "State"];
    table(&format!("Dates of {}", section.name()), &columns, &rows)
}
