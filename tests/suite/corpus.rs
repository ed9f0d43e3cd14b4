//! The real corpus, where it is present. Only facts of it are in this repository: identities,
//! rules, counts.

use std::collections::BTreeMap;
use std::path::Path;

use gray_matter::engine::YAML;
use gray_matter::{Matter, Pod};
use insta::assert_snapshot;
use scs_doc::document::{Document, FrontMatterProblem, Node, ScalarType, Value};
use scs_doc::{Config, Corpus, Finding, Level, Snapshot, check};

use crate::helpers::{read, real_corpus, run, today, write};

fn judge(root: &Path) -> (Corpus, Vec<Finding>) {
    let config = Config::default();
    let corpus = Corpus::load(&Snapshot::work_tree(root).unwrap(), &config, today()).unwrap();
    let findings = check(&corpus, &config).unwrap().findings;
    (corpus, findings)
}

/// Every error and warning was read beside its document; see RULES.md for what each rule means.
#[test]
fn exactly_the_genuine_defects() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let (corpus, findings) = judge(dir.path());
    assert!(corpus.unreadable.is_empty());
    let mut by_rule: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.level > Level::Note) {
        let file = finding.path.trim_start_matches("Tests/").trim_end_matches(".yaml");
        let document = finding.document.as_deref().unwrap_or(file);
        by_rule.entry((finding.level.name(), finding.rule)).or_default().push(document);
    }
    let mut table = String::new();
    for ((level, rule), documents) in by_rule {
        let list =
            documents.iter().map(|it| it.trim_start_matches("scs-")).collect::<Vec<_>>().join(" ");
        table.push_str(&format!("{level} {rule} ({}): {list}\n", documents.len()));
    }
    assert_snapshot!("genuine_defects", table);
}

#[test]
fn an_old_corpus_starts_green_in_one_command() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let accepted = run(dir.path(), &["check", "--accept", "--reason", "before scs-doc"]);
    assert_eq!(accepted.status, 0, "{}", accepted.err);
    let green = run(dir.path(), &["check"]);
    assert_eq!((green.status, green.out.lines().count()), (0, 1), "{}", green.out);
    let path = "Standards/scs-0501-v2-scs-compatible-iaas.md";
    let text = read(dir.path(), path);
    write(dir.path(), path, text.replace("track: Scopes", "track: scopes"));
    let red = run(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(red.status, 1);
    assert!(
        red.out.contains("error[field-value] `track` is `scopes`; did you mean `Scopes`?"),
        "{}",
        red.out
    );
}

#[test]
fn repairs_leave_every_other_byte_alone() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let diff = run(dir.path(), &["check", "--fix", "--diff"]).out;
    let changed = |sign: char| {
        let header = format!("{sign}{sign}{sign} ");
        diff.lines().filter(|line| line.starts_with(sign) && !line.starts_with(&header)).count()
    };
    // Twelve lists, of which one line ends in a blank; two byte order marks; two blanks.
    assert_eq!((changed('-'), changed('+')), (15, 27), "{diff}");
    assert_eq!(run(dir.path(), &["check", "--fix", "-q", "--format", "concise"]).status, 1);
    let (_, findings) = judge(dir.path());
    assert!(!findings.iter().any(|it| it.fix.as_ref().is_some_and(|fix| fix.safe)));
    assert_eq!(run(dir.path(), &["check", "--fix", "--diff"]).out, "");
}

/// Another reader of front matter, held against ours: what both can read is the same.
#[test]
fn gray_matter_agrees() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let (corpus, _) = judge(dir.path());
    assert_eq!((corpus.documents.len(), corpus.templates.len()), (102, 2));
    corpus.documents.iter().chain(&corpus.templates).for_each(|it| agrees(it));
}

#[test]
fn gray_matter_agrees_on_our_own_documents() {
    let (corpus, _) = judge(&crate::helpers::own());
    assert!(corpus.documents.len() + corpus.templates.len() >= 8);
    corpus.documents.iter().chain(&corpus.templates).for_each(|it| agrees(it));
}

fn agrees(document: &Document) {
    assert_ne!(document.front.problem, Some(FrontMatterProblem::Unterminated));
    // It does not know byte order marks.
    let text = document.text().trim_start_matches('\u{feff}');
    let theirs = Matter::<YAML>::new().parse::<Pod>(text).unwrap();
    let body = document.markdown();
    assert_eq!(theirs.content.trim(), body.trim(), "{}: the body", document.path);
    let Some(Pod::Hash(theirs)) = theirs.data else { panic!("{}: no data", document.path) };
    assert_eq!(theirs.len(), document.front.fields.len(), "{}", document.path);
    for field in &document.front.fields {
        assert_eq!(pod(&field.value), theirs[&field.key], "{}: {}", document.path, field.key);
        let written = field.key_span.of(document.text());
        assert_eq!(written.trim_matches(['"', '\'']), field.key);
    }
}

fn pod(node: &Node) -> Pod {
    match &node.value {
        Value::List { items, .. } => Pod::Array(items.iter().map(pod).collect()),
        Value::Mapping(_) => panic!("no document has a mapping"),
        Value::Scalar(scalar) => match scalar.core_type() {
            ScalarType::Null => Pod::Null,
            ScalarType::Bool => Pod::Boolean(scalar.text == "true"),
            ScalarType::Number => Pod::Float(scalar.text.parse().unwrap()),
            ScalarType::String => Pod::String(scalar.text.clone()),
        },
    }
}

/// Twelve states of the real history, and its pull requests: nothing stops the tool.
#[test]
fn every_state_of_the_history_gets_an_answer() {
    let Some(dir) = real_corpus("main") else { return };
    let commits = crate::helpers::git(dir.path(), &["rev-list", "--first-parent", "HEAD"]);
    let commits: Vec<&str> = commits.lines().collect();
    let mut looked_at = 0;
    for revision in commits.iter().step_by(commits.len().div_ceil(12)) {
        let snapshot = Snapshot::revision(dir.path(), revision).unwrap();
        let Ok(corpus) = Corpus::load(&snapshot, &Config::default(), today()) else { continue };
        let findings = check(&corpus, &Config::default()).unwrap().findings;
        for finding in &findings {
            let text = corpus.text(&finding.path).unwrap();
            assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding:?}");
        }
        looked_at += 1;
    }
    assert!(looked_at >= 10, "{looked_at}");
}
