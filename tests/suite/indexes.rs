//! `scs-doc index` and `graph`, as their users see them.

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::GOOD;
use crate::helpers::{Answer, folder, git, read, real_corpus, run, write};
use crate::scripted::commit;

fn with(title: &str, status: &str) -> String {
    GOOD.replace("title: Entropy", &format!("title: {title}")).replace("status: Draft", status)
}

/// A set with everything that an index has to cope with.
fn documents() -> Vec<(&'static str, String)> {
    let stable = "status: Stable\nstabilized_at: 2023-06-14";
    let later = "status: Stable\nstabilized_at: 2026-09-01\nreplaces: [scs-0100-v2-a.md]";
    let ends = "status: Deprecated\nstabilized_at: 2023-06-14\ndeprecated_at: 2026-09-01\nreplaced_by: [scs-0100-v10-a.md]";
    let gone = "status: Deprecated\nstabilized_at: 2022-06-14\ndeprecated_at: 2023-06-14";
    let notes = "---\ntitle: 'Flavors: Notes'\ntype: Supplement\ntrack: IaaS\nsupplements: [scs-0100-v2-a.md, scs-0101-v1-b.md]\n---\n\nText.\n";
    vec![
        ("Standards/scs-0100-v1-a.md", with("Old", gone)),
        ("Standards/scs-0100-v2-a.md", with("Flavors", ends)),
        ("Standards/scs-0100-v10-a.md", with("New flavors", later)),
        ("Standards/scs-0100-v100-a.md", with("'Next | <b>{x}</b> `y` ] \\ $'", "status: Draft")),
        ("Standards/scs-0100-w1-a-notes.md", notes.to_owned()),
        (
            "Standards/scs-0101-v1-b.md",
            with("Rejected", "status: Rejected\nrejected_at: 2024-01-01"),
        ),
        ("Standards/scs-0101-v1-c.md", with("Same number", stable)),
        ("Standards/scs-0102-v1-d.md", with("Odd", "status: Maybe")),
        ("Standards/scs-0102-w1-lone.md", "no front matter".to_owned()),
        ("Standards/scs-0400-v1-e.md", with("Elsewhere", stable).replace("IaaS", "ops")),
        ("Standards/scs-xxxx-v1-idea.md", with(&"long ".repeat(100), "status: Draft")),
    ]
}

fn repository() -> TempDir {
    let documents = documents();
    let files: Vec<(&str, &str)> =
        documents.iter().map(|(path, text)| (*path, text.as_str())).collect();
    folder(&files)
}

fn index(dir: &TempDir, args: &[&str]) -> Answer {
    run(dir.path(), &[&["index", "--format"], args].concat())
}

