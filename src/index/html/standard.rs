//! The page of a series: its versions, what belongs to them, and what became of them.

use super::Site;
use super::history::history;
use super::layout::{
    Page, badge, bdi, escaped, link, plain, state_name, state_words, table, title,
};
use super::relations;
use crate::change::{Said, compare_sentences};
use crate::document::Document;
use crate::index::relations::{Relation, Verb};
use crate::index::{Series, Version, is_incomplete};
use crate::model::{Date, Vocabulary as _};
use crate::text::counted;

pub(super) fn page(site: &Site<'_, '_>, series: &Series<'_>) -> String {
    let label = plain(&series.label);
    let mut main = format!(
        "<nav class=\"way\" aria-label=\"Place\"><a href=\"index.html\">Overview</a></nav>\n\
        <h1><span class=\"number\">{label}</span> {}</h1>\n",
        bdi(&series.title)
    );
    if !series.versions.is_empty() {
        let badges: String = series
            .versions
            .iter()
            .rev()
            .map(|it| format!("<li>{}</li>", badge(site, it)))
            .collect();
        main.push_str(&format!(
            "<ul class=\"badges large\" aria-label=\"Versions\">{badges}</ul>\n"
        ));
        main.push_str(&versions(site, series));
    }
    if !series.supplements.is_empty() {
        main.push_str(&supplements(site, series));
    }
    main.push_str(&related(site, series));
    main.push_str(&changes(site, series));
    let mut documents: Vec<&Document> = series.versions.iter().map(|it| it.document).collect();
    documents.extend(&series.supplements);
    let history = history(site, &documents);
    if !history.is_empty() {
        main.push_str(&format!("<h2>History</h2>\n{history}"));
    }
    let title = format!("{} {}", series.label, series.title);
    Page { title: &title, file: "", main, script: false }.html(site)
}

fn versions(site: &Site<'_, '_>, series: &Series<'_>) -> String {
    let date = |date: Option<Date>| {
        date.map_or_else(|| "–".to_owned(), |date| format!("<time>{date}</time>"))
    };
    let row = |it: &Version<'_>| {
        let (document, meta) = (it.document, &it.document.meta);
        let kind = meta.doc_type.map_or("–", |it| it.name());
        let mark = if is_incomplete(document) { " (metadata incomplete)" } else { "" };
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td><span class=\"state {}\">{}</span>{mark}</td><td>{kind}</td>\
            <td>{}</td><td>{}</td><td>{}</td></tr>\n",
            link(site, document, &it.name),
            title(document),
            state_name(it.state),
            state_words(it),
            date(meta.stabilized_at),
            date(meta.deprecated_at),
            date(meta.rejected_at),
        )
    };
    let rows: String = series.versions.iter().rev().map(row).collect();
    let columns = ["Version", "Title", "State", "Type", "Stabilized", "Deprecated", "Rejected"];
    format!("<h2>Versions</h2>\n{}", table("All versions, the newest first", &columns, &rows))
}

fn supplements(site: &Site<'_, '_>, series: &Series<'_>) -> String {
    let item =
        |it: &&Document| format!("<li>{} {}</li>", link(site, it, &series.name_of(it)), title(it));
    let items: String = series.supplements.iter().map(item).collect();
    format!(
        "<h2>Supplements</h2>\n<p>They explain, and require nothing.</p>\n<ul class=\"plain\">{items}</ul>\n"
    )
}

/// What replaces what; supplements have their own list.
fn related(site: &Site<'_, '_>, series: &Series<'_>) -> String {
    let is_own =
        |document: &Document| series.versions.iter().any(|it| it.document.path == document.path);
    let counts = |it: &&Relation<'_>| {
        it.verb == Verb::Replaces && [it.from, it.to].into_iter().flatten().any(is_own)
    };
    let own: Vec<&Relation<'_>> = site.relations.iter().filter(counts).collect();
    if own.is_empty() {
        return String::new();
    }
    let rows = relations::rows(site, &own);
    format!(
        "<h2>Replacements</h2>\n{}",
        table("What took the place of what", &["Document", "Relation", "To"], &rows)
    )
}

/// What changed between neighbouring versions, the newest first.
fn changes(site: &Site<'_, '_>, series: &Series<'_>) -> String {
    let pairs: Vec<String> = series
        .versions
        .windows(2)
        .rev()
        .filter_map(|pair| match pair {
            // Two documents of one version have no order.
            [before, after] if !series.has_twin(after.document) => {
                Some(change(site, before, after))
            }
            _ => None,
        })
        .collect();
    if pairs.is_empty() {
        String::new()
    } else {
        format!("<h2>What changed</h2>\n{}", pairs.concat())
    }
}

fn change(site: &Site<'_, '_>, before: &Version<'_>, after: &Version<'_>) -> String {
    let (old, new) = (&before.name, &after.name);
    let (before, after) = (before.document, after.document);
    let change = compare_sentences(before, after);
    let added = change.sentences.iter().filter(|it| it.added).count();
    let normative = change.normative().count();
    let sentences = |count: usize| counted(count, "sentence");
    let mut told = vec![
        format!("{} removed", sentences(change.sentences.len() - added)),
        format!("{added} added"),
        format!("{normative} of them normative"),
    ];
    if change.sentences.is_empty() {
        told = vec!["no sentence differs".to_owned()];
    }
    if change.moved {
        told.push("their order differs".to_owned());
    }
    if change.code.is_some() {
        told.push("code blocks differ".to_owned());
    }
    let list = if change.sentences.is_empty() {
        String::new()
    } else {
        let items: String = change.sentences.iter().map(said).collect();
        format!(
            "<details><summary>Show what changed from {} to {}</summary>\n<ol class=\"diff\">\n{items}</ol>\n</details>\n",
            plain(old),
            plain(new)
        )
    };
    format!(
        "<h3>From {} to {}</h3>\n<p>{}.</p>\n{list}",
        link(site, before, old),
        link(site, after, new),
        told.join(", "),
    )
}

fn said(said: &Said) -> String {
    let (class, word, tag) =
        if said.added { ("added", "Added", "ins") } else { ("removed", "Removed", "del") };
    let normative = if said.normative { " <strong class=\"mark\">normative</strong>" } else { "" };
    format!(
        "<li class=\"{class}\"><span class=\"word\">{word}{normative}</span> <{tag} dir=\"auto\">{}</{tag}></li>\n",
        escaped(&crate::text::shown(&said.text))
    )
}
