//! The commands for the life of a document, as their users see them.

use std::path::Path;

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::cli::GOOD;
use crate::helpers::{Answer, folder, git, read, run, write};
use crate::scripted::commit;

const OLD: &str = "Standards/scs-0100-v1-flavors.md";
const NEW: &str = "Standards/scs-0100-v2-flavors.md";

/// One test case, in no version yet.
const MANIFEST: &str = "\
uuid: 50393e6f-2ae1-4c5c-a62c-3b75f2abef3e
name: IaaS
url: https://example.org/scs-iaas.yaml
scripts:
- executable: ./names.py
  testcases:
  - id: scs-0100-names
modules: []
timeline: []
versions: []
";

/// A number with a Stable version and a Draft that is to replace it, and a manifest.
fn files() -> Vec<(&'static str, String)> {
    let old = "status: Stable\nstabilized_at: 2024-02-08";
    let new = "status: Draft # for now\nreplaces:\n  - scs-0100-v1-flavors.md";
    let text = GOOD.replace("Tests\n\nText.", "Tests\n\n- `scs-0100-names`");
    vec![
        (OLD, text.replace("status: Draft", old)),
        (NEW, text.replace("status: Draft", new)),
        ("Tests/scs-iaas.yaml", MANIFEST.to_owned()),
    ]
}

pub fn versions() -> TempDir {
    let files = files();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    folder(&files)
}

/// The same in git, with everything committed.
pub fn committed() -> TempDir {
    let dir = versions();
    git(dir.path(), &["init", "--quiet"]);
    for (key, value) in [("user.name", "Ada"), ("user.email", "ada@example.org")] {
        git(dir.path(), &["config", key, value]);
    }
    commit(dir.path(), "first");
    dir
}

