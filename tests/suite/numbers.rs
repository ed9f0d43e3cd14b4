//! `scs-doc assign`, as its users see it.

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::cli::GOOD;
use crate::helpers::{folder, git, read, real_corpus, run, write};
use crate::lifecycle::everything;
use crate::scripted::commit;

const IDEA: &str = "Standards/scs-XXXX-v1-idea.md";
const NOTES: &str = "Standards/scs-XXXX-w1-idea-notes.md";
const OTHER: &str = "Standards/scs-0101-v1-entropy.md";
const MANIFEST: &str = "Tests/scs-iaas.yaml";

/// A proposal with a supplement, and everything that can name it.
fn proposal() -> TempDir {
    let notes = "---\ntitle: Entropy, notes\ntype: Supplement\ntrack: IaaS\nsupplements:\n  - 'scs-XXXX-v1-idea.md' # it\n\
        ---\n\nSee [the idea](./scs-XXXX-v1-idea.md#motivation).\n\n## Tests\n\n- `scs-XXXX-speed` is fast.\n";
    let other = GOOD.replace("track: IaaS", "track: IaaS\nreplaces: [scs-XXXX-v1-idea.md]").replace(
        "## Motivation\n\nText.",
        "## Motivation\n\n[scs-XXXX-v1-idea](scs-XXXX-v1-idea.md), [site][s], `scs-XXXX-v1-idea.md`,\n\
         [another](scs-XXXX-v1-idea-of-others.md).\n\n[s]: https://docs.scs.community/standards/scs-XXXX-v1-idea\n",
    );
    let manifest = "# of scs-XXXX-v1-idea\nscripts:\n- testcases:\n  - id: scs-XXXX-speed  # fast\n    url: \
        https://docs.scs.community/standards/scs-XXXX-w1-idea-notes#tests\n  - id: scs-XXXX-other\n    url: \
        https://docs.scs.community/standards/scs-XXXX-v1-idea-of-others\nmodules:\n- id: scs-XXXX-v1\n  url: \
        https://docs.scs.community/standards/scs-XXXX-v1-idea\n  targets:\n    main: [scs-XXXX-speed, scs-XXXX-other]\n\
        versions:\n- include: [scs-XXXX-v1]\n";
    let config = "[[exception]]\nrule = \"slug-style\"\npath = \"Standards/scs-XXXX-v1-idea.md\"\nreason = \"x\"\n";
    folder(&[
        (IDEA, &GOOD.replace("title: Entropy", "title: Entropy # ours").replace('\n', "\r\n")),
        (NOTES, notes),
        (OTHER, &other),
        ("Standards/scs-XXXX-v1-idea-of-others.md", GOOD),
        ("README.md", "- [Idea](Standards/scs-XXXX-v1-idea.md)\n"),
        (MANIFEST, manifest),
        ("scs-doc.toml", config),
    ])
}

fn in_git() -> TempDir {
    let dir = proposal();
    git(dir.path(), &["init", "--quiet"]);
    for (key, value) in [("user.name", "Ada"), ("user.email", "ada@example.org")] {
        git(dir.path(), &["config", key, value]);
    }
    commit(dir.path(), "first");
    dir
}

