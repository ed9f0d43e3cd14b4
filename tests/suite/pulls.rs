//! The pull requests of the real corpus, where it is present. Only facts of them are in this
//! repository: numbers, identities, rules, counts.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use scs_doc::change::{Change, OperationKind, Stage};
use scs_doc::corpus::Shelf;
use scs_doc::rules::check_change;
use scs_doc::source::{Head, History};
use scs_doc::{Finding, Level};

use crate::helpers::{git, real_corpus};
use crate::replay;

/// The corpus with its pull requests.
fn corpus() -> Option<(tempfile::TempDir, History)> {
    let dir = real_corpus("main")?;
    git(dir.path(), &["fetch", "--quiet", "origin", "refs/pull/*:refs/pull/*"]);
    let history = History::open(dir.path()).unwrap();
    Some((dir, history))
}

fn introduced(change: &Change) -> Vec<Finding> {
    let findings = check_change(change).unwrap().findings;
    findings.into_iter().filter(|finding| !finding.is_inherited()).collect()
}

/// What is known of a pull request: each rule that fires at level error or warning, with how many
/// times; and whether it may fire on nothing else.
struct Known {
    number: u32,
    fires: &'static [(&'static str, usize)],
    only: bool,
    never: &'static [&'static str],
}

const fn known(number: u32, fires: &'static [(&'static str, usize)]) -> Known {
    Known { number, fires, only: false, never: &[] }
}

/// As the page of the corpus has it. It expects nothing of 582; but its Decision Record has no
/// *Context*, which is a MUST of scs-0001.
const KNOWN: &[Known] = &[
    Known { only: true, ..known(582, &[("section-missing", 1)]) },
    Known { only: true, ..known(789, &[("field-forbidden", 1)]) },
    Known { only: true, ..known(809, &[]) },
    known(524, &[("change-predecessor-edited", 1), ("change-stable-text", 1)]),
    Known { never: &["change-number-unassigned"], ..known(765, &[]) },
    Known { never: &["change-slug", "change-number-moved", "change-deleted"], ..known(836, &[]) },
    known(572, &[("change-foreign-supplement", 1)]),
    known(640, &[("supplement-number", 1), ("slug-characters", 2)]),
    known(458, &[("change-slug", 1)]),
    Known { never: &["change-deleted"], ..known(581, &[("change-slug", 1)]) },
    known(237, &[("change-one-document", 1), ("change-number-taken", 1)]),
    known(407, &[("change-transition", 1), ("status-date", 2), ("replaced-by-missing", 2)]),
    known(909, &[("replaced-by-missing", 1), ("change-announced", 1)]),
    known(644, &[]),
];

#[test]
fn pull_requests_with_a_known_answer() {
    let Some((dir, history)) = corpus() else { return };
    let shelf = Shelf::default();
    let days: BTreeMap<_, _> = replay::all(dir.path()).unwrap().into_iter().collect();
    for Known { number, fires, only, never } in KNOWN {
        let change = replay::load(&history, &shelf, *number, days[number]).unwrap();
        let findings = introduced(&change);
        let listed: Vec<&Finding> = findings.iter().filter(|it| it.level > Level::Note).collect();
        for (rule, count) in *fires {
            let found = listed.iter().filter(|it| it.rule == *rule).count();
            assert_eq!(found, *count, "{number}: {rule} in {listed:?}");
        }
        let is_known = |it: &&&Finding| fires.iter().any(|(rule, _)| *rule == it.rule);
        assert!(!only || listed.iter().all(|it| is_known(&it)), "{number}: {listed:?}");
        let fires_never = |it: &Finding| never.contains(&it.rule);
        assert!(!findings.iter().any(fires_never), "{number}: {findings:?}");
        match number {
            // The supplement of another document, the one that the table names.
            572 => assert!(listed.iter().any(|it| {
                it.rule == "change-foreign-supplement"
                    && it.document.as_deref() == Some("scs-0004-w1")
            })),
            407 => assert!(listed.iter().all(|it| {
                it.rule != "change-transition" || it.document.as_deref() == Some("scs-0100-v2")
            })),
            644 => assert!(listed.iter().all(|it| it.level == Level::Warning), "{listed:?}"),
            _ => {}
        }
    }
}

