//! Links and anchors: what a link leads to is there, what is missing is not, and neither depends on
//! what else there is.

use std::collections::BTreeSet;

use scs_doc::corpus::{Missing, Target};
use scs_doc::document::Document;
use scs_doc::model::Number;
use scs_doc::source::Kind;
use scs_doc::{Config, Corpus, Snapshot, check};

use super::document::lies_within;
use super::today;
use super::tree::{Files, files, snapshot};

pub fn links(data: &[u8]) {
    let files = files(data);
    let config = Config::default();
    let here = snapshot(&files);
    let Ok(corpus) = Corpus::load(&here, &config, today()) else { return };
    for document in &corpus.documents {
        for (link, target) in corpus.links(document) {
            leads_there(&corpus, &here, document, &link.target, target);
        }
    }
    let findings = check(&corpus, &config).unwrap().findings;
    findings.iter().for_each(|it| lies_within(it, &corpus));
    let missing = |document: &Document| {
        corpus.targets(document).filter(|(_, it)| matches!(it, Target::Missing(_))).count()
    };
    for document in &corpus.documents {
        let told =
            findings.iter().filter(|it| it.rule == "link-target" && it.path == document.path);
        assert_eq!(told.count() > 0, missing(document) > 0, "{}", document.text());
    }
    others_do_not_matter(&files, &corpus);
}

/// What a target says is so.
fn leads_there(corpus: &Corpus, here: &Snapshot, from: &Document, link: &str, target: &Target) {
    let said = || format!("{link:?} of {} leads to {target:?}", from.path);
    match target {
        Target::External => panic!("{}", said()),
        Target::Document(index) => {
            let to = corpus.at(*index).unwrap_or_else(|| panic!("{}", said()));
            assert_eq!(here.kind(&to.path), Some(Kind::File), "{}", said());
        }
        Target::NumberPage(number) => {
            let number = Number::Assigned(*number);
            let mut names = corpus.documents.iter().filter_map(|it| it.name.as_ref().ok());
            assert!(names.any(|it| it.number == number), "{}", said());
        }
        Target::File(path) => assert_eq!(here.kind(path), Some(Kind::File), "{}", said()),
        Target::Folder(path) => assert_eq!(here.kind(path), Some(Kind::Folder), "{}", said()),
        Target::Missing(Missing::Path(path)) => {
            assert_eq!(here.kind(path), None, "{}", said());
        }
        Target::Missing(Missing::Page(page)) => {
            assert!(corpus.find(&format!("{page}.md")).is_none(), "{}", said());
        }
        Target::Missing(Missing::Empty) => assert!(link.trim().is_empty(), "{}", said()),
        Target::Missing(Missing::Outside) => assert!(link.contains(".."), "{}", said()),
        Target::Missing(Missing::Track(track)) => {
            let mut tracks = corpus.documents.iter().filter_map(|it| it.meta.track);
            assert!(tracks.any(|it| it == *track), "{}", said());
        }
    }
    // The same by another way, for a path that needs no reading.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    let path = link.split('#').next().unwrap_or_default();
    if !path.is_empty() && !path.starts_with('/') && path.chars().all(is_plain) {
        let place = joined(&from.path, path);
        let led = match target {
            Target::Document(index) => corpus.at(*index).map(|it| it.path.clone()),
            Target::File(path) | Target::Folder(path) => Some(path.to_string()),
            _ => None,
        };
        let there = place.filter(|it| here.kind(it).is_some());
        assert_eq!(led, there, "{}", said());
    }
}

/// A path from a file on, `None` where it climbs out.
fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Documents before and behind all others change nothing for a link that does not mean them.
fn others_do_not_matter(files: &Files, corpus: &Corpus) {
    let strangers = ["scs-0000-v1-0.md", "scs-9999-v9-z.md"];
    let strangers = strangers.map(|name| format!("{}/{name}", corpus.folder));
    if strangers.iter().any(|it| files.contains_key(it)) {
        return;
    }
    let mut more = files.clone();
    for path in &strangers {
        more.insert(path.clone(), b"# A\n".to_vec());
    }
    let other = Corpus::load(&snapshot(&more), &Config::default(), today()).unwrap();
    let led = |corpus: &Corpus, path: &str| -> Vec<(usize, String)> {
        let document = corpus.documents.iter().find(|it| it.path == path).unwrap();
        let links = corpus.links(document);
        let own =
            links.filter(|(link, _)| !["0000", "9999"].iter().any(|it| link.target.contains(it)));
        let own = own.map(|(link, target)| {
            let target = match target {
                Target::Document(index) => corpus.at(*index).unwrap().path.clone(),
                target => format!("{target:?}"),
            };
            (link.span.start, target)
        });
        own.collect()
    };
    for document in &corpus.documents {
        assert_eq!(led(corpus, &document.path), led(&other, &document.path), "{}", document.text());
    }
    let anchors: BTreeSet<_> = corpus.documents.iter().map(|it| &it.outline.anchors).collect();
    assert!(
        other
            .documents
            .iter()
            .map(|it| &it.outline.anchors)
            .collect::<BTreeSet<_>>()
            .is_superset(&anchors)
    );
}
