//! Repositories of git that are damaged, or that stand for very much.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::table::{Case, PATH, ask, case, each, good, write};

/// git in a folder, without anybody's configuration.
pub fn git(root: &Path, args: &[&str], input: &str) -> String {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    let identity = [
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "-c",
        "init.defaultBranch=main",
    ];
    let mut child = command
        .current_dir(root)
        .args(identity)
        .args(["-c", "commit.gpgsign=false", "-c", "gc.auto=0"])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "git {args:?}");
    String::from_utf8(output.stdout).unwrap()
}

pub fn commit(root: &Path, message: &str) {
    git(root, &["add", "--all"], "");
    git(root, &["commit", "--quiet", "-m", message], "");
}

/// A good document on a branch `base`, and another branch checked out.
pub fn based(root: &Path) {
    write(root, PATH, good());
    git(root, &["init", "--quiet"], "");
    commit(root, "first");
    git(root, &["branch", "base"], "");
}

/// The file of an object that lies there by itself.
fn object(root: &Path, id: &str) -> std::path::PathBuf {
    root.join(".git/objects").join(&id[..2]).join(&id[2..])
}

fn damage(root: &Path, name: &str, bytes: &[u8]) {
    let id = git(root, &["rev-parse", name], "");
    let file = object(root, id.trim());
    std::fs::remove_file(&file).unwrap();
    std::fs::write(file, bytes).unwrap();
}

fn damaged(
    what: &'static str,
    name: &'static str,
    bytes: &'static [u8],
    says: &'static str,
) -> Case {
    let asks = [
        ask("check --rev HEAD", 2, says),
        ask("pr --base base", 2, says),
        ask("index --format html --out site --rev HEAD", 2, says),
    ];
    case(format!("git: {what}"), &asks, move |root| {
        based(root);
        write(root, PATH, good() + "More.\n");
        commit(root, "head");
        damage(root, name, bytes);
    })
}

/// A document for each of very many branches of a remote.
fn branches(root: &Path, count: usize) {
    based(root);
    let mut text = format!("blob\nmark :1\ndata {}\n{}\n", good().len(), good());
    for at in 0..count {
        text.push_str(&format!(
            "commit refs/remotes/origin/b{at}\ncommitter T <t@example.org> 1700000000 +0000\ndata 1\na\nM 100644 :1 Standards/scs-{:04}-v1-a.md\n\n",
            at % 10_000
        ));
    }
    git(root, &["fast-import", "--quiet"], &text);
    git(root, &["remote", "add", "origin", "https://example.org/a.git"], "");
    git(root, &["pack-refs", "--all"], "");
}

