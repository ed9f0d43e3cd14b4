//! A calendar of dates to come (iCalendar, RFC 5545): an event of a day for each.

use std::fmt::Write as _;

use super::{Index, title_of};
use crate::document::Document;
use crate::model::{Date, State};
use crate::text::shown;

/// The longest line, in bytes without the line end (section 3.1).
const LONGEST: usize = 75;

/// What stands in a calendar without events: the time zone that its dates need not.
const NO_EVENT: [&str; 8] = [
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// The calendar: documents that come into effect, and that go out of it, after the day of the index.
#[must_use]
pub fn ics(index: &Index<'_>) -> String {
    let mut text = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//scs-doc//index//EN"] {
        line_of(line, &mut text);
    }
    let mut events: Vec<(Date, &str, &Document)> = Vec::new();
    for version in index.series().flat_map(|series| &series.versions) {
        let meta = &version.document.meta;
        let starts = meta.stabilized_at.filter(|_| version.state == Some(State::Upcoming));
        let may_end = version.ends || version.state == Some(State::Upcoming);
        let ends = meta.deprecated_at.filter(|date| may_end && *date > index.corpus.as_of);
        let dates = [(starts, "comes into effect"), (ends, "goes out of effect")];
        let told =
            dates.into_iter().filter_map(|(date, what)| Some((date?, what, version.document)));
        events.extend(told);
    }
    if events.is_empty() {
        // A calendar has at least one component (section 3.6).
        for line in NO_EVENT {
            line_of(line, &mut text);
        }
    }
    events.sort_by_key(|(date, what, document)| (*date, document.path.as_str(), *what));
    for (date, what, document) in events {
        event(index, date, what, document, &mut text);
    }
    line_of("END:VCALENDAR", &mut text);
    text
}

fn event(index: &Index<'_>, date: Date, what: &str, document: &Document, text: &mut String) {
    let day = date.to_string().replace('-', "");
    let url = index.url_of(document);
    let summary = format!("{} {} {what}", document.label(), title_of(document));
    let uid = format!("{}/{}", what.replace(' ', "-"), url.split("://").last().unwrap_or(&url));
    line_of("BEGIN:VEVENT", text);
    line_of(&format!("UID:{}", escaped(&uid)), text);
    // It has to be there (section 3.6.1). When this was made is not told: the same documents give the
    // same calendar.
    line_of("DTSTAMP:19700101T000000Z", text);
    line_of(&format!("DTSTART;VALUE=DATE:{day}"), text);
    line_of(&format!("SUMMARY:{}", escaped(&summary)), text);
    line_of(&format!("URL:{}", shown(&url)), text);
    line_of("TRANSP:TRANSPARENT", text);
    line_of("END:VEVENT", text);
}

/// A text as a value (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in shown(text).chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A content line, folded where it is too long.
fn line_of(line: &str, text: &mut String) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > LONGEST {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    let _ = write!(text, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut text = String::new();
        line_of(&"ä".repeat(80), &mut text);
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("{}\r\n", "ä".repeat(80)));
    }

    #[test]
    fn nothing_ends_a_value() {
        assert_eq!(escaped("a, b; c\\d"), "a\\, b\\; c\\\\d");
    }
}