#[test]
fn everything_that_names_a_proposal_gets_its_number() {
    let dir = in_git();
    let before = [IDEA, NOTES, OTHER, "README.md", MANIFEST].map(|path| read(dir.path(), path));
    let answer = run(dir.path(), &["assign", "scs-XXXX-v1-idea"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out, @"
    could not be judged: whether an open pull request has the number (--context)
    edit: scs-0101-v1 and scs-0102-w1
    rename: scs-XXXX-v1-idea.md becomes scs-0102-v1-idea.md
    rename: scs-XXXX-w1-idea-notes.md becomes scs-0102-w1-idea-notes.md
    wrote 6 files: Standards/scs-0102-v1-idea.md, Standards/scs-0102-w1-idea-notes.md, README.md, Standards/scs-0101-v1-entropy.md, Tests/scs-iaas.yaml, scs-doc.toml
      not touched, and still the old name: Standards/scs-0101-v1-entropy.md:16:54
      not touched, and still the old name: Tests/scs-iaas.yaml:1:6
    ");
    let diff = git(
        dir.path(),
        &["diff", "--unified=0", "--find-renames=30%", "HEAD", "--", ".", ":!scs-doc.toml"],
    );
    let lines =
        diff.lines().filter(|line| line.starts_with(['+', '-']) || line.starts_with("rename"));
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    --- a/README.md
    +++ b/README.md
    -- [Idea](Standards/scs-XXXX-v1-idea.md)
    +- [Idea](Standards/scs-0102-v1-idea.md)
    --- a/Standards/scs-0101-v1-entropy.md
    +++ b/Standards/scs-0101-v1-entropy.md
    -replaces: [scs-XXXX-v1-idea.md]
    +replaces: [scs-0102-v1-idea.md]
    -[scs-XXXX-v1-idea](scs-XXXX-v1-idea.md), [site][s], `scs-XXXX-v1-idea.md`,
    +[scs-0102-v1-idea](scs-0102-v1-idea.md), [site][s], `scs-XXXX-v1-idea.md`,
    -[s]: https://docs.scs.community/standards/scs-XXXX-v1-idea
    +[s]: https://docs.scs.community/standards/scs-0102-v1-idea
    rename from Standards/scs-XXXX-v1-idea.md
    rename to Standards/scs-0102-v1-idea.md
    rename from Standards/scs-XXXX-w1-idea-notes.md
    rename to Standards/scs-0102-w1-idea-notes.md
    --- a/Standards/scs-XXXX-w1-idea-notes.md
    +++ b/Standards/scs-0102-w1-idea-notes.md
    -  - 'scs-XXXX-v1-idea.md' # it
    +  - 'scs-0102-v1-idea.md' # it
    -See [the idea](./scs-XXXX-v1-idea.md#motivation).
    +See [the idea](./scs-0102-v1-idea.md#motivation).
    -- `scs-XXXX-speed` is fast.
    +- `scs-0102-speed` is fast.
    --- a/Tests/scs-iaas.yaml
    +++ b/Tests/scs-iaas.yaml
    -  - id: scs-XXXX-speed  # fast
    -    url: https://docs.scs.community/standards/scs-XXXX-w1-idea-notes#tests
    +  - id: scs-0102-speed  # fast
    +    url: https://docs.scs.community/standards/scs-0102-w1-idea-notes#tests
    -- id: scs-XXXX-v1
    -  url: https://docs.scs.community/standards/scs-XXXX-v1-idea
    +- id: scs-0102-v1
    +  url: https://docs.scs.community/standards/scs-0102-v1-idea
    -    main: [scs-XXXX-speed, scs-XXXX-other]
    +    main: [scs-0102-speed, scs-XXXX-other]
    -- include: [scs-XXXX-v1]
    +- include: [scs-0102-v1]
    ");
    // Nothing but the names.
    let after = [
        "Standards/scs-0102-v1-idea.md",
        "Standards/scs-0102-w1-idea-notes.md",
        OTHER,
        "README.md",
        MANIFEST,
    ];
    for (before, after) in before.iter().zip(after) {
        let plain = |text: &str| text.replace("XXXX", "0102");
        assert_eq!(plain(before), plain(&read(dir.path(), after)));
    }
    assert!(read(dir.path(), "scs-doc.toml").contains("\"Standards/scs-0102-v1-idea.md\""));
}

#[test]
fn git_follows_the_document_to_its_new_name() {
    for options in [&[] as &[&str], &["--commit", "--signoff"]] {
        let dir = in_git();
        let answer = run(dir.path(), &[&["assign", IDEA], options].concat());
        assert_eq!(answer.status, 0, "{}", answer.err);
        let git = |args: &[&str]| git(dir.path(), args);
        if options.is_empty() {
            let staged = git(&["diff", "--cached", "--name-status", "-M"]);
            assert_eq!(
                staged.lines().filter(|line| line.starts_with("R100")).count(),
                2,
                "{staged}"
            );
            git(&["commit", "--quiet", "--all", "-m", "second"]);
        } else {
            let message = git(&["log", "-1", "--format=%B"]);
            assert!(
                message.starts_with("scs-XXXX-v1-idea.md becomes scs-0102-v1-idea.md\n"),
                "{message}"
            );
            assert!(message.contains("\n\nSigned-off-by: Ada <ada@example.org>\n"), "{message}");
        }
        assert_eq!(git(&["status", "--porcelain"]), "");
        let log = git(&["log", "--follow", "--format=%s", "--", "Standards/scs-0102-v1-idea.md"]);
        assert_eq!(log.lines().count(), 2, "{log}");
    }
}

#[test]
fn a_number_that_somebody_holds_is_not_given() {
    let dir = in_git();
    let root = dir.path();
    let held = "Standards/scs-0102-v1-held.md";
    git(root, &["checkout", "--quiet", "-b", "theirs"]);
    write(root, held, GOOD);
    commit(root, "theirs");
    git(root, &["update-ref", "refs/remotes/origin/theirs", "theirs"]);
    git(root, &["checkout", "--quiet", "main"]);
    git(root, &["branch", "--quiet", "-D", "theirs"]);
    let context = r#"{"open_pulls": [{"number": 7, "added": ["Standards/scs-0103-v1-held-too.md", "Tests/scs-0104-v1-x.md"]}]}"#;
    write(root, ".git/context.json", context);
    let context = ["--context", ".git/context.json"];
    for (number, expected) in [
        ("0101", "scs-doc: 0101 is taken by scs-0101-v1-entropy.md\n"),
        ("0102", "scs-doc: 0102 is held by origin/theirs (scs-0102-v1-held)\n"),
        ("0103", "scs-doc: 0103 is held by the open pull request 7 (scs-0103-v1-held-too)\n"),
        ("0203", "scs-doc: 0203 is no number of the track IaaS: its second digit has to be 1\n"),
    ] {
        let answer = run(root, &[&["assign", IDEA, "--number", number][..], &context].concat());
        assert_eq!((answer.status, answer.err.as_str()), (1, expected));
    }
    assert_eq!(git(root, &["status", "--porcelain"]), "");
    let answer = run(root, &[&["assign", IDEA, "--dry-run"][..], &context].concat());
    assert_eq!(answer.status, 0, "{}", answer.err);
    let first: Vec<&str> = answer.out.lines().take(3).collect();
    assert_snapshot!(first.join("\n"), @"
    passed over: 0102 is held by origin/theirs (scs-0102-v1-held)
    passed over: 0103 is held by the open pull request 7 (scs-0103-v1-held-too)
    edit: scs-0101-v1 and scs-0104-w1
    ");
    let answer = run(root, &["assign", IDEA, "--number", "0150", "--dry-run"]);
    assert!(answer.out.contains("becomes scs-0150-v1-idea.md"), "{}{}", answer.out, answer.err);
}

#[test]
fn a_supplement_gets_the_number_of_its_document() {
    let dir = proposal();
    let extra = "---\ntitle: Entropy, more\ntype: Supplement\ntrack: IaaS\nsupplements:\n  - scs-0101-v1-entropy.md\n---\n";
    write(dir.path(), "Standards/scs-xxxx-w1-more.md", extra);
    write(dir.path(), "Standards/scs-0101-w1-notes.md", extra);
    let waiting = run(dir.path(), &["assign", NOTES]);
    assert_eq!(waiting.status, 2);
    assert_snapshot!(waiting.err, @"scs-doc: scs-XXXX-w1-idea-notes gets its number together with what it supplements: assign scs-XXXX-v1-idea");
    let answer = run(dir.path(), &["assign", "scs-xxxx-w1-more"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(read(dir.path(), "Standards/scs-0101-w2-more.md"), extra);
}

#[test]
fn a_diff_gives_the_same_bytes_as_the_command() {
    let (dir, other) = (in_git(), in_git());
    let diff = run(dir.path(), &["assign", IDEA, "--diff"]);
    assert_eq!(diff.status, 0, "{}", diff.err);
    write(dir.path(), ".git/a.diff", &diff.out);
    git(dir.path(), &["apply", ".git/a.diff"]);
    assert_eq!(run(other.path(), &["assign", IDEA]).status, 0);
    assert_eq!(everything(dir.path()), everything(other.path()));
}

#[test]
fn bad_input_changes_nothing() {
    let mut table = String::new();
    for (args, text) in [
        (&["assign", "scs-0101"] as &[&str], GOOD.to_owned()),
        (&["assign", "scs-0199"], GOOD.to_owned()),
        (&["assign", "xxxx"], GOOD.to_owned()),
        (&["assign", IDEA, "--number", "12"], GOOD.to_owned()),
        (&["assign", IDEA, "--context", "missing.json"], GOOD.to_owned()),
        (&["assign", IDEA, "--context", "README.md"], GOOD.to_owned()),
        (&["assign", IDEA], GOOD.replace("track: IaaS", "track: iaas")),
        (&["assign", IDEA, "--commit"], GOOD.to_owned()),
        (&["assign", "Standards/scs-xxxx-w1-lost.md"], GOOD.to_owned()),
    ] {
        let dir = proposal();
        write(dir.path(), IDEA, text);
        write(
            dir.path(),
            "Standards/scs-xxxx-w1-lost.md",
            "---\ntitle: A\ntype: Supplement\n---\n",
        );
        let before = everything(dir.path());
        let answer = run(dir.path(), args);
        assert_eq!(everything(dir.path()), before, "{args:?}");
        table.push_str(&format!("{} -> {}\n{}\n", args.join(" "), answer.status, answer.err));
    }
    let dir = proposal();
    write(dir.path(), IDEA, [GOOD.as_bytes(), b"\xff\n"].concat());
    write(dir.path(), "Standards/scs-0102-v1-IDEA.md", "");
    let answer = run(dir.path(), &["assign", IDEA, "--number", "0105"]);
    table.push_str(&format!("not UTF-8 -> {}\n{}", answer.status, answer.err));
    assert_snapshot!("bad_input_of_assign", table);
}

/// The rename of pull request 836, made again: the tree is that of the commit.
#[test]
fn assign_writes_what_people_wrote() {
    let Some(dir) = real_corpus("main") else { return };
    let root = dir.path();
    let log = git(root, &["log", "--first-parent", "--format=%H", "--grep=(#836)"]);
    let commit = log.trim();
    git(root, &["checkout", "--quiet", &format!("{commit}^")]);
    let answer = run(root, &["assign", "scs-XXXX-v1"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    git(root, &["add", "--all"]);
    assert_eq!(git(root, &["diff", "--cached", "--stat", commit]), "");
}

/// A name may stand in what cannot be read: that is told.
#[test]
fn what_cannot_be_read_is_told() {
    let dir = proposal();
    let large = std::fs::File::create(dir.path().join("large.bin")).unwrap();
    large.set_len(100 << 20).unwrap();
    let answer = run(dir.path(), &["assign", "scs-XXXX-v1-idea", "--dry-run"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    let told = "not touched, and still the old name: large.bin: 104857600 bytes are more than";
    assert!(answer.out.contains(told), "{}", answer.out);
}
