//! Repositories of git that are damaged, or that stand for very much.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use super::documents::alike;
use super::table::{Ask, CHECK, Case, PATH, ask, case, each, good, write};
use crate::plain_git;

/// What git says to an input.
fn git(root: &Path, args: &[&str], input: &str) -> String {
    let mut command = plain_git::command("2026-01-01", root, args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
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

/// Whose commit it is, and its message, for `git fast-import`.
const BY: &str = "committer T <t@example.org> 1700000000 +0000\ndata 1\na\n";

/// Refs of a remote, as git keeps very many of them.
fn pack_refs(root: &Path, refs: &str) {
    git(root, &["remote", "add", "origin", "https://example.org/a.git"], "");
    let head = "# pack-refs with: peeled fully-peeled sorted \n";
    write(root, ".git/packed-refs", format!("{head}{refs}"));
}

/// A document for each of very many branches of a remote.
fn branches(root: &Path, count: usize) {
    based(root);
    let mut text = format!("blob\nmark :1\ndata {}\n{}\n", good().len(), good());
    for at in 0..count {
        let name = format!("Standards/scs-{:04}-v1-a.md", at % 10_000);
        let mark = at + 2;
        text.push_str(&format!(
            "reset refs/a\ncommit refs/a\nmark :{mark}\n{BY}M 100644 :1 {name}\n\n"
        ));
    }
    git(root, &["fast-import", "--quiet", "--force", "--export-marks=.git/marks"], &text);
    git(root, &["update-ref", "-d", "refs/a"], "");
    let marks = std::fs::read_to_string(root.join(".git/marks")).unwrap();
    let ids = marks.lines().filter_map(|it| it.split_once(' ')).filter(|(mark, _)| *mark != ":1");
    let mut refs: Vec<String> =
        ids.map(|(mark, id)| format!("refs/remotes/origin/b{} {id}", &mark[1..])).collect();
    refs.sort_unstable();
    let line = |it: &String| it.split_once(' ').map(|(name, id)| format!("{id} {name}\n"));
    pack_refs(root, &refs.iter().filter_map(line).collect::<String>());
}

/// A file of git that has another content.
fn overwritten(what: &str, asks: [Ask; 3], path: &'static str) -> Case {
    case(format!("git: {what}"), &asks, move |root| {
        based(root);
        write(root, path, "nothing");
    })
}

/// Objects and files of git that are not what they should be.
pub fn damages() -> Vec<Case> {
    const BLOB: &str = "HEAD:Standards/scs-0101-v1-entropy.md";
    let as_ever = ask(CHECK, 0, "1 document");
    let index =
        [ask("check --staged", 2, "index"), ask("pr --staged --base base", 2, "index"), as_ever];
    let head = [ask("check --rev HEAD", 2, "no revision"), ask("pr", 2, "no revision"), as_ever];
    vec![
        damaged("a blob that is no object", BLOB, b"not an object", "failed to inflate"),
        damaged("a blob that is empty", BLOB, b"", "failed to parse"),
        damaged("a tree that is no object", "HEAD:Standards", b"not an object", "read a tree"),
        damaged("a root tree that is no object", "HEAD^{tree}", b"not an object", "no revision"),
        damaged("a commit that is no object", "HEAD", b"not an object", "no revision"),
        overwritten("an index that is none", index, ".git/index"),
        overwritten("HEAD that is nothing", head, ".git/HEAD"),
        case("git: a pack that is none", &head, |root| {
            based(root);
            git(root, &["gc", "--quiet"], "");
            for entry in std::fs::read_dir(root.join(".git/objects/pack")).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|it| it == "pack") {
                    std::fs::remove_file(&path).unwrap();
                    std::fs::write(&path, "not a pack").unwrap();
                }
            }
        }),
    ]
}

const ASSIGN: &str = "assign scs-xxxx-v1-new.md --dry-run";
const NEW: &str = "Standards/scs-xxxx-v1-new.md";

