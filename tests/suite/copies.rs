//! `--write FORMAT=FILE`: one run, several reports.

use std::path::Path;

use crate::cli::{GOOD, PATH};
use crate::helpers::{folder, git, read, run, write};
use crate::scripted::{branch, commit, document, repository};

const FORMATS: [&str; 7] = ["human", "concise", "json", "sarif", "github", "junit", "markdown"];

/// What lies in a folder, by name.
fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    let mut names: Vec<String> =
        entries.map(|it| it.unwrap().file_name().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// A file is what the same command prints in that format; the command prints and answers the same.
fn all_at_once(dir: &Path, command: &[&str]) {
    let place = tempfile::TempDir::new().unwrap();
    let copies: Vec<String> =
        FORMATS.iter().map(|it| format!("{it}={}/{it}", place.path().display())).collect();
    let copies: Vec<&str> = copies.iter().flat_map(|it| ["--write", it.as_str()]).collect();
    let alone = run(dir, &[command, &["--format", "github"]].concat());
    let all = run(dir, &[command, &["--format", "github"], &copies].concat());
    assert_eq!((all.status, &all.out, &all.err), (alone.status, &alone.out, &alone.err));
    assert_eq!(all.status, 1, "{}", all.out);
    for format in FORMATS {
        let printed = run(dir, &[command, &["--format", format]].concat()).out;
        assert_eq!(read(place.path(), format), printed, "{format}");
    }
    assert_eq!(names(place.path()).len(), FORMATS.len());
}

#[test]
fn one_run_writes_every_format() {
    let dir = repository();
    branch(dir.path(), "two");
    write(dir.path(), "Standards/scs-0102-v1-two.md", document("Two").replace("Draft", "draft"));
    write(dir.path(), "Standards/scs-0103-v1-three.md", document("Three"));
    commit(dir.path(), "two standards");
    all_at_once(dir.path(), &["check"]);
    all_at_once(dir.path(), &["pr"]);
}

#[test]
fn a_configuration_that_cannot_be_used_is_reported_too() {
    let dir = folder(&[(PATH, GOOD), ("scs-doc.toml", "standard = 1\n")]);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    for command in ["check", "pr"] {
        let answer = run(dir.path(), &[command, "--format", "github", "--write", "json=r.json"]);
        assert_eq!(answer.status, 2);
        assert!(read(dir.path(), "r.json").contains("\"path\": \"scs-doc.toml\""));
        std::fs::remove_file(dir.path().join("r.json")).unwrap();
    }
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_judged() {
    let dir = repository();
    for (copies, why) in [
        (&["yaml=r"][..], "there is no format `yaml`: it is one of human, concise, json"),
        (&["json"], "expected FORMAT=FILE"),
        (&["json="], "expected FORMAT=FILE"),
        (&["json=nowhere/r.json"], "nowhere/r.json: cannot be written: "),
        (&["json=Standards"], "Standards: is no regular file"),
        (&["json=Standards/"], "Standards/: is no regular file"),
        (&["json=.."], "..: is no regular file"),
        (&["json=r", "sarif=./r"], "./r: is named by two --write"),
        #[cfg(unix)]
        (&["json=/dev/null"], "/dev/null: is no regular file"),
    ] {
        for command in ["check", "pr"] {
            let copies: Vec<&str> = copies.iter().flat_map(|it| ["--write", it]).collect();
            let answer = run(dir.path(), &[&[command], copies.as_slice()].concat());
            assert_eq!((answer.status, answer.out.as_str()), (2, ""), "{copies:?}");
            assert!(answer.err.contains(why), "{copies:?}: {}", answer.err);
        }
    }
    for mode in [&["--fix", "--diff"][..], &["--accept", "--reason", "x"]] {
        let answer = run(dir.path(), &[&["check", "--write", "json=r"], mode].concat());
        assert_eq!(answer.status, 2);
        assert!(answer.err.contains("--write goes with a report"), "{}", answer.err);
    }
    assert_eq!(names(dir.path()), [".git", "Standards"]);
}

#[test]
fn a_file_is_replaced_only_by_a_report() {
    let dir = repository();
    write(dir.path(), "r.json", "before");
    let pr = |base: &str| run(dir.path(), &["pr", "--base", base, "--write", "json=r.json"]);
    assert_eq!(pr("nothing").status, 2);
    assert_eq!(read(dir.path(), "r.json"), "before");
    assert_eq!(pr("main").status, 0);
    assert!(read(dir.path(), "r.json").starts_with("{\n  \"schema\": 1,"));
    assert_eq!(names(dir.path()), [".git", "Standards", "r.json"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_what_it_leads_to_is_written() {
    let dir = repository();
    write(dir.path(), "r.json", "before");
    std::os::unix::fs::symlink("r.json", dir.path().join("link")).unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("broken")).unwrap();
    let check = |copy: &str| run(dir.path(), &["check", "--write", copy]).status;
    assert_eq!(check("json=link"), 0);
    assert!(dir.path().join("link").is_symlink());
    assert!(read(dir.path(), "r.json").starts_with('{'));
    assert_eq!(check("json=broken"), 2);
}

/// With repairs, the reports tell what is left.
#[test]
fn a_repair_cleans_up_no_report() {
    let dir = folder(&[(PATH, &GOOD.replace("Draft", "draft"))]);
    let answer = run(dir.path(), &["check", "--fix", "--write", "json=Standards/r.json"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(read(dir.path(), "Standards/r.json").contains("\"errors\": 0"));
}
