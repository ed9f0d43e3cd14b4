//! A feed of what happened to documents (Atom, RFC 4287): an entry for each transition.

use std::collections::HashMap;

use super::{Index, title_of};
use crate::document::Document;
use crate::model::Date;
use crate::status::{Chronicle, Event, Happening, NO_STATUS};
use crate::text::shown;
use crate::xml::xml;

/// A transition of a document.
struct Entry<'c> {
    document: &'c Document,
    date: Date,
    /// `Draft → Stable`
    what: String,
    /// What it became, as a part of the id.
    became: String,
    event: &'c Event,
}

/// The feed, the newest entry first. What is not committed has not happened yet. `author` is who
/// publishes the documents.
#[must_use]
pub fn atom(index: &Index<'_>, chronicle: &Chronicle, author: &str) -> String {
    let mut entries: Vec<Entry<'_>> = index
        .corpus
        .documents
        .iter()
        .filter_map(|document| Some((document, chronicle.life(&document.path)?)))
        .flat_map(|(document, life)| {
            life.events.iter().filter_map(move |event| Entry::of(document, event))
        })
        .collect();
    // What happened later to a document comes first, also within a day.
    entries.reverse();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.date));
    let newest = entries.first().map_or_else(|| "1970-01-01".to_owned(), |it| it.date.to_string());
    let site = xml(index.site_url);
    let mut text = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>{site}</id>
  <title>Transitions of standards</title>
  <updated>{newest}T00:00:00Z</updated>
  <author><name>{}</name></author>
  <link href="{site}"/>
"#,
        xml(author)
    );
    let ids = ids(&entries, index.site_url);
    for (entry, id) in entries.iter().zip(ids) {
        text.push_str(&entry.written(index, &id));
    }
    text.push_str("</feed>\n");
    text
}

/// An id for each entry that stays the same whatever comes later (RFC 4151): the day, what the
/// document was called then, and what it became; a number where that happened twice on a day, counted from the first.
fn ids(entries: &[Entry<'_>], site: &str) -> Vec<String> {
    let host = site.split("://").last().unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let ids = entries.iter().rev().map(|entry| {
        let Entry { event, date, became, .. } = entry;
        let name = event.path.rsplit('/').next().unwrap_or_default();
        let name = name.strip_suffix(".md").unwrap_or(name);
        let name = crate::gfm::address(&format!("{name}/{became}"));
        let id = format!("tag:{host},{date}:{name}");
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}/{count}") }
    });
    let mut ids: Vec<String> = ids.collect();
    ids.reverse();
    ids
}

impl<'c> Entry<'c> {
    fn of(document: &'c Document, event: &'c Event) -> Option<Entry<'c>> {
        let became = match &event.what {
            Happening::Added(Some(status)) => status.clone(),
            Happening::Added(None) => "added".to_owned(),
            // Another writing is no other status.
            Happening::Status(Some(from), Some(to)) if from.eq_ignore_ascii_case(to) => {
                return None;
            }
            Happening::Status(_, to) => to.clone().unwrap_or_else(|| NO_STATUS.to_owned()),
            Happening::Renamed(_) => return None,
        };
        let what = event.what.to_string();
        event.commit.as_ref()?;
        Some(Entry { document, date: event.date, what, became, event })
    }

    fn written(&self, index: &Index<'_>, id: &str) -> String {
        let Entry { document, date, what, event, .. } = self;
        let title = format!("{} {}: {what}", document.label(), title_of(document));
        format!(
            "  <entry>\n    <id>{}</id>\n    <title>{}</title>\n    <updated>{date}T00:00:00Z</updated>\n    \
             <link href=\"{}\"/>\n    <summary>{} ({})</summary>\n  </entry>\n",
            xml(id),
            xml(&shown(&title)),
            xml(&index.url_of(document)),
            xml(&shown(what)),
            event.short_commit()
        )
    }
}