/// Very many refs, commits or files.
pub fn multitudes() -> Vec<Case> {
    vec![
        case(
            "git: 100,000 branches of a commit",
            &[
                ask("pr --base base", 0, "added"),
                ask(ASSIGN, 0, "becomes scs-0102-v1-new.md"),
                ask("check --rev HEAD", 0, "2 documents"),
                ask("index --format json", 0, "scs-0101-v1"),
            ],
            |root| {
                based(root);
                write(root, NEW, good());
                commit(root, "head");
                let head = git(root, &["rev-parse", "HEAD"], "");
                let line = |at| format!("{} refs/remotes/origin/b{at:06}\n", head.trim());
                pack_refs(root, &each(100_000, line));
            },
        ),
        case(
            "git: 20,000 branches, each with a number of its own",
            &[ask("pr --base base", 0, "added"), ask(ASSIGN, 2, "gets no number")],
            |root| {
                branches(root, 20_000);
                write(root, NEW, good());
                commit(root, "head");
            },
        ),
        case(
            "git: 10,000 commits that touch a document",
            &[
                ask("pr --base base", 0, "1 document changed"),
                ask("index --format atom", 0, "<feed"),
                ask("status scs-0101-v1", 0, "added as Draft"),
            ],
            |root| {
                based(root);
                let one = |at| {
                    let document = good() + &format!("{at}\n");
                    let from = if at == 0 { "from refs/heads/base\n" } else { "" };
                    format!(
                        "commit refs/heads/head\n{BY}{from}M 100644 inline {PATH}\ndata {}\n{document}\n",
                        document.len()
                    )
                };
                git(root, &["fast-import", "--quiet"], &each(10_000, one));
                git(root, &["checkout", "--quiet", "head"], "");
            },
        ),
        case(
            "git: 70 documents of 1.4 MB that are one small object",
            &[
                ask("check --rev HEAD", 2, "all files together"),
                ask("check --staged", 2, "all files together"),
                ask("pr --base base", 2, "all files together"),
            ],
            |root| {
                based(root);
                alike(root, 70, &"a\n".repeat(700_000));
                commit(root, "head");
            },
        ),
        case(
            "git: 300 documents of 1,000 dead links",
            &[
                ask("check", 2, "too many to tell"),
                ask("check --rev HEAD", 2, "too many to tell"),
                ask("pr --base base", 2, "too many to tell"),
            ],
            |root| {
                based(root);
                alike(root, 300, &"[a](b)\n".repeat(1000));
                commit(root, "head");
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
                let link = format!("160000,{},Standards", head.trim());
                git(root, &["update-index", "--add", "--cacheinfo", &link], "");
                git(root, &["commit", "--quiet", "-m", "head"], "");
            },
        ),
        bombed("a tree of 10^10 files", 10, 10),
        bombed("5,000 folders in each other", 5_000, 1),
    ]
}

/// Trees that are made to be deeper or larger than all memory are not walked through; where all of
/// one would be needed, it is refused.
fn bombed(what: &str, deep: usize, wide: usize) -> Case {
    let asks = [
        ask("check --rev bomb", 0, "1 document"),
        ask("index --format html --out site --rev bomb", 0, "wrote"),
        ask("pr --base base --head bomb", 0, "no document changes"),
        ask("pr --stage merge --base base --head bomb", 0, "no document changes"),
        ask("pr --stage merge --base moved --head bomb", 2, "or lie deeper than 256 folders"),
    ];
    case(format!("git: {what}"), &asks, move |root| {
        bomb(root, deep, wide);
        write(root, "README.md", "on");
        commit(root, "on");
        git(root, &["branch", "moved"], "");
    })
}

/// A commit `bomb` whose tree has a folder with `wide` times the same folder, `deep` times over.
fn bomb(root: &Path, deep: usize, wide: usize) {
    const FOLDER: i32 = 0o40_000;
    based(root);
    let git = git2::Repository::open(root).unwrap();
    let parent = git.head().unwrap().peel_to_commit().unwrap();
    let first = parent.tree().unwrap();
    let mut inner = first.get_name("Standards").unwrap().id();
    for _ in 0..deep {
        let mut tree = git.treebuilder(None).unwrap();
        (0..wide).for_each(|at| _ = tree.insert(format!("d{at}"), inner, FOLDER).unwrap());
        inner = tree.write().unwrap();
    }
    let mut tree = git.treebuilder(Some(&first)).unwrap();
    tree.insert("Tests", inner, FOLDER).unwrap();
    let tree = git.find_tree(tree.write().unwrap()).unwrap();
    let nobody = git2::Signature::now("n", "n@example.org").unwrap();
    git.commit(Some("refs/heads/bomb"), &nobody, &nobody, "bomb", &tree, &[&parent]).unwrap();
}
