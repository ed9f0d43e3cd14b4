//! Formats against their published schemas.

use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::helpers::{folder, own, run};

/// A repository with something for every corner of a format: several columns, a byte order mark,
/// CRLF, related places, repairs, names and values that need escaping.
fn awkward() -> tempfile::TempDir {
    folder(&[
        (
            "Standards/scs-0101-v1-entropy.md",
            "\u{feff}---\r\ntitle: 'ä & <b>, 100%: \"x\"'\r\ntype: Standard\r\nstatus: dräft\r\ntrack: IaaS\r\nreplaced_by: scs-0101-v2-entropy.md\r\n---\r\n\r\n## Ä\r\n\r\nText ä <https://example.org>.\r\n",
        ),
        (
            "Standards/scs-0101-v2-entropy.md",
            "---\ntitle: A\ntype: Standard\nstatus: Stable\ntrack: KaaS\n\"x\\u0007y\\n::error::\": 1\n---\n",
        ),
        ("Standards/scs-0102-v1-a b%,:c.md", "---\ntitle: A\n---\n"),
    ])
}

fn json(format: &str) -> Value {
    let answer = run(awkward().path(), &["check", "--format", format]);
    assert_eq!((answer.status, answer.err.as_str()), (1, ""));
    serde_json::from_str(&answer.out).unwrap()
}

pub fn validate(schema: &Value, instance: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

pub fn schema(what: &str) -> Value {
    let answer = run(&own(), &["schema", what]);
    assert_eq!(answer.status, 0);
    let schema = serde_json::from_str(&answer.out).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    schema
}

#[test]
fn json_follows_its_schema_and_counts_as_it_says() {
    let report = json("json");
    validate(&schema("findings"), &report);
    let finding = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["rule"] == "field-value" && it["document"] == "scs-0101-v1")
        .unwrap();
    assert_snapshot!(serde_json::to_string_pretty(finding).unwrap());
}

#[test]
fn json_is_the_same_from_run_to_run() {
    let dir = awkward();
    let once = run(dir.path(), &["check", "--format", "json"]).out;
    for _ in 0..5 {
        assert_eq!(run(dir.path(), &["check", "--format", "json"]).out, once);
    }
}

/// The schema of SARIF 2.1.0 comes with the crate `serde-sarif`.
pub fn sarif_schema() -> Value {
    let metadata = Command::new(env!("CARGO"))
        .current_dir(own())
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform"])
        .arg(host())
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|it| it["name"] == "serde-sarif").unwrap();
    let manifest = std::path::Path::new(package["manifest_path"].as_str().unwrap());
    let schema = std::fs::read(manifest.with_file_name("src").join("schema.json")).unwrap();
    serde_json::from_slice(&schema).unwrap()
}

fn host() -> String {
    let version = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

#[test]
fn sarif_follows_the_schema_of_oasis() {
    let log = json("sarif");
    validate(&sarif_schema(), &log);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.is_sorted_by_key(|rule| rule["id"].as_str().unwrap().to_owned()));
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let uri =
        |it: &Value| it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert!(results.iter().any(|it| uri(it) == "Standards/scs-0102-v1-a%20b%25%2C%3Ac.md"));
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let dir = awkward();
    let prints = || -> Vec<String> {
        let log: Value =
            serde_json::from_str(&run(dir.path(), &["check", "--format", "sarif"]).out).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        let print = |it: &Value| {
            it["partialFingerprints"]["ruleDocumentSubject/v1"].as_str().unwrap().to_owned()
        };
        results.iter().map(print).collect()
    };
    let before = prints();
    let unique: std::collections::BTreeSet<&String> = before.iter().collect();
    assert_eq!(unique.len(), before.len());
    let path = "Standards/scs-0101-v1-entropy.md";
    let moved = crate::helpers::read(dir.path(), path).replace("type:", "# one more line\r\ntype:");
    crate::helpers::write(dir.path(), path, moved);
    assert_eq!(prints(), before);
}

#[test]
fn workflow_commands_cannot_be_broken() {
    let answer = run(awkward().path(), &["check", "--format", "github"]);
    assert_snapshot!(answer.out);
    let commands = answer.out.lines().filter(|line| line.starts_with("::"));
    for command in commands {
        assert!(
            ["::error ", "::warning ", "::notice "].iter().any(|it| command.starts_with(it)),
            "{command}"
        );
    }
}