#[test]
fn tables_for_a_page() {
    let answer = index(&repository(), &["markdown"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out.replace(&"long ".repeat(99), "(long)"), @"
    # Standards

    <!-- scs-doc index: what follows is made by `scs-doc index --format markdown` -->

    ## IaaS

    | Standard | Title | Draft | Upcoming | Effective | Deprecated | Other |
    | --- | --- | --- | --- | --- | --- | --- |
    | `scs-0100` | Flavors | [v100](Standards/scs-0100-v100-a.md) | [v10](Standards/scs-0100-v10-a.md) (from 2026-09-01) | [v2](Standards/scs-0100-v2-a.md) (until 2026-09-01) | [v1](Standards/scs-0100-v1-a.md) |  |
    | ↳ [w1](Standards/scs-0100-w1-a-notes.md) | Notes | | | | | |
    | `scs-0101` | Same number |  |  | [scs-0101-v1-c](Standards/scs-0101-v1-c.md) |  | [scs-0101-v1-b](Standards/scs-0101-v1-b.md) (rejected) |
    | ↳ [scs-0100-w1](Standards/scs-0100-w1-a-notes.md) | Flavors: Notes | | | | | |
    | `scs-0102` | Odd |  |  |  |  | [v1](Standards/scs-0102-v1-d.md) (no valid status) ⚠ |
    | ↳ [w1](Standards/scs-0102-w1-lone.md) ⚠ | scs-0102-w1 | | | | | |
    | `scs-xxxx-v1-idea` | (long)long | [v1](Standards/scs-xxxx-v1-idea.md) |  |  |  |  |

    ## No valid track

    | Standard | Title | Draft | Upcoming | Effective | Deprecated |
    | --- | --- | --- | --- | --- | --- |
    | `scs-0400` | Elsewhere |  |  | [v1](Standards/scs-0400-v1-e.md) ⚠ |  |

    *Draft*: in development. *Upcoming*: stable, in effect from the date on. *Effective*: in effect; with a date, until that day. *Deprecated*: no longer in effect. Lines with ↳ are supplements: explanations that require nothing.
    *Other*: rejected, or without a valid status.
    ⚠: a part of the metadata is missing or not valid.

    <!-- scs-doc index: end -->
    ");
}

#[test]
fn an_empty_repository_has_an_index() {
    let dir = folder(&[("Standards/README.md", "x")]);
    for format in ["markdown", "json", "ics"] {
        let answer = index(&dir, &[format]);
        assert_eq!(answer.status, 0, "{format}: {}", answer.err);
    }
    assert!(index(&dir, &["markdown"]).out.contains("There are no documents."));
    for format in ["mermaid", "dot", "svg"] {
        assert_eq!(run(dir.path(), &["graph", "--format", format]).status, 0);
    }
}

/// What others wrote in a file stays; another file of that name is not touched.
#[test]
fn tables_between_markers() {
    let dir = repository();
    let text = "# Ours\n\n## List\n\n<!-- scs-doc index -->\n<!-- scs-doc index -->\n\nMore.\n";
    write(dir.path(), "Standards/README.md", text);
    write(dir.path(), "NOTES.md", "Nothing of an index.");
    let out = ["markdown", "--out", "Standards/README.md"];
    let check = index(&dir, &[&out[..], &["--check"]].concat());
    assert_eq!(check.status, 1);
    assert!(check.out.contains("+### IaaS\n"), "{}", check.out);
    assert_eq!(read(dir.path(), "Standards/README.md"), text);
    assert_eq!(index(&dir, &out).out, "wrote README.md\n");
    let made = read(dir.path(), "Standards/README.md");
    assert!(
        made.starts_with("# Ours\n\n## List\n\n<!-- scs-doc index -->\n\n### IaaS\n"),
        "{made}"
    );
    assert!(made.ends_with("<!-- scs-doc index -->\n\nMore.\n"), "{made}");
    assert!(made.contains("[v2](scs-0100-v2-a.md)"), "links are those of the folder");
    assert_eq!(index(&dir, &[&out[..], &["--check"]].concat()).status, 0);
    assert_eq!(index(&dir, &out).out, "everything is up to date\n");
    let refused = index(&dir, &["markdown", "--out", "NOTES.md"]);
    assert_eq!(refused.status, 2);
    assert_snapshot!(refused.err, @"scs-doc: NOTES.md: is there, and has not exactly two markers: put a line `<!-- scs-doc index -->` before and after the place for the tables");
    assert_eq!(read(dir.path(), "NOTES.md"), "Nothing of an index.");
}

#[test]
fn programs_get_an_index_that_fits_its_schema() {
    let dir = repository();
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    let answer = index(&dir, &["json"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let json: Value = serde_json::from_str(&answer.out).unwrap();
    let schema: Value = serde_json::from_str(&run(dir.path(), &["schema", "index"]).out).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json));
    let documents = json["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 11);
    let v2 = documents.iter().find(|it| it["id"] == "scs-0100-v2").unwrap();
    assert_snapshot!(serde_json::to_string_pretty(v2).unwrap().replace(git(dir.path(), &["rev-parse", "HEAD"]).trim(), "[COMMIT]"), @r#"
    {
      "deprecated_at": "2026-09-01",
      "description": "Enough entropy.",
      "history": [
        {
          "commit": "[COMMIT]",
          "date": "2026-01-01",
          "from": null,
          "to": "Deprecated"
        }
      ],
      "id": "scs-0100-v2",
      "kind": "v",
      "number": "0100",
      "path": "Standards/scs-0100-v2-a.md",
      "rejected_at": null,
      "replaced_by": [
        "scs-0100-v10"
      ],
      "replaces": [],
      "slug": "a",
      "stabilized_at": "2023-06-14",
      "state": "effective",
      "status": "Deprecated",
      "supplemented_by": [
        "scs-0100-w1"
      ],
      "supplements": [],
      "title": "Flavors",
      "track": "IaaS",
      "type": "Standard",
      "url": "https://docs.scs.community/standards/scs-0100-v2-a",
      "version": 2
    }
    "#);
}

#[test]
fn a_feed_of_what_happened() {
    let dir = repository();
    git(dir.path(), &["init", "--quiet"]);
    let refused = index(&dir, &["atom"]);
    assert_eq!(refused.status, 2);
    assert_snapshot!(refused.err, @"scs-doc: a feed needs the history of git, and there is none");
    commit(dir.path(), "first");
    write(dir.path(), "Standards/scs-xxxx-v1-idea.md", with("Idea & <more>", "status: Rejected"));
    commit(dir.path(), "second");
    write(dir.path(), "Standards/scs-0102-v1-d.md", with("Odd", "status: Draft"));
    let feed = index(&dir, &["atom"]);
    assert_eq!(feed.status, 0, "{}", feed.err);
    let entries: Vec<&str> = feed.out.split("  <entry>\n").collect();
    assert_eq!(entries.len(), 1 + 11 + 1, "one for each transition that is committed");
    let last = git(dir.path(), &["rev-parse", "--short=10", "HEAD"]);
    assert_snapshot!(entries[1].replace(last.trim(), "[COMMIT]"), @r#"
      <id>tag:docs.scs.community,2026-01-01:scs-xxxx-v1-idea/Rejected</id>
      <title>scs-xxxx-v1-idea Idea &amp; &lt;more&gt;: Draft → Rejected</title>
      <updated>2026-01-01T00:00:00Z</updated>
      <link href="https://docs.scs.community/standards/scs-xxxx-v1-idea"/>
      <summary>Draft → Rejected ([COMMIT])</summary>
    </entry>
    "#);
    let mut reader = quick_xml::Reader::from_str(&feed.out);
    let mut ids = std::collections::BTreeSet::new();
    let mut in_id = false;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) => in_id = tag.name().as_ref() == b"id",
            quick_xml::events::Event::Text(text) if in_id => {
                assert!(ids.insert(text.into_inner().to_vec()), "an id twice");
                in_id = false;
            }
            _ => {}
        }
    }
    assert_eq!(ids.len(), 13);
    assert_eq!(index(&dir, &["atom"]).out, feed.out);
}

#[test]
fn a_calendar_of_dates_to_come() {
    let answer = index(&repository(), &["ics"]);
    assert_eq!(answer.out.matches("BEGIN:VEVENT\r\n").count(), 2);
    assert_snapshot!(answer.out.replace('\r', ""), @"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//scs-doc//index//EN
    BEGIN:VEVENT
    UID:comes-into-effect/docs.scs.community/standards/scs-0100-v10-a
    DTSTAMP:19700101T000000Z
    DTSTART;VALUE=DATE:20260901
    SUMMARY:scs-0100-v10 New flavors comes into effect
    URL:https://docs.scs.community/standards/scs-0100-v10-a
    TRANSP:TRANSPARENT
    END:VEVENT
    BEGIN:VEVENT
    UID:goes-out-of-effect/docs.scs.community/standards/scs-0100-v2-a
    DTSTAMP:19700101T000000Z
    DTSTART;VALUE=DATE:20260901
    SUMMARY:scs-0100-v2 Flavors goes out of effect
    URL:https://docs.scs.community/standards/scs-0100-v2-a
    TRANSP:TRANSPARENT
    END:VEVENT
    END:VCALENDAR
    ");
}

#[test]
fn the_graph_in_three_formats() {
    let dir = repository();
    let graph = |format: &str| run(dir.path(), &["graph", "--format", format]).out;
    let mermaid = graph("mermaid");
    let edges: Vec<&str> = mermaid.lines().filter(|line| line.contains("|")).collect();
    assert_snapshot!(edges.join("\n"), @"
    d2 -->|replaces| d1
    d4 -.->|supplements| d1
    d4 -.->|supplements| d5
    ");
    assert!(mermaid.contains("Next #124; #60;b#62;#123;x#125;"), "{mermaid}");
    let dot = graph("dot");
    assert_eq!(dot.matches(" -> ").count(), edges.len());
    let svg = graph("svg");
    assert_eq!(svg.matches("<a href=").count(), 11, "each document once");
    assert_eq!(svg.matches("marker-end").count(), edges.len());
    let mut reader = quick_xml::Reader::from_str(&svg);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
}

#[test]
fn what_changed_since_a_revision() {
    let dir = folder(&[
        ("Standards/scs-0100-v1-a.md", GOOD),
        ("Standards/scs-0101-v1-b.md", GOOD),
        ("Standards/scs-0102-v1-c.md", GOOD),
        (
            "Standards/scs-0103-v1-d.md",
            "---\ntitle: Gone\ntype: Decision Record\n---\n\nWhat nobody else says.\n",
        ),
    ]);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    write(
        dir.path(),
        "Standards/scs-0100-v1-a.md",
        with("Stable now", "status: Stable\nstabilized_at: 2026-09-01"),
    );
    write(
        dir.path(),
        "Standards/scs-0101-v1-b.md",
        GOOD.replace("Text.\n\n## Motivation", "You MUST.\n\n## Motivation"),
    );
    git(dir.path(), &["mv", "Standards/scs-0102-v1-c.md", "Standards/scs-0102-v1-other.md"]);
    git(dir.path(), &["rm", "--quiet", "Standards/scs-0103-v1-d.md"]);
    write(dir.path(), "Standards/scs-0104-v1-new.md", with("New", "status: Draft"));
    commit(dir.path(), "second");
    let since = index(&dir, &["markdown", "--since", "HEAD~1"]);
    assert_eq!(since.status, 0, "{}", since.err);
    assert_snapshot!(since.out, @r"
    ## What changed since HEAD\~1

    ### Stable

    - [scs-0100-v1](https://docs.scs.community/standards/scs-0100-v1-a) Stable now (from 2026-09-01 on)

    ### New drafts

    - [scs-0104-v1](https://docs.scs.community/standards/scs-0104-v1-new) New

    ### Removed

    - scs-0103-v1 Gone

    ### Changed in what they require

    - [scs-0101-v1](https://docs.scs.community/standards/scs-0101-v1-b) Entropy

    ### Renamed, or with other metadata

    - [scs-0102-v1](https://docs.scs.community/standards/scs-0102-v1-other) Entropy (formerly scs-0102-v1-c)
    ");
    let none = index(&dir, &["markdown", "--since", "HEAD"]);
    assert_snapshot!(none.out, @"
    ## What changed since HEAD

    No document did.
    ");
    let before = index(&dir, &["markdown", "--rev", "HEAD~1"]);
    assert!(before.out.contains("scs-0103-v1-d.md"), "{}", before.out);
}

#[test]
fn bad_input_is_told() {
    let dir = repository();
    let mut table = String::new();
    for args in [
        &["json", "--since", "HEAD"][..],
        &["markdown", "--since", "HEAD"],
        &["markdown", "--since", "HEAD", "--out", "x.md"],
        &["markdown", "--rev", "nothing"],
        &["markdown", "--check"],
        &["markdown", "--out", "-", "--check"],
        &["markdown", "--out", "Standards"],
        &["pdf"],
    ] {
        let answer = index(&dir, args);
        let line = answer.err.lines().next().unwrap();
        table += &format!("{} {}: {line}\n", answer.status, args.join(" "));
    }
    assert_snapshot!(table, @"
    2 json --since HEAD: scs-doc: --since goes with --format markdown
    2 markdown --since HEAD: scs-doc: [ROOT]: no git repository, and what is asked for is in git
    2 markdown --since HEAD --out x.md: error: the argument '--since <REV>' cannot be used with '--out <PATH>'
    2 markdown --rev nothing: scs-doc: [ROOT]: no git repository, and what is asked for is in git
    2 markdown --check: error: the following required arguments were not provided:
    2 markdown --out - --check: scs-doc: --check, --diff and --dry-run compare with a file: name one with --out
    2 markdown --out Standards: scs-doc: Standards: is no regular file
    2 pdf: error: invalid value 'pdf' for '--format <FORMAT>'
    ");
}

/// Links are those of the place, also of a folder that is still to be made; elsewhere those of the
/// site.
#[test]
fn links_lead_from_where_the_page_is() {
    let dir = repository();
    assert_eq!(index(&dir, &["markdown", "--out", "docs/new/INDEX.md"]).status, 0);
    let page = read(dir.path(), "docs/new/INDEX.md");
    assert!(page.contains("(../../Standards/scs-0100-v2-a.md)"), "{page}");
    assert_eq!(index(&dir, &["markdown", "--out", "docs/new/INDEX.md", "--check"]).status, 0);
    let elsewhere = TempDir::new().unwrap();
    let place = elsewhere.path().join("INDEX.md");
    assert_eq!(index(&dir, &["markdown", "--out", &place.to_string_lossy()]).status, 0);
    let page = read(elsewhere.path(), "INDEX.md");
    assert!(page.contains("(https://docs.scs.community/standards/scs-0100-v2-a)"), "{page}");
}

/// What is not a regular file is not written over.
#[cfg(unix)]
#[test]
fn only_regular_files_are_written() {
    let dir = repository();
    write(dir.path(), "real.json", "{}");
    std::os::unix::fs::symlink(dir.path().join("real.json"), dir.path().join("link.json")).unwrap();
    let elsewhere = TempDir::new().unwrap();
    std::fs::create_dir(dir.path().join("site")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("site/standards")).unwrap();
    let answer = index(&dir, &["docusaurus", "--out", "site"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("site/standards: is a symbolic link"), "{}", answer.err);
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    for out in ["link.json", "/dev/null", "Standards"] {
        let answer = index(&dir, &["json", "--out", out]);
        assert_eq!(answer.status, 2, "{out}");
    }
    assert_eq!(read(dir.path(), "real.json"), "{}");
    assert!(index(&dir, &["json", "--out", "-"]).out.starts_with('{'));
    assert!(!dir.path().join("-").exists());
}

/// Each document of the community is in the tables, and each version in the column of its state.
#[test]
fn the_real_corpus() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let table = index(&dir, &["markdown"]).out;
    let columns = ["draft", "upcoming", "effective", "deprecated"];
    let json: Value = serde_json::from_str(&index(&dir, &["json"]).out).unwrap();
    let mut seen = 0;
    for document in json["documents"].as_array().unwrap() {
        let path = document["path"].as_str().unwrap();
        let link = format!("]({path})");
        let rows: Vec<&str> = table.lines().filter(|line| line.contains(&link)).collect();
        assert!(!rows.is_empty(), "{path} is not in the tables");
        let Some(state) = document["state"].as_str() else { continue };
        let cells: Vec<&str> = rows[0].trim_matches('|').split(" | ").collect();
        let column = columns.iter().position(|it| *it == state).unwrap();
        assert!(cells[2 + column].contains(&link), "{path} is {state}: {}", rows[0]);
        seen += 1;
    }
    assert!(seen > 70, "{seen}");
}
