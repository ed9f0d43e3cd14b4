//! `scs-doc manifest diff`, `coverage` and `checklist`, as their users see them.

use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::helpers::{Answer, folder, real_corpus, run, write};

const MANIFEST: &str = "Tests/scs-cloud.yaml";

fn standard(title: &str, more: &str) -> String {
    format!(
        "---\ntitle: {title}\ntype: Standard\nstatus: Stable\nstabilized_at: 2024-01-01\ntrack: IaaS\n---\n{more}"
    )
}

fn scope(version: u32, points: &str) -> String {
    format!(
        "---\ntitle: Cloud\ntype: Standard\nstatus: Stable\nstabilized_at: 2024-0{version}-01\ntrack: Scopes\n---\n\n\
        ## Subject Matter\n\n{points}\n## Testing Regime\n\nIn general, it is done monthly.\n\n\
        - Tests of scs-0102-v1 are done quarterly.\n"
    )
}

const CASES: &str = "\n## Test cases\n\n| Test case | Level | Kind | Lifetime | Description |\n| --- | --- | --- | --- | --- |\n";

/// Three standards, two versions of a scope, and its manifest.
pub fn repository() -> TempDir {
    let flavors = format!(
        "{CASES}| `scs-0100-names` | main | automated | | Names are fine. |\n| `scs-0100-X-seen` | recommended | automated | day | X is seen. |\n"
    );
    let keys = format!(
        "{CASES}| `scs-0102-plan` | main | self-assessment | | There is a plan. |\n| `scs-0102-vault` | recommended | audit | year | The vault is `closed`. |\n"
    );
    let manifest = "\
name: Cloud
uuid: 50393e6f-2ae1-4c5c-a62c-3b75f2abef3f
url: https://example.org/scs-cloud.yaml
scripts:
- executable: ./test.py
  testcases:
  - id: scs-0100-names
    description: Names are fine.
    url: https://docs.scs.community/standards/scs-0100-v1-flavors#test-cases
  - id: scs-0100-small-seen
    lifetime: day
  - id: scs-0101-entropy
    description: There is entropy\\_avail.
- testcases:
  - id: scs-0102-plan
    url: https://docs.scs.community/standards/scs-0102-v1-keys
modules:
- id: scs-0100-v1
  url: https://docs.scs.community/standards/scs-0100-v1-flavors
  targets: {main: [scs-0100-names]}
- id: scs-0100-v1-rec
  url: https://docs.scs.community/standards/scs-0100-v1-flavors
  targets: {recommended: [scs-0100-small-seen]}
- id: scs-0100-v2
  url: https://docs.scs.community/standards/scs-0100-v2-flavors
  parameters: [spec]
  targets: {main: [scs-0100-small-seen]}
- id: scs-0101-v1
  url: https://docs.scs.community/standards/scs-0101-v1-entropy
  targets: {main: [scs-0101-entropy]}
- id: scs-0102-v1
  url: https://docs.scs.community/standards/scs-0102-v1-keys
  targets: {}
- id: scs-0102-v1-manual
  url: https://docs.scs.community/standards/scs-0102-v1-keys
  targets: {preview: [scs-0102-plan]}
timeline:
- date: 2026-01-01
  versions: {v2.1: effective, v1: warn}
- date: 2024-03-01
  versions: {v2.1: draft, v1: effective}
versions:
- version: v2.1
  stabilized_at: 2024-03-01
  include:
  - ref: scs-0100-v2
    parameters: {spec: new.yaml}
  - scs-0102-v1
- version: v1
  stabilized_at: 2024-01-01
  include: [scs-0100-v1, scs-0101-v1]
";
    folder(&[
        ("Standards/scs-0100-v1-flavors.md", &standard("Flavors", &flavors)),
        ("Standards/scs-0100-v2-flavors.md", &standard("Flavors", "")),
        ("Standards/scs-0101-v1-entropy.md", &standard("Entropy", "")),
        ("Standards/scs-0102-v1-keys.md", &standard("Keys", &keys)),
        ("Standards/scs-0103-v1-images.md", &standard("Images", "")),
        ("Standards/scs-0501-v1-cloud.md", &scope(1, "- scs-0101-v1\n- scs-0100-v1\n")),
        (
            "Standards/scs-0501-v2-cloud.md",
            &scope(2, "- scs-0102-v1: Keys\n- scs-0100-v2: Flavors (v2.3)\n- A promise\n"),
        ),
        ("Standards/scs-0501-v3-cloud.md", &scope(3, "- scs-0102-v1: Keys\n- scs-0100-v1\n")),
        (MANIFEST, manifest),
    ])
}

fn good(dir: &Path, args: &[&str]) -> String {
    let Answer { status, out, err } = run(dir, args);
    assert_eq!((status, err.as_str()), (0, ""), "{args:?}");
    out
}

