//! `scs-doc pr`: which base, which head, which configuration.

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{GOOD, PATH};
use crate::helpers::{folder, git, write};
use crate::scripted::{branch, commit, concise, document, json, pr, repository};

#[test]
fn the_target_is_the_default_branch_of_the_right_remote() {
    let dir = repository();
    write(dir.path(), "Standards/scs-0102-v1-images.md", document("Images"));
    commit(dir.path(), "second");
    let documents =
        |args: &[&str]| json(dir.path(), args)["change"]["documents"].as_array().unwrap().len();
    // Without a remote the local branch counts, and that is the head.
    assert_eq!(documents(&[]), 0);
    // A fork's own branch is less than that of the repository that the configuration names.
    for (name, url, at) in [
        ("zeta", "git@github.com:SovereignCloudStack/standards.git", "HEAD~1"),
        ("origin", "https://github.com/somebody/standards", "HEAD"),
    ] {
        git(dir.path(), &["remote", "add", name, url]);
        git(dir.path(), &["update-ref", &format!("refs/remotes/{name}/main"), at]);
    }
    assert_eq!(documents(&[]), 1);
    assert_eq!(documents(&["--base", "origin/main"]), 0);
    assert_eq!(documents(&["--base", "zeta/main", "--head", "HEAD~1"]), 0);
    // A default branch of another name.
    git(dir.path(), &["remote", "remove", "zeta"]);
    git(dir.path(), &["update-ref", "-d", "refs/remotes/origin/main"]);
    git(dir.path(), &["update-ref", "refs/remotes/origin/trunk", "HEAD~1"]);
    let head = ["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"];
    git(dir.path(), &head);
    assert_eq!(documents(&[]), 1);
}

#[test]
fn a_target_that_is_not_there_is_said() {
    let dir = repository();
    git(dir.path(), &["branch", "--move", "main", "other"]);
    git(dir.path(), &["remote", "add", "origin", "https://example.org/x"]);
    let answer = pr(dir.path(), &[]);
    assert_eq!((answer.status, answer.out.as_str()), (2, ""));
    assert_snapshot!(answer.err, @"scs-doc: no branch to compare with: there is no `origin/main`, `origin/HEAD` or `main`; fetch it, name another with --base REV, or set `default-branch` in the configuration");
    let answer = pr(dir.path(), &["--base", "nowhere"]);
    assert_eq!(answer.status, 2);
    assert_snapshot!(answer.err, @"scs-doc: no revision `nowhere` here: revspec 'nowhere' not found");
    assert_eq!(pr(dir.path(), &["--base", "other", "--head", "HEAD:Standards"]).status, 2);
}

