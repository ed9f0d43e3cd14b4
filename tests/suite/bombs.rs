//! Manifests and scope documents of strangers: findings with places, never a panic, and no file
//! written.

use std::fmt::Write as _;

use tempfile::TempDir;

use crate::helpers::{Answer, folder, read, run, write};
use crate::hostile::manifests::{
    BINDINGS, BOUND, HEAD, MANIFEST, MODULES, SCOPE, SCRIPTS, STANDARD, TIMELINE, VERSIONS,
    document, scope, standard,
};

fn repository(files: &[(&str, &str)]) -> TempDir {
    let dir = folder(&[(STANDARD, &standard()), (SCOPE, &scope())]);
    files.iter().for_each(|(path, text)| write(dir.path(), path, text));
    dir
}

/// Manifests that are no manifests: what `check` says of each, and `sync` leaves them alone.
#[test]
fn bad_manifests_are_told_and_left() {
    let good = format!("{HEAD}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}");
    let id = |id: &str| good.replace("- id: scs-0100-a\n", &format!("- id: {id}\n"));
    let cases: [(&str, Vec<u8>); 10] = [
        ("a cycle of merge keys", format!("{good}env: &a\n  <<: *a\n").into()),
        ("itself", format!("{good}env: &self [*self]\n").into()),
        ("no UTF-8", [good.as_bytes(), b"# \xff\n"].concat()),
        ("NUL", format!("{good}# \0\n").into()),
        ("a control character", id("\"scs-0100-a\\u0007\"").into()),
        ("a line break", id("\"scs-0100-a\\nb\"").into()),
        ("an override", id("\"scs-0100-\\u202ea\"").into()),
        ("a number", id("0x1F").into()),
        ("a tag", id("!!python/object a").into()),
        ("a second document", format!("{good}---\n{good}").into()),
    ];
    let mut told = String::new();
    for (what, bytes) in cases {
        let dir = repository(&[]);
        write(dir.path(), MANIFEST, &bytes);
        let Answer { status, out, .. } =
            run(dir.path(), &["manifest", "check", "--format", "concise"]);
        assert_eq!(status, 1, "{what}");
        let syntax = out.lines().find(|it| it.contains("[manifest-syntax]")).unwrap_or_default();
        told.push_str(&format!("{what}: {}\n", syntax.chars().take(160).collect::<String>()));
        for command in ["sync", "build"] {
            write(dir.path(), BINDINGS, if command == "build" { BOUND } else { "" });
            if command == "sync" {
                std::fs::remove_file(dir.path().join(BINDINGS)).unwrap();
            }
            let Answer { status, out, err } = run(dir.path(), &["manifest", command]);
            assert_eq!((status, out.as_str()), (2, ""), "{what} {command} {err}");
            assert_eq!(std::fs::read(dir.path().join(MANIFEST)).unwrap(), bytes, "{what}");
        }
    }
    insta::assert_snapshot!(told, @"
a cycle of merge keys: Tests/scs-cloud.yaml:22:6: error[manifest-syntax] an anchor (`&`) is not allowed: write the value where it is meant
itself: Tests/scs-cloud.yaml:22:6: error[manifest-syntax] an anchor (`&`) is not allowed: write the value where it is meant
no UTF-8: Tests/scs-cloud.yaml:1:1: error[manifest-syntax] the manifest is no UTF-8 text from byte 380 on
NUL: Tests/scs-cloud.yaml:22:3: error[manifest-syntax] a NUL byte is not allowed
a control character: Tests/scs-cloud.yaml:7:9: error[manifest-syntax] `id` is `scs-0100-a�`: an id has no blanks and nothing that cannot be seen
a line break: Tests/scs-cloud.yaml:7:9: error[manifest-syntax] `id` is `scs-0100-a b`: an id has no blanks and nothing that cannot be seen
an override: Tests/scs-cloud.yaml:7:9: error[manifest-syntax] `id` is `scs-0100-�a`: an id has no blanks and nothing that cannot be seen
a number: Tests/scs-cloud.yaml:7:9: error[manifest-syntax] `id` has to be a text; here is `0x1F`, which YAML reads as no text: put it in quotes
a tag: Tests/scs-cloud.yaml:7:25: error[manifest-syntax] a tag (`!`) is not allowed: the schema says what a value is
a second document: Tests/scs-cloud.yaml:22:1: error[manifest-syntax] a second YAML document begins here: one block is one mapping
");
    // What is only odd is an id like any other.
    let dir = repository(&[(MANIFEST, &id("scs-0100-\u{1f600}"))]);
    let Answer { out, .. } = run(dir.path(), &["manifest", "check", "--format", "concise"]);
    assert!(!out.contains("[manifest-syntax]"), "{out}");
    assert!(out.contains("Tests/scs-cloud.yaml:7:9: warning[manifest-undocumented]"), "{out}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let dir = repository(&[("elsewhere.yaml", "name: x\n"), (BINDINGS, BOUND)]);
    let place = dir.path().join(MANIFEST);
    std::os::unix::fs::symlink(dir.path().join("elsewhere.yaml"), &place).unwrap();
    let out = run(dir.path(), &["manifest", "check", "--format", "concise"]).out;
    assert!(out.contains("Tests/scs-cloud.yaml:1:1: error[manifest-syntax]"), "{out}");
    for command in ["build", "sync"] {
        if command == "sync" {
            std::fs::remove_file(dir.path().join(BINDINGS)).unwrap();
        }
        let Answer { status, out, err } = run(dir.path(), &["manifest", command]);
        assert_eq!((status, out.as_str()), (2, ""), "{err}");
        assert!(place.is_symlink());
        assert_eq!(read(dir.path(), "elsewhere.yaml"), "name: x\n");
    }
}

/// Tables and scopes that are not as scs-0003 has them: findings with places; nothing is built.
#[test]
fn bad_documents_are_told_and_nothing_is_built() {
    let head = |columns: &str| {
        let rule = "--- |".repeat(columns.matches('|').count() - 1);
        format!("\n## Test cases\n\n{columns}\n| {rule}\n")
    };
    let full = "| Test case | Level | Kind | Lifetime | Description |";
    let mut told = String::new();
    for (what, path, text) in [
        ("no subject matter", SCOPE, document("Scopes", "\n## Introduction\n\nNothing.\n")),
        (
            "a column less",
            STANDARD,
            document(
                "IaaS",
                &format!("{}| `scs-0100-a` | main |\n", head("| Test case | Level |")),
            ),
        ),
        (
            "a column twice",
            STANDARD,
            document(
                "IaaS",
                &format!(
                    "{}| `scs-0100-a` | main | main | automated | | A. |\n",
                    head("| Test case | Level | Level | Kind | Lifetime | Description |")
                ),
            ),
        ),
        (
            "a column more",
            STANDARD,
            document(
                "IaaS",
                &format!(
                    "{}| `scs-0100-a` | main | automated | | A. | x |\n",
                    head("| Test case | Level | Kind | Lifetime | Description | Colour |")
                ),
            ),
        ),
        ("empty cells", STANDARD, document("IaaS", &format!("{}| | | | | |\n", head(full)))),
        (
            "a row that ends early",
            STANDARD,
            document("IaaS", &format!("{}| `scs-0100-a` |\n", head(full))),
        ),
        (
            "no backticks",
            STANDARD,
            document("IaaS", &format!("{}| scs-0100-a | main | automated | | A. |\n", head(full))),
        ),
        (
            "another standard",
            STANDARD,
            document(
                "IaaS",
                &format!("{}| `scs-0101-a` | main | automated | | A. |\n", head(full)),
            ),
        ),
        (
            "a control character",
            STANDARD,
            document(
                "IaaS",
                &format!("{}| `scs-0100-\u{7}` | main | automated | | A. |\n", head(full)),
            ),
        ),
        (
            "an override",
            STANDARD,
            document(
                "IaaS",
                &format!("{}| `scs-0100-\u{202e}a` | main | automated | | A. |\n", head(full)),
            ),
        ),
        (
            "a blank",
            STANDARD,
            document(
                "IaaS",
                &format!("{}| `scs-0100- a` | main | automated | | A. |\n", head(full)),
            ),
        ),
        (
            "a lifetime of old",
            STANDARD,
            document(
                "IaaS",
                &format!("{}| `scs-0100-a` | main | automated | decade | A. |\n", head(full)),
            ),
        ),
    ] {
        let manifest = format!("{HEAD}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}");
        let dir = repository(&[(path, &text), (MANIFEST, &manifest)]);
        let out = run(dir.path(), &["manifest", "check", "--format", "concise"]).out;
        let about = ["[testcase-table]", "[manifest-scope]"];
        let found: Vec<&str> =
            out.lines().filter(|it| about.iter().any(|rule| it.contains(rule))).collect();
        assert!(!found.is_empty(), "{what}: {out}");
        _ = writeln!(told, "{what}\n  {}", found.join("\n  "));
        run(dir.path(), &["manifest", "sync"]);
        assert_eq!(read(dir.path(), MANIFEST), manifest, "{what}");
        std::fs::remove_file(dir.path().join(MANIFEST)).unwrap();
        write(dir.path(), BINDINGS, BOUND);
        let Answer { status, out, err } = run(dir.path(), &["manifest", "build"]);
        assert_eq!((status, out.as_str()), (2, ""), "{what}");
        assert!(err.starts_with(&format!("scs-doc: {path}:")), "{what}: {err}");
        assert!(!dir.path().join(MANIFEST).exists());
    }
    insta::assert_snapshot!(told, @"
no subject matter
  Standards/scs-0501-v1-scs-cloud.md:2:8: error[manifest-scope] a scope lists what it includes in a section *Subject Matter*; without one, `v1` in Tests/scs-cloud.yaml has nothing to rest on
a column less
  Standards/scs-0100-v1-names.md:10:3: error[testcase-table] `Description` is a column that a table of test cases has to have
  Standards/scs-0100-v1-names.md:10:3: error[testcase-table] `Kind` is a column that a table of test cases has to have
  Standards/scs-0100-v1-names.md:10:3: error[testcase-table] `Lifetime` is a column that a table of test cases has to have
a column twice
  Standards/scs-0100-v1-names.md:10:23: error[testcase-table] `Level` is there twice
a column more
  Standards/scs-0100-v1-names.md:10:55: error[testcase-table] `Colour` is no column of a table of test cases; expected `Test case`, `Level`, `Kind`, `Lifetime` or `Description`
empty cells
  Standards/scs-0100-v1-names.md:12:3: error[testcase-table] `` has no id of a test case in backticks
a row that ends early
  Standards/scs-0100-v1-names.md:13:1: error[testcase-table] `scs-0100-a` has the level ``; expected `main` or `recommended`
  Standards/scs-0100-v1-names.md:13:1: error[testcase-table] `scs-0100-a` has the kind ``; expected `automated`, `self-assessment` or `audit`
no backticks
  Standards/scs-0100-v1-names.md:12:3: error[testcase-table] `scs-0100-a` has no id of a test case in backticks
another standard
  Standards/scs-0100-v1-names.md:12:3: error[testcase-table] `scs-0101-a` does not begin with `scs-0100-`, the number of its standard
a control character
  Standards/scs-0100-v1-names.md:12:3: error[testcase-table] `scs-0100-�` has blanks, or something that cannot be seen
an override
  Standards/scs-0100-v1-names.md:12:3: error[testcase-table] `scs-0100-�a` has blanks, or something that cannot be seen
a blank
  Standards/scs-0100-v1-names.md:12:3: error[testcase-table] `scs-0100- a` has blanks, or something that cannot be seen
a lifetime of old
  Standards/scs-0100-v1-names.md:12:37: error[testcase-table] `scs-0100-a` has the lifetime `decade`; expected `day`, `week`, `month`, `quarter` or `year`
");
}