#[test]
fn upgrade_notes() {
    let dir = repository();
    assert_snapshot!(good(dir.path(), &["manifest", "diff", "scs-0501", "v1", "v2"]), @r"
# Cloud: from `v1` to `v2.1`

1 standard comes, 1 changes, 1 goes; 1 test case comes, 2 go, 1 moves to another target.

## Dates

- `v1` ([scs-0501-v1](https://docs.scs.community/standards/scs-0501-v1-cloud)): stable since 2024-01-01; effective from 2024-03-01 to 2026-01-01, effective with a warning from 2026-01-01 on. On 2026-08-21, certificates are given, with the warning that this ends soon.
- `v2.1` ([scs-0501-v2](https://docs.scs.community/standards/scs-0501-v2-cloud)): stable since 2024-03-01; a draft from 2024-03-01 to 2026-01-01, effective from 2026-01-01 on. On 2026-08-21, certificates are given.

## Standards that come

### [scs-0102-v1](https://docs.scs.community/standards/scs-0102-v1-keys): Keys

- *main* [`scs-0102-plan`](https://docs.scs.community/standards/scs-0102-v1-keys#test-cases): There is a plan. (self-assessment)

## Standards that change

### [scs-0100-v2](https://docs.scs.community/standards/scs-0100-v2-flavors): Flavors

- [scs-0100-v2](https://docs.scs.community/standards/scs-0100-v2-flavors) instead of [scs-0100-v1](https://docs.scs.community/standards/scs-0100-v1-flavors)
- `spec` comes: `new.yaml`
- goes: *main* [`scs-0100-names`](https://docs.scs.community/standards/scs-0100-v1-flavors#test-cases): Names are fine. (automated, week)
- moves from *recommended* to *main*: [`scs-0100-small-seen`](https://docs.scs.community/standards/scs-0100-v1-flavors#test-cases): X is seen. (automated, day)

## Standards that go

### [scs-0101-v1](https://docs.scs.community/standards/scs-0101-v1-entropy): Entropy

- *main* `scs-0101-entropy`: There is entropy\_avail. (automated, week)

Test cases of *main* have to pass for a certificate, the others do not. In parentheses: who does a test case, and how long its result counts, if that is said.
");
    let same = good(dir.path(), &["manifest", "diff", "cloud", "v1", "v1"]);
    assert!(same.contains("\nNothing changes: "), "{same}");
    assert_eq!(same.matches("stable since").count(), 1, "{same}");
    let json = good(dir.path(), &["manifest", "diff", MANIFEST, "v1", "v2.1", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["changed"][0]["moved"][0]["from"], "recommended");
    assert_eq!(json["added"][0]["document"], "scs-0102-v1");
    assert_eq!(json["from"]["timeline"][1]["validity"], "warn");
    // A version that only a document describes.
    let notes = good(dir.path(), &["manifest", "diff", "Cloud", "v2", "v3"]);
    assert!(notes.contains("[scs-0100-v1](https://docs.scs.community/standards/scs-0100-v1-flavors) instead of [scs-0100-v2]"), "{notes}");
    assert!(
        notes.contains("comes: *main* [`scs-0100-names`]") && notes.contains("(automated, month)"),
        "{notes}"
    );
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let dir = repository();
    for (scope, version, told) in [
        (
            "scs-0502",
            "v1",
            "scs-doc: scs-0502: there is no such scope; there is scs-0501 (Cloud)\n",
        ),
        ("0501", "v4", "scs-doc: v4: Cloud has no such version; there are v2.1, v1 and v3\n"),
        (
            "Tests/none.yaml",
            "v4",
            "scs-doc: Tests/none.yaml: there is no such scope; there is scs-0501 (Cloud)\n",
        ),
    ] {
        let answer = run(dir.path(), &["manifest", "diff", scope, "v1", version]);
        assert_eq!((answer.status, answer.err.as_str()), (2, told));
    }
    let empty = folder(&[("Standards/scs-0101-v1-entropy.md", &standard("Entropy", ""))]);
    let answer = run(empty.path(), &["manifest", "diff", "scs-0501", "v1", "v2"]);
    assert!(
        answer.status == 2 && answer.err.contains("there is no certificate scope"),
        "{}",
        answer.err
    );
}

#[test]
fn standards_and_their_test_cases() {
    let dir = repository();
    assert_snapshot!(good(dir.path(), &["manifest", "coverage"]), @"
Standard     State       main  recommended  other  manual  Title
scs-0100-v1  effective      1            1      -       -  Flavors
             in Cloud: v1, v3
scs-0100-v2  effective      1            -      -       -  Flavors
             in Cloud: v2.1
scs-0101-v1  effective      1            -      -       -  Entropy
             in Cloud: v1
scs-0102-v1  effective      -            -      -       1  Keys
             in Cloud: v2.1, v3
scs-0103-v1  effective      -            -      -       -  Images

Stable, and no automated test case in a manifest
  scs-0102-v1  only by people
  scs-0103-v1  no test case

In a manifest, and in no document
  scs-0101-entropy  scs-0101-v1, Tests/scs-cloud.yaml

In a document, and in no manifest
  scs-0102-vault  audit, recommended, in scs-0102-v1

5 standards on 2026-08-21: 3 with automated test cases, 2 Stable without. 4 test cases in 1 manifest, 1 of them in no document; 1 test case only in documents.
");
    let page = good(dir.path(), &["manifest", "coverage", "--format", "markdown"]);
    assert!(page.contains("| Flavors | effective | 1 | 1 | - | - | Cloud: v1, v3 |"), "{page}");
    let json = good(dir.path(), &["manifest", "coverage", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["summary"]["untested"], 2);
    assert_eq!(json["standards"][4]["untested"], "none");
    assert_eq!(json["not_implemented"][0]["id"], "scs-0102-vault");
    assert_eq!(
        json["testcases"][1]["standards"],
        serde_json::json!(["scs-0100-v1", "scs-0100-v2"])
    );
}

#[test]
fn the_form_of_the_operator() {
    let dir = repository();
    let list = ["manifest", "checklist", "scs-0501", "v2", "--for", "operator"];
    assert_snapshot!(good(dir.path(), &list), @"
# Self-assessment: Cloud, `v2.1`

Scope: Cloud, version `v2.1`, described in [scs-0501-v2](https://docs.scs.community/standards/scs-0501-v2-cloud).
As of 2026-08-21: 1 statement of the operator, 1 audit, 1 automated test case.

| Field | To fill in |
| --- | --- |
| Subject (the cloud) | |
| Operator | |
| Date | |
| Signature | |

## [scs-0102-v1](https://docs.scs.community/standards/scs-0102-v1-keys): Keys

- [ ] [`scs-0102-plan`](https://docs.scs.community/standards/scs-0102-v1-keys#test-cases): There is a plan.
  - has to be fulfilled; to be renewed every quarter
  - Evidence:

The auditor looks at:

- [`scs-0102-vault`](https://docs.scs.community/standards/scs-0102-v1-keys#test-cases): The vault is `closed`. (recommended; to be renewed every year)

## [scs-0100-v2](https://docs.scs.community/standards/scs-0100-v2-flavors): Flavors (v2.3)

With `spec`: `new.yaml`

Tested by programs, nothing to fill in:

- main: `scs-0100-small-seen`

## A promise

The document of the scope lists it; the manifest does not include it.

No test case of it is known, neither in a manifest nor in a document.
");
    let to_file = [list.as_slice(), &["--out", "list.md"]].concat();
    assert_eq!(good(dir.path(), &to_file), "wrote list.md\n");
    let check = [to_file.as_slice(), &["--check"]].concat();
    assert_eq!(run(dir.path(), &check).status, 0);
    write(dir.path(), "list.md", "old\n");
    let answer = run(dir.path(), &check);
    assert!(answer.status == 1 && answer.out.contains("-old"), "{}", answer.out);
}

#[test]
fn the_form_of_the_auditor() {
    let dir = repository();
    assert_snapshot!(good(dir.path(), &["manifest", "checklist", "scs-0501", "v3", "--for", "auditor"]), @"
# Audit: Cloud, `v3`

Scope: Cloud, version `v3`, described in [scs-0501-v3](https://docs.scs.community/standards/scs-0501-v3-cloud).
As of 2026-08-21: 1 statement of the operator, 1 audit, 2 automated test cases.

| Field | To fill in |
| --- | --- |
| Subject (the cloud) | |
| Operator | |
| Auditor | |
| Date | |
| Signature | |

## [scs-0102-v1](https://docs.scs.community/standards/scs-0102-v1-keys): Keys

- [ ] The evidence of the operator supports the statement: [`scs-0102-plan`](https://docs.scs.community/standards/scs-0102-v1-keys#test-cases): There is a plan.
  - has to be fulfilled; to be renewed every quarter
  - Evidence seen:
- [ ] [`scs-0102-vault`](https://docs.scs.community/standards/scs-0102-v1-keys#test-cases): The vault is `closed`.
  - recommended; to be renewed every year
  - Finding:

## [scs-0100-v1](https://docs.scs.community/standards/scs-0100-v1-flavors): Flavors

Tested by programs, nothing to fill in:

- main: `scs-0100-names`
- recommended: `scs-0100-X-seen`
");
}

#[test]
fn a_page_to_fill_in_runs_nothing() {
    let dir = repository();
    let page = |who: &str| {
        good(
            dir.path(),
            &["manifest", "checklist", "Cloud", "v2.1", "--for", who, "--format", "html"],
        )
    };
    let (operator, auditor) = (page("operator"), page("auditor"));
    for page in [&operator, &auditor] {
        assert!(
            !page.contains("<script") && !page.contains("<link") && !page.contains("src="),
            "{page}"
        );
        assert!(page.contains("default-src 'none'") && page.contains("size: A4"));
    }
    assert_eq!(operator.matches("type=\"checkbox\"").count(), 2, "one of them in the style");
    assert!(operator.contains(
        "<p>The auditor looks at:</p>\n<ul>\n<li><bdi>The vault is <code>closed</code>.</bdi>"
    ));
    assert!(auditor.contains("<label>Auditor <input type=\"text\""));
    assert_eq!(auditor.matches("<textarea").count(), 2);
    assert!(auditor.contains("The evidence of the operator supports the statement: "));
}

/// Whatever documents and manifests say, it stays in its place.
#[test]
fn hostile_texts_stay_texts() {
    let dir = repository();
    let evil =
        "</label><script>alert(1)</script> | `x` [y](javascript:z) \\u202e\\e[2J\\n# H\\n- [ ] z";
    let manifest = std::fs::read_to_string(dir.path().join(MANIFEST)).unwrap();
    let manifest = manifest
        .replace("description: Names are fine.", &format!("description: \"{evil}\""))
        .replace("new.yaml", &format!("\"{evil}\""))
        .replace(
            "  - id: scs-0102-plan\n",
            &format!("  - id: scs-0102-plan\n    description: \"{evil}\"\n"),
        )
        .replace("scs-0101-entropy", "\"scs-0101-<b>|`\\e[2J\"")
        .replace("version: v1\n", "version: v1\n  colour: red\n");
    write(dir.path(), MANIFEST, &manifest);
    let title = standard(&format!("\"{evil}\""), CASES.trim_end());
    write(dir.path(), "Standards/scs-0102-v1-keys.md", &title);
    for args in [
        &["diff", "scs-0501", "v1", "v2"][..],
        &["coverage"],
        &["coverage", "--format", "markdown"],
        &["checklist", "scs-0501", "v2", "--for", "operator"],
        &["checklist", "scs-0501", "v1", "--for", "auditor"],
        &["checklist", "scs-0501", "v2", "--for", "operator", "--format", "html"],
    ] {
        let Answer { status, out, err } = run(dir.path(), &[&["manifest"], args].concat());
        assert_eq!(status, 0, "{args:?} {err}");
        assert!(
            err.contains("Tests/scs-cloud.yaml: ") && err.contains("`scs-doc manifest check`"),
            "{err}"
        );
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{args:?}\n{out}");
        assert!(!out.contains("\n# H") && !out.contains("\n- [ ] z"), "{args:?}\n{out}");
        if args != ["coverage"] {
            assert!(!out.contains("<script>"), "{args:?}\n{out}");
            // In HTML that is no link.
            let link = !args.contains(&"html") && out.contains("[y](javascript");
            assert!(!link && !out.contains("href=\"javascript"), "{args:?}\n{out}");
        }
        if args.contains(&"markdown") {
            let bars = |line: &&str| line.starts_with("| [");
            let unescaped = |line: &str| line.replace("\\|", "").matches('|').count();
            assert!(out.lines().filter(bars).all(|line| unescaped(line) == 9), "{out}");
        }
    }
}

#[test]
fn the_real_scopes() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let notes = ["manifest", "diff", "scs-compatible-iaas", "v4", "v5"];
    let answer = run(dir.path(), &notes);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let heading = |text: &str| {
        let rest = answer.out.split_once(text).map(|(_, rest)| rest).unwrap_or_default();
        rest.split("\n## ").next().unwrap_or_default().to_owned()
    };
    let come = heading("## Standards that come\n");
    let come: Vec<&str> =
        come.lines().filter_map(|it| it.strip_prefix("### [")?.split(']').next()).collect();
    let expected = ["0114", "0115", "0116", "0117", "0121", "0123", "0302"];
    assert_eq!(come, expected.map(|it| format!("scs-{it}-v1")));
    let change = heading("## Standards that change\n");
    assert_eq!(change.matches("### ").count(), 1, "{change}");
    assert!(
        change.contains("[scs-0104-v1]") && change.contains("images-v5.yaml` instead of `"),
        "{change}"
    );
    assert!(!answer.out.contains("## Standards that go"));
    let list = ["manifest", "checklist", "scs-0501", "v5", "--for", "operator"];
    let list = run(dir.path(), &list).out;
    assert_eq!(list.matches("- [ ] ").count(), 3, "{list}");
    assert!(list.find("[scs-0128-v1]") < list.find("[scs-0100-v3]"), "{list}");
    let coverage = run(dir.path(), &["manifest", "coverage"]).out;
    assert!(coverage.contains("\n  scs-0121-v1  only by people\n"), "{coverage}");
}
