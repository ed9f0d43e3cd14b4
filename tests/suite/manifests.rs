//! Manifests that are built from documents, and manifests that are kept up to date with them.

use std::path::Path;

use insta::assert_snapshot;
use proptest::prelude::*;
use scs_doc::corpus::Manifest;
use scs_doc::manifest::build::{Built, Script, TestCase};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::helpers::{Answer, cases, folder, read, real_corpus, run, write};

const BUILT: &str = "Tests/scs-cloud.yaml";
const BINDINGS: &str = "Tests/scs-cloud.bindings.toml";
const KEYS: &str = "Standards/scs-0101-v1-keys.md";
const SUPPLEMENT: &str = "Standards/scs-0100-w1-names-testing.md";
const STABLE: &str = "Standards/scs-0501-v1-scs-cloud.md";
const DRAFT: &str = "Standards/scs-0501-v2-scs-cloud.md";

const COLUMNS: &str =
    "| Test case | Level | Kind | Lifetime | Description |\n| --- | --- | --- | --- | --- |\n";

fn standard(title: &str, status: &str, more: &str) -> String {
    let track = if title == "Cloud" { "Scopes" } else { "IaaS" };
    let date = if status == "Stable" { "stabilized_at: 2024-02-01\n" } else { "" };
    format!(
        "---\ntitle: {title}\ntype: Standard\nstatus: {status}\n{date}track: {track}\ndescription: What it is about.\n---\n\n{more}"
    )
}

fn scope(status: &str, points: &str) -> String {
    let body = format!(
        "## Introduction\n\nWhich documents a cloud has to fulfill.\n\n## Subject Matter\n\n{points}\n\
        ## Testing Regime\n\nIn general, tests are done at least weekly.\n\n- Tests of scs-0101-v1 are done daily.\n"
    );
    standard("Cloud", status, &body)
}

const POINTS: &str = "- [scs-0100-v1: Names](scs-0100-v1-names.md)\n- [scs-0101-v1: Keys](scs-0101-v1-keys.md)\n\
    - [scs-0102-v1: Lists](scs-0102-v1-lists.md) with [list_spec](../Tests/list-1.yaml)\n";

fn documents() -> Vec<(&'static str, String)> {
    let supplement = format!(
        "---\ntitle: Names, Tests\ntype: Supplement\ntrack: IaaS\nsupplements:\n  - scs-0100-v1-names.md\n---\n\n\
        ## Test cases\n\n{COLUMNS}| `scs-0100-form` | main | automated | | Each name has the form, see `yes: no`. |\n\
        | `scs-0100-size-X` | main | automated | month | There is a size X. |\n"
    );
    let keys = format!(
        "## Test cases\n\n{COLUMNS}| `scs-0101-length` | main | automated | | Keys are long. |\n\
        | `scs-0101-age` | recommended | automated | week | Keys are young. |\n\
        | `scs-0101-rooms` | main | self-assessment | quarter | Keys lie in a locked room. |\n"
    );
    let lists = format!(
        "## Test cases\n\n{COLUMNS}| `scs-0102-complete` | main | automated | | All that the list has is there. |\n"
    );
    let new = POINTS.replace("scs-0101-v1", "scs-0101-v2").replace("list-1", "list-2");
    vec![
        ("Standards/scs-0100-v1-names.md", standard("Names", "Stable", "")),
        (SUPPLEMENT, supplement),
        (KEYS, standard("Keys", "Stable", &keys)),
        ("Standards/scs-0101-v2-keys.md", standard("Keys", "Draft", &keys)),
        ("Standards/scs-0102-v1-lists.md", standard("Lists", "Stable", &lists)),
        (STABLE, scope("Stable", POINTS)),
        (DRAFT, scope("Draft", &new)),
        ("Tests/list-1.yaml", "- a\n".to_owned()),
        ("Tests/list-2.yaml", "- a\n- b\n".to_owned()),
    ]
}

const BOUND: &str = r#"scope = "scs-0501"
uuid = "50393e6f-2ae1-4c5c-a62c-3b75f2abef3f"
variables = ["cloud", { name = "mode", default = "no" }]

[values."scs-0100-size-X"]
main = ["Small", "L:1"]
recommended = ["Huge"]

[parameters.list_spec]
description = "address of the list"

[[script]]
executable = "./keys.py"
args = "-c {cloud}"
env = { LEVEL = "1" }
section = "keys"
testcases = ["scs-0101-*"]

[[script]]
executable = "./rest.py"
testcases = ["scs-*"]
"#;

fn repository() -> TempDir {
    let documents = documents();
    let mut files: Vec<(&str, &str)> = documents.iter().map(|(path, it)| (*path, &**it)).collect();
    files.push((BINDINGS, BOUND));
    folder(&files)
}

fn good(dir: &Path, args: &[&str]) -> String {
    let Answer { status, out, err } = run(dir, args);
    assert_eq!((status, err.as_str()), (0, ""), "{args:?}\n{out}");
    out
}

fn built() -> TempDir {
    let dir = repository();
    good(dir.path(), &["manifest", "build"]);
    dir
}

