//! `scs-doc pr` on scripted repositories: which base, which head, what it answers to whatever it
//! may find there.

use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{GOOD, PATH};
use crate::helpers::{Answer, folder, git, run, write};

/// A repository with one document on `main`.
fn repository() -> TempDir {
    let dir = folder(&[(PATH, GOOD)]);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    dir
}

fn commit(dir: &Path, message: &str) {
    git(dir, &["add", "--all"]);
    git(dir, &["commit", "--quiet", "--allow-empty", "-m", message]);
}

fn branch(dir: &Path, name: &str) {
    git(dir, &["checkout", "--quiet", "-b", name, "main"]);
}

fn pr(dir: &Path, args: &[&str]) -> Answer {
    run(dir, &[&["pr"], args].concat())
}

fn concise(dir: &Path, args: &[&str]) -> String {
    let answer = pr(dir, &[&["--format", "concise"], args].concat());
    answer.out + &answer.err
}

fn json(dir: &Path, args: &[&str]) -> Value {
    let answer = pr(dir, &[&["--format", "json"], args].concat());
    serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err))
}

fn document(title: &str) -> String {
    GOOD.replace("Entropy", title)
}

/// A new version of a Stable document, which is edited along with it.
pub fn update_and_edit() -> TempDir {
    let dir = repository();
    let stable = GOOD.replace("status: Draft", "status: Stable\nstabilized_at: 2024-02-08");
    write(dir.path(), PATH, stable.replace("Text.\n\n## M", "It SHOULD work.\n\n## M"));
    commit(dir.path(), "stable");
    branch(dir.path(), "proposal");
    let edited = stable.replace("Text.\n\n## M", "It MUST work. That is all.\n\n## M");
    write(dir.path(), PATH, edited);
    let replaces = "status: Draft\nreplaces:\n  - scs-0101-v1-entropy.md";
    let next = GOOD.replace("status: Draft", replaces);
    write(dir.path(), "Standards/scs-0101-v2-entropy.md", next);
    commit(dir.path(), "second");
    dir
}