/// All files of a folder with their bytes, those of git left out.
pub fn everything(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path.ends_with(".git") => {}
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
                    found.push((name, std::fs::read(path).unwrap()));
                }
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_version_takes_the_place_of_the_one_before() {
    let dir = versions();
    let refused = run(dir.path(), &["promote", "scs-0100-v2"]);
    assert_eq!(refused.status, 1);
    assert_snapshot!(refused.err, @"scs-doc: scs-0100-v2 cannot become Stable while scs-0100-v1 is: deprecate it in the same go with --with-predecessor, or before, from a later day on: `scs-doc promote scs-0100-v1 --to deprecated --date DATE --replaced-by scs-0100-v2`");
    let answer =
        run(dir.path(), &["promote", "scs-0100-v2", "--with-predecessor", "--date", "2026-09-01"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out, @"
    promotion: scs-0100-v2 becomes Stable on 2026-09-01
    deprecation: scs-0100-v1 becomes Deprecated on 2026-09-01, replaced by scs-0100-v2
    conditions for scs-0100-v2:
      [x] `scs-doc check` finds nothing in it: no error and no warning
      [x] its tests are automated: `Tests/scs-iaas.yaml` names a test case for its number
      [x] its tests are described: section Conformance Tests of scs-0100-v2
      [?] its tests work with the reference implementation
      [x] what it takes the place of is not Stable any more: scs-0100-v1 becomes Deprecated along with it
      [x] `stabilized_at` says from when on: 2026-09-01, a day to come: it is not in effect before
      [?] loose consensus of the team for infrastructure as a service
    conditions for scs-0100-v1:
      [x] `scs-doc check` finds nothing in it: no error and no warning
      [x] it is announced ahead: it is in effect until 2026-09-01
      [x] `replaced_by` lists what replaces it: scs-0100-v2
      [x] `deprecated_at` says from when on: 2026-09-01
      [?] loose consensus of the team for infrastructure as a service
    wrote 2 files: Standards/scs-0100-v2-flavors.md, Standards/scs-0100-v1-flavors.md
    ");
    let front = |path: &str| read(dir.path(), path).split("---").nth(1).unwrap().trim().to_owned();
    assert_snapshot!(front(NEW), @"
    title: Entropy
    type: Standard
    status: Stable # for now
    stabilized_at: 2026-09-01
    replaces:
      - scs-0100-v1-flavors.md
    track: IaaS
    description: Enough entropy.
    ");
    assert_snapshot!(front(OLD), @"
    title: Entropy
    type: Standard
    status: Deprecated
    deprecated_at: 2026-09-01
    replaced_by:
      - scs-0100-v2-flavors.md
    stabilized_at: 2024-02-08
    track: IaaS
    description: Enough entropy.
    ");
    assert_eq!(run(dir.path(), &["check", "--fail-on", "warning"]).status, 0);
    let again = run(dir.path(), &["promote", "0100-v2"]);
    assert_eq!(again.status, 1);
    assert_snapshot!(again.err, @"scs-doc: scs-0100-v2 is Stable from 2026-09-01 on: say which step it takes with `--to deprecated` or `--to rejected`");
}

#[test]
fn looking_writes_nothing() {
    let dir = versions();
    let before = everything(dir.path());
    for option in ["--diff", "--dry-run"] {
        let answer = run(dir.path(), &["promote", OLD, "--to", "deprecated", option]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        assert_eq!(everything(dir.path()), before);
    }
}

/// What each bad input gets: its status, one sentence, and no file that changed.
#[test]
fn bad_input_changes_nothing() {
    let front = |with: &str| GOOD.replace("status: Draft", with);
    let flow = GOOD.replace(
        "---\ntitle: Entropy\ntype: Standard\nstatus: Draft\ntrack: IaaS\ndescription: Enough entropy.\n---",
        "---\n{title: Entropy, type: Standard, status: Draft, track: IaaS}\n---",
    );
    let mut table = String::new();
    for (text, args) in [
        (GOOD.to_owned(), &["promote", "scs-0102"] as &[&str]),
        (GOOD.to_owned(), &["promote", "scs-0100"]),
        (GOOD.to_owned(), &["promote", "Tests/scs-iaas.yaml"]),
        (GOOD.to_owned(), &["promote", "Standards/scs-0101-v1-x.md"]),
        (GOOD.to_owned(), &["promote", "0101-v1", "--date", "2026-02-30"]),
        (GOOD.to_owned(), &["promote", "0101-v1", "--to", "draft"]),
        (GOOD.to_owned(), &["promote", "0101-v1", "--replaced-by", "0100-v1"]),
        (GOOD.to_owned(), &["promote", "0101-v1", "--to", "rejected", "--with-predecessor"]),
        (GOOD.to_owned(), &["promote", "0101-v1", "--to", "rejected", "--replaced-by", "0101"]),
        (GOOD.to_owned(), &["promote", "0101-v1", "--signoff"]),
        (GOOD.to_owned(), &["promote", "0101-v1", "--commit"]),
        (front("state: Draft"), &["promote", "0101-v1"]),
        (front("status: Proposal"), &["promote", "0101-v1"]),
        (front("status: Rejected\nrejected_at: 2024-01-01"), &["promote", "0101-v1"]),
        (front("status: [Draft"), &["promote", "0101-v1"]),
        (front("status: Draft\nstatus: Draft"), &["promote", "0101-v1"]),
        (front("status: |\n  Draft"), &["promote", "0101-v1"]),
        (front("status: Draft\nstabilized_at: [2024-01-01]"), &["promote", "0101-v1"]),
        (flow, &["promote", "0101-v1"]),
        (front("status: Stable\nstabilized_at: 2024-01-01"), &["promote", "0101-v1"]),
        (
            front("status: Stable\nstabilized_at: 2024-01-01"),
            &["promote", "0101-v1", "--to", "deprecated", "--date", "2023-12-31"],
        ),
        (
            front(
                "status: Stable\nstabilized_at: 2024-01-01\nreplaced_by: [scs-0100-v1-flavors.md]",
            ),
            &["promote", "0101-v1", "--to", "deprecated", "--replaced-by", "0100-v2"],
        ),
        ("no front matter".to_owned(), &["promote", "0101-v1"]),
        ("---\ntitle: x\n".to_owned(), &["promote", "0101-v1"]),
    ] {
        let dir = versions();
        write(dir.path(), "Standards/scs-0101-v1-entropy.md", text);
        let before = everything(dir.path());
        let Answer { status, err, .. } = run(dir.path(), args);
        assert_eq!(everything(dir.path()), before, "{args:?}");
        assert_ne!(status, 0, "{args:?}");
        table.push_str(&format!("{} -> {status}\n{err}\n", args[1..].join(" ")));
    }
    assert_snapshot!("bad_input_of_promote", table);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_stays() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = versions();
    let file = dir.path().join(OLD);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
    let before = everything(dir.path());
    let answer = run(dir.path(), &["promote", "scs-0100-v2", "--with-predecessor"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("is read-only; nothing was written"), "{}", answer.err);
    assert_eq!(everything(dir.path()), before);
}

#[test]
fn one_commit_of_exactly_these_edits() {
    let dir = committed();
    write(dir.path(), "notes.txt", "not in git");
    let args = ["promote", "scs-0100-v2", "--with-predecessor", "--date", "2026-09-01", "--commit"];
    let answer = run(dir.path(), &[&args[..], &["--signoff", "--branch", "stabilize"]].concat());
    assert_eq!(answer.status, 0, "{}", answer.err);
    let last = answer.out.lines().last().unwrap();
    assert!(last.starts_with("committed "), "{last}");
    assert!(last.ends_with(" on stabilize: scs-0100-v2 becomes Stable on 2026-09-01"), "{last}");
    let git = |args: &[&str]| git(dir.path(), args);
    assert_snapshot!(git(&["log", "-1", "--format=%B"]), @"
    scs-0100-v2 becomes Stable on 2026-09-01

    scs-0100-v1 becomes Deprecated on 2026-09-01, replaced by scs-0100-v2.

    Signed-off-by: Ada <ada@example.org>
    ");
    assert_eq!(git(&["diff", "--name-only", "main", "stabilize"]), format!("{OLD}\n{NEW}\n"));
    assert_eq!(git(&["rev-list", "--count", "main..stabilize"]), "1\n");
    assert_eq!(git(&["symbolic-ref", "--short", "HEAD"]), "stabilize\n");
    assert_eq!(git(&["status", "--porcelain"]), "?? notes.txt\n");
}

#[test]
fn a_commit_that_cannot_be_made_leaves_everything_as_it_was() {
    let args: &[&str] = &["promote", "scs-0100-v2", "--with-predecessor", "--commit"];
    /// Brings a repository into a state, and gives further options.
    type Prepare = fn(&Path) -> Vec<&'static str>;
    let prepare: [(&str, Prepare); 7] = [
        ("staged", |root| {
            write(root, "a.txt", "a");
            git(root, &["add", "a.txt"]);
            vec![]
        }),
        ("not staged", |root| {
            write(root, OLD, read(root, OLD) + "\nMore.\n");
            vec![]
        }),
        ("not in git", |root| {
            git(root, &["rm", "--quiet", "--cached", NEW]);
            git(root, &["commit", "--quiet", "-m", "second"]);
            vec![]
        }),
        ("a branch that is there", |_| vec!["--branch", "main"]),
        ("a bad name", |_| vec!["--branch", "a..b"]),
        ("a hook", |root| {
            let hook = ".git/hooks/pre-commit";
            write(root, hook, "#!/bin/sh\necho never >&2\nexit 1\n");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let all = std::fs::Permissions::from_mode(0o755);
                std::fs::set_permissions(root.join(hook), all).unwrap();
            }
            vec!["--branch", "stabilize"]
        }),
        ("a merge", |root| {
            let head = git(root, &["rev-parse", "HEAD"]);
            write(root, ".git/MERGE_HEAD", head);
            vec![]
        }),
    ];
    let mut table = String::new();
    for (what, prepare) in prepare {
        let dir = committed();
        let options = prepare(dir.path());
        let state = || {
            let refs = git(dir.path(), &["for-each-ref"]);
            let status = git(dir.path(), &["status", "--porcelain", "--branch"]);
            (everything(dir.path()), refs, status)
        };
        let before = state();
        let answer = run(dir.path(), &[args, &options].concat());
        assert_eq!(answer.status, 2, "{what}");
        assert_eq!(state(), before, "{what}");
        table.push_str(&format!("{what}: {}", answer.err));
    }
    assert_snapshot!(table, @"
    staged: scs-doc: --commit: a.txt has changes that are not committed: commit or stash them first
    not staged: scs-doc: --commit: Standards/scs-0100-v1-flavors.md has changes that are not committed: commit or stash them first
    not in git: scs-doc: --commit: Standards/scs-0100-v2-flavors.md is not in git yet: commit it first
    a branch that is there: scs-doc: --branch main: is there already
    a bad name: scs-doc: --branch a..b: is not a name that a branch can have
    a hook: scs-doc: --commit: `git commit` failed; nothing was written: never
    a merge: scs-doc: --commit: a merge is going on: finish it first, or abort it
    ");
}