/// Changes a file of a folder; what is to be replaced has to be there.
fn change(dir: &Path, path: &str, from: &str, to: &str) {
    let text = read(dir, path);
    assert!(text.contains(from), "{path}: {from}");
    write(dir, path, text.replace(from, to));
}

/// The lines that come and go in a diff.
fn changed(diff: &str) -> String {
    let is_change =
        |it: &&str| it.starts_with(['+', '-']) && !it.starts_with("+++") && !it.starts_with("---");
    diff.lines().filter(is_change).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_manifest_says_what_documents_say() {
    let dir = repository();
    let root = dir.path();
    assert_eq!(
        good(root, &["manifest", "build", "--dry-run"]),
        "would write Tests/scs-cloud.yaml\n"
    );
    assert!(good(root, &["manifest", "build", "--diff"]).contains("\n+name: Cloud\n"));
    assert!(!root.join(BUILT).exists());
    assert_eq!(good(root, &["manifest", "build"]), "wrote Tests/scs-cloud.yaml\n");
    assert_snapshot!(read(root, BUILT), @r#"
# Made by `scs-doc manifest build`: what is changed here is lost with the next build.
# It comes from scs-0501-v2 and scs-0501-v1, from the documents that they include,
# and from Tests/scs-cloud.bindings.toml.
name: Cloud
uuid: "50393e6f-2ae1-4c5c-a62c-3b75f2abef3f"
url: https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/scs-cloud.yaml
variables:
- cloud
- mode: "no"
scripts:
# serves `scs-0101-*`; test cases from scs-0101-v1
- executable: ./keys.py
  env:
    LEVEL: "1"
  args: -c {cloud}
  testcases:
  - id: scs-0101-length
    lifetime: day
    section: keys
    description: Keys are long.
    url: https://docs.scs.community/standards/scs-0101-v1-keys#test-cases
  - id: scs-0101-age
    section: keys
    description: Keys are young.
    url: https://docs.scs.community/standards/scs-0101-v1-keys#test-cases
# serves `scs-*`; test cases from scs-0100-w1 and scs-0102-v1
- executable: ./rest.py
  testcases:
  - id: scs-0100-form
    description: "Each name has the form, see `yes: no`."
    url: https://docs.scs.community/standards/scs-0100-w1-names-testing#test-cases
  - id: scs-0100-size-small
    lifetime: month
    description: There is a size Small.
    url: https://docs.scs.community/standards/scs-0100-w1-names-testing#test-cases
  - id: scs-0100-size-l:1
    lifetime: month
    description: There is a size L:1.
    url: https://docs.scs.community/standards/scs-0100-w1-names-testing#test-cases
  - id: scs-0100-size-huge
    lifetime: month
    description: There is a size Huge.
    url: https://docs.scs.community/standards/scs-0100-w1-names-testing#test-cases
  - id: scs-0102-complete
    description: All that the list has is there.
    url: https://docs.scs.community/standards/scs-0102-v1-lists#test-cases
# what people do; from scs-0101-v1
- testcases:
  - id: scs-0101-rooms
    lifetime: quarter
    description: Keys lie in a locked room.
    url: https://docs.scs.community/standards/scs-0101-v1-keys#test-cases
modules:
# scs-0100-v1-names.md; test cases from scs-0100-w1
- id: scs-0100-v1
  name: Names
  url: https://docs.scs.community/standards/scs-0100-v1-names
  targets:
    main:
    - scs-0100-form
    - scs-0100-size-small
    - scs-0100-size-l:1
# scs-0100-v1-names.md; test cases from scs-0100-w1
- id: scs-0100-v1-rec
  name: Names
  url: https://docs.scs.community/standards/scs-0100-v1-names
  targets:
    recommended:
    - scs-0100-size-huge
# scs-0101-v1-keys.md; test cases from scs-0101-v1
- id: scs-0101-v1
  name: Keys
  url: https://docs.scs.community/standards/scs-0101-v1-keys
  targets:
    main:
    - scs-0101-length
# scs-0101-v1-keys.md; test cases from scs-0101-v1
- id: scs-0101-v1-rec
  name: Keys
  url: https://docs.scs.community/standards/scs-0101-v1-keys
  targets:
    recommended:
    - scs-0101-age
# scs-0101-v1-keys.md; test cases from scs-0101-v1
- id: scs-0101-v1-manual
  name: Keys
  url: https://docs.scs.community/standards/scs-0101-v1-keys
  targets:
    preview:
    - scs-0101-rooms
# scs-0101-v2-keys.md; test cases from scs-0101-v2
- id: scs-0101-v2
  name: Keys
  url: https://docs.scs.community/standards/scs-0101-v2-keys
  targets:
    main:
    - scs-0101-length
# scs-0101-v2-keys.md; test cases from scs-0101-v2
- id: scs-0101-v2-rec
  name: Keys
  url: https://docs.scs.community/standards/scs-0101-v2-keys
  targets:
    recommended:
    - scs-0101-age
# scs-0101-v2-keys.md; test cases from scs-0101-v2
- id: scs-0101-v2-manual
  name: Keys
  url: https://docs.scs.community/standards/scs-0101-v2-keys
  targets:
    preview:
    - scs-0101-rooms
# scs-0102-v1-lists.md; test cases from scs-0102-v1
- id: scs-0102-v1
  name: Lists
  url: https://docs.scs.community/standards/scs-0102-v1-lists
  parameters:
    list_spec: address of the list
  targets:
    main:
    - scs-0102-complete
timeline:
- date: 2024-02-01
  versions:
    v2: draft
    v1: effective
versions:
# scs-0501-v2-scs-cloud.md, Subject Matter
- version: v2
  include:
  - scs-0100-v1
  - scs-0101-v2
  - ref: scs-0102-v1
    parameters:
      list_spec: https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/list-2.yaml
# scs-0501-v1-scs-cloud.md, Subject Matter
- version: v1
  stabilized_at: 2024-02-01
  include:
  - scs-0100-v1
  - scs-0101-v1
  - ref: scs-0102-v1
    parameters:
      list_spec: https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/list-1.yaml
"#);
    assert_eq!(good(root, &["manifest", "build"]), "everything is up to date\n");
    assert_eq!(good(root, &["manifest", "build", "--check"]), "");
    let judged = good(root, &["manifest", "check", "-v", "--format", "concise"]);
    assert_eq!(judged, "7 documents: nothing to complain about\n");
    let text = read(root, BUILT);
    change(root, "Standards/scs-0102-v1-lists.md", "All that", "Whatever");
    let answer = run(root, &["manifest", "build", "--check"]);
    assert_eq!(answer.status, 1);
    assert_snapshot!(changed(&answer.out), @"
-    description: All that the list has is there.
+    description: Whatever the list has is there.
");
    good(root, &["manifest", "build", "--diff"]);
    assert_eq!(read(root, BUILT), text);
}

#[test]
fn a_manifest_is_what_every_reader_sees() {
    let dir = built();
    let text = read(dir.path(), BUILT);
    let theirs: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let mut theirs = serde_json::to_value(theirs).unwrap();
    let schema: Value = serde_json::from_str(&good(dir.path(), &["schema", "manifest"])).unwrap();
    let errors: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&theirs)
        .map(|it| it.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    // Our own reader keeps the names of parameters only.
    for module in theirs["modules"].as_array_mut().unwrap() {
        if let Some(Value::Object(parameters)) = module.get_mut("parameters") {
            module["parameters"] = parameters.keys().cloned().collect();
        }
    }
    assert_eq!(theirs, as_json(&Manifest::read(BUILT, text)));
}

/// What our own reader sees, in the form of the file.
fn as_json(manifest: &Manifest) -> Value {
    assert!(manifest.problems.is_empty(), "{:?}", manifest.problems);
    fn text(it: Option<&scs_doc::document::Placed<String>>) -> Value {
        it.map_or(Value::Null, |it| json!(it.value))
    }
    fn full(entries: Vec<(&str, Value)>) -> Value {
        let there = entries.into_iter().filter(|(_, it)| !it.is_null());
        Value::Object(there.map(|(key, it)| (key.to_owned(), it)).collect())
    }
    let map =
        |entries: &[(scs_doc::document::Placed<String>, scs_doc::document::Placed<String>)]| {
            match entries {
                [] => Value::Null,
                entries => {
                    entries.iter().map(|(key, it)| (key.value.clone(), json!(it.value))).collect()
                }
            }
        };
    let testcase = |it: &scs_doc::corpus::manifest::TestCase| {
        full(vec![
            ("id", text(it.id.as_ref())),
            (
                "lifetime",
                it.lifetime.as_ref().map_or(Value::Null, |it| json!(it.value.to_string())),
            ),
            ("section", text(it.section.as_ref())),
            ("description", text(it.description.as_ref())),
            ("url", text(it.url.as_ref())),
        ])
    };
    let script = |it: &scs_doc::corpus::manifest::Script| {
        full(vec![
            ("executable", text(it.executable.as_ref())),
            ("env", map(&it.env)),
            ("args", text(it.args.as_ref())),
            ("testcases", it.testcases.iter().map(testcase).collect()),
        ])
    };
    let module = |it: &scs_doc::corpus::manifest::Module| {
        let parameters: Vec<&str> = it.parameters.iter().map(|it| it.value.as_str()).collect();
        let target = |it: &scs_doc::corpus::manifest::Target| {
            let ids: Vec<&str> = it.testcases.iter().map(|it| it.value.as_str()).collect();
            (it.name.value.clone(), json!(ids))
        };
        full(vec![
            ("id", text(it.id.as_ref())),
            ("name", text(it.name.as_ref())),
            ("url", text(it.url.as_ref())),
            ("parameters", if parameters.is_empty() { Value::Null } else { json!(parameters) }),
            ("targets", it.targets.iter().map(target).collect()),
        ])
    };
    let period = |it: &scs_doc::corpus::manifest::Period| {
        let versions = it.versions.iter();
        let versions: Value =
            versions.map(|(name, it)| (name.value.clone(), json!(it.value.to_string()))).collect();
        json!({ "date": it.date.as_ref().unwrap().value.to_string(), "versions": versions })
    };
    let version = |it: &scs_doc::corpus::manifest::Version| {
        let include = it.include.iter().map(|it| match it.parameters.is_empty() {
            true => json!(it.module.value),
            false => json!({ "ref": it.module.value, "parameters": map(&it.parameters) }),
        });
        let date = it.stabilized_at.as_ref().map(|it| it.value.to_string());
        full(vec![
            ("version", text(it.version.as_ref())),
            ("stabilized_at", json!(date)),
            ("include", include.collect()),
        ])
    };
    let variable = |it: &scs_doc::corpus::manifest::Variable| match &it.default {
        None => json!(it.name.value),
        Some(default) => full(vec![(it.name.value.as_str(), json!(default.value))]),
    };
    full(vec![
        ("name", text(manifest.name.as_ref())),
        ("uuid", text(manifest.uuid.as_ref())),
        ("url", text(manifest.url.as_ref())),
        ("variables", manifest.variables.iter().map(variable).collect()),
        ("scripts", manifest.scripts.iter().map(script).collect()),
        ("modules", manifest.modules.iter().map(module).collect()),
        ("timeline", manifest.timeline.iter().map(period).collect()),
        ("versions", manifest.versions.iter().map(version).collect()),
    ])
}

#[test]
fn stable_versions_are_frozen_and_drafts_are_not() {
    let row = "| `scs-0101-age` | recommended |";
    let main = "| `scs-0101-age` | main |";
    let keys = "- [scs-0101-v1: Keys](scs-0101-v1-keys.md)\n";
    for (path, from, to, told) in [
        (KEYS, row, main, "v1: scs-0101-v1: scs-0101-age would have to pass too"),
        (
            SUPPLEMENT,
            "| `scs-0100-form` | main |",
            "| `scs-0100-form` | recommended |",
            "v1: scs-0100-v1: scs-0100-form would not have to pass any more",
        ),
        (STABLE, keys, "", "v1: scs-0101-v1: it would not be included any more"),
        (
            STABLE,
            "list-1.yaml",
            "list-2.yaml",
            "v1: scs-0102-v1: the parameter list_spec would be https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/list-2.yaml",
        ),
        (
            STABLE,
            "2024-02-01",
            "2024-03-01",
            "v1: it would be stable since 2024-03-01, not 2024-02-01",
        ),
        (
            STABLE,
            "Stable\nstabilized_at: 2024-02-01",
            "Draft",
            "v1: it would be stable since none, not 2024-02-01",
        ),
    ] {
        let dir = built();
        let before = read(dir.path(), BUILT);
        change(dir.path(), path, from, to);
        for args in [&["manifest", "build"][..], &["manifest", "build", "--check"]] {
            let Answer { status, out, err } = run(dir.path(), args);
            assert_eq!((status, out.as_str()), (1, ""), "{path}: {err}");
            let line = format!("scs-doc: {BUILT}: would change what is frozen: {told}\n");
            assert!(err.contains(&line) && err.contains("nothing was written"), "{err}");
        }
        assert_eq!(read(dir.path(), BUILT), before);
    }
    for (path, from, to, told) in [
        ("Standards/scs-0101-v2-keys.md", row, main, "-- id: scs-0101-v2-rec"),
        (DRAFT, "- [scs-0101-v2: Keys](scs-0101-v2-keys.md)\n", "", "-  - scs-0101-v2"),
        (DRAFT, "list-2.yaml", "list-1.yaml", "main/Tests/list-1.yaml"),
        (DRAFT, "Draft", "Stable\nstabilized_at: 2025-01-01", "+  stabilized_at: 2025-01-01"),
        (KEYS, "Keys are long.", "Keys are very long.", "+    description: Keys are very long."),
    ] {
        let dir = built();
        change(dir.path(), path, from, to);
        let diff = good(dir.path(), &["manifest", "build", "--diff"]);
        assert!(changed(&diff).contains(told), "{diff}");
        assert_eq!(good(dir.path(), &["manifest", "build"]), format!("wrote {BUILT}\n"));
    }
}

#[test]
fn what_cannot_be_built_is_told_with_its_place() {
    let table = "| `scs-0100-form` | main | automated | |";
    let mut told = String::new();
    for (path, from, to) in [
        (DRAFT, "scs-0102-v1: Lists](scs-0102-v1-lists.md", "Lists](https://example.org"),
        (BINDINGS, "[parameters.list_spec]\ndescription = \"address of the list\"\n", ""),
        (BINDINGS, "scs-0100-size-X\"]", "scs-0100-sizes-X\"]"),
        (BINDINGS, "[\"scs-*\"]", "[\"scs-0100-*\"]"),
        (DRAFT, "## Subject Matter", "## Matter"),
        (STABLE, "- [", "["),
        (BINDINGS, "scs-0501", "scs-0502"),
        (BINDINGS, "scs-0501", "0501"),
        (BINDINGS, "variables", "variabels"),
        (BINDINGS, "50393e6f-", "50393e6f"),
        (BINDINGS, "[parameters.", "[flavors]\n\"scs-0102-v1\" = \"../x\"\n\n[parameters."),
        (BINDINGS, "[parameters.", "[flavors]\n\"scs-0102-v1\" = \"/tmp/x\"\n\n[parameters."),
        (BINDINGS, "uuid", "uuid = \"a"),
        (SUPPLEMENT, table, "| `scs-0100-form\u{202e}` | main | automated | |"),
        (SUPPLEMENT, table, "| `scs-0101-form` | main | automated | |"),
        (SUPPLEMENT, table, "| scs-0100-form | main | automated | |"),
        (SUPPLEMENT, table, "| `scs-0100-form` | maybe | automated | |"),
        (SUPPLEMENT, "| Level |", "| Levle |"),
        (SUPPLEMENT, "| Level |", "| Kind |"),
    ] {
        let dir = repository();
        if from == "- [" {
            change(dir.path(), path, "- [scs", "[scs");
        } else {
            change(dir.path(), path, from, to);
        }
        let Answer { status, out, err } = run(dir.path(), &["manifest", "build"]);
        assert_eq!((status, out.as_str()), (2, ""), "{from}: {err}");
        assert!(!dir.path().join(BUILT).exists());
        told.push_str(&err);
    }
    assert_snapshot!(told, @r#"
    scs-doc: Standards/scs-0501-v2-scs-cloud.md:17:1: this point names no document that is there; link to one, or describe the module in the bindings: [modules."Lists with list_spec"]
    scs-doc: Standards/scs-0501-v2-scs-cloud.md:17:51: the bindings have no parameter `list_spec`: [parameters.list_spec]
    scs-doc: Standards/scs-0100-w1-names-testing.md:14:3: nothing says what the variable part of `scs-0100-size-X` stands for: name its values in the bindings, [values."scs-0100-size-X"]
    scs-doc: Tests/scs-cloud.bindings.toml:1:9: no script serves the test case `scs-0102-complete` of scs-0102-v1
    scs-doc: Standards/scs-0501-v2-scs-cloud.md:1:1: the scope lists nothing in a section *Subject Matter*
    scs-doc: Standards/scs-0501-v1-scs-cloud.md:14:1: the scope lists nothing in a section *Subject Matter*
    scs-doc: Tests/scs-cloud.bindings.toml:1:9: no scope document has the number scs-0502
    scs-doc: Tests/scs-cloud.bindings.toml:1:9: `scope` has to be the number of scope documents, such as `scs-0501`
    scs-doc: Tests/scs-cloud.bindings.toml:3:1: unknown field `variabels`, expected one of `scope`, `uuid`, `oldest`, `warn`, `prerequisite`, `variables`, `flavors`, `values`, `parameters`, `modules`, `script`
    scs-doc: Tests/scs-cloud.bindings.toml:2:8: `50393e6f2ae1-4c5c-a62c-3b75f2abef3f` is no UUID
    scs-doc: Tests/scs-cloud.bindings.toml:10:18: the file of scs-0102-v1 has to be the path of a YAML file in the repository, with `/`
    scs-doc: Tests/scs-cloud.bindings.toml:10:18: the file of scs-0102-v1 has to be the path of a YAML file in the repository, with `/`
    scs-doc: Tests/scs-cloud.bindings.toml:2:14: unexpected key or value, expected newline, `#`
    scs-doc: Standards/scs-0100-w1-names-testing.md:13:3: `scs-0100-form�` has blanks, or something that cannot be seen
    scs-doc: Standards/scs-0100-w1-names-testing.md:13:3: `scs-0101-form` does not begin with `scs-0100-`, the number of its standard
    scs-doc: Standards/scs-0100-w1-names-testing.md:13:3: `scs-0100-form` has no id of a test case in backticks
    scs-doc: Standards/scs-0100-w1-names-testing.md:13:21: `scs-0100-form` has the level `maybe`; expected `main` or `recommended`
    scs-doc: Standards/scs-0100-w1-names-testing.md:11:15: `Levle` is no column of a table of test cases; expected `Test case`, `Level`, `Kind`, `Lifetime` or `Description`
    scs-doc: Standards/scs-0100-w1-names-testing.md:11:22: `Kind` is there twice
    "#);
}

#[test]
fn any_day_gives_the_same_bytes() {
    let dir = built();
    let text = read(dir.path(), BUILT);
    for day in ["1999-01-01", "2024-02-01", "2100-12-31"] {
        let mut command =
            crate::helpers::command(dir.path(), &["manifest", "build", "--as-of", day]);
        assert!(command.output().unwrap().status.success());
        assert_eq!(read(dir.path(), BUILT), text);
    }
}

const KEPT: &str = "\
# Kept by hand: \u{e4}
name: Cloud   # the name
uuid: 50393e6f-2ae1-4c5c-a62c-3b75f2abef3f
url: https://example.org/scs-cloud.yaml

scripts:
  - executable: ./all.py
    testcases:
      - id: scs-0100-form
        url: https://docs.scs.community/standards/scs-0100-w1-names-testing#test-cases  # the page
      - {id: scs-0101-length, lifetime: day, url: https://docs.scs.community/standards/scs-0101-v1-keys}
      - id: scs-0102-complete
modules:
    # Names
    - id: scs-0100-v1
      url: https://docs.scs.community/standards/scs-0100-v1-names
      targets:
        main: [scs-0100-form]
    - id: scs-0101-v1
      url: https://docs.scs.community/standards/scs-0101-v1-keys
      targets: {main: [scs-0101-length]}
    - id: scs-0101-v2
      url: https://docs.scs.community/standards/scs-0101-v2-keys
      targets: {main: [scs-0101-length]}
    - id:   'scs-0102-v1'   # Lists
      url: https://docs.scs.community/standards/scs-0102-v1-lists
      parameters:
        list_spec: where the list is
      targets:
        main:
        - scs-0102-complete
timeline:
- date: 2024-02-01
  versions:   # what counts
     v1: effective
versions:
- version: next  # the next one
  include:
     - scs-0100-v1  # stays
     - scs-0101-v2  # keys
     # about lists
     - ref:  scs-0102-v1
       parameters:
         list_spec: https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/list-2.yaml   # long
- version: v1
  stabilized_at: 2024-02-01
  include: [scs-0100-v1, scs-0101-v1, {ref: scs-0102-v1, parameters: {list_spec: https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/list-1.yaml}}]
";

/// A repository with a manifest that people keep.
fn kept(manifest: &str) -> TempDir {
    let dir = repository();
    std::fs::remove_file(dir.path().join(BINDINGS)).unwrap();
    write(dir.path(), BUILT, manifest);
    dir
}

/// What happens to documents.
type Step<'s> = (&'s str, &'s dyn Fn(&Path));

/// The findings on manifests that say how they and the documents differ.
fn differences(dir: &Path) -> Vec<String> {
    let answer = run(dir, &["manifest", "check", "-v", "--format", "concise"]);
    let rules = ["[manifest-scope]", "[manifest-date]", "[manifest-url]", "[manifest-syntax]"];
    let lines = answer.out.lines().filter(|it| rules.iter().any(|rule| it.contains(rule)));
    lines.map(str::to_owned).collect()
}

#[test]
fn what_follows_from_documents_is_edited_in_place() {
    let steps: [Step<'_>; 7] = [
        ("a renamed page", &|root| {
            let text = read(root, SUPPLEMENT);
            std::fs::remove_file(root.join(SUPPLEMENT)).unwrap();
            write(root, "Standards/scs-0100-w1-names-tests.md", text);
        }),
        ("a new point", &|root| {
            write(root, "Standards/scs-0103-v1-doors.md", standard("\"Doors: all\"", "Draft", ""));
            change(
                root,
                DRAFT,
                "\n## Testing",
                "- [scs-0103-v1: Doors](scs-0103-v1-doors.md)\n\n## Testing",
            );
        }),
        ("another version", &|root| {
            change(root, DRAFT, "scs-0101-v2", "scs-0101-v1");
        }),
        ("a point less", &|root| {
            change(root, DRAFT, "- [scs-0101-v2: Keys](scs-0101-v2-keys.md)\n", "");
        }),
        ("another value", &|root| change(root, DRAFT, "list-2", "list-1")),
        ("a stable version", &|root| {
            change(root, DRAFT, "status: Draft", "status: Stable\nstabilized_at: 2025-01-01");
            change(root, BUILT, "version: next", "version: v2");
        }),
        ("a deprecation", &|root| {
            change(root, STABLE, "status: Stable", "status: Deprecated\ndeprecated_at: 2026-01-01");
        }),
    ];
    let mut told = String::new();
    let unended = KEPT.replace("versions:\n- version: next", "versions:\n- version: v1\n  stabilized_at: 2024-02-01\n  include: [scs-0100-v1, scs-0101-v1, {ref: scs-0102-v1, parameters: {list_spec: https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/list-1.yaml}}]\n- version: next");
    let unended = &unended[..unended.rfind("   # long").unwrap()];
    for manifest in [KEPT, &KEPT.replace('\n', "\r\n"), unended] {
        let dir = kept(manifest);
        assert_eq!(differences(dir.path()), [""; 0]);
        assert_eq!(good(dir.path(), &["manifest", "sync"]), "everything is up to date\n");
        assert_eq!(read(dir.path(), BUILT), manifest);
        for (what, step) in &steps {
            let dir = kept(manifest);
            let root = dir.path();
            step(root);
            let before = read(root, BUILT);
            assert_ne!(differences(root), [""; 0], "{what}");
            let diff = run(root, &["manifest", "sync", "--diff"]).out;
            assert!(good(root, &["manifest", "sync", "--dry-run"]).contains("would write"));
            assert_eq!(read(root, BUILT), before);
            let out = good(root, &["manifest", "sync"]);
            let after = read(root, BUILT);
            if manifest == KEPT {
                told.push_str(&format!("{what}\n{out}{}\n\n", changed(&diff)));
            }
            assert_eq!(differences(root), [""; 0], "{what}\n{diff}");
            assert_eq!(good(root, &["manifest", "sync"]), "everything is up to date\n", "{what}");
            assert_eq!(read(root, BUILT), after);
            assert_eq!(after.ends_with('\n'), before.ends_with('\n'), "{what}");
            let breaks = |text: &str| (text.matches("\r\n").count(), text.matches('\n').count());
            let (crlf, lf) = breaks(&after);
            assert!(crlf == if manifest.contains('\r') { lf } else { 0 }, "{what}");
            for comment in manifest.lines().filter_map(|it| Some(it.split_once('#')?.1.trim())) {
                let gone = comment == "keys" && what.contains("less");
                assert!(gone || after.contains(comment), "{what}: {comment}\n{after}");
            }
        }
    }
    assert_snapshot!(told, @r#"
a renamed page
Tests/scs-cloud.yaml: the address of scs-0100-w1-names-testing is that of scs-0100-w1-names-tests
wrote Tests/scs-cloud.yaml
-        url: https://docs.scs.community/standards/scs-0100-w1-names-testing#test-cases  # the page
+        url: https://docs.scs.community/standards/scs-0100-w1-names-tests#test-cases  # the page

a new point
Tests/scs-cloud.yaml: the module scs-0103-v1 is new
Tests/scs-cloud.yaml: next includes scs-0103-v1
wrote Tests/scs-cloud.yaml
+    - id: scs-0103-v1
+      name: "Doors: all"
+      url: https://docs.scs.community/standards/scs-0103-v1-doors
+      targets: {}
+     - scs-0103-v1

another version
Tests/scs-cloud.yaml: next includes scs-0101-v1 instead of scs-0101-v2
wrote Tests/scs-cloud.yaml
-     - scs-0101-v2  # keys
+     - scs-0101-v1  # keys

a point less
Tests/scs-cloud.yaml: next does not include scs-0101-v2 any more
wrote Tests/scs-cloud.yaml
-     - scs-0101-v2  # keys

another value
Tests/scs-cloud.yaml: next includes scs-0102-v1 with other parameters
wrote Tests/scs-cloud.yaml
-         list_spec: https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/list-2.yaml   # long
+         list_spec: https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/list-1.yaml   # long

a stable version
Tests/scs-cloud.yaml: v2 is stable since 2025-01-01
Tests/scs-cloud.yaml: the timeline has an entry for 2025-01-01
wrote Tests/scs-cloud.yaml
+- date: 2025-01-01
+  versions:
+    v2: effective
+    v1: effective
+  stabilized_at: 2025-01-01

a deprecation
Tests/scs-cloud.yaml: the timeline has an entry for 2026-01-01
wrote Tests/scs-cloud.yaml
+- date: 2026-01-01
+  versions:
+    v1: deprecated
"#);
}

#[test]
fn what_cannot_be_edited_is_told_and_left() {
    let flow = KEPT.replace(
        "     - scs-0100-v1  # stays\n     - scs-0101-v2  # keys\n     # about lists\n     - ref:  scs-0102-v1\n       parameters:\n         list_spec: ",
        "     [scs-0100-v1, scs-0101-v2, {ref: scs-0102-v1, parameters: {list_spec: ",
    );
    let flow = flow.replace("   # long", "}}]");
    let dir = kept(&flow);
    change(dir.path(), DRAFT, "scs-0101-v2", "scs-0101-v1");
    change(dir.path(), STABLE, "list-1", "list-2");
    let answer = run(dir.path(), &["manifest", "sync"]);
    assert_eq!(answer.status, 0);
    assert_snapshot!(answer.out + &answer.err, @"
everything is up to date
scs-doc: Tests/scs-cloud.yaml: left alone: next: next includes scs-0101-v1 instead of scs-0101-v2: this is not written one item a line, or has a comment within
scs-doc: Tests/scs-cloud.yaml: left alone: v1 is stable since 2024-02-01 and frozen; it differs from scs-0501-v1
");
    assert_eq!(read(dir.path(), BUILT), flow);
    // A comment within what would be replaced would be lost.
    let commented =
        KEPT.replace("parameters:\n         list_spec", "parameters: # where\n         list_spec");
    let dir = kept(&commented);
    change(
        dir.path(),
        DRAFT,
        "scs-0102-v1: Lists](scs-0102-v1-lists.md",
        "scs-0102-v2: Lists](scs-0102-v2-lists.md",
    );
    write(dir.path(), "Standards/scs-0102-v2-lists.md", standard("Lists", "Draft", ""));
    let answer = run(dir.path(), &["manifest", "sync"]);
    assert!(answer.err.contains("instead of scs-0102-v1: this is not written"), "{}", answer.err);
    assert!(read(dir.path(), BUILT).contains("parameters: # where\n         list_spec"));
    write(dir.path(), BUILT, &flow);
    // What is built is not kept.
    write(dir.path(), BINDINGS, BOUND);
    let answer = run(dir.path(), &["manifest", "sync"]);
    assert_eq!(
        answer.err,
        "scs-doc: Tests/scs-cloud.yaml: is built from Tests/scs-cloud.bindings.toml: see `scs-doc manifest build`\n"
    );
    assert_eq!(read(dir.path(), BUILT), flow);
}

#[test]
fn the_real_manifests_change_where_check_found_something() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let root = dir.path();
    let (iaas, kaas) = ("Tests/scs-compatible-iaas.yaml", "Tests/scs-compatible-kaas.yaml");
    let before = [read(root, iaas), read(root, kaas)];
    let answer = run(root, &["manifest", "sync"]);
    assert_eq!(answer.out, "everything is up to date\n", "{}", answer.err);
    assert_eq!([read(root, iaas), read(root, kaas)], before);
    // The version that is still a Draft gets its document.
    let v5 = read(root, "Standards/scs-0501-v5-scs-compatible-iaas.md");
    let v6 = v5
        .replace("status: Stable\nstabilized_at: 2024-12-19\n", "status: Draft\n")
        .replace("scs-0501-v4-scs", "scs-0501-v5-scs")
        .replace("This is v5.1 of", "This is v6 of")
        .replace("scs-0123-v1-mandatory-and-supported-IaaS-services", "scs-0123-v2-services")
        .replace("scs-0123-v1", "scs-0123-v2");
    write(root, "Standards/scs-0501-v6-scs-compatible-iaas.md", v6);
    let found = differences(root).into_iter().filter(|it| it.contains("`next`"));
    let found: Vec<String> = found.collect();
    let answer = run(root, &["manifest", "sync"]);
    let diff = crate::helpers::git(root, &["diff", "--unified=0", "--", "Tests"]);
    assert_snapshot!(format!("{}\n\n{}{}", found.join("\n"), answer.out, changed(&diff)), @"
Tests/scs-compatible-iaas.yaml:581:9: error[manifest-scope] version `next` has scs-0102-v2 where its scope has scs-0102-v1

Tests/scs-compatible-iaas.yaml: next includes scs-0102-v1 instead of scs-0102-v2
wrote Tests/scs-compatible-iaas.yaml
-      - scs-0102-v2  # instead of scs-0102-v1
+      - scs-0102-v1  # instead of scs-0102-v1
");
    assert!(!differences(root).iter().any(|it| it.contains("`next`")));
    assert_eq!(run(root, &["manifest", "sync"]).out, "everything is up to date\n");
}

/// What is written for a text: as a value, and as a key.
fn emitted(text: &str) -> String {
    let testcase = TestCase {
        id: "scs-0100-a".to_owned(),
        lifetime: None,
        section: None,
        description: String::new(),
        url: "https://example.org".to_owned(),
    };
    let script = Script {
        comment: text.to_owned(),
        executable: Some("./a".to_owned()),
        env: [("value".to_owned(), text.to_owned()), (format!("{text}."), "key".to_owned())].into(),
        args: None,
        testcases: vec![testcase],
    };
    let built = Built {
        comments: vec![text.to_owned()],
        name: "A".to_owned(),
        uuid: "50393e6f-2ae1-4c5c-a62c-3b75f2abef3f".to_owned(),
        url: "https://example.org".to_owned(),
        prerequisite: None,
        variables: vec![],
        scripts: vec![script],
        modules: vec![],
        timeline: vec![],
        versions: vec![],
        left_out: vec![],
    };
    built.yaml()
}

/// Texts, and texts that are near to what YAML takes for something else.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<String>(),
        any::<char>().prop_map(String::from),
        "[-?:,\\[\\]{}#&*!|>'\"%@`~=<. \t\n\r0-9a-zA-Z]{0,6}",
        prop::sample::select(vec![
            "yes",
            "No",
            "NULL",
            "~",
            "0x1",
            "0o7",
            "1_000",
            "12:30:00",
            ".inf",
            "1e3",
            "2024-01-01",
            "<<",
            "---",
            "...",
            ": ",
            " #",
            "- ",
            "? ",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            "\0",
            "\u{7f}",
            "é",
            "\u{1f600}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(cases(1000))]

    /// Whatever a text is, readers of YAML get it back as a text.
    #[test]
    fn texts_are_read_as_they_were_written(text in texts()) {
        let yaml = emitted(&text);
        let key = format!("{text}.");
        let manifest = Manifest::read(BUILT, yaml.clone());
        prop_assert!(manifest.problems.is_empty(), "{:?}\n{yaml}", manifest.problems);
        let env: Vec<(&str, &str)> =
            manifest.scripts[0].env.iter().map(|(name, it)| (&*name.value, &*it.value)).collect();
        prop_assert!(env.contains(&("value", &*text)) && env.contains(&(&*key, "key")), "{yaml}");
        let value: serde_yaml::Value = serde_yaml::from_str(&yaml).unwrap();
        let env = &value["scripts"][0]["env"];
        prop_assert_eq!(env["value"].as_str(), Some(&*text), "{}", yaml);
        prop_assert_eq!(env[&*key].as_str(), Some("key"), "{}", yaml);
    }
}
