//! `scs-doc init`: what it writes, and what it leaves.

use std::path::Path;

use tempfile::TempDir;

use crate::cli::{GOOD, PATH};
use crate::helpers::{folder, git, read, real_corpus, run, write};
use crate::scripted::commit;

const WRITTEN: [&str; 5] = [
    ".github/workflows/standards-comment.yml",
    ".github/workflows/standards.yml",
    ".lefthook/pre-push/scs-doc.sh",
    "lefthook.yml",
    "scs-doc.toml",
];

/// What git does not know yet.
fn new(dir: &Path) -> Vec<String> {
    let status = git(dir, &["ls-files", "--others"]);
    status.lines().map(str::to_owned).collect()
}

fn repository(files: &[(&str, &str)]) -> TempDir {
    let dir = folder(files);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    dir
}

#[test]
fn a_repository_without_documents_gets_a_folder_for_them() {
    let dir = repository(&[]);
    let would = run(dir.path(), &["init", "--dry-run"]);
    assert!(would.out.contains("would write scs-doc.toml\n"), "{}", would.out);
    assert!(new(dir.path()).is_empty());
    let answer = run(dir.path(), &["init"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_eq!(answer.out, would.out.replace("would write", "wrote"));
    assert_eq!(new(dir.path()), [&WRITTEN[..], &["standards/README.md"]].concat());
    assert_eq!(run(dir.path(), &["check", "--fail-on", "note"]).status, 0);
    // All of it is there now.
    commit(dir.path(), "set up");
    let again = run(dir.path(), &["init"]);
    assert_eq!((again.status, new(dir.path())), (0, vec![]));
    assert!(again.out.starts_with("left as it is: scs-doc.toml\n"), "{}", again.out);
    assert!(!again.out.contains("wrote"));
    let diff = run(dir.path(), &["init", "--diff"]);
    assert_eq!((diff.status, diff.out.as_str()), (0, ""));
}

#[test]
fn a_diff_is_all_of_it_and_writes_nothing() {
    let dir = repository(&[(PATH, &GOOD.replace("Draft", "draft"))]);
    let diff = run(dir.path(), &["init", "--diff"]);
    assert!(new(dir.path()).is_empty());
    write(dir.path(), "diff", &diff.out);
    git(dir.path(), &["apply", "diff"]);
    std::fs::remove_file(dir.path().join("diff")).unwrap();
    let applied: Vec<String> = WRITTEN.iter().map(|path| read(dir.path(), path)).collect();
    git(dir.path(), &["clean", "--quiet", "--force", "-d"]);
    run(dir.path(), &["init"]);
    let written: Vec<String> = WRITTEN.iter().map(|path| read(dir.path(), path)).collect();
    assert_eq!(applied, written);
}

#[test]
fn what_is_found_today_is_accepted_and_what_is_new_is_not() {
    let dir = repository(&[(PATH, &GOOD.replace("Draft", "draft"))]);
    git(dir.path(), &["remote", "add", "origin", "git@github.com:me/fork.git"]);
    git(dir.path(), &["remote", "add", "upstream", "https://github.com/us/standards"]);
    let answer = run(dir.path(), &["init"]);
    assert!(
        answer.out.contains("scs-doc.toml: 1 document, 1 exception for what is found today\n"),
        "{}",
        answer.out
    );
    let config = read(dir.path(), "scs-doc.toml");
    assert!(config.contains("\nstandards = \"Standards\"\n"), "{config}");
    assert!(config.contains("\nrepository = \"us/standards\"\n"), "{config}");
    assert!(config.contains("\n# site-url = "), "{config}");
    assert!(config.ends_with("\nreason = \"before scs-doc\"\n"), "{config}");
    assert_eq!(run(dir.path(), &["check"]).status, 0);
    write(dir.path(), "Standards/scs-0102-v1-b.md", GOOD.replace("Draft", "draft"));
    assert_eq!(run(dir.path(), &["check"]).status, 1);
}

#[test]
fn the_old_corpus_is_set_up_in_one_command() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let answer = run(dir.path(), &["init"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_eq!(run(dir.path(), &["check", "--fail-on", "warning"]).status, 0);
    assert_eq!(git(dir.path(), &["diff"]), "");
    commit(dir.path(), "set up");
    assert_eq!(run(dir.path(), &["pr", "--base", "HEAD~1"]).status, 0);
}

#[test]
fn what_is_there_is_named_and_left() {
    let files = [
        (PATH, &*GOOD.replace("Draft", "draft")),
        ("scs-doc.toml", "default-branch = \"trunk\"\n"),
        (".github/workflows/standards.yml", "mine\n"),
        ("lefthook.yaml", "pre-push:\n"),
    ];
    let dir = repository(&files);
    let answer = run(dir.path(), &["init"]);
    assert_eq!(answer.status, 0);
    for line in [
        "left as it is: scs-doc.toml\n  what is found today fails: ",
        "left as it is: .github/workflows/standards.yml\n",
        "left as it is: lefthook.yaml\n  it does not check standards; to do so, add\n\npre-commit:\n",
    ] {
        assert!(answer.out.contains(line), "{line}{}", answer.out);
    }
    assert_eq!(new(dir.path()), [".github/workflows/standards-comment.yml"]);
    for (path, text) in files {
        assert_eq!(read(dir.path(), path), text);
    }
    std::fs::remove_file(dir.path().join(".github/workflows/standards.yml")).unwrap();
    run(dir.path(), &["init"]);
    let workflow = read(dir.path(), ".github/workflows/standards.yml");
    assert!(workflow.contains("branches: [\"trunk\"]"), "{workflow}");
    let pre_commit = repository(&[(PATH, GOOD), (".pre-commit-config.yaml", "repos: []\n")]);
    let answer = run(pre_commit.path(), &["init"]);
    assert!(answer.out.contains("      - id: scs-doc-pr\n"), "{}", answer.out);
    assert!(!new(pre_commit.path()).contains(&"lefthook.yml".to_owned()));
}

#[test]
fn what_it_cannot_do_it_says_and_writes_nothing() {
    let dir = repository(&[(PATH, GOOD), ("scs-doc.toml", "standard = 1\n")]);
    let answer = run(dir.path(), &["init"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("scs-doc.toml:1:1"), "{}", answer.err);
    assert_eq!(run(dir.path(), &["init", "--config", "x.toml"]).status, 2);
    assert!(new(dir.path()).is_empty());
}

/// Files do not land where a link leads to.
#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let outside = TempDir::new().unwrap();
    let dir = repository(&[(PATH, GOOD)]);
    std::os::unix::fs::symlink(outside.path(), dir.path().join(".github")).unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("lefthook.yml")).unwrap();
    let answer = run(dir.path(), &["init"]);
    assert_eq!(answer.status, 2, "{}", answer.out);
    assert!(answer.err.contains(".github: is a symbolic link"), "{}", answer.err);
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    assert_eq!(new(dir.path()), [".github", "lefthook.yml"]);
}
