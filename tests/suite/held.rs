//! What is not held is read again: nothing else differs.

use std::path::Path;

use scs_doc::corpus::Shelf;
use scs_doc::report::{Format, Report, Summary, View};
use scs_doc::source::SourceError;
use scs_doc::{Config, Corpus, Level, Snapshot, check};

use crate::helpers::{folder, own, real_corpus, today, write};

const VIEW: View = View { color: false, quiet: false, verbose: true, fail_on: Level::Error };

fn load(shelf: &Shelf, snapshot: &Snapshot) -> Corpus {
    Corpus::load_from(shelf, snapshot, &Config::default(), today()).unwrap()
}

fn reported(corpus: &Corpus, format: Format) -> String {
    let findings = check(corpus, &Config::default()).unwrap().findings;
    let summary = Summary::of(&findings, corpus.documents.len(), 0);
    let paths = corpus.documents.iter().map(|it| it.path.as_str()).collect();
    let mut out = Vec::new();
    let report = Report::new(&findings, summary, paths, Some(corpus), ("", ""));
    report.write(format, VIEW, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn nothing_differs(root: &Path) {
    let snapshot = Snapshot::work_tree(root).unwrap();
    let held = load(&Shelf::holding(usize::MAX), &snapshot);
    for format in [Format::Human, Format::Json] {
        for most_held in [0, 50_000] {
            let read_again = load(&Shelf::holding(most_held), &snapshot);
            assert_eq!(reported(&read_again, format), reported(&held, format));
        }
    }
    let read_again = load(&Shelf::holding(0), &snapshot);
    for (one, other) in read_again.documents.iter().zip(&held.documents) {
        assert_eq!(one.text(), other.text());
        assert_eq!(one.body().links.len(), other.body().links.len());
    }
    assert!(snapshot.changed().is_empty());
}

#[test]
fn our_own_documents_are_judged_the_same() {
    nothing_differs(&own());
}

#[test]
fn the_real_corpus_is_judged_the_same() {
    let Some(dir) = real_corpus("2026-08") else { return };
    nothing_differs(dir.path());
}

#[test]
fn a_file_that_changes_in_between_is_told_and_not_judged() {
    let path = "Standards/scs-0100-v1-a.md";
    let dir = folder(&[(path, "---\ntitle: A\n---\n\n## A\n\nIt MUST be.\n")]);
    let snapshot = Snapshot::work_tree(dir.path()).unwrap();
    let corpus = load(&Shelf::holding(0), &snapshot);
    let before = check(&corpus, &Config::default()).unwrap().findings;
    assert!(before.iter().any(|it| it.rule == "field-required"), "{before:?}");
    assert!(snapshot.changed().is_empty());
    write(dir.path(), path, "---\ntitle: B\n---\n");
    let after = check(&corpus, &Config::default()).unwrap().findings;
    assert!(!after.iter().any(|it| it.rule == "field-required"), "{after:?}");
    assert_eq!(corpus.documents[0].text(), "");
    let changed = snapshot.changed();
    assert!(matches!(&*changed, [SourceError::Changed(it)] if it == path), "{changed:?}");
}
