//! `scs-doc pr`: what it says, in each format, of documents of any content.

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{GOOD, PATH};
use crate::helpers::{folder, git, run, write};
use crate::scripted::{branch, commit, document, json, pr, repository};

/// A new version of a Stable document, which is edited along with it.
pub fn update_and_edit() -> TempDir {
    let dir = repository();
    let stable = GOOD.replace("status: Draft", "status: Stable\nstabilized_at: 2024-02-08");
    write(dir.path(), PATH, stable.replace("Text.\n\n## M", "It SHOULD work.\n\n## M"));
    commit(dir.path(), "stable");
    branch(dir.path(), "proposal");
    let edited = stable.replace("Text.\n\n## M", "It MUST work. That is all.\n\n## M");
    write(dir.path(), PATH, edited);
    let replaces = "status: Draft\nreplaces:\n  - scs-0101-v1-entropy.md";
    let next = GOOD.replace("status: Draft", replaces);
    write(dir.path(), "Standards/scs-0101-v2-entropy.md", next);
    commit(dir.path(), "second");
    dir
}

#[test]
fn what_people_see() {
    let dir = update_and_edit();
    let answer = pr(dir.path(), &["--base", "main"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out);
    assert_eq!(pr(dir.path(), &["--fail-on", "warning"]).status, 1);
    assert_eq!(pr(dir.path(), &["-q"]).out, "");
    let report = pr(dir.path(), &["--format", "markdown"]).out;
    assert_snapshot!(report.replace(git(dir.path(), &["rev-parse", "HEAD"]).trim(), "[HEAD]"));
}

/// Documents that cannot be read on either side, and those that are repaired.
#[test]
fn documents_that_do_not_parse() {
    let broken: [&[u8]; 4] = [b"", b"\xff\xfe\0", b"---\ntitle: [\n---\n", b"---\ntitle: x\n"];
    let stable = GOOD.replace("status: Draft", "status: Stable\nstabilized_at: 2024-02-08");
    for (at, bytes) in broken.into_iter().enumerate() {
        let dir = folder(&[(PATH, &stable)]);
        git(dir.path(), &["init", "--quiet"]);
        commit(dir.path(), "first");
        branch(dir.path(), "head");
        write(dir.path(), PATH, bytes);
        commit(dir.path(), "broken");
        let answer = pr(dir.path(), &["--format", "concise"]);
        assert_eq!(answer.status, 1, "{at}: {}{}", answer.out, answer.err);
        // What cannot be read is not said to be gone.
        assert!(!answer.out.contains("change-dates-frozen"), "{at}: {}", answer.out);
        git(dir.path(), &["checkout", "--quiet", "-b", "repair"]);
        write(dir.path(), PATH, &stable);
        commit(dir.path(), "repaired");
        let answer = pr(dir.path(), &["--format", "concise", "--base", "head"]);
        assert_eq!(answer.status, 0, "{at}: {}{}", answer.out, answer.err);
        assert!(answer.out.contains("1 document changed"), "{at}: {}", answer.out);
    }
}

/// What could not be read is neither new nor gone, and is said not to be judged.
#[test]
fn documents_that_cannot_be_read() {
    let dir = repository();
    branch(dir.path(), "large");
    let large = std::fs::File::create(dir.path().join(PATH)).unwrap();
    large.set_len(65 << 20).unwrap();
    commit(dir.path(), "large");
    let answer = pr(dir.path(), &["--format", "markdown"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("68157440 bytes are more than"), "{}", answer.err);
    assert!(answer.out.contains("as far as it could be judged"), "{}", answer.out);
    assert!(!answer.out.contains("change-deleted"), "{}", answer.out);
    // The change that repairs it can be merged.
    git(dir.path(), &["checkout", "--quiet", "-b", "repair"]);
    write(dir.path(), PATH, GOOD);
    commit(dir.path(), "repair");
    let answer = pr(dir.path(), &["--format", "concise", "--base", "large", "--stage", "merge"]);
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
}

#[test]
fn a_thousand_files_are_told_in_a_few_lines() {
    let dir = repository();
    for at in 0..1000 {
        let path = format!("Standards/scs-{:04}-v1-a{at}.md", 1000 + at);
        write(dir.path(), &path, document(&format!("Number {at}")));
    }
    commit(dir.path(), "many");
    branch(dir.path(), "head");
    for at in 0..1000 {
        let from = format!("Standards/scs-{:04}-v1-a{at}.md", 1000 + at);
        let to = format!("Standards/scs-{:04}-v1-a{at}.md", 3000 + at);
        std::fs::rename(dir.path().join(from), dir.path().join(to)).unwrap();
    }
    commit(dir.path(), "renumbered");
    let answer = pr(dir.path(), &[]);
    assert_eq!(answer.status, 0, "to move numbers is a warning");
    assert!(answer.out.contains("\n  and 980 more\n"));
    let report = json(dir.path(), &[]);
    assert_eq!(report["change"]["kinds"], serde_json::json!(["rename"]));
    let markdown = pr(dir.path(), &["--format", "markdown"]).out;
    assert!(markdown.len() < 65_000, "{}", markdown.len());
    assert!(markdown.contains("and 980 more documents"), "{markdown}");
    assert!(markdown.ends_with(" not shown (-v)\n"), "{markdown}");
}

#[test]
fn a_context_that_cannot_be_read_is_said() {
    let dir = repository();
    write(dir.path(), "context.json", "{\"number\": 1,\n \"reviews\": 2}");
    let answer = pr(dir.path(), &["--context", "context.json"]);
    assert_eq!((answer.status, answer.out.as_str()), (2, ""));
    assert_snapshot!(answer.err, @"scs-doc: context.json:2:13: no context of a pull request: invalid type: integer `2`, expected a sequence");
    assert_eq!(pr(dir.path(), &["--context", "nothing.json"]).status, 2);
    write(dir.path(), "context.json", "{\"number\": 1, \"title\": \"x\", \"more\": []}");
    assert_eq!(pr(dir.path(), &["--context", "context.json"]).status, 0);
}

#[test]
fn an_exemption_without_effect_is_said() {
    let dir = repository();
    branch(dir.path(), "head");
    write(dir.path(), "Standards/scs-0102-v2-images.md", document("Images"));
    commit(dir.path(), "head\n\nSCS-Exempt: change-versoin why\nSCS-Exempt: change-version");
    let answer = pr(dir.path(), &["--format", "concise"]);
    assert_eq!(answer.status, 1);
    let err =
        answer.err.replace(git(dir.path(), &["rev-parse", "HEAD"]).get(..7).unwrap(), "[HEAD]");
    assert_snapshot!(err, @r"
    scs-doc: `SCS-Exempt: change-versoin` (commit [HEAD]) has no effect: there is no such rule; did you mean `change-version`?
    scs-doc: `SCS-Exempt: change-version` (commit [HEAD]) has no effect: it gives no reason
    ");
    commit(dir.path(), "granted\n\nSCS-Exempt: change-version the number was reserved");
    let answer = pr(dir.path(), &["--format", "concise"]);
    assert!(answer.out.contains("note[change-version]"), "{}", answer.out);
    assert!(answer.out.contains(" (exempted: the number was reserved)\n"), "{}", answer.out);
}

#[test]
fn reports_follow_their_schemas() {
    use crate::formats::{sarif_schema, schema, validate};
    let dir = crate::strangers::hostile();
    let report = json(dir.path(), &[]);
    validate(&schema("findings"), &report);
    let count = |origin: &str| {
        let findings = report["findings"].as_array().unwrap();
        findings.iter().filter(|it| it["origin"] == origin).count()
    };
    let summary = |key: &str| usize::try_from(report["summary"][key].as_u64().unwrap()).unwrap();
    assert!(count("introduced") > 50 && count("inherited") > 0);
    let own = summary("errors") + summary("warnings") + summary("notes");
    assert_eq!((count("introduced"), count("inherited")), (own, summary("inherited")));
    let exempt = report["findings"].as_array().unwrap().iter().filter(|it| !it["exempt"].is_null());
    assert!(exempt.clone().count() > 0);
    assert!(exempt.clone().all(|it| it["rule"] == "change-version" && it["level"] == "note"));
    let log: Value = serde_json::from_str(&pr(dir.path(), &["--format", "sarif"]).out).unwrap();
    validate(&sarif_schema(), &log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let new = results.iter().filter(|it| it["baselineState"] == "new").count();
    let suppressed = results.iter().filter(|it| !it["suppressions"].is_null()).count();
    assert_eq!((new, suppressed), (own, exempt.count()));
    let junit = pr(dir.path(), &["--format", "junit"]).out;
    assert!(junit.contains(&format!("failures=\"{}\"", summary("errors"))), "{junit}");
    // `check` has neither origin nor change.
    let check: Value =
        serde_json::from_str(&run(dir.path(), &["check", "--format", "json"]).out).unwrap();
    assert!(check.get("change").is_none() && check["findings"][0].get("origin").is_none());
}

#[test]
fn a_change_as_json() {
    let dir = repository();
    branch(dir.path(), "head");
    let head = GOOD.replace("status: Draft", "status: Stable\nstabilized_at: 2026-08-21");
    let to = "Standards/scs-0107-v1-entropy.md";
    git(dir.path(), &["mv", PATH, to]);
    write(dir.path(), to, head.replace("description: Enough entropy.", "replaces: [a.md, b.md]"));
    commit(dir.path(), "head");
    let mut change = json(dir.path(), &[])["change"].take();
    for key in ["base", "head"] {
        assert_eq!(change[key].take().as_str().unwrap().len(), 40);
    }
    assert_snapshot!(serde_json::to_string_pretty(&change).unwrap());
}
