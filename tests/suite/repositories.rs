//! Where documents come from: work trees, the index, revisions; and what is not followed.

use insta::assert_snapshot;
use scs_doc::rules::{MOST, MOST_OF_A_RULE};

use crate::cli::{GOOD, PATH};
use crate::helpers::{command, folder, git, run, write};

fn bad() -> String {
    GOOD.replace("Draft", "draft")
}

fn check(dir: &std::path::Path, args: &[&str]) -> (i32, String) {
    let answer = run(dir, &[&["check", "--format", "concise"], args].concat());
    (answer.status, answer.out + &answer.err)
}

#[test]
fn what_is_staged_is_judged_and_not_what_lies_in_the_tree() {
    let dir = folder(&[(PATH, &bad())]);
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "."]);
    write(dir.path(), PATH, GOOD);
    assert_eq!(check(dir.path(), &[]).0, 0);
    assert_eq!(check(dir.path(), &["--staged"]).0, 1);
    // A file that is not staged does not count.
    git(dir.path(), &["add", "."]);
    write(dir.path(), "Standards/scs-0102-v1-images.md", bad());
    assert_eq!(
        check(dir.path(), &["--staged"]),
        (0, "1 document: nothing to complain about\n".into())
    );
    // Nor does a configuration that is not.
    write(dir.path(), "scs-doc.toml", "nonsense");
    assert_eq!(check(dir.path(), &["--staged"]).0, 0);
    assert_eq!(check(dir.path(), &[]).0, 2);
}

#[test]
fn a_revision_is_read_without_a_checkout_also_from_a_bare_repository() {
    let dir = folder(&[(PATH, &bad())]);
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "--quiet", "-m", "bad"]);
    write(dir.path(), PATH, GOOD);
    git(dir.path(), &["commit", "--quiet", "-am", "good"]);
    write(dir.path(), PATH, "nothing of this");
    assert_eq!(check(dir.path(), &["--rev", "HEAD"]).0, 0);
    assert_eq!(check(dir.path(), &["--rev", "HEAD~1"]).0, 1);
    assert_eq!(check(dir.path(), &["--rev", "HEAD:Standards"]).0, 2, "a tree without the folder");
    let (status, text) = check(dir.path(), &["--rev", "v9"]);
    assert_eq!(status, 2);
    assert_snapshot!(text, @"scs-doc: no revision `v9` here: revspec 'v9' not found");

    git(dir.path(), &["clone", "--quiet", "--bare", ".", "bare.git"]);
    let bare = dir.path().join("bare.git");
    assert_eq!(check(&bare, &["--rev", "main"]).0, 0);
    for args in [&[][..], &["--staged"]] {
        let (status, text) = check(&bare, args);
        assert_eq!(status, 2);
        assert!(
            text.contains("a bare repository has neither work tree nor index: name a revision"),
            "{text}"
        );
    }
}

#[test]
fn a_conflict_in_the_index_is_said() {
    let dir = folder(&[(PATH, GOOD)]);
    git(dir.path(), &["init", "--quiet"]);
    for (branch, text) in [("one", "One."), ("two", "Two.")] {
        git(dir.path(), &["checkout", "--quiet", "--orphan", branch]);
        write(dir.path(), PATH, GOOD.replace("Text.", text));
        git(dir.path(), &["add", "."]);
        git(dir.path(), &["commit", "--quiet", "-m", branch]);
    }
    let merge = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=b",
        "merge",
        "--quiet",
        "--allow-unrelated-histories",
        "one",
    ];
    let status =
        std::process::Command::new("git").current_dir(dir.path()).args(merge).output().unwrap();
    assert!(!status.status.success(), "there has to be a conflict");
    let (status, text) = check(dir.path(), &["--staged"]);
    assert_eq!(status, 2);
    assert_snapshot!(text, @"scs-doc: Standards/scs-0101-v1-entropy.md: unmerged in the git index: resolve the conflict and `git add` the file first");
}

#[test]
fn without_git_the_work_tree_works_and_nothing_else() {
    let dir = folder(&[(PATH, GOOD)]);
    assert_eq!(check(dir.path(), &[]).0, 0);
    for args in [&["--staged"][..], &["--rev", "main"]] {
        let (status, text) = check(dir.path(), args);
        assert_eq!(status, 2);
        assert!(text.contains("no git repository"), "{text}");
    }
}

