//! Manifests and scope documents of strangers: findings with places, never a panic, and no file
//! written; and no more time than their size is worth.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::helpers::{Answer, folder, read, run, write};

const MANIFEST: &str = "Tests/scs-cloud.yaml";
const BINDINGS: &str = "Tests/scs-cloud.bindings.toml";
const STANDARD: &str = "Standards/scs-0100-v1-names.md";
const SCOPE: &str = "Standards/scs-0501-v1-scs-cloud.md";

const HEAD: &str =
    "name: Cloud\nuuid: 50393e6f-2ae1-4c5c-a62c-3b75f2abef3f\nurl: https://example.org/a\n";
const SCRIPTS: &str = "scripts:\n- executable: ./a\n  testcases:\n  - id: scs-0100-a\n";
const MODULES: &str = "modules:\n- id: scs-0100-v1\n  url: https://docs.scs.community/standards/scs-0100-v1-names\n  targets:\n    main:\n    - scs-0100-a\n";
const TIMELINE: &str = "timeline:\n- date: 2024-01-01\n  versions:\n    v1: effective\n";
const VERSIONS: &str = "versions:\n- version: v1\n  include:\n  - scs-0100-v1\n";
const TABLE: &str = "\n## Test cases\n\n| Test case | Level | Kind | Lifetime | Description |\n| --- | --- | --- | --- | --- |\n";
const BOUND: &str = "scope = \"scs-0501\"\nuuid = \"50393e6f-2ae1-4c5c-a62c-3b75f2abef3f\"\n[[script]]\nexecutable = \"./a\"\ntestcases = [\"scs-*\"]\n";

fn document(track: &str, body: &str) -> String {
    let title = if track == "Scopes" { "Cloud" } else { "Names" };
    format!("---\ntitle: {title}\ntype: Standard\nstatus: Draft\ntrack: {track}\n---\n{body}")
}

fn scope() -> String {
    document("Scopes", "\n## Subject Matter\n\n- [scs-0100-v1: Names](scs-0100-v1-names.md)\n")
}

fn standard() -> String {
    document("IaaS", &format!("{TABLE}| `scs-0100-a` | main | automated | | A. |\n"))
}

fn repository(files: &[(&str, &str)]) -> TempDir {
    let dir = folder(&[(STANDARD, &standard()), (SCOPE, &scope())]);
    files.iter().for_each(|(path, text)| write(dir.path(), path, text));
    dir
}

/// `count` lines.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        _ = writeln!(text, "{}", line(at));
        text
    })
}

