//! What goes wrong around the commands that write: other runs, killed runs, hooks, foreign settings.

use std::path::Path;
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::cli::GOOD;
use crate::helpers::{command, folder, git, read, run, write};
use crate::lifecycle::{committed, everything};
use crate::scripted::commit;

const NEW: [&str; 3] = ["promote", "scs-0100-v2", "--with-predecessor"];

#[cfg(unix)]
fn hook(root: &Path, name: &str, body: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let path = format!(".git/hooks/{name}");
    write(root, &path, format!("#!/bin/sh\n{body}\n"));
    std::fs::set_permissions(root.join(path), std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// The first run stops in its hook; the second one says so and writes nothing.
#[cfg(unix)]
#[test]
fn two_runs_do_not_write_at_once() {
    let dir = committed();
    let answered = dir.path().join(".git/answered");
    hook(
        dir.path(),
        "pre-commit",
        &format!(
            "'{}' promote scs-0100-v2 --with-predecessor >.git/answer 2>&1; echo $? >{}",
            env!("CARGO_BIN_EXE_scs-doc"),
            answered.display()
        ),
    );
    let args = [&NEW[..], &["--commit"]].concat();
    let answer = run(dir.path(), &args);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(std::fs::read_to_string(answered).unwrap(), "2\n");
    let said = read(dir.path(), ".git/answer");
    assert!(said.contains("another run of scs-doc is writing; nothing was written"), "{said}");
}

/// Killed while it commits: the next run says so, once.
#[cfg(unix)]
#[test]
fn a_commit_that_was_stopped_is_told() {
    let dir = committed();
    for fifo in ["there", "on"] {
        let made = Command::new("mkfifo").arg(dir.path().join(".git").join(fifo)).status();
        assert!(made.unwrap().success());
    }
    hook(dir.path(), "pre-commit", "echo >.git/there; cat .git/on; exit 1");
    let mut child = command(dir.path(), &[&NEW[..], &["--commit"]].concat());
    let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // The hook is there once somebody writes, and goes on once somebody reads no more.
    read(dir.path(), ".git/there");
    child.kill().unwrap();
    child.wait().unwrap();
    write(dir.path(), ".git/on", "");
    let check = run(dir.path(), &["check"]);
    assert!(check.err.contains("an earlier run was stopped while it wrote"), "{}", check.err);
    let next = run(dir.path(), &["promote", "scs-0100-v2"]);
    assert_eq!(next.status, 2);
    assert_snapshot!(next.err, @"scs-doc: an earlier run with --commit was stopped while it made the commit of Standards/scs-0100-v2-flavors.md, Standards/scs-0100-v1-flavors.md: look at `git status`, and commit these files or put them back (`git restore --staged --worktree`); then run the command again");
    let third = run(dir.path(), &["promote", "scs-0100-v2"]);
    assert_eq!(third.status, 1, "{}", third.err);
}

/// The commit goes into the repository of the files, whatever a hook that calls has set.
#[test]
fn settings_of_other_repositories_do_not_count() {
    let (dir, other) = (committed(), committed());
    let head = git(other.path(), &["rev-parse", "HEAD"]);
    let mut command = command(dir.path(), &[&NEW[..], &["--commit"]].concat());
    command.env("GIT_DIR", other.path().join(".git"));
    command.env("GIT_INDEX_FILE", other.path().join(".git/index"));
    command.env("GIT_WORK_TREE", other.path());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(git(other.path(), &["rev-parse", "HEAD"]), head);
    assert_eq!(git(dir.path(), &["status", "--porcelain"]), "");
    assert_eq!(git(dir.path(), &["rev-list", "--count", "HEAD"]), "2\n");
}

/// A reader that goes away keeps nobody from writing.
#[cfg(unix)]
#[test]
fn what_is_asked_for_is_done_though_nobody_reads() {
    let dir = committed();
    let mut command = command(dir.path(), &[&NEW[..], &["--commit"]].concat());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = command.stdout(writer).status().unwrap();
    assert!(status.success());
    assert_eq!(git(dir.path(), &["rev-list", "--count", "HEAD"]), "2\n");
}

/// Paths of a diff are those of the repository, also where the root lies within one.
#[test]
fn a_diff_applies_below_the_top() {
    let dir = folder(&[("a.txt", "a")]);
    git(dir.path(), &["init", "--quiet"]);
    let inner = dir.path().join("docs");
    let with = |text: &str| GOOD.replace("## Motivation", text);
    write(&inner, "scs-doc.toml", "");
    write(&inner, "Standards/scs-xxxx-v1-idea.md", GOOD);
    let link = "## Motivation\n\n[it](scs-xxxx-v1-idea.md)";
    write(&inner, "Standards/scs-0101-v1-entropy.md", with(link));
    commit(dir.path(), "first");
    let diff = run(&inner, &["assign", "scs-xxxx-v1-idea", "--diff"]);
    assert_eq!(diff.status, 0, "{}", diff.err);
    write(dir.path(), ".git/a.diff", &diff.out);
    git(&inner, &["apply", "../.git/a.diff"]);
    let applied = everything(dir.path());
    git(dir.path(), &["checkout", "--quiet", "."]);
    git(dir.path(), &["clean", "--quiet", "--force", "-d"]);
    assert_eq!(run(&inner, &["assign", "scs-xxxx-v1-idea"]).status, 0);
    assert_eq!(everything(dir.path()), applied);
}

/// Two proposals of the same repository; neither touches the other.
#[test]
fn names_that_begin_alike_are_others() {
    let link = |text: &str| GOOD.replace("Text.\n\n## Motivation", text);
    let dir = folder(&[
        ("Standards/scs-xxxx-v1-idea.md", GOOD),
        ("Standards/scs-xxxx-v1-idea.b.md", GOOD),
        (
            "Standards/scs-0101-v1-a.md",
            &link("[a](scs-xxxx-v1-idea.md) [b](scs-xxxx-v1-idea.b.md)\n\n## Motivation"),
        ),
    ]);
    let answer = run(dir.path(), &["assign", "scs-xxxx-v1-idea"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let text = read(dir.path(), "Standards/scs-0101-v1-a.md");
    assert!(text.contains("[a](scs-0102-v1-idea.md) [b](scs-xxxx-v1-idea.b.md)"), "{text}");
}

#[test]
fn a_proposal_without_number_does_not_become_stable() {
    let dir = folder(&[("Standards/scs-xxxx-v1-idea.md", GOOD)]);
    let answer = run(dir.path(), &["promote", "scs-xxxx-v1-idea"]);
    assert_eq!(answer.status, 1);
    assert_snapshot!(answer.err, @"scs-doc: scs-xxxx-v1-idea has no number yet: give it one first with `scs-doc assign scs-xxxx-v1-idea.md`");
}

/// A document with errors of its own does not become Stable; it may go out of use.
#[test]
fn errors_keep_from_becoming_stable() {
    let odd = GOOD.replace("## Motivation", "## Reasons");
    let dir = folder(&[("Standards/scs-0101-v1-a.md", &odd)]);
    let answer = run(dir.path(), &["promote", "scs-0101-v1"]);
    assert_eq!(answer.status, 1);
    assert_snapshot!(answer.err, @"scs-doc: nothing was written: scs-0101-v1: the section `Motivation` is missing [section-missing]; add a section of that title for each, or rename the heading that serves as it");
    assert!(
        answer.out.contains("[ ] `scs-doc check` finds nothing in it: section-missing (error)"),
        "{}",
        answer.out
    );
    assert_eq!(run(dir.path(), &["promote", "scs-0101-v1", "--to", "rejected"]).status, 0);
}

/// What nine of eleven deprecated documents of the community lack.
#[test]
fn references_are_completed_afterwards() {
    let deprecated = "status: Deprecated\nstabilized_at: 2023-01-01\ndeprecated_at: 2024-02-08";
    let stable = "status: Stable\nstabilized_at: 2024-02-08\nreplaces:\n  - scs-0101-v1-a.md";
    let dir = folder(&[
        ("Standards/scs-0101-v1-a.md", &GOOD.replace("status: Draft", deprecated)),
        ("Standards/scs-0101-v2-a.md", &GOOD.replace("status: Draft", stable)),
    ]);
    let answer = run(dir.path(), &["promote", "scs-0101-v1", "--to", "deprecated"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let text = read(dir.path(), "Standards/scs-0101-v1-a.md");
    let lines = "deprecated_at: 2024-02-08\nreplaced_by:\n  - scs-0101-v2-a.md\n";
    assert!(text.contains(lines), "{text}");
    let again = run(dir.path(), &["promote", "scs-0101-v1", "--to", "deprecated"]);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("there is nothing to do"), "{}", again.err);
}

/// Another git has the index: what is to be done about it is said, and nothing is written.
#[test]
fn an_index_that_is_locked_is_told() {
    let dir = committed();
    let proposal = "Standards/scs-xxxx-v1-idea.md";
    write(dir.path(), proposal, GOOD);
    commit(dir.path(), "second");
    write(dir.path(), ".git/index.lock", "");
    let before = everything(dir.path());
    let answer = run(dir.path(), &["assign", "scs-xxxx-v1-idea"]);
    assert_eq!(answer.status, 2, "{}", answer.out);
    assert!(
        answer.err.contains("delete the file `index.lock` in the folder of git"),
        "{}",
        answer.err
    );
    assert_eq!(everything(dir.path()), before);
    std::fs::remove_file(dir.path().join(".git/index.lock")).unwrap();
    assert_eq!(run(dir.path(), &["assign", "scs-xxxx-v1-idea"]).status, 0);
}