#[test]
fn ignored_files_do_not_count_unless_git_tracks_them() {
    let link = GOOD.replace("Text.\n\n## C", "[a](../built/a.txt), [b](../built/b.txt)\n\n## C");
    let dir = folder(&[
        (PATH, &link),
        ("built/a.txt", ""),
        ("built/b.txt", ""),
        ("Standards/scs-0102-v1-images.md", &bad()),
        (".gitignore", "built/\nscs-0102-*\n"),
    ]);
    let missing = |text: &str| text.matches("link-target").count();
    let (_, text) = check(dir.path(), &[]);
    assert_eq!((missing(&text), text.contains("scs-0102")), (2, false), "{text}");
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "--force", "built/a.txt"]);
    assert_eq!(missing(&check(dir.path(), &[]).1), 1);
}

#[test]
fn what_the_user_ignores_everywhere_does_not_count() {
    let dir = folder(&[(PATH, GOOD), ("Standards/scs-0102-v1-images.md", &bad())]);
    let home = folder(&[
        ("plain/.config/git/ignore", "/Standards/scs-0102-*\n"),
        ("named/.gitconfig", "[include]\n\tpath = more\n"),
        ("named/more", "[core]\n\texcludesFile = ~/mine\n"),
        ("named/mine", "scs-0102-*\n"),
        ("xdg/git/ignore", "scs-0102-*\n"),
        ("other/.gitconfig", "[core]\n\texcludesFile = ~/none\n"),
        ("other/.config/git/ignore", "scs-0102-*\n"),
    ]);
    let documents = |user: &str, xdg: &str| {
        let mut check = command(dir.path(), &["check", "--as-of", "2026-08-21"]);
        check.env("HOME", home.path().join(user)).env_remove("XDG_CONFIG_HOME");
        if !xdg.is_empty() {
            check.env("XDG_CONFIG_HOME", home.path().join(xdg));
        }
        let text = String::from_utf8(check.output().unwrap().stdout).unwrap();
        let closing = text.lines().last().unwrap();
        closing.split(':').next().unwrap().to_owned()
    };
    for (user, xdg, count) in [
        ("plain", "", "1 document"),
        ("named", "", "1 document"),
        ("empty", "xdg", "1 document"),
        ("empty", "", "2 documents"),
        ("other", "", "2 documents"),
    ] {
        assert_eq!(documents(user, xdg), count, "{user} {xdg}");
    }
}

#[cfg(unix)]
#[test]
fn all_files_are_listed_but_those_that_do_not_count() {
    use scs_doc::Snapshot;
    let dir = folder(&[
        (PATH, GOOD),
        ("a/b/c.txt", ""),
        ("a/.gitignore", "*.log\n"),
        ("a/b/d.log", ""),
        ("e/.git/HEAD", ""),
        ("e/f.txt", ""),
    ]);
    std::os::unix::fs::symlink("/", dir.path().join("a/root")).unwrap();
    git(dir.path(), &["init", "--quiet"]);
    let files = Snapshot::work_tree(dir.path()).unwrap().files("").unwrap();
    let expected = [PATH, "a/.gitignore", "a/b/c.txt"];
    assert_eq!(files.keys().collect::<Vec<_>>(), expected);
    assert_eq!(files.values().flatten().count(), 0);
    git(dir.path(), &["add", "a", PATH]);
    let files = Snapshot::staged(dir.path()).unwrap().files("").unwrap();
    assert_eq!((files.len(), files.values().flatten().count()), (3, 3));
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_never_opened() {
    let outside = folder(&[("scs-0102-v1-secret.md", "secret")]);
    let dir = folder(&[(PATH, GOOD)]);
    let link = |from: &std::path::Path, to: &str| {
        std::os::unix::fs::symlink(from, dir.path().join(to)).unwrap()
    };
    link(&outside.path().join("scs-0102-v1-secret.md"), "Standards/scs-0102-v1-secret.md");
    link(outside.path(), "Elsewhere");
    link(std::path::Path::new("/"), "Standards/root");
    let pipe = dir.path().join("Standards/scs-0103-v1-pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    let (status, text) = check(dir.path(), &[]);
    assert_eq!(status, 1);
    assert_snapshot!(text, @r"
    Standards/scs-0102-v1-secret.md:1:1: error[file-content] this is a symbolic link or another special file; it was not opened
    Standards/scs-0103-v1-pipe.md:1:1: error[file-content] this is a symbolic link or another special file; it was not opened
    3 documents: 2 errors
    ");
    std::fs::remove_file(dir.path().join("Standards/scs-0103-v1-pipe.md")).unwrap();
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "--quiet", "-m", "links"]);
    for args in [&["--staged"][..], &["--rev", "HEAD"]] {
        assert_eq!(check(dir.path(), args).1.matches("file-content").count(), 1);
    }
}

#[test]
fn a_submodule_is_not_entered() {
    let inner = folder(&[("scs-0101-v1-entropy.md", &bad())]);
    git(inner.path(), &["init", "--quiet"]);
    git(inner.path(), &["add", "."]);
    git(inner.path(), &["commit", "--quiet", "-m", "inner"]);
    let dir = folder(&[("README.md", "x")]);
    git(dir.path(), &["init", "--quiet"]);
    let from = inner.path().to_string_lossy().into_owned();
    git(dir.path(), &["submodule", "--quiet", "add", &from, "Standards"]);
    for args in [&[][..], &["--staged"]] {
        let (status, text) = check(dir.path(), args);
        assert_eq!(status, 2, "{text}");
        assert!(text.contains("no standards repository"), "{text}");
    }
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let dir = folder(&[(PATH, &bad())]);
    let large = std::fs::File::create(dir.path().join("Standards/scs-0102-v1-large.md")).unwrap();
    large.set_len(65 << 20).unwrap();
    let answer = run(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(answer.status, 2);
    assert!(answer.out.contains("error[field-value]"), "{}", answer.out);
    assert_snapshot!(answer.err, @"scs-doc: Standards/scs-0102-v1-large.md: 68157440 bytes are more than the 67108864 that are read of one file");
}

#[test]
fn the_root_is_found_from_below_and_may_lie_in_a_larger_repository() {
    let dir =
        folder(&[("part/standards/scs-0101-v1-entropy.md", &bad()), ("part/scs-doc.toml", "")]);
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "."]);
    for args in [&[][..], &["--staged"]] {
        let (status, text) = check(&dir.path().join("part/standards"), args);
        assert_eq!(status, 1);
        assert!(
            text.starts_with("standards/scs-0101-v1-entropy.md:4:9: error[field-value]"),
            "{text}"
        );
    }
}