#[test]
fn no_more_annotations_than_github_shows() {
    let many: Vec<(String, &str)> = (1..30)
        .map(|at| (format!("Standards/scs-{at:04}-v1-a.md"), "---\ntitle: A\nx: y\n---\n"))
        .collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let answer = run(folder(&many).path(), &["check", "--format", "github"]);
    let count = |start: &str| answer.out.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("::error"), count("::warning")), (10, 10));
    // 29 documents with three errors and one warning each.
    assert!(
        answer.out.contains("\n96 more: GitHub shows 10 annotations of a level in a step\n"),
        "{}",
        answer.out
    );
}

/// Lines of a report break at blanks alone.
#[test]
fn a_path_is_never_cut() {
    let missing = format!("{}name-of-a-file.md", "a-folder-with-a-long-name/".repeat(3));
    let text = format!(
        "---\ntitle: A\ntype: Standard\nstatus: Draft\ntrack: IaaS\n---\n\nSee [it]({missing}).\n"
    );
    let repository = folder(&[("standards/scs-0101-v1-entropy.md", &text)]);
    let answer = run(repository.path(), &["check"]);
    let message = format!("  │ `standards/{missing}`\n");
    assert!(answer.out.contains(&message), "{}", answer.out);
}

#[test]
fn junit_is_well_formed() {
    let answer = run(awkward().path(), &["check", "--format", "junit"]);
    let mut reader = quick_xml::Reader::from_str(&answer.out);
    let (mut cases, mut failures) = (0, 0);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Start(it) | Event::Empty(it) if it.name().as_ref() == b"testcase" => {
                let names: Vec<_> =
                    it.attributes().map(|it| it.unwrap().unescape_value().unwrap()).collect();
                assert_eq!(names.len(), 2);
                cases += 1;
            }
            Event::Start(it) if it.name().as_ref() == b"failure" => failures += 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(
        answer.out.contains(&format!("tests=\"{cases}\" failures=\"{failures}\"")),
        "{}",
        answer.out
    );
    assert!(failures > 3 && cases > failures);
}

/// The three schemas agree with what the tool itself reads and writes.
#[test]
fn schemas_of_front_matter_and_configuration() {
    let front_matter = schema("front-matter");
    let valid = |value: Value| jsonschema::validator_for(&front_matter).unwrap().is_valid(&value);
    let base = |extra: Value| {
        let mut all = serde_json::json!({"title": "A", "type": "Standard", "track": "IaaS"});
        all.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        all
    };
    use serde_json::json;
    assert!(valid(base(json!({"status": "Draft"}))));
    assert!(valid(base(json!({"status": "Stable", "stabilized_at": "2024-02-08"}))));
    assert!(valid(base(json!({"type": "Supplement", "supplements": ["scs-0100-v1-a.md"]}))));
    for wrong in [
        json!({}),
        json!({"status": "draft"}),
        json!({"status": "Stable"}),
        json!({"status": "Draft", "stabilized_at": "2024-02-08"}),
        json!({"status": "Draft", "supplements": ["scs-0100-v1-a.md"]}),
        json!({"status": "Draft", "replaced_by": ["scs-0100-v1-a.md"]}),
        json!({"type": "Supplement"}),
        json!({"status": "Draft", "track": "Scope"}),
        json!({"status": "Draft", "replaces": "scs-0100-v1-a.md"}),
    ] {
        assert!(!valid(base(wrong.clone())), "{wrong}");
    }
    let config = schema("config");
    let own: toml::Value = toml::from_str(&crate::helpers::read(&own(), "scs-doc.toml")).unwrap();
    validate(&config, &serde_json::to_value(own).unwrap());
    validate(&config, &json!({"index": {"overview": "a.md", "tracks": {"IaaS": "b.md"}}}));
    let wrong = |value: Value| !jsonschema::validator_for(&config).unwrap().is_valid(&value);
    assert!(wrong(json!({"standrads": "x"})));
    assert!(wrong(json!({"index": {"tracks": {"Iaas": "b.md"}}})));
}
