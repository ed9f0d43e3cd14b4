//! `scs-doc status`, as its users see it.

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::GOOD;
use crate::helpers::{folder, git, git_on, read, real_corpus, run, write};

const OLD: &str = "Standards/scs-0100-v1-flavors.md";
const NEW: &str = "Standards/scs-0100-v2-flavors.md";
const IDEA: &str = "Standards/scs-XXXX-v1-idea.md";
const SCOPE: &str = "Standards/scs-0501-v1-scope.md";

fn commit_on(day: &str, dir: &TempDir, files: &[(&str, &str)]) {
    for (path, text) in files {
        write(dir.path(), path, text);
    }
    git_on(day, dir.path(), &["add", "--all"]);
    git_on(day, dir.path(), &["commit", "--quiet", "-m", "x"]);
}

fn with(status: &str) -> String {
    GOOD.replace("status: Draft", status)
}

/// A few documents with a history of three years.
fn repository() -> TempDir {
    let dir = folder(&[]);
    git(dir.path(), &["init", "--quiet"]);
    let manifest = "scripts:\n- testcases:\n  - id: scs-0100-names\n";
    let first = "Standards/scs-0100-v1-flavor-names.md";
    commit_on("2023-05-02", &dir, &[(first, GOOD), ("Tests/scs-iaas.yaml", manifest)]);
    let stable = with("status: Stable\nstabilized_at: 2023-07-01");
    commit_on("2023-06-20", &dir, &[(first, &stable)]);
    git(dir.path(), &["mv", first, OLD]);
    commit_on("2024-01-10", &dir, &[]);
    let scope = GOOD.replace("IaaS", "Scopes").replace("Conformance Tests", "Testing Regime");
    let notes = "---\ntitle: Notes\ntype: Supplement\ntrack: IaaS\nsupplements: [scs-0100-v1-flavors.md]\n---\n\nText.\n";
    commit_on(
        "2025-02-28",
        &dir,
        &[
            (NEW, &with("status: Draft\nreplaces:\n  - scs-0100-v1-flavors.md")),
            (IDEA, &GOOD.replace("Entropy", "An *idea* of @you")),
            (SCOPE, &scope),
            ("Standards/scs-0100-w1-flavors-notes.md", notes),
            ("Standards/scs-0102-v1-odd.md", &with("status: Maybe")),
        ],
    );
    commit_on("2026-08-01", &dir, &[(IDEA, &GOOD.replace("Entropy", "An *idea* of @all"))]);
    dir
}