#[test]
fn two_branches_that_took_one_number_meet_before_the_merge() {
    let dir = repository();
    branch(dir.path(), "one");
    write(dir.path(), "Standards/scs-0102-v1-images.md", document("Images"));
    commit(dir.path(), "one");
    branch(dir.path(), "two");
    write(dir.path(), "Standards/scs-0102-v1-volumes.md", document("Volumes"));
    commit(dir.path(), "two");
    assert!(!concise(dir.path(), &[]).contains("change-number-taken"));
    git(dir.path(), &["branch", "--force", "main", "one"]);
    let answer = concise(dir.path(), &[]);
    assert_snapshot!(answer, @r"
    Standards/scs-0102-v1-volumes.md:1:1: error[change-number-taken] scs-0102-v1 is taken: the target branch has `scs-0102-v1-images.md`
    1 document changed: 1 error; 1 note not shown (-v)
    ");
    // What would be after the merge has two documents of one number.
    let merged = concise(dir.path(), &["--stage", "merge"]);
    assert!(merged.contains("number-unique") && merged.contains("change-number-taken"), "{merged}");
    // The same number and the same name, with another text.
    git(dir.path(), &["checkout", "--quiet", "--force", "two"]);
    std::fs::remove_file(dir.path().join("Standards/scs-0102-v1-volumes.md")).unwrap();
    write(dir.path(), "Standards/scs-0102-v1-images.md", document("Other Images"));
    commit(dir.path(), "three");
    let answer = concise(dir.path(), &[]);
    assert!(answer.contains("the target branch has another text under the name"), "{answer}");
    // What was merged already is no collision with itself.
    let merged = concise(dir.path(), &["--base", "main", "--head", "one"]);
    assert!(!merged.contains("change-number-taken"), "{merged}");
}

#[test]
fn a_rebase_and_a_squash_give_the_same_answer() {
    let dir = repository();
    branch(dir.path(), "many");
    let path = "Standards/scs-xxxx-v1-images.md";
    write(dir.path(), path, document("Images"));
    commit(dir.path(), "one");
    write(dir.path(), PATH, GOOD.replace("Enough", "Much"));
    commit(dir.path(), "two");
    git(dir.path(), &["mv", path, "Standards/scs-xxxx-v1-pictures.md"]);
    commit(dir.path(), "three");
    branch(dir.path(), "one");
    git(dir.path(), &["merge", "--quiet", "--squash", "many"]);
    commit(dir.path(), "all");
    let answer = |head: &str| {
        let mut report = json(dir.path(), &["--head", head]);
        for key in ["head", "compared"] {
            report["change"][key] = Value::Null;
        }
        report
    };
    let (many, one) = (answer("many"), answer("one"));
    assert_eq!(many, one);
    let documents = many["change"]["documents"].as_array().unwrap();
    let operations: Vec<_> = documents.iter().map(|it| it["operation"].as_str().unwrap()).collect();
    assert_eq!(operations, ["modified", "added"]);
}

#[test]
fn the_index_can_be_the_head() {
    let dir = repository();
    write(dir.path(), "Standards/scs-0102-v1-images.md", document("Images"));
    git(dir.path(), &["add", "--all"]);
    write(dir.path(), "Standards/scs-0103-v1-volumes.md", document("Volumes"));
    for stage in ["proposal", "merge"] {
        let report = json(dir.path(), &["--staged", "--stage", stage]);
        assert_eq!(report["change"]["head"], Value::Null);
        assert_eq!(report["change"]["documents"].as_array().unwrap().len(), 1);
    }
    // The target went on: the index is merged into it.
    branch(dir.path(), "target");
    write(dir.path(), PATH, GOOD.replace("Enough", "Much"));
    git(dir.path(), &["commit", "--quiet", "-m", "on", PATH]);
    git(dir.path(), &["checkout", "--quiet", "main"]);
    let args = ["--staged", "--stage", "merge", "--base", "target"];
    let report = json(dir.path(), &args);
    assert_eq!(report["change"]["documents"].as_array().unwrap().len(), 1, "{report}");
    assert_eq!(pr(dir.path(), &["--staged", "--head", "main"]).status, 2);
}

#[test]
fn a_gate_judges_what_the_merge_gives_and_writes_nothing() {
    let dir = repository();
    branch(dir.path(), "head");
    write(dir.path(), PATH, GOOD.replace("status: Draft", "status: draft"));
    commit(dir.path(), "head");
    git(dir.path(), &["checkout", "--quiet", "main"]);
    write(dir.path(), PATH, format!("{GOOD}\nMore.\n"));
    commit(dir.path(), "target");
    let objects = || git(dir.path(), &["count-objects", "--verbose"]);
    let before = objects();
    let report = json(dir.path(), &["--stage", "merge", "--head", "head"]);
    assert_eq!(report["summary"]["errors"], 1);
    assert_eq!(report["change"]["base"], git(dir.path(), &["rev-parse", "main"]).trim());
    let changed = &report["change"]["documents"][0];
    assert_eq!((&changed["body"], &changed["operation"]), (&false.into(), &"modified".into()));
    assert_eq!(objects(), before, "the blob that the merge makes stays in memory");
    // A conflict is no finding.
    write(dir.path(), PATH, GOOD.replace("status: Draft", "status: Drafty"));
    commit(dir.path(), "conflict");
    let answer = pr(dir.path(), &["--stage", "merge", "--head", "head"]);
    assert_eq!(answer.status, 2);
    assert_snapshot!(answer.err, @"scs-doc: Standards/scs-0101-v1-entropy.md: `head` cannot be merged into `main`: resolve the conflict first");
}

#[test]
fn a_bare_repository_and_a_part_of_one_work() {
    let dir = repository();
    branch(dir.path(), "head");
    write(dir.path(), PATH, GOOD.replace("Draft", "draft"));
    commit(dir.path(), "head");
    git(dir.path(), &["clone", "--quiet", "--bare", ".", "bare.git"]);
    let bare = dir.path().join("bare.git");
    assert!(concise(&bare, &["--head", "head"]).contains("error[field-value]"));
    assert!(
        concise(&bare, &["--staged"]).contains("a bare repository has neither work tree nor index")
    );

    let dir = folder(&[("part/standards/scs-0101-v1-entropy.md", GOOD), ("part/scs-doc.toml", "")]);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    branch(dir.path(), "head");
    write(dir.path(), "part/standards/scs-0101-v1-entropy.md", GOOD.replace("Draft", "draft"));
    commit(dir.path(), "head");
    let answer = concise(&dir.path().join("part/standards"), &[]);
    assert!(answer.starts_with("standards/scs-0101-v1-entropy.md:4:9: error"), "{answer}");
}

#[test]
fn histories_without_a_common_beginning_are_told() {
    let dir = repository();
    git(dir.path(), &["checkout", "--quiet", "--orphan", "other"]);
    commit(dir.path(), "other");
    let answer = pr(dir.path(), &[]);
    assert_eq!((answer.status, answer.out.as_str()), (2, ""));
    assert_snapshot!(answer.err, @"scs-doc: `main` and `HEAD` have no common ancestor and cannot be compared: name the branch that the head began from with --base REV");

    let dir = repository();
    branch(dir.path(), "head");
    commit(dir.path(), "second");
    git(dir.path(), &["checkout", "--quiet", "main"]);
    commit(dir.path(), "third");
    let url = format!("file://{}", dir.path().display());
    let shallow = TempDir::new().unwrap();
    let clone = ["clone", "--quiet", "--depth", "1", "--no-single-branch", &url, "."];
    git(shallow.path(), &clone);
    let answer = pr(shallow.path(), &["--head", "origin/head"]);
    assert_eq!(answer.status, 2);
    assert_snapshot!(answer.err, @"scs-doc: `origin/main` and `origin/head` have no common ancestor in this shallow clone: fetch the rest of the history with `git fetch --unshallow` (in a workflow: `fetch-depth: 0`)");
}

#[test]
fn nothing_is_a_change_too() {
    let dir = repository();
    let answer = pr(dir.path(), &[]);
    assert_eq!(answer.status, 0);
    let id = git(dir.path(), &["rev-parse", "--short=7", "HEAD"]);
    assert_snapshot!(answer.out.replace(id.trim(), "[ID]"), @r"
    no document changes
    compared: HEAD ([ID]) with main ([ID])

    0 documents changed: nothing to complain about
    ");
    branch(dir.path(), "head");
    write(dir.path(), "README.md", "Hello.");
    commit(dir.path(), "readme");
    let report = json(dir.path(), &[]);
    assert_eq!(report["change"]["kinds"], serde_json::json!(["none"]));
    // A head that the target has already.
    assert_eq!(pr(dir.path(), &["--base", "head", "--head", "main"]).status, 0);
    // No standards folder on either side.
    let dir = folder(&[("README.md", "x")]);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    let answer = pr(dir.path(), &[]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("no standards repository"), "{}", answer.err);
    let answer = pr(TempDir::new().unwrap().path(), &[]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("no git repository"), "{}", answer.err);
}

#[test]
fn a_first_document_and_a_last_one() {
    let dir = folder(&[("README.md", "x")]);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    branch(dir.path(), "head");
    write(dir.path(), "Standards/scs-0100-v1-entropy.md", GOOD);
    commit(dir.path(), "second");
    assert_eq!(json(dir.path(), &[])["change"]["kinds"], serde_json::json!(["proposal"]));
    let args = ["--base", "head", "--head", "head"];
    assert_eq!(json(dir.path(), &args)["change"]["kinds"], serde_json::json!(["none"]));
    git(dir.path(), &["rm", "--quiet", "-r", "Standards"]);
    commit(dir.path(), "third");
    let answer = concise(dir.path(), &["--base", "HEAD~1"]);
    assert!(answer.contains("error[change-deleted]"), "{answer}");
}

/// A change does not choose what it is judged by, and what it does to the rules is said.
#[test]
fn a_change_of_the_rules_is_judged_by_those_in_force() {
    let dir = repository();
    let target = "forum = ['ada']\n[levels]\nslug-style = 'off'\n";
    write(dir.path(), "scs-doc.toml", target);
    commit(dir.path(), "rules");
    branch(dir.path(), "head");
    std::fs::remove_file(dir.path().join(PATH)).unwrap();
    write(
        dir.path(),
        "Standards/scs-0102-v1-1-images.md",
        "---\ntitle: Images\ntype: Standard\nstatus: draft\ntrack: IaaS\n---\n\nMore.\n",
    );
    let exception = |rule: &str, path: &str| {
        format!("[[exception]]\nrule = '{rule}'\npath = '{path}'\nreason = 'r'\n")
    };
    let head = format!(
        "forum = ['eve']\n[levels]\nchange-deleted = 'off'\nnumber-placeholder = 'error'\n{}{}",
        exception("change-deleted", PATH),
        exception("field-value", "Standards/scs-0102-v1-1-images.md"),
    );
    write(dir.path(), "scs-doc.toml", head);
    commit(dir.path(), "head");
    let answer = pr(dir.path(), &[]);
    assert_eq!(answer.status, 1);
    assert!(answer.out.contains("error[change-deleted]"), "{}", answer.out);
    assert!(!answer.out.contains("[slug-style]"), "{}", answer.out);
    // An exception for a document is a part of the change, and counted.
    assert!(!answer.out.contains("[field-value]"), "{}", answer.out);
    assert!(
        answer.out.ends_with("; 2 notes not shown (-v), 1 excepted in scs-doc.toml\n"),
        "{}",
        answer.out
    );
    for line in [
        "scs-doc.toml: `forum` changes",
        "scs-doc.toml: `change-deleted` goes from default to off",
        "scs-doc.toml: `slug-style` goes from off to default",
        "scs-doc.toml: 2 new exceptions from `change-deleted`, `field-value`",
    ] {
        assert!(answer.out.contains(&format!("\n{line}\n")), "{line}: {}", answer.out);
    }
    // A configuration that cannot be used stops the judgment, in the format that was asked for.
    write(dir.path(), "scs-doc.toml", "levels = 1");
    commit(dir.path(), "broken");
    let answer = pr(dir.path(), &["--format", "json"]);
    assert_eq!(answer.status, 2);
    assert!(answer.out.contains("config-invalid"));
    // Where the target has such a one, a change can repair it; nobody can approve meanwhile.
    let broken = ["--base", "head", "--head", "repair", "--format", "concise"];
    git(dir.path(), &["checkout", "--quiet", "-b", "repair"]);
    write(dir.path(), "scs-doc.toml", target);
    commit(dir.path(), "repair");
    let answer = pr(dir.path(), &broken);
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
    assert_snapshot!(answer.err, @"scs-doc: the configuration of the base cannot be used, the defaults stand in: scs-doc.toml:1:10: invalid type: integer `1`, expected a map");
}

/// The gate judges by what the target's configuration is by now, not by what the branch began from.
#[test]
fn a_gate_reads_the_configuration_of_the_merge() {
    let dir = repository();
    write(dir.path(), "scs-doc.toml", "[levels]\nchange-slug = 'off'\n");
    commit(dir.path(), "lax");
    branch(dir.path(), "head");
    git(dir.path(), &["mv", PATH, "Standards/scs-0101-v1-randomness.md"]);
    commit(dir.path(), "head");
    git(dir.path(), &["checkout", "--quiet", "main"]);
    assert_eq!(pr(dir.path(), &["--head", "head", "--stage", "merge"]).status, 0);
    write(dir.path(), "scs-doc.toml", "");
    commit(dir.path(), "strict");
    for stage in ["proposal", "merge"] {
        let answer = pr(dir.path(), &["--head", "head", "--stage", stage]);
        assert_eq!(answer.status, 1, "{stage}: {}", answer.out);
    }
}

/// A branch that calls itself the default branch is still compared with that of the remote.
#[test]
fn a_change_does_not_choose_its_target() {
    let dir = repository();
    let origin = TempDir::new().unwrap();
    let from = dir.path().to_string_lossy().into_owned();
    git(origin.path(), &["clone", "--quiet", &from, "."]);
    let clone = origin.path();
    git(clone, &["checkout", "--quiet", "-b", "evil"]);
    write(clone, "scs-doc.toml", "default-branch = 'evil'\n");
    std::fs::remove_file(clone.join(PATH)).unwrap();
    commit(clone, "evil");
    git(clone, &["update-ref", "refs/remotes/origin/evil", "HEAD"]);
    let answer = concise(clone, &[]);
    assert!(answer.contains("error[change-deleted]"), "{answer}");
}