pub fn cases() -> Vec<Case> {
    const BLOB: &str = "HEAD:Standards/scs-0101-v1-entropy.md";
    vec![
        damaged("a blob that is no object", BLOB, b"not an object", "failed to inflate"),
        damaged("a blob that is empty", BLOB, b"", "failed to parse"),
        damaged("a tree that is no object", "HEAD:Standards", b"not an object", "read a tree"),
        damaged("a root tree that is no object", "HEAD^{tree}", b"not an object", "no revision"),
        damaged("a commit that is no object", "HEAD", b"not an object", "no revision"),
        case(
            "git: an index that is none",
            &[
                ask("check --staged", 2, "index"),
                ask("check", 0, "1 document"),
                ask("pr --staged --base base", 2, "index"),
            ],
            |root| {
                based(root);
                write(root, ".git/index", "not an index");
            },
        ),
        case(
            "git: HEAD that is nothing",
            &[
                ask("check --rev HEAD", 2, "no revision"),
                ask("check", 0, "1 document"),
                ask("pr", 2, "no revision"),
            ],
            |root| {
                based(root);
                write(root, ".git/HEAD", "nothing");
            },
        ),
        case("git: a pack that is none", &[ask("check --rev HEAD", 2, "no revision")], |root| {
            based(root);
            git(root, &["gc", "--quiet"], "");
            let folder = root.join(".git/objects/pack");
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|it| it == "pack") {
                    std::fs::remove_file(&path).unwrap();
                    std::fs::write(&path, "not a pack").unwrap();
                }
            }
        }),
        case(
            "git: 100,000 branches of a commit",
            &[
                ask("pr --base base", 0, "added"),
                ask("assign scs-xxxx-v1-new.md --dry-run", 0, "becomes scs-0102-v1-new.md"),
                ask("check --rev HEAD", 0, "2 documents"),
                ask("index --format json", 0, "scs-0101-v1"),
            ],
            |root| {
                based(root);
                write(root, "Standards/scs-xxxx-v1-new.md", good());
                commit(root, "head");
                let head = git(root, &["rev-parse", "HEAD"], "");
                git(root, &["remote", "add", "origin", "https://example.org/a.git"], "");
                let refs =
                    each(100_000, |at| format!("{} refs/remotes/origin/b{at:06}\n", head.trim()));
                write(
                    root,
                    ".git/packed-refs",
                    format!("# pack-refs with: peeled fully-peeled sorted \n{refs}"),
                );
            },
        ),
        case(
            "git: 20,000 branches, each with a number of its own",
            &[
                ask("pr --base base", 0, "added"),
                ask("assign scs-xxxx-v1-new.md --dry-run", 2, "gets no number"),
            ],
            |root| {
                branches(root, 20_000);
                write(root, "Standards/scs-xxxx-v1-new.md", good());
                commit(root, "head");
            },
        ),
        case(
            "git: 20,000 commits that touch a document",
            &[
                ask("pr --base base", 0, "1 document changed"),
                ask("index --format atom", 0, "<feed"),
                ask("status scs-0101-v1", 0, "added as Draft"),
            ],
            |root| {
                based(root);
                let mut text = String::new();
                for at in 0..20_000 {
                    let document = good() + &format!("{at}\n");
                    let from = if at == 0 { "from refs/heads/base\n" } else { "" };
                    text.push_str(&format!("commit refs/heads/head\ncommitter T <t@example.org> 1700000000 +0000\ndata 1\na\n{from}M 100644 inline {PATH}\ndata {}\n{document}\n", document.len()));
                }
                git(root, &["fast-import", "--quiet"], &text);
                git(root, &["checkout", "--quiet", "head"], "");
            },
        ),
        case(
            "git: a submodule as the standards folder",
            &[
                ask("check --rev HEAD", 2, "not followed"),
                ask("check --staged", 2, "not followed"),
                ask("pr --base base", 1, "[change-deleted]"),
                ask("check", 2, "no standards repository"),
            ],
            |root| {
                based(root);
                let head = git(root, &["rev-parse", "HEAD"], "");
                git(root, &["rm", "-r", "--quiet", "Standards"], "");
                git(
                    root,
                    &[
                        "update-index",
                        "--add",
                        "--cacheinfo",
                        &format!("160000,{},Standards", head.trim()),
                    ],
                    "",
                );
                git(root, &["commit", "--quiet", "-m", "head"], "");
            },
        ),
        case(
            "git: a tree of 10^10 files",
            &[
                ask("check --rev bomb", 0, "1 document"),
                ask("pr --base base --head bomb", 0, "no document changes"),
                ask("pr --stage merge --base base --head bomb", 0, "no document changes"),
                ask("index --format html --out site --rev bomb", 0, "wrote"),
            ],
            |root| {
                bomb(root, 10, 10);
            },
        ),
        case(
            "git: 5,000 folders in each other",
            &[
                ask("check --rev bomb", 0, "1 document"),
                ask("pr --base base --head bomb", 0, "no document changes"),
                ask("pr --stage merge --base base --head bomb", 0, "no document changes"),
            ],
            |root| {
                bomb(root, 5_000, 1);
            },
        ),
    ]
}

/// A commit `bomb` whose tree has a folder with `wide` times the same folder, `deep` times over.
fn bomb(root: &Path, deep: usize, wide: usize) {
    based(root);
    let standards = git(root, &["rev-parse", "HEAD:Standards"], "");
    let mut tree = standards.trim().to_owned();
    for _ in 0..deep {
        let lines = each(wide, |at| format!("040000 tree {tree}\td{at}\n"));
        tree = git(root, &["mktree"], &lines).trim().to_owned();
    }
    let top = format!("040000 tree {}\tStandards\n040000 tree {tree}\tTests\n", standards.trim());
    let top = git(root, &["mktree"], &top);
    let commit = git(root, &["commit-tree", "-p", "HEAD", "-m", "bomb", top.trim()], "");
    git(root, &["branch", "bomb", commit.trim()], "");
}
