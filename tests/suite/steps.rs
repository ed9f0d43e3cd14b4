//! Steps of documents: `promote`, on the real corpus and as its users see it.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use scs_doc::corpus::Shelf;
use scs_doc::document::Document;
use scs_doc::edit::{Step, promote};
use scs_doc::model::Status;
use scs_doc::model::lifecycle::TRANSITIONS;
use scs_doc::source::{Head, History};
use scs_doc::{Config, Corpus, Snapshot};

use crate::helpers::{git, real_corpus, run, today, write};

/// The lines of a front matter without line ends.
fn front(document: &Document) -> Vec<&str> {
    document.front.content.of(document.text()).lines().collect()
}

/// Whether two front matters are the same but for the lines of status and date.
fn only_stabilized(before: &Document, after: &Document) -> bool {
    let others = |document: &Document| -> Vec<String> {
        let is_step =
            |line: &&str| !line.starts_with("status:") && !line.starts_with("stabilized_at:");
        front(document).into_iter().filter(is_step).map(str::to_owned).collect()
    };
    let statuses = (before.meta.status, after.meta.status);
    statuses == (Some(Status::Draft), Some(Status::Stable)) && others(before) == others(after)
}

/// Each stabilization that changed nothing else in the front matter, made again by `promote`.
#[test]
fn promote_writes_what_people_wrote() {
    let Some(dir) = real_corpus("main") else { return };
    let history = History::open(dir.path()).unwrap();
    let shelf = Shelf::default();
    let corpus = |revision: &str| {
        let snapshot = history.snapshot(Head::Revision(revision)).ok()?;
        Corpus::load_from(&shelf, &snapshot, &Config::default(), today()).ok()
    };
    let log = git(dir.path(), &["log", "--first-parent", "--format=%H"]);
    let mut counts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for commit in log.lines() {
        let (Some(old), Some(new)) = (corpus(&format!("{commit}^")), corpus(commit)) else {
            continue;
        };
        for after in &new.documents {
            let Some(before) = old.find(after.file_name()) else { continue };
            let Some(date) = after.meta.stabilized_at.filter(|_| only_stabilized(before, after))
            else {
                continue;
            };
            let step = Step { to: None, date, replaced_by: vec![], with_predecessor: true };
            let changes = promote(&old, before, &step).unwrap();
            let text = changes.iter().next().unwrap().after.clone();
            let made = Document::parse(&before.path, text.into_bytes());
            let sorted = |document: &Document| {
                let mut lines: Vec<String> =
                    front(document).into_iter().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            // What the number has as the version before, which is deprecated along with it.
            let with_reference = |document: &Document, before: &Document| {
                let mut lines = sorted(document);
                let former = old.predecessors(before).map(|it| format!("  - {}", it.file_name()));
                lines.extend(former.chain(["replaces:".to_owned()]));
                lines.sort();
                lines
            };
            let verdict = match front(&made) == front(after) {
                true => "identical",
                false if sorted(&made) == sorted(after) => "the date elsewhere",
                false if with_reference(after, before) == sorted(&made) => {
                    "with `replaces`, which was missing"
                }
                false => "different",
            };
            counts.entry(verdict).or_default().push(after.label());
        }
    }
    let lines = counts
        .iter()
        .map(|(verdict, all)| format!("{verdict} ({}): {}\n", all.len(), all.join(" ")));
    assert_snapshot!(lines.collect::<String>());
}

/// The lines of a file with their ends, without those that a step names.
fn unnamed(text: &str) -> Vec<&str> {
    let named = [
        "status:",
        "stabilized_at:",
        "deprecated_at:",
        "rejected_at:",
        "replaces:",
        "replaced_by:",
    ];
    let mut in_list = false;
    let mut fences = 0;
    text.split_inclusive('\n')
        .filter(|line| {
            fences += usize::from(line.trim_start_matches('\u{feff}').trim_end() == "---");
            let is_named = fences == 1 && named.iter().any(|it| line.starts_with(it));
            let is_item = in_list && line.trim_start().starts_with("- ");
            in_list = is_item || is_named && line.starts_with("replace");
            !is_named && !is_item
        })
        .collect()
}

#[test]
fn any_legal_step_changes_only_the_lines_that_it_names() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let original = Snapshot::work_tree(dir.path()).unwrap();
    let corpus = Corpus::load(&original, &Config::default(), today()).unwrap();
    let forms: [fn(&str) -> String; 3] = [
        str::to_owned,
        |text| text.replace('\n', "\r\n"),
        |text| format!("\u{feff}{}", text.trim_end()),
    ];
    let (mut made, mut refused) = (0, BTreeMap::new());
    for form in forms {
        let files =
            corpus.documents.iter().map(|it| (it.path.clone(), form(it.text()).into_bytes()));
        let corpus = Corpus::load(&Snapshot::memory(files), &Config::default(), today()).unwrap();
        for document in &corpus.documents {
            let Some(from) = document.meta.status.filter(|_| document.is_primary()) else {
                continue;
            };
            for transition in TRANSITIONS.iter().filter(|it| it.from == from) {
                let to = Some(transition.to);
                let with_predecessor = to == Some(Status::Stable);
                let step = Step { to, date: today(), replaced_by: vec![], with_predecessor };
                let changes = match promote(&corpus, document, &step) {
                    Ok(changes) => changes,
                    Err(error) => {
                        *refused.entry(error.to_string()).or_insert(0) += 1;
                        continue;
                    }
                };
                for change in changes.iter() {
                    let before = change.before.as_deref().unwrap();
                    assert_ne!(before, change.after);
                    assert_eq!(unnamed(before), unnamed(&change.after), "{}", change.path);
                    let crlf =
                        |text: &str| text.matches("\r\n").count() == text.matches('\n').count();
                    assert_eq!(crlf(before), crlf(&change.after), "{}", change.path);
                }
                made += 1;
                let files = changes.iter();
                let files = files.map(|it| (it.path.clone(), it.after.clone().into_bytes()));
                let again = Snapshot::memory(files);
                let again = Corpus::load(&again, &Config::default(), today());
                let again = again.unwrap();
                let document = again.find(document.file_name()).unwrap();
                assert!(promote(&again, document, &step).is_err(), "{} twice", document.path);
            }
        }
    }
    assert!(made > 200, "{made}");
    assert_eq!(refused, BTreeMap::new());
}