#[test]
fn awkward_documents_get_findings_and_nothing_else() {
    let long = format!("{GOOD}{}", "word *and* `code` [a](b) ".repeat(60_000));
    let cases: &[(&str, &[u8], &[&str])] = &[
        ("empty", b"", &["front-matter-missing"]),
        ("nul", b"---\ntitle: a\0b\n---\n\0", &["file-content", "front-matter-syntax"]),
        ("latin", b"---\ntitle: \xe4\n---\n", &["file-content"]),
        ("open", b"---\ntitle: a\ntype: Standard\n\nText\n", &["front-matter-unterminated"]),
        ("late", b"\n\n---\ntitle: a\n---\n", &["front-matter-missing"]),
        ("tab", b"---\ntitle:\n\t- a\n---\n", &["front-matter-syntax"]),
        ("list", b"---\n- a\n---\n", &["front-matter-syntax"]),
        ("anchor", b"---\ntitle: &a b\ntrack: *a\n---\n", &["front-matter-syntax"]),
        ("merge", b"---\n<<: {title: a}\n---\n", &["front-matter-syntax"]),
        ("tag", b"---\ntitle: !x a\n---\n", &["front-matter-syntax"]),
        ("twice", b"---\ntitle: a\ntitle: b\n---\n", &["field-duplicate"]),
        ("large", long.as_bytes(), &["link-target"]),
    ];
    for (name, bytes, expected) in cases {
        let path = format!("standards/scs-0101-v1-{name}.md");
        let found = crate::helpers::judge(vec![(path, bytes.to_vec())]);
        for rule in *expected {
            assert!(found.iter().any(|it| it.rule == *rule), "{name}: {rule} in {found:?}");
        }
        let unreadable = expected.iter().any(|rule| rule.starts_with("front-matter"));
        let about_fields = found.iter().filter(|it| it.rule.starts_with("field-")).count();
        assert!(!unreadable || about_fields == 0, "{name}: {found:?}");
    }
}

/// Patterns are read from regular files only: git does not follow links here either, and what is
/// no file may never end.
#[cfg(unix)]
#[test]
fn patterns_come_from_regular_files() {
    let outside = folder(&[("patterns", "scs-*\n")]);
    let dir = folder(&[(PATH, &bad())]);
    let place = dir.path().join("Standards/.gitignore");
    std::os::unix::fs::symlink(outside.path().join("patterns"), place).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(dir.path().join(".gitignore")).status();
    assert!(pipe.unwrap().success());
    assert_eq!(check(dir.path(), &[]).0, 1);
    let pipe = run(dir.path(), &["check", "--config", ".gitignore"]);
    assert_eq!(
        (pipe.status, pipe.err.as_str()),
        (2, "scs-doc: .gitignore: is not a regular file\n")
    );
}