#[test]
fn what_people_see() {
    let dir = update_and_edit();
    let answer = pr(dir.path(), &["--base", "main"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out);
    assert_eq!(pr(dir.path(), &["--fail-on", "warning"]).status, 1);
    assert_eq!(pr(dir.path(), &["-q"]).out, "");
    let report = pr(dir.path(), &["--format", "markdown"]).out;
    assert_snapshot!(report.replace(git(dir.path(), &["rev-parse", "HEAD"]).trim(), "[HEAD]"));
}

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
        report["change"]["head"] = Value::Null;
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

/// Documents that cannot be read on either side, and those that are repaired.
#[test]
fn documents_that_do_not_parse() {
    let broken: [&[u8]; 4] = [b"", b"\xff\xfe\0", b"---\ntitle: [\n---\n", b"---\ntitle: x\n"];
    let stable = GOOD.replace("status: Draft", "status: Stable\nstabilized_at: 2024-02-08");
    for (at, bytes) in broken.into_iter().enumerate() {
        let dir = folder(&[(PATH, &stable)]);
        git(dir.path(), &["init", "--quiet"]);
        commit(dir.path(), "first");
        branch(dir.path(), "head");
        write(dir.path(), PATH, bytes);
        commit(dir.path(), "broken");
        let answer = pr(dir.path(), &["--format", "concise"]);
        assert_eq!(answer.status, 1, "{at}: {}{}", answer.out, answer.err);
        // What cannot be read is not said to be gone.
        assert!(!answer.out.contains("change-dates-frozen"), "{at}: {}", answer.out);
        git(dir.path(), &["checkout", "--quiet", "-b", "repair"]);
        write(dir.path(), PATH, &stable);
        commit(dir.path(), "repaired");
        let answer = pr(dir.path(), &["--format", "concise", "--base", "head"]);
        assert_eq!(answer.status, 0, "{at}: {}{}", answer.out, answer.err);
        assert!(answer.out.contains("1 document changed"), "{at}: {}", answer.out);
    }
}

/// What could not be read is neither new nor gone, and is said not to be judged.
#[test]
fn documents_that_cannot_be_read() {
    let dir = repository();
    branch(dir.path(), "large");
    let large = std::fs::File::create(dir.path().join(PATH)).unwrap();
    large.set_len(65 << 20).unwrap();
    commit(dir.path(), "large");
    let answer = pr(dir.path(), &["--format", "markdown"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("68157440 bytes are more than"), "{}", answer.err);
    assert!(answer.out.contains("as far as it could be judged"), "{}", answer.out);
    assert!(!answer.out.contains("change-deleted"), "{}", answer.out);
    // The change that repairs it can be merged.
    git(dir.path(), &["checkout", "--quiet", "-b", "repair"]);
    write(dir.path(), PATH, GOOD);
    commit(dir.path(), "repair");
    let answer = pr(dir.path(), &["--format", "concise", "--base", "large", "--stage", "merge"]);
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
}

#[test]
fn a_thousand_files_are_told_in_a_few_lines() {
    let dir = repository();
    for at in 0..1000 {
        let path = format!("Standards/scs-{:04}-v1-a{at}.md", 1000 + at);
        write(dir.path(), &path, document(&format!("Number {at}")));
    }
    commit(dir.path(), "many");
    branch(dir.path(), "head");
    for at in 0..1000 {
        let from = format!("Standards/scs-{:04}-v1-a{at}.md", 1000 + at);
        let to = format!("Standards/scs-{:04}-v1-a{at}.md", 3000 + at);
        std::fs::rename(dir.path().join(from), dir.path().join(to)).unwrap();
    }
    commit(dir.path(), "renumbered");
    let answer = pr(dir.path(), &[]);
    assert_eq!(answer.status, 0, "to move numbers is a warning");
    assert!(answer.out.contains("\n  and 980 more\n"));
    let report = json(dir.path(), &[]);
    assert_eq!(report["change"]["kinds"], serde_json::json!(["rename"]));
    let markdown = pr(dir.path(), &["--format", "markdown"]).out;
    assert!(markdown.len() < 65_000, "{}", markdown.len());
    assert!(markdown.contains("and 980 more documents"), "{markdown}");
    assert!(markdown.ends_with(" not shown (-v)\n"), "{markdown}");
}

#[test]
fn a_context_that_cannot_be_read_is_said() {
    let dir = repository();
    write(dir.path(), "context.json", "{\"number\": 1,\n \"reviews\": 2}");
    let answer = pr(dir.path(), &["--context", "context.json"]);
    assert_eq!((answer.status, answer.out.as_str()), (2, ""));
    assert_snapshot!(answer.err, @"scs-doc: context.json:2:13: no context of a pull request: invalid type: integer `2`, expected a sequence");
    assert_eq!(pr(dir.path(), &["--context", "nothing.json"]).status, 2);
    write(dir.path(), "context.json", "{\"number\": 1, \"title\": \"x\", \"more\": []}");
    assert_eq!(pr(dir.path(), &["--context", "context.json"]).status, 0);
}

#[test]
fn an_exemption_without_effect_is_said() {
    let dir = repository();
    branch(dir.path(), "head");
    write(dir.path(), "Standards/scs-0102-v2-images.md", document("Images"));
    commit(dir.path(), "head\n\nSCS-Exempt: change-versoin why\nSCS-Exempt: change-version");
    let answer = pr(dir.path(), &["--format", "concise"]);
    assert_eq!(answer.status, 1);
    let err =
        answer.err.replace(git(dir.path(), &["rev-parse", "HEAD"]).get(..7).unwrap(), "[HEAD]");
    assert_snapshot!(err, @r"
    scs-doc: `SCS-Exempt: change-versoin` (commit [HEAD]) has no effect: there is no such rule; did you mean `change-version`?
    scs-doc: `SCS-Exempt: change-version` (commit [HEAD]) has no effect: it gives no reason
    ");
    commit(dir.path(), "granted\n\nSCS-Exempt: change-version the number was reserved");
    let answer = pr(dir.path(), &["--format", "concise"]);
    assert!(answer.out.contains("note[change-version]"), "{}", answer.out);
    assert!(answer.out.contains(" (exempted: the number was reserved)\n"), "{}", answer.out);
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

#[test]
fn reports_follow_their_schemas() {
    use crate::formats::{sarif_schema, schema, validate};
    let dir = hostile();
    let report = json(dir.path(), &[]);
    validate(&schema("findings"), &report);
    let count = |origin: &str| {
        let findings = report["findings"].as_array().unwrap();
        findings.iter().filter(|it| it["origin"] == origin).count()
    };
    let summary = |key: &str| usize::try_from(report["summary"][key].as_u64().unwrap()).unwrap();
    assert!(count("introduced") > 50 && count("inherited") > 0);
    let own = summary("errors") + summary("warnings") + summary("notes");
    assert_eq!((count("introduced"), count("inherited")), (own, summary("inherited")));
    let exempt = report["findings"].as_array().unwrap().iter().filter(|it| !it["exempt"].is_null());
    assert!(exempt.clone().count() > 0);
    assert!(exempt.clone().all(|it| it["rule"] == "change-version" && it["level"] == "note"));
    let log: Value = serde_json::from_str(&pr(dir.path(), &["--format", "sarif"]).out).unwrap();
    validate(&sarif_schema(), &log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let new = results.iter().filter(|it| it["baselineState"] == "new").count();
    let suppressed = results.iter().filter(|it| !it["suppressions"].is_null()).count();
    assert_eq!((new, suppressed), (own, exempt.count()));
    let junit = pr(dir.path(), &["--format", "junit"]).out;
    assert!(junit.contains(&format!("failures=\"{}\"", summary("errors"))), "{junit}");
    // `check` has neither origin nor change.
    let check: Value =
        serde_json::from_str(&run(dir.path(), &["check", "--format", "json"]).out).unwrap();
    assert!(check.get("change").is_none() && check["findings"][0].get("origin").is_none());
}

#[test]
fn a_change_as_json() {
    let dir = repository();
    branch(dir.path(), "head");
    let head = GOOD.replace("status: Draft", "status: Stable\nstabilized_at: 2026-08-21");
    let to = "Standards/scs-0107-v1-entropy.md";
    git(dir.path(), &["mv", PATH, to]);
    write(dir.path(), to, head.replace("description: Enough entropy.", "replaces: [a.md, b.md]"));
    commit(dir.path(), "head");
    let mut change = json(dir.path(), &[])["change"].take();
    for key in ["base", "head"] {
        assert_eq!(change[key].take().as_str().unwrap().len(), 40);
    }
    assert_snapshot!(serde_json::to_string_pretty(&change).unwrap());
}

/// Names, values and sentences of strangers that want to be more than text.
fn hostile() -> TempDir {
    let dir = repository();
    // One thing that the base has to hear too.
    let stable = "status: Stable\nstabilized_at: 2024-02-08\nextra: x";
    write(dir.path(), PATH, GOOD.replace("status: Draft", stable));
    commit(dir.path(), "stable");
    branch(dir.path(), "head");
    let evil = [
        "<img src=x onerror=alert(1)>",
        "@everyone",
        "#1",
        "``` \\` `` <b>x</b>",
        "[a](https://evil.example)",
        "::error::x%0A::set-output name=a::b",
        "$(touch x) `touch x`",
        "</details> <!-- ",
        "www.evil.example \u{202e}",
    ];
    let text = evil.map(|it| format!("A machine MUST {it} be.\n\n")).concat();
    let head =
        GOOD.replace("status: Draft", stable).replace("Text.\n\n## M", &format!("{text}## M"));
    write(dir.path(), PATH, head);
    for (at, evil) in evil.iter().enumerate() {
        let quoted = evil.replace('\\', "\\\\").replace('"', "\\\"");
        let text = GOOD.replace("status: Draft", &format!("status: \"{quoted}\"\n\"{quoted}\": x"));
        let name = evil.replace('/', "∕");
        write(dir.path(), &format!("Standards/scs-0102-v{}-\n{name}|{name}.md", at + 1), text);
        write(
            dir.path(),
            &format!("Standards/scs-0103-v{}-a.md", at + 1),
            format!("---\n{evil}\n"),
        );
    }
    commit(dir.path(), "SCS-Exempt: change-version <b>@everyone</b>");
    dir
}

#[test]
fn nothing_of_a_stranger_is_alive_in_a_comment() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let dir = hostile();
    let answer = pr(dir.path(), &["-v", "--format", "markdown"]);
    assert_eq!(answer.status, 1);
    let text = &answer.out;
    assert!(text.len() < 65_000, "{}", text.len());
    assert!(text.lines().filter(|line| line.starts_with("- [`Standards")).count() > 20);
    let mut code = 0;
    let mut cells = 0;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("alive: {html}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let ours = "https://github.com/SovereignCloudStack/standards/blob/";
                assert!(dest_url.starts_with(ours), "{dest_url}");
            }
            Event::Start(Tag::Image { dest_url, .. }) => panic!("alive: {dest_url}"),
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => code -= 1,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Text(text) if code == 0 => {
                let mention = |at: usize| text[at + 1..].starts_with(char::is_alphanumeric);
                assert!(!text.match_indices(['@', '#']).any(|(at, _)| mention(at)), "{text}");
                assert!(!text.contains("://") && !text.contains("www."), "{text}");
            }
            _ => {}
        }
    }
    // Five columns, the head of the table and 19 documents.
    assert_eq!(cells, 5 * 20);
}

#[test]
fn nothing_of_a_stranger_is_a_command_or_moves_the_cursor() {
    let dir = hostile();
    let answer = pr(dir.path(), &["-v", "--format", "github"]);
    for line in answer.out.lines().filter(|line| line.contains("::")) {
        let known = ["::error ", "::warning ", "::notice "];
        let Some(rest) = known.iter().find_map(|it| line.strip_prefix(it)) else {
            panic!("{line}");
        };
        // The message may have colons; the properties before it may not.
        let (properties, _) = rest.split_once("::").unwrap();
        let keys: Vec<&str> =
            properties.split(',').map(|it| it.split_once('=').unwrap().0).collect();
        assert!(["file", "line"].iter().zip(&keys).all(|(a, b)| a == b), "{line}");
    }
    for format in ["human", "concise"] {
        let answer = pr(dir.path(), &["-v", "--format", format]);
        assert!(!answer.out.contains(['\u{202e}', '\u{1b}']), "{format}");
        assert!(!answer.out.lines().any(|line| line.starts_with("::")), "{format}");
    }
}