#[test]
fn where_documents_stand_and_what_they_wait_for() {
    let dir = repository();
    let answer = run(dir.path(), &["status"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out, @"
    IaaS
      scs-0100-v1       effective   since 2023-07-01 (3 y 1 mo)  Entropy
      scs-0100-v2       draft       since 2025-02-28 (1 y 5 mo)  Entropy
                        waits for a decision of the team for infrastructure as a service: `scs-doc promote scs-0100-v2 --with-predecessor`
      scs-0100-w1       supplement                               Notes
      scs-0102-v1       unknown                                  Entropy
                        waits for a valid status
      scs-XXXX-v1-idea  draft       since 2025-02-28 (1 y 5 mo)  An *idea* of @all
                        waits for a number: `scs-doc assign scs-XXXX-v1-idea.md`
                        waits for automated tests that a manifest names
    Scopes
      scs-0501-v1       draft       since 2025-02-28 (1 y 5 mo)  Entropy
                        waits for a decision of the SIG Standardization/Certification: `scs-doc promote scs-0501-v1`
    6 documents on 2026-08-21: 1 effective, 3 draft, 1 supplement, 1 unknown
    ");
}

#[test]
fn a_digest_for_an_agenda() {
    let dir = repository();
    let answer = run(dir.path(), &["status", "--format", "markdown"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_snapshot!(answer.out, @"
    ## Standards on 2026-08-21

    6 documents: 1 effective, 3 draft, 1 supplement, 1 unknown

    ### IaaS

    - **scs-0100-v2** Entropy (draft, since 2025-02-28 (1 y 5 mo))
      - waits for a decision of the team for infrastructure as a service: `scs-doc promote scs-0100-v2 --with-predecessor`
    - **scs-0102-v1** Entropy (unknown)
      - waits for a valid status
    - **scs-XXXX-v1-idea** An \\*idea\\* of @\u{2060}all (draft, since 2025-02-28 (1 y 5 mo))
      - waits for a number: `scs-doc assign scs-XXXX-v1-idea.md`
      - waits for automated tests that a manifest names

    ### Scopes

    - **scs-0501-v1** Entropy (draft, since 2025-02-28 (1 y 5 mo))
      - waits for a decision of the SIG Standardization/Certification: `scs-doc promote scs-0501-v1`
    ");
}

#[test]
fn drafts_that_nobody_touches() {
    let dir = repository();
    let answer = run(dir.path(), &["status", "--stale", "365"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_snapshot!(answer.out, @"
    IaaS
      scs-0100-v2  draft  untouched since 2025-02-28 (1 y 5 mo)  Entropy
                   waits for a decision of the team for infrastructure as a service: `scs-doc promote scs-0100-v2 --with-predecessor`
    Scopes
      scs-0501-v1  draft  untouched since 2025-02-28 (1 y 5 mo)  Entropy
                   waits for a decision of the SIG Standardization/Certification: `scs-doc promote scs-0501-v1`
    2 drafts untouched for 365 days on 2026-08-21
    ");
    let none = run(dir.path(), &["status", "--stale", "1000"]);
    assert_snapshot!(none.out, @"0 drafts untouched for 1000 days on 2026-08-21");
}

/// The history of a document goes through other file names, and to what is not committed yet.
#[test]
fn the_life_of_one_document() {
    let dir = repository();
    write(
        dir.path(),
        OLD,
        with("status: Deprecated\nstabilized_at: 2023-07-01\ndeprecated_at: 2026-09-01"),
    );
    let answer = run(dir.path(), &["status", "scs-0100-v1"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let commits = git(dir.path(), &["log", "--format=%h", "--abbrev=10"]);
    let told = commits.lines().fold(answer.out, |out, id| out.replace(id, "[COMMIT]"));
    assert_snapshot!(told, @"
    IaaS
      scs-0100-v1  effective  since 2023-07-01 (3 y 1 mo), until 2026-09-01  Entropy
                   waits for 2026-09-01 (in 11 days): it goes out of effect then
                   2023-05-02 [COMMIT]  added as Draft
                   2023-06-20 [COMMIT]  Draft → Stable
                   2024-01-10 [COMMIT]  was Standards/scs-0100-v1-flavor-names.md before
                   2026-08-21 not committed  Stable → Deprecated
    1 document on 2026-08-21: 1 effective
    ");
}

#[test]
fn programs_get_the_same() {
    let dir = repository();
    let answer = run(dir.path(), &["status", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    let schema = run(dir.path(), &["schema", "status"]).out;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&report));
    let of = |name: &str| {
        let documents = report["documents"].as_array().unwrap();
        documents.iter().find(|it| it["document"] == name).unwrap().clone()
    };
    let old = of("scs-0100-v1");
    assert_eq!(old["state"], "effective");
    assert_eq!((&old["since"], &old["days"]), (&"2023-07-01".into(), &1147.into()));
    assert_eq!(old["history"].as_array().unwrap().len(), 2);
    assert_eq!(old["history"][1]["from"], "Draft");
    assert_eq!(old["history"][1]["to"], "Stable");
    assert_eq!(of("scs-0100-w1")["state"], Value::Null);
    let wait = &of("scs-XXXX-v1-idea")["waits_for"][0];
    assert_eq!(wait["run"], "assign scs-XXXX-v1-idea.md");
}

/// Two versions at once, and days to come, 30 of them.
#[test]
fn dates_of_the_coming_days() {
    let stable = |date: &str| with(&format!("status: Stable\nstabilized_at: {date}"));
    let dir = folder(&[
        (OLD, &with("status: Stable\nstabilized_at: 2024-02-08\ndeprecated_at: 2026-08-22")),
        (NEW, &stable("2026-09-20")),
        ("Standards/scs-0101-v1-a.md", &stable("2026-09-21")),
        (
            "Standards/scs-0102-v1-b.md",
            &with("status: Deprecated\nstabilized_at: 2024-02-08\ndeprecated_at: 2026-08-31"),
        ),
    ]);
    let answer = run(dir.path(), &["status"]);
    assert_snapshot!(answer.out, @"
    IaaS
      scs-0100-v1  effective  since 2024-02-08 (2 y 6 mo), until 2026-08-22  Entropy
                   waits for 2026-08-22 (tomorrow): it goes out of effect then
      scs-0100-v2  upcoming   from 2026-09-20 on                             Entropy
                   waits for scs-0100-v1, which is Stable too, to be deprecated: `scs-doc promote scs-0100-v1 --to deprecated --date 2026-09-20`
                   waits for 2026-09-20 (in 30 days): it comes into effect then
      scs-0101-v1  upcoming   from 2026-09-21 on                             Entropy
      scs-0102-v1  effective  since 2024-02-08 (2 y 6 mo), until 2026-08-31  Entropy
                   waits for 2026-08-31 (in 10 days): it goes out of effect then
    4 documents on 2026-08-21: 2 effective, 2 upcoming; without git nothing tells the age of drafts
    ");
    let later =
        crate::helpers::command(dir.path(), &["status", "--as-of", "2026-09-21", "0100-v2"]);
    assert_snapshot!(said(later), @"
    IaaS
      scs-0100-v2  effective  since 2026-09-20 (1 d)  Entropy
                   waits for scs-0100-v1, which is Stable too, to be deprecated: `scs-doc promote scs-0100-v1 --to deprecated`
    1 document on 2026-09-21: 1 effective; without git nothing tells the age of drafts
    ");
}

fn said(mut command: std::process::Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn bad_input_is_told() {
    let dir = repository();
    let mut table = String::new();
    for args in [
        &["status", "scs-0999-v1"][..],
        &["status", "scs-0100"],
        &["status", "Tests/scs-iaas.yaml"],
        &["status", "--stale", "-1"],
        &["status", "--stale", "1", "scs-0100-v1"],
    ] {
        let answer = run(dir.path(), args);
        let line = answer.err.lines().next().unwrap();
        table += &format!("{} {}: {line}\n", answer.status, args.join(" "));
    }
    let bare = folder(&[(OLD, GOOD)]);
    table += &run(bare.path(), &["status", "--stale", "1"]).err;
    assert_snapshot!(table, @"
    2 status scs-0999-v1: scs-doc: scs-0999-v1: there is no such document (a document is named by its file name, as scs-0100-v3, or as scs-0100)
    2 status scs-0100: scs-doc: scs-0100: may be scs-0100-v1-flavors.md and scs-0100-v2-flavors.md: say which
    2 status Tests/scs-iaas.yaml: scs-doc: Tests/scs-iaas.yaml: is no document of the folder Standards/
    2 status --stale -1: error: unexpected argument '-1' found
    2 status --stale 1 scs-0100-v1: error: the argument '--stale <DAYS>' cannot be used with '[DOC]...'
    scs-doc: --stale needs the history of git, and there is none
    ");
}

/// Merges count as one step of the branch, and a shallow clone says that it is one.
#[test]
fn histories_of_all_shapes() {
    let dir = repository();
    git(dir.path(), &["checkout", "--quiet", "-b", "side"]);
    let stable = with("status: Stable\nstabilized_at: 2026-08-10");
    commit_on("2026-08-02", &dir, &[(NEW, &with("status: Draft # soon"))]);
    commit_on("2026-08-03", &dir, &[(NEW, &stable)]);
    git(dir.path(), &["checkout", "--quiet", "main"]);
    git_on("2026-08-09", dir.path(), &["merge", "--quiet", "--no-ff", "-m", "m", "side"]);
    let report = run(dir.path(), &["status", "--format", "json", "scs-0100-v2"]).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let history = report["documents"][0]["history"].as_array().unwrap().clone();
    let dates: Vec<&str> = history.iter().map(|it| it["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2025-02-28", "2026-08-09"]);
    let shallow = TempDir::new().unwrap();
    let from = format!("file://{}", dir.path().to_string_lossy());
    git(shallow.path(), &["clone", "--quiet", "--depth", "1", &from, "."]);
    let answer = run(shallow.path(), &["status"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(
        answer.out.ends_with("; the history of this shallow clone is cut off\n"),
        "{}",
        answer.out
    );
}

/// Facts of the real corpus, which `git log` gives too.
#[test]
fn the_real_corpus() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let report = run(dir.path(), &["status", "--format", "json"]).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let documents = report["documents"].as_array().unwrap();
    let missing = documents.iter().filter(|it| {
        let waits = it["waits_for"].as_array().unwrap();
        waits.iter().any(|wait| wait["what"].as_str().unwrap().ends_with("in `replaced_by`"))
    });
    assert_eq!(missing.count(), 9, "deprecated documents that do not say what replaced them");
    for document in documents {
        let path = document["path"].as_str().unwrap();
        let newest = git(dir.path(), &["log", "-1", "--first-parent", "--format=%cs", "--", path]);
        assert_eq!(document["touched"], newest.trim(), "{path}");
        let now = read(dir.path(), path);
        let status = document["history"].as_array().unwrap().last().unwrap()["to"].as_str();
        assert!(
            now.contains(&format!("\nstatus: {}", status.unwrap_or_default())) || status.is_none()
        );
    }
}