#[test]
fn a_diff_gives_the_same_bytes_as_the_command() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let root = dir.path();
    let corpus =
        Corpus::load(&Snapshot::work_tree(root).unwrap(), &Config::default(), today()).unwrap();
    // A document with errors does not become Stable; those of today are accepted.
    assert_eq!(run(root, &["check", "--accept", "--reason", "old"]).status, 0);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "-m", "accepted"]);
    let state = || git(root, &["stash", "create"]);
    let tree = |commit: String| git(root, &["rev-parse", &format!("{}^{{tree}}", commit.trim())]);
    let mut same = 0;
    let drafts = corpus.documents.iter().filter(|it| it.meta.status == Some(Status::Draft));
    for document in drafts {
        let args = ["promote", document.file_name(), "--with-predecessor"];
        let diff = run(root, &[&args[..], &["--diff"]].concat());
        if diff.status == 1 {
            continue;
        }
        assert_eq!(diff.status, 0, "{}", diff.err);
        assert_eq!(state(), "", "--diff writes nothing");
        write(root, ".git/step.diff", &diff.out);
        git(root, &["apply", ".git/step.diff"]);
        let applied = tree(state());
        git(root, &["checkout", "--quiet", "."]);
        let answer = run(root, &args);
        assert_eq!(answer.status, 0, "{}", answer.err);
        assert_eq!(tree(state()), applied);
        assert_eq!(run(root, &args).status, 1, "a second time");
        git(root, &["checkout", "--quiet", "."]);
        same += 1;
    }
    assert!(same > 20, "{same}");
}