/// The two sentences with MUST that pull request 524 adds to a Stable document, and no others.
#[test]
fn sentences_with_a_keyword_are_told_apart() {
    let Some((dir, history)) = corpus() else { return };
    let days: BTreeMap<_, _> = replay::all(dir.path()).unwrap().into_iter().collect();
    let change = replay::load(&history, &Shelf::default(), 524, days[&524]).unwrap();
    let findings = introduced(&change);
    let finding = findings.iter().find(|it| it.rule == "change-stable-text").unwrap();
    let sentences: Vec<String> = finding.related.iter().map(ToString::to_string).collect();
    assert_eq!(sentences.len(), 2);
    assert!(sentences.iter().all(|it| it.starts_with("added: ") && it.contains(" MUST ")));
}

/// A placeholder is no matter as long as a proposal is discussed, and keeps it from being merged.
#[test]
fn a_placeholder_at_the_gate() {
    let Some((_dir, history)) = corpus() else { return };
    let head = Head::Revision("refs/pull/765/head");
    let range = history.merged("refs/pull/765/base", head).unwrap();
    let circumstances = scs_doc::change::Circumstances {
        as_of: crate::helpers::today(),
        stage: Stage::Merge,
        context: None,
    };
    let configs = scs_doc::change::Configs::default();
    let change = Change::load(&Shelf::default(), &range, configs, circumstances).unwrap();
    let findings = introduced(&change);
    let unassigned = findings.iter().filter(|it| it.rule == "change-number-unassigned");
    assert_eq!(unassigned.count(), 2);
}

/// All of them: how often each rule fires on what they introduce, and that a change of nothing but
/// text has no error.
#[test]
fn every_pull_request_gets_an_answer() {
    let Some((dir, history)) = corpus() else { return };
    let shelf = Shelf::default();
    let mut counts: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    let mut text_only = 0;
    let pulls = replay::all(dir.path()).unwrap();
    for (number, day) in &pulls {
        let change = replay::load(&history, &shelf, *number, *day).unwrap();
        let findings = introduced(&change);
        for finding in &findings {
            *counts.entry((finding.level, finding.rule)).or_default() += 1;
        }
        if is_text_only(&change, &history, *number) {
            text_only += 1;
            let errors: Vec<&Finding> =
                findings.iter().filter(|it| it.level == Level::Error).collect();
            // One of them makes a link of an address that leads to a file that is not there.
            let known =
                |it: &&Finding| *number == 342 && it.message.contains("`Tests/scs-open-kaas.yaml`");
            assert!(errors.iter().all(known), "{number}: {errors:?}");
        }
    }
    assert_eq!((pulls.len(), text_only), (285, 94));
    let line = |((level, rule), count): (&(Level, &str), &usize)| {
        format!("{} {rule}: {count}\n", level.name())
    };
    assert_snapshot!("replay", counts.iter().rev().map(line).collect::<String>());
}

/// Whether documents are edited in their Markdown and nothing else happens in the repository.
fn is_text_only(change: &Change, history: &History, number: u32) -> bool {
    let edited = change.operations.iter().all(|operation| {
        operation.kind() == OperationKind::Modified && operation.fields().next().is_none()
    });
    let files = |side: &str| {
        let revision = format!("refs/pull/{number}/{side}");
        let mut files = history.snapshot(Head::Revision(&revision)).unwrap().files("").unwrap();
        files.retain(|path, _| !change.operations.iter().any(|it| it.document().path == *path));
        files
    };
    edited && !change.operations.is_empty() && files("base") == files("head")
}
