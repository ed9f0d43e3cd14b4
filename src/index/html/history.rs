//! What happened to documents, as git tells it.

use super::Site;
use super::layout::{escaped, link, plain, table};
use crate::document::Document;
use crate::status::{Event, Happening, NO_STATUS};

/// The life of documents as a table, the newest event first; nothing where there is no history.
pub(super) fn history(site: &Site<'_, '_>, documents: &[&Document]) -> String {
    let mut events: Vec<(&Document, &Event)> = Vec::new();
    for document in documents {
        let life = site.life(document).into_iter();
        events.extend(life.flat_map(|life| &life.events).map(|event| (*document, event)));
    }
    if events.is_empty() {
        return String::new();
    }
    // Stable: of one day, the order of the documents and of their lives stays, turned round.
    events.sort_by_key(|(_, event)| event.date);
    let row = |(document, event): &(&Document, &Event)| {
        format!(
            "<tr><td><time>{}</time></td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            event.date,
            link(site, document, &document.label()),
            told(event),
            commit(site, event),
        )
    };
    let rows: String = events.iter().rev().map(row).collect();
    table("Transitions in git", &["Date", "Document", "What", "Commit"], &rows)
}

fn told(event: &Event) -> String {
    let name = |status: &Option<String>| plain(status.as_deref().unwrap_or(NO_STATUS));
    match &event.what {
        Happening::Added(None) => "added".to_owned(),
        Happening::Added(status) => format!("added as {}", name(status)),
        Happening::Status(from, to) => {
            format!(
                "{} <span aria-hidden=\"true\">→</span><span class=\"hidden\">to</span> {}",
                name(from),
                name(to)
            )
        }
        Happening::Renamed(old) => format!("renamed, was <code>{}</code>", plain(old)),
    }
}

fn commit(site: &Site<'_, '_>, event: &Event) -> String {
    let shown = event.short_commit();
    let Some(commit) = &event.commit else { return shown.to_owned() };
    let (repository, commit) = (escaped(site.origin.repository), escaped(commit));
    format!("<a href=\"https://github.com/{repository}/commit/{commit}\"><code>{shown}</code></a>")
}