/// Manifests that are no manifests: what `check` says of each, and `sync` leaves them alone.
#[test]
fn bad_manifests_are_told_and_left() {
    let good = format!("{HEAD}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}");
    let id = |id: &str| good.replace("- id: scs-0100-a\n", &format!("- id: {id}\n"));
    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for at in 1..40 {
        bomb.push_str(&format!("a{at}: &a{at} [*a{}, *a{}]\n", at - 1, at - 1));
    }
    let cases: [(&str, Vec<u8>); 15] = [
        ("an anchor bomb", bomb.into()),
        ("a cycle of merge keys", format!("{good}env: &a\n  <<: *a\n").into()),
        ("itself", format!("{good}env: &self [*self]\n").into()),
        ("brackets", format!("{good}env: {}\n", "[".repeat(100_000)).into()),
        ("braces", format!("{good}env: {}\n", "{a: ".repeat(100_000)).into()),
        ("dashes", format!("{good}env:\n{}\n", "- ".repeat(100_000)).into()),
        ("more than 8 MiB", format!("{good}#{}\n", "x".repeat(8 << 20)).into()),
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
        let started = Instant::now();
        let Answer { status, out, .. } =
            run(dir.path(), &["manifest", "check", "--format", "concise"]);
        assert!(started.elapsed() < Duration::from_secs(60), "{what}");
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
an anchor bomb: Tests/scs-cloud.yaml:1:5: error[manifest-syntax] an anchor (`&`) is not allowed: write the value where it is meant
a cycle of merge keys: Tests/scs-cloud.yaml:22:6: error[manifest-syntax] an anchor (`&`) is not allowed: write the value where it is meant
itself: Tests/scs-cloud.yaml:22:6: error[manifest-syntax] an anchor (`&`) is not allowed: write the value where it is meant
brackets: Tests/scs-cloud.yaml:22:38: error[manifest-syntax] recursion limit exceeded
braces: Tests/scs-cloud.yaml:22:134: error[manifest-syntax] recursion limit exceeded
dashes: Tests/scs-cloud.yaml:23:63: error[manifest-syntax] recursion limit exceeded
more than 8 MiB: Tests/scs-cloud.yaml:1:1: error[manifest-syntax] the manifest is larger than 8 MiB and was not read
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

const MANY: usize = 100_000;

/// A large manifest takes time by its size: a few seconds of a debug build. The bound is wide, for
/// machines that do much at once; with the square of the size it would be minutes.
#[test]
fn many_things_in_a_manifest() {
    let module = |at| format!("- id: m{at}");
    let include = |at| format!("  - m{at}");
    let check = &["manifest", "check", "--format", "concise"][..];
    let sync = &["manifest", "sync", "--dry-run"][..];
    let coverage = &["manifest", "coverage"][..];
    let diff = &["manifest", "diff", "scs-0501", "v1", "v1"][..];
    let list = &["manifest", "checklist", "scs-0501", "v1", "--for", "operator"][..];
    let cases: [(&str, &[&[&str]], String); 10] = [
        (
            "test cases",
            &[check, coverage],
            format!(
                "{HEAD}{SCRIPTS}{}{MODULES}{TIMELINE}{VERSIONS}",
                lines(MANY, |at| format!("  - id: scs-0100-t{at}"))
            ),
        ),
        (
            "wrong addresses",
            &[check],
            format!(
                "{HEAD}{SCRIPTS}{}{MODULES}{TIMELINE}{VERSIONS}",
                lines(MANY / 2, |at| format!(
                    "  - id: scs-0100-t{at}\n    url: https://docs.scs.community/standards/scs-0199-v1-t{at}"
                ))
            ),
        ),
        (
            "modules",
            &[check],
            format!("{HEAD}{SCRIPTS}{MODULES}{}{TIMELINE}{VERSIONS}", lines(MANY, module)),
        ),
        (
            "includes",
            &[diff],
            format!("{HEAD}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}{}", lines(MANY, include)),
        ),
        (
            "modules and includes",
            &[check, sync, list],
            format!(
                "{HEAD}{SCRIPTS}{MODULES}{}{TIMELINE}{VERSIONS}{}",
                lines(MANY, module),
                lines(MANY, include)
            ),
        ),
        (
            "entries of the timeline",
            &[check, sync, diff],
            format!(
                "{HEAD}{SCRIPTS}{MODULES}timeline:\n{}{VERSIONS}",
                lines(MANY, |at| format!("- date: {}\n  versions: {{v1: draft}}", day(at)))
            ),
        ),
        (
            "versions",
            &[check, sync],
            format!(
                "{HEAD}{SCRIPTS}{MODULES}{TIMELINE}{}versions:\n{}",
                lines(MANY, |at| format!("    v1.{at}: draft")),
                lines(MANY, |at| format!("- version: v1.{at}\n  include: []"))
            ),
        ),
        (
            "keys",
            &[check],
            format!(
                "{HEAD}{}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}",
                lines(MANY, |at| format!("k{at}: x"))
            ),
        ),
        (
            "the same key",
            &[check],
            format!("{HEAD}{}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}", "name: x\n".repeat(MANY)),
        ),
        (
            "parameters",
            &[check, diff],
            format!(
                "{HEAD}{SCRIPTS}{MODULES}{TIMELINE}versions:\n- version: v1\n  include:\n  - ref: scs-0100-v1\n    parameters:\n{}",
                lines(MANY, |at| format!("      p{at}: x"))
            ),
        ),
    ];
    for (what, commands, manifest) in cases {
        let dir = repository(&[(MANIFEST, &manifest)]);
        commands.iter().for_each(|args| _ = in_time(&dir, args, what));
        assert_eq!(read(dir.path(), MANIFEST), manifest, "{what}");
    }
}

/// A day in the years from 1700 on.
fn day(at: usize) -> String {
    let (year, day) = (1700 + at / 336, at % 336);
    format!("{year}-{:02}-{:02}", day / 28 + 1, day % 28 + 1)
}

fn in_time(dir: &TempDir, args: &[&str], what: &str) -> Answer {
    let started = Instant::now();
    let answer = run(dir.path(), args);
    assert!(answer.status <= 2, "{what} {args:?}: {}", answer.err);
    let took = started.elapsed();
    assert!(took < Duration::from_secs(60), "{what} {args:?}: {took:?}");
    answer
}

#[test]
fn many_things_in_documents() {
    let row = |at| format!("| `scs-0100-t{at}` | main | automated | | A. |");
    let open = |at| format!("| `scs-0100-t{at}-X` | main | automated | | A. |");
    let open_first = |at| format!("| `scs-0100-X-t{at}` | main | automated | | A. |");
    let many = format!(
        "{HEAD}{SCRIPTS}{}{MODULES}{TIMELINE}{VERSIONS}",
        lines(20_000, |at| format!("  - id: scs-0100-a-t{at}x"))
    );
    let point = "- [scs-0100-v1: Names](scs-0100-v1-names.md)\n";
    for (what, path, text) in [
        ("rows", STANDARD, document("IaaS", &format!("{TABLE}{}", lines(MANY, row)))),
        ("variable ends", STANDARD, document("IaaS", &format!("{TABLE}{}", lines(20_000, open)))),
        (
            "variable starts",
            STANDARD,
            document("IaaS", &format!("{TABLE}{}", lines(20_000, open_first))),
        ),
        (
            "headings",
            STANDARD,
            document(
                "IaaS",
                &lines(20_000, |at| format!("## Automated tests\n\n- `scs-0100-t{at}`\n")),
            ),
        ),
        (
            "rows below headings",
            STANDARD,
            document(
                "IaaS",
                &format!("{}{TABLE}{}", "## A\n\n".repeat(20_000), lines(20_000, row)),
            ),
        ),
        (
            "points",
            SCOPE,
            document("Scopes", &format!("\n## Subject Matter\n\n{}", point.repeat(20_000))),
        ),
    ] {
        let dir = repository(&[(path, &text), (MANIFEST, &many)]);
        in_time(&dir, &["manifest", "check", "--format", "concise"], what);
        match what {
            "variable starts" => _ = in_time(&dir, &["manifest", "coverage"], what),
            "points" => {
                let list = ["manifest", "checklist", "scs-0501", "v1", "--for", "operator"];
                in_time(&dir, &list, what);
            }
            _ => {}
        }
        std::fs::remove_file(dir.path().join(MANIFEST)).unwrap();
        write(dir.path(), BINDINGS, BOUND);
        in_time(&dir, &["manifest", "build"], what);
        let built = std::fs::metadata(dir.path().join(MANIFEST));
        assert!(built.is_err() || built.unwrap().len() <= 8 << 20, "{what}");
    }
    // Few lines that stand for very many test cases.
    let values: Vec<String> = (0..20_000).map(|at| format!("\"a{at}\"")).collect();
    let values = lines(1000, |at| format!("[values.\"scs-0100-t{at}-X\"]\nmain = V"))
        .replacen('V', &format!("[{}]", values.join(",")), 60)
        .replace("= V", "= []");
    let table = document("IaaS", &format!("{TABLE}{}", lines(1000, open)));
    let dir = repository(&[(STANDARD, &table), (BINDINGS, &format!("{BOUND}{values}"))]);
    let answer = in_time(&dir, &["manifest", "build"], "values");
    assert_eq!(answer.status, 2, "{}", answer.err);
    assert!(!dir.path().join(MANIFEST).exists());
}