#[cfg(unix)]
#[test]
fn a_standards_folder_that_is_a_link_is_said_to_be_one() {
    let dir = folder(&[("real/scs-0101-v1-entropy.md", GOOD)]);
    std::os::unix::fs::symlink(dir.path().join("real"), dir.path().join("Standards")).unwrap();
    let (status, text) = check(dir.path(), &["--repo", "."]);
    assert_eq!(status, 2);
    assert_snapshot!(text, @"scs-doc: .: no standards repository: its folder is a symbolic link or a submodule, which is not followed");
}

/// Input that is made to be slow: each took from seconds to hours once.
#[test]
fn input_that_is_made_to_be_slow_is_not() {
    let head = "---\ntitle: t\n---\n";
    let documents: Vec<String> = vec![
        format!("{head}<div {}", "id=".repeat(200_000)),
        format!("{head}{}", "A.\tB".repeat(100_000)),
        format!("{head}{}", "[a](b.md) ".repeat(20_000)),
        format!("{head}{}", "[^a]".repeat(20_000)),
        format!("{head}{}", "<!-- ".repeat(100_000)),
        format!("---\n{}---\n", (0..20_000).map(|at| format!("k{at}: \n")).collect::<String>()),
    ];
    let files = documents.into_iter().enumerate();
    let files: crate::helpers::Files = files
        .map(|(at, text)| (format!("standards/scs-{:04}-v1-a.md", at + 100), text.into_bytes()))
        .collect();
    let circle = (0..500).map(|at| {
        let all: String = (0..20)
            .map(|next| format!("  - scs-{:04}-v1-a.md\n", 1000 + (at + next) % 500))
            .collect();
        let text = format!("---\ntitle: t\nreplaces:\n{all}---\n");
        (format!("standards/scs-{:04}-v1-a.md", 1000 + at), text.into_bytes())
    });
    let findings = crate::helpers::judge(files.into_iter().chain(circle).collect());
    assert_eq!(findings.iter().filter(|it| it.rule == "reference-cycle").count(), 1);
    let told = findings.iter().filter(|it| it.rule == "link-target").count();
    assert_eq!(told, MOST_OF_A_RULE + 1);
}

/// Of very many findings of a rule in a file the first are told, and that there are more; all of
/// them are repaired.
#[test]
fn very_many_findings_of_a_rule_in_a_file() {
    let fields: String = (0..1500).map(|at| format!("field{at}: a \n")).collect();
    let text = GOOD.replacen("---\n", &format!("---\n{fields}"), 1);
    let other = PATH.replace("0101", "0102");
    let dir = folder(&[(PATH, &text), (&other, &text)]);
    let answer = run(dir.path(), &["check", "--verbose", "--format", "concise"]);
    let rule = "[front-matter-whitespace]";
    let told: Vec<&str> = answer.out.lines().filter(|it| it.contains(rule)).collect();
    assert_eq!(told.len(), 2 * (MOST_OF_A_RULE + 1));
    assert_snapshot!(told[MOST_OF_A_RULE], @"Standards/scs-0101-v1-entropy.md:1002:13: note[front-matter-whitespace] more than 1000 findings of this rule in this file: this one and those that follow are not told");
    assert!(told[MOST_OF_A_RULE + 1].starts_with(&other), "{}", told[MOST_OF_A_RULE + 1]);
    let answer = run(dir.path(), &["check", "--fix"]);
    assert!(answer.out.contains("wrote 3000 repairs in 2 files"), "{}", answer.out);
}

/// What was seen before there were too many is chance: nothing is told but that, and nothing is
/// repaired. Without the rule that says most, the others are told.
#[test]
fn too_many_findings_altogether() {
    let repairable = GOOD.replacen("status: Draft", "status: Draft ", 1);
    let text = format!("{repairable}{}", "[a](b)\n".repeat(MOST_OF_A_RULE));
    let paths =
        (0..=MOST / MOST_OF_A_RULE).map(|at| PATH.replace("0101", &format!("{}", 1000 + at)));
    let files: Vec<(String, &str)> = paths.map(|path| (path, text.as_str())).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let dir = folder(&files);
    for command in [&["check"][..], &["check", "--fix"], &["status"], &["manifest", "check"]] {
        let answer = run(dir.path(), command);
        assert_eq!((answer.status, answer.out.as_str()), (2, ""), "{command:?}");
        assert!(answer.err.contains("there are more than 250000 findings"), "{}", answer.err);
    }
    assert_eq!(std::fs::read_to_string(dir.path().join(files[0].0)).unwrap(), text);
    write(dir.path(), "scs-doc.toml", "[levels]\nlink-target = \"off\"\n");
    let answer = run(dir.path(), &["check", "--verbose", "--format", "concise"]);
    assert_eq!(answer.status, 1);
    assert!(answer.out.contains("error[number-track]"), "{}", answer.out);
    assert!(answer.out.contains("note[front-matter-whitespace]"), "{}", answer.out);
}
