//! `scs-doc new`, as its users see it.

use insta::assert_snapshot;

use crate::helpers::{git, read, run, write};
use crate::lifecycle::{everything, versions};
use crate::scripted::commit;

#[test]
fn a_proposal_of_each_type_has_no_errors() {
    let dir = versions();
    let root = dir.path();
    for (doc_type, track, title, path) in [
        ("standard", "IaaS", "Größe: wie viel?", "scs-xxxx-v1-grosse-wie-viel.md"),
        ("Procedural", "global", "Moderation", "scs-xxxx-v1-moderation.md"),
        ("decision-record", "IAM", "No", "scs-xxxx-v1-no.md"),
    ] {
        let answer = run(root, &["new", "--type", doc_type, "--track", track, title]);
        assert_eq!((answer.status, answer.err.as_str()), (0, ""));
        let path = format!("Standards/{path}");
        assert!(answer.out.contains(&format!("\nwrote {path}\n")), "{}", answer.out);
        let checked = run(root, &["check", &path]);
        assert_eq!(checked.status, 0, "{}", checked.out);
    }
    let front = |path: &str| read(root, path).split("---").nth(1).unwrap().to_owned();
    assert_snapshot!(front("Standards/scs-xxxx-v1-grosse-wie-viel.md"), @r#"
    title: "Größe: wie viel?"
    type: Standard
    status: Draft
    track: IaaS
    "#);
    assert!(
        front("Standards/scs-xxxx-v1-no.md")
            .starts_with("\ntitle: \"No\"\ntype: Decision Record\n")
    );
}

/// The front matter is made anew, in the order of the template; the text is the template's.
#[test]
fn the_template_of_the_repository_is_where_a_proposal_begins() {
    let template = "---\r\ntitle: _Title_\r\ntype: Standard # | Procedural\r\ntrack: Global # | IaaS\r\n\
        # choose\r\nstatus: Draft\r\ndescription: |\r\n  _What?_\r\nowner: _you_\r\n---\r\n\r\n## _Your text_\r\n";
    let dir = versions();
    write(dir.path(), "Standards/scs-XXXX-vN-standard-template.md", template);
    for doc_type in ["Standard", "Procedural"] {
        run(dir.path(), &["new", "--type", doc_type, "--track", "Ops", doc_type]);
        let path = format!("Standards/scs-xxxx-v1-{}.md", doc_type.to_lowercase());
        assert_eq!(
            read(dir.path(), &path),
            format!(
                "---\r\ntitle: {doc_type}\r\ntype: {doc_type}\r\ntrack: Ops\r\nstatus: Draft\r\n---\r\n\r\n## _Your text_\r\n"
            )
        );
    }
    run(dir.path(), &["new", "--type", "decision-record", "--track", "Ops", "Records"]);
    let record = read(dir.path(), "Standards/scs-xxxx-v1-records.md");
    assert!(record.contains("\n## Context\n"), "{record}");
}

#[test]
fn the_next_version_starts_from_the_former_one() {
    let dir = versions();
    let former = "---\n# ours\ntitle: 'Entropy'\nstabilized_at: 2024-02-08 # by vote\nstatus: Stable\n\
        replaces:\n  - scs-0099-v1-a.md\ntype: Standard\ntrack: IaaS\n---\nText.\n";
    write(dir.path(), "Standards/scs-0101-v1-entropy.md", former);
    let answer = run(dir.path(), &["new", "--version-of", "0101-v1"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_eq!(
        read(dir.path(), "Standards/scs-0101-v2-entropy.md"),
        "---\n# ours\ntitle: 'Entropy'\nstatus: Draft\nreplaces:\n  - scs-0101-v1-entropy.md\n\
        type: Standard\ntrack: IaaS\n---\nText.\n"
    );
    assert_eq!(read(dir.path(), "Standards/scs-0101-v1-entropy.md"), former);
    let again = run(dir.path(), &["new", "--version-of", "0101-v1"]);
    assert_eq!(again.status, 1);
    assert_snapshot!(again.err, @"scs-doc: scs-0101-v1 has a later version, scs-0101-v2, which is a Draft: edit that");
}

#[test]
fn a_supplement_takes_after_its_document() {
    let dir = versions();
    for title in [&[] as &[&str], &["Notes: more"], &["Entropy: Hints"]] {
        let answer = run(dir.path(), &[&["new", "--supplement-to", "0100-v1"], title].concat());
        assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    }
    let front = |path: &str| read(dir.path(), path).split("---").nth(1).unwrap().to_owned();
    assert_snapshot!(front("Standards/scs-0100-w1-flavors-implementation-and-testing-notes.md"), @r#"
    title: "Entropy: Implementation and Testing Notes"
    type: Supplement
    track: IaaS
    supplements:
      - scs-0100-v1-flavors.md
    "#);
    assert!(
        front("Standards/scs-0100-w2-flavors-notes-more.md").contains("\"Entropy: Notes: more\"")
    );
    assert!(
        front("Standards/scs-0100-w3-flavors-hints.md").contains("title: \"Entropy: Hints\"\n")
    );
    let proposal = ["new", "--type", "standard", "--track", "IaaS", "Idea"];
    run(dir.path(), &proposal);
    for (title, path) in [("A", "scs-xxxx-w1-idea-a.md"), ("B", "scs-xxxx-w2-idea-b.md")] {
        run(dir.path(), &["new", "--supplement-to", "scs-xxxx-v1-idea", title]);
        let path = format!("Standards/{path}");
        assert!(front(&path).contains("  - scs-xxxx-v1-idea.md\n"));
        assert_eq!(run(dir.path(), &["check", &path]).status, 0);
    }
}

#[test]
fn a_proposal_is_committed_on_a_branch_of_its_own() {
    let dir = versions();
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    for (key, value) in [("user.name", "Ada"), ("user.email", "ada@example.org")] {
        git(dir.path(), &["config", key, value]);
    }
    let args = ["new", "--version-of", "0100-v1", "--commit", "--branch", "next"];
    std::fs::remove_file(dir.path().join("Standards/scs-0100-v2-flavors.md")).unwrap();
    commit(dir.path(), "only one version");
    let answer = run(dir.path(), &args);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let git = |args: &[&str]| git(dir.path(), args);
    assert_eq!(git(&["log", "-1", "--format=%s", "next"]), "scs-0100-v2 replaces scs-0100-v1\n");
    assert_eq!(
        git(&["diff", "--name-status", "main", "next"]),
        "A\tStandards/scs-0100-v2-flavors.md\n"
    );
    assert_eq!(git(&["status", "--porcelain"]), "");
}

#[test]
fn bad_input_makes_no_file() {
    let mut table = String::new();
    for args in [
        &["new"] as &[&str],
        &["new", "X"],
        &["new", "--type", "Standard", "X"],
        &["new", "--type", "Norm", "--track", "IaaS", "X"],
        &["new", "--type", "Supplement", "--track", "IaaS", "X"],
        &["new", "--type", "Standard", "--track", "IaaS", "12 + 3 = !"],
        &["new", "--type", "Standard", "--track", "IaaS", "Taken"],
        &["new", "--type", "Standard", "--track", "IaaS", "X", "--version-of", "0100-v1"],
        &["new", "--version-of", "0100-v1"],
        &["new", "--version-of", "0100-v2"],
        &["new", "--version-of", "scs-XXXX-v1-taken"],
        &["new", "--version-of", "0107-v1"],
        &["new", "--version-of", "0105-v1"],
        &["new", "--supplement-to", "0199"],
        &["new", "--supplement-to", "0100-v1", "!"],
        &["new", "--supplement-to", "0106-w1"],
        &["new", "--supplement-to", "0105-v1"],
    ] {
        let dir = versions();
        write(dir.path(), "Standards/scs-XXXX-v1-taken.md", "---\ntitle: Taken\n---\n");
        write(
            dir.path(),
            "Standards/scs-0105-v1-a.md",
            "---\nstatus: Stable\nstatus: Stable\n---\n",
        );
        write(dir.path(), "Standards/scs-0106-w1-a.md", "---\ntitle: A\n---\n");
        write(dir.path(), "Standards/scs-0107-v1-a.md", "---\nstatus: Rejected\n---\n");
        let before = everything(dir.path());
        let answer = run(dir.path(), args);
        assert_eq!(everything(dir.path()), before, "{args:?}");
        assert_ne!(answer.status, 0, "{args:?}");
        let first = answer.err.lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>();
        table.push_str(&format!(
            "{} -> {}\n{}\n\n",
            args.join(" "),
            answer.status,
            first.join("\n")
        ));
    }
    assert_snapshot!("bad_input_of_new", table);
}
