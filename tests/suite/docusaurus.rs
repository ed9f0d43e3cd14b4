//! `scs-doc index --format docusaurus`: the pages of the community's site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gray_matter::engine::YAML;
use gray_matter::{Matter, Pod};
use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::GOOD;
use crate::helpers::{folder, git, read, real_corpus, run, write};

/// The site of a repository, in a folder of its own.
fn site(root: &Path) -> TempDir {
    let site = TempDir::new().unwrap();
    let out = site.path().to_str().unwrap();
    let answer = run(root, &["index", "--format", "docusaurus", "--out", out]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    site
}

fn stable(title: &str, rest: &str) -> String {
    GOOD.replace("title: Entropy", &format!("title: {title}"))
        .replace("status: Draft", &format!("status: Stable\n{rest}"))
}

fn supplement(title: &str, of: &str) -> String {
    format!(
        "---\ntitle: {title}\ntype: Supplement\ntrack: IaaS\nsupplements: [{of}]\n---\n\nText.\n"
    )
}

/// All states, all marks.
fn repository() -> TempDir {
    let rejected = "status: Rejected\nrejected_at: 2024-05-06";
    folder(&[
        (
            "Standards/scs-0100-v1-a.md",
            &stable("Old", "stabilized_at: 2020-01-01")
                .replace("Stable", "Deprecated\ndeprecated_at: 2022-01-01"),
        ),
        (
            "Standards/scs-0100-v2-a.md",
            &stable("Flavors", "stabilized_at: 2022-01-01")
                .replace("Stable", "Deprecated\ndeprecated_at: 2027-01-01"),
        ),
        ("Standards/scs-0100-v3-a.md", &stable("Flavors, new", "stabilized_at: 2027-01-01")),
        ("Standards/scs-0100-v4-a.md", GOOD),
        (
            "Standards/scs-0100-w1-a.md",
            &supplement("'Flavors: Notes'", "scs-0100-v2-a.md, scs-0101-v1-b.md"),
        ),
        ("Standards/scs-0101-v1-b.md", &GOOD.replace("status: Draft", rejected)),
        ("Standards/scs-0101-v2-b.md", &GOOD.replace("status: Draft", "status: Maybe")),
        ("Standards/scs-0400-v1-c.md", &GOOD.replace("track: IaaS\n", "")),
        ("Standards/scs-XXXX-v1-idea.md", &GOOD.replace("IaaS", "Ops")),
    ])
}

#[test]
fn the_files() {
    let dir = repository();
    let out = dir.path().join("site");
    let args = ["index", "--format", "docusaurus", "--out", out.to_str().unwrap()];
    let planned = run(dir.path(), &[&args[..], &["--diff"]].concat());
    let added = planned.out.lines().filter_map(|line| line.strip_prefix("+++ "));
    assert_snapshot!(added.collect::<Vec<_>>().join("\n"), @"
    b/standards/overview.mdx
    b/standards/iaas/index.md
    b/standards/iaas/scs-0100.md
    b/standards/iaas/scs-0101.md
    b/standards/ops/index.md
    b/standards/ops/scs-XXXX-v1-idea.md
    b/standards/no-track/index.md
    b/standards/no-track/scs-0400.md
    b/sidebarsStandardsItems.js
    ");
    assert_eq!(run(dir.path(), &args).out, "wrote 9 files\n");
    let check = [&args[..], &["--check"]].concat();
    assert_eq!((run(dir.path(), &check).status, run(dir.path(), &check).out.as_str()), (0, ""));
    write(&out, "standards/mine.md", "stays");
    write(&out, "standards/ops/index.md", "old");
    let differs = run(dir.path(), &check);
    assert_eq!((differs.status, differs.out.contains("-old")), (1, true), "{}", differs.out);
    assert_eq!(run(dir.path(), &args).out, "wrote standards/ops/index.md\n");
    assert_eq!(read(&out, "standards/mine.md"), "stays");
    let nowhere = run(dir.path(), &["index", "--format", "docusaurus"]);
    assert_eq!(nowhere.status, 2);
    assert_snapshot!(nowhere.err, @"scs-doc: this format has several files: name a folder with --out");
}

#[test]
fn overview() {
    let dir = repository();
    assert_snapshot!(read(site(dir.path()).path(), "standards/overview.mdx"), @r#"
    ---
    title: "Overview of the standards"
    custom_edit_url: null
    ---

    # Overview of the standards

    These are the documents of Sovereign Cloud Stack, by track: standards, procedural documents and decision records, each with all its versions and the supplements that explain it. A version binds nobody before it is effective, and what has to change afterwards comes as a new version.

    ## [IaaS](/standards/iaas)

    | Standard | Description | Draft | Stable\* | Effective | Deprecated\* | Other |
    | --- | --- | --- | --- | --- | --- | --- |
    | [scs-0100](/standards/iaas/scs-0100) | Flavors | [v4](/standards/scs-0100-v4-a) | [v3](/standards/scs-0100-v3-a)\* | [v2](/standards/scs-0100-v2-a)† | [v1](/standards/scs-0100-v1-a) | |
    | ↳ [w1](/standards/scs-0100-w1-a) | Notes | | | | | |
    | [scs-0101](/standards/iaas/scs-0101) | Entropy | | | | | [v1](/standards/scs-0101-v1-b) (rejected), [v2](/standards/scs-0101-v2-b) (status unknown) ⚠ |
    | ↳ [scs-0100-w1](/standards/scs-0100-w1-a) | Flavors: Notes | | | | | |

    ## [Ops](/standards/ops)

    | Standard | Description | Draft | Stable\* | Effective | Deprecated\* |
    | --- | --- | --- | --- | --- | --- |
    | [scs-XXXX-v1-idea](/standards/ops/scs-XXXX-v1-idea) | Entropy | [v1](/standards/scs-XXXX-v1-idea) | | | |

    ## [No valid track](/standards/no-track)

    | Standard | Description | Draft | Stable\* | Effective | Deprecated\* |
    | --- | --- | --- | --- | --- | --- |
    | [scs-0400](/standards/no-track/scs-0400) | Entropy | [v1](/standards/scs-0400-v1-c) ⚠ | | | |

    Columns:

    - Draft: in development.
    - Stable\*: stable, but not in effect yet.
    - Effective: in effect.
    - Deprecated\*: deprecated, and no longer in effect.
    - Other: rejected, or of unknown status.

    Marks:

    - \* behind a version: it comes into effect later.
    - † behind a version: it is in effect, and will be deprecated.
    - ↳ in front of a name: a supplement, which explains and requires nothing.
    - ⚠ behind a name: a part of its metadata is missing or not valid.
    "#);
}

#[test]
fn page_of_a_track() {
    let dir = repository();
    let page = read(site(dir.path()).path(), "standards/ops/index.md");
    let (page, legend) = page.split_once("Columns:").unwrap();
    assert!(!legend.contains("Other") && !legend.contains('⚠'), "{legend}");
    assert_snapshot!(page, @r#"
    ---
    title: "Ops track"
    custom_edit_url: null
    ---

    # Ops track

    Documents of this track are about operations: how providers monitor and meter their clouds, and tell others about their condition. The team for operations decides on them.

    | Standard | Description | Draft | Stable\* | Effective | Deprecated\* |
    | --- | --- | --- | --- | --- | --- |
    | [scs-XXXX-v1-idea](/standards/ops/scs-XXXX-v1-idea) | Entropy | [v1](/standards/scs-XXXX-v1-idea) | | | |
    "#);
}

#[test]
fn pages_of_numbers() {
    let dir = repository();
    let site = site(dir.path());
    assert_snapshot!(read(site.path(), "standards/iaas/scs-0100.md"), @r#"
    ---
    title: "scs-0100: Flavors"
    custom_edit_url: null
    ---

    # scs-0100: Flavors

    Track: [IaaS](/standards/iaas).

    | Version | Type | Status | Stabilized at | Deprecated at |
    | --- | --- | --- | --- | --- |
    | [v1](/standards/scs-0100-v1-a) | Standard | Deprecated | 2020-01-01 | 2022-01-01 |
    | [v2](/standards/scs-0100-v2-a) | Standard | Effective, will be deprecated | 2022-01-01 | 2027-01-01 |
    | [v3](/standards/scs-0100-v3-a) | Standard | Stable, not in effect yet | 2027-01-01 | - |
    | [v4](/standards/scs-0100-v4-a) | Standard | Draft | - | - |

    ## Supplements

    - [w1](/standards/scs-0100-w1-a): Notes
    "#);
    assert_snapshot!(read(site.path(), "standards/iaas/scs-0101.md"), @r#"
    ---
    title: "scs-0101: Entropy"
    custom_edit_url: null
    ---

    # scs-0101: Entropy

    Track: [IaaS](/standards/iaas).

    | Version | Type | Status | Stabilized at | Deprecated at |
    | --- | --- | --- | --- | --- |
    | [v1](/standards/scs-0101-v1-b) | Standard | Rejected on 2024-05-06 | - | - |
    | [v2](/standards/scs-0101-v2-b) ⚠ | Standard | Unknown | - | - |

    ## Supplements

    - [scs-0100-w1](/standards/scs-0100-w1-a): Flavors: Notes

    ⚠: a part of the metadata is missing or not valid.
    "#);
    assert_snapshot!(read(site.path(), "standards/no-track/scs-0400.md"), @r#"
    ---
    title: "scs-0400: Entropy"
    custom_edit_url: null
    ---

    # scs-0400: Entropy

    Track: [No valid track](/standards/no-track).

    | Version | Type | Status | Stabilized at | Deprecated at |
    | --- | --- | --- | --- | --- |
    | [v1](/standards/scs-0400-v1-c) ⚠ | Standard | Draft | - | - |

    ⚠: a part of the metadata is missing or not valid.
    "#);
}

#[test]
fn sidebar() {
    let dir = folder(&[
        ("Standards/scs-0100-v1-a.md", &GOOD.replace("Entropy", "'</script>\"'")),
        ("Standards/scs-0101-v1-b.md", GOOD),
        ("Standards/scs-0101-w1-b.md", &supplement("B", "scs-0100-v1-a.md, scs-0101-v1-b.md")),
    ]);
    let sidebar = read(site(dir.path()).path(), "sidebarsStandardsItems.js");
    assert!(sidebar.contains("scs-0100: \\u003c\u{2060}/script>"), "{sidebar}");
    let json = sidebar.split_once("\nmodule.exports = ").unwrap().1;
    let json: Value = serde_json::from_str(json.trim_end().trim_end_matches(';')).unwrap();
    assert_snapshot!(outline(&json, "").replace('\u{2060}', "~"), @r#"
    Overview -> overview
    category IaaS -> iaas/index
      category scs-0100: <~/script>" -> iaas/scs-0100
        scs-0100-v1 -> scs-0100-v1-a
        scs-0101-w1 (for scs-0100) -> scs-0101-w1-b
      category scs-0101: Entropy -> iaas/scs-0101
        scs-0101-v1 -> scs-0101-v1-b
        scs-0101-w1 -> scs-0101-w1-b
    "#);
}

/// The items of a sidebar, a line each.
fn outline(items: &Value, indent: &str) -> String {
    let mut lines = String::new();
    for item in items.as_array().unwrap() {
        let (kind, label) = (item["type"].as_str().unwrap(), item["label"].as_str().unwrap());
        if kind == "doc" {
            lines.push_str(&format!("{indent}{label} -> {}\n", item["id"].as_str().unwrap()));
        } else {
            let page = item["link"]["id"].as_str().unwrap();
            lines.push_str(&format!("{indent}{kind} {label} -> {page}\n"));
            lines.push_str(&outline(&item["items"], &format!("{indent}  ")));
        }
    }
    lines
}

#[test]
fn no_documents_at_all() {
    let dir = folder(&[("Standards/README.md", "Nothing yet.\n")]);
    let site = site(dir.path());
    let overview = read(site.path(), "standards/overview.mdx");
    assert!(overview.ends_with("\n\nThere are no documents.\n"), "{overview}");
    let sidebar = read(site.path(), "sidebarsStandardsItems.js");
    assert_eq!(sidebar.matches("\"type\"").count(), 1, "{sidebar}");
}

#[test]
fn numbers_and_versions_are_in_the_order_of_numbers() {
    let paths = ["1100-v1", "0100-v100", "0100-v10", "0100-v9", "0999-v1", "0101-v1"];
    let files = paths.map(|it| (format!("Standards/scs-{it}-a.md"), GOOD));
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let dir = folder(&files);
    let track = read(site(dir.path()).path(), "standards/iaas/index.md");
    let rows = track.lines().filter(|line| line.starts_with("| [scs-"));
    assert_snapshot!(rows.collect::<Vec<_>>().join("\n"), @"
    | [scs-0100](/standards/iaas/scs-0100) | Entropy | [v9](/standards/scs-0100-v9-a), [v10](/standards/scs-0100-v10-a), [v100](/standards/scs-0100-v100-a) | | | |
    | [scs-0101](/standards/iaas/scs-0101) | Entropy | [v1](/standards/scs-0101-v1-a) | | | |
    | [scs-0999](/standards/iaas/scs-0999) | Entropy | [v1](/standards/scs-0999-v1-a) | | | |
    | [scs-1100](/standards/iaas/scs-1100) | Entropy | [v1](/standards/scs-1100-v1-a) | | | |
    ");
}

#[test]
fn two_documents_of_one_number_and_version() {
    let dir = folder(&[
        ("Standards/scs-0100-v1-a.md", GOOD),
        ("Standards/scs-0100-v1-b.md", GOOD),
        ("Standards/scs-0100-v2-a.md", GOOD),
        ("Standards/scs-0100.md", GOOD),
        ("Standards/scs-0102-v1-text.txt", GOOD),
    ]);
    let track = read(site(dir.path()).path(), "standards/iaas/index.md");
    let rows = track.lines().filter(|line| line.starts_with("| [scs-"));
    assert_snapshot!(rows.collect::<Vec<_>>().join("\n"), @"
    | [scs-0100](/standards/iaas/scs-0100) | Entropy | [scs-0100-v1-a](/standards/scs-0100-v1-a), [scs-0100-v1-b](/standards/scs-0100-v1-b), [v2](/standards/scs-0100-v2-a) | | | |
    | [scs-0100](/standards/iaas/scs-0100-unversioned) | Entropy | [scs-0100.md](/standards/scs-0100) | | | |
    | [scs-0102-v1-text.txt](/standards/iaas/scs-0102-v1-text.txt) | Entropy | scs-0102-v1-text.txt | | | |
    ");
}

/// ci/docusaurus.sh builds a site of worse ones.
#[test]
fn titles_mean_nothing() {
    let titles = [
        r"a | b \| c",
        "<b> </script> {x} ${y} &amp;",
        "`code` *stars* _lines_ [link](x) ]",
        "import a from 'b'",
        "export {#id} #",
        "line\nimport b\u{202e}\u{7}",
        &"{<|`".repeat(125),
    ];
    let texts = titles.map(|it| GOOD.replace("Entropy", &serde_json::to_string(it).unwrap()));
    let paths: Vec<String> =
        (0..titles.len()).map(|it| format!("Standards/scs-010{it}-v1-a.md")).collect();
    let files: Vec<(&str, &str)> =
        paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let dir = folder(&files);
    let site = site(dir.path());
    let mut heads = String::new();
    for number in 0..titles.len() - 1 {
        let page = read(site.path(), &format!("standards/iaas/scs-010{number}.md"));
        let lines: Vec<&str> = page.lines().collect();
        heads.push_str(&format!("{}\n{}\n", lines[1], lines[5]).replace('\u{2060}', "~"));
    }
    assert_snapshot!(heads, @r#"
    title: "scs-0100: a | b \\| c"
    # scs-0100: a \| b \\\| c
    title: "scs-0101: \u003c~b> \u003c~/script> {x} ${y} &amp;"
    # scs-0101: &lt;b&gt; &lt;/script&gt; &#123;x&#125; \$&#123;y&#125; &amp;amp;
    title: "scs-0102: `code` *stars* _lines_ [link](x) ]"
    # scs-0102: \`code\` \*stars\* \_lines\_ \[link\](x) \]
    title: "scs-0103: import a from 'b'"
    # scs-0103: import a from 'b'
    title: "scs-0104: export {#id} #"
    # scs-0104: export &#123;~#~id&#125; \#
    title: "scs-0105: line import b��"
    # scs-0105: line import b��
    "#);
    let track = read(site.path(), "standards/iaas/index.md");
    for row in track.lines().filter(|line| line.starts_with('|')) {
        assert_eq!(row.replace(r"\\", "").replace(r"\|", "").matches('|').count(), 7, "{row}");
        assert!(!row.contains(['<', '>', '{', '}']), "{row}");
    }
    let sidebar = read(site.path(), "sidebarsStandardsItems.js");
    assert!(!sidebar.contains('<'), "{sidebar}");
}

#[test]
fn introductions_come_from_files() {
    let toml = "[index]\noverview = 'docs/all.md'\n[index.tracks]\nIaaS = 'docs/iaas.md'\n";
    let dir = folder(&[
        ("Standards/scs-0100-v1-a.md", GOOD),
        ("scs-doc.toml", toml),
        ("docs/all.md", "\u{feff}Read <b>this</b> first.\r\n\r\n{1 + 1}\r\n"),
        ("docs/iaas.md", "Our clouds.\n"),
    ]);
    let pages = |site: TempDir| {
        let overview = read(site.path(), "standards/overview.mdx");
        (overview, read(site.path(), "standards/iaas/index.md"))
    };
    let (overview, iaas) = pages(site(dir.path()));
    assert!(overview.contains("\n\nRead <b>this</b> first.\n\n{1 + 1}\n\n## "), "{overview}");
    assert!(iaas.contains("\n\nOur clouds.\n\n| Standard"), "{iaas}");

    // Those of a revision.
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "--all"]);
    git(dir.path(), &["commit", "--quiet", "-m", "x"]);
    write(dir.path(), "docs/iaas.md", "Later.\n");
    let out = TempDir::new().unwrap();
    let place = out.path().to_str().unwrap();
    let args = ["index", "--format", "docusaurus", "--rev", "HEAD", "--out", place];
    assert_eq!(run(dir.path(), &args).status, 0);
    assert!(pages(out).1.contains("Our clouds."));
}

#[test]
fn introductions_that_cannot_be_put_in() {
    let dir = folder(&[
        ("Standards/scs-0100-v1-a.md", GOOD),
        ("scs-doc.toml", "[index.tracks]\nIaaS = 'docs/iaas.md'\n"),
    ]);
    let refused = || {
        let args = ["index", "--format", "docusaurus", "--out", "site"];
        let answer = run(dir.path(), &args);
        assert_eq!((answer.status, answer.out.as_str()), (2, ""));
        assert!(!dir.path().join("site").exists());
        answer.err
    };
    assert_snapshot!(refused(), @"scs-doc: docs/iaas.md: there is no such file; `[index]` of the configuration names it");
    write(dir.path(), "docs/iaas.md", b"\xff");
    assert_snapshot!(refused(), @"scs-doc: docs/iaas.md: is not UTF-8; `[index]` of the configuration names it");
    write(dir.path(), "scs-doc.toml", "[index.tracks]\nIaaS = 'docs'\n");
    assert_snapshot!(refused(), @"scs-doc: docs: is not a regular file; `[index]` of the configuration names it");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/passwd", dir.path().join("docs/link.md")).unwrap();
        write(dir.path(), "scs-doc.toml", "[index]\noverview = 'docs/link.md'\n");
        assert!(refused().contains("docs/link.md: is not a regular file"));
    }
    write(dir.path(), "scs-doc.toml", "[index.tracks]\nIaas = 'docs/iaas.md'\n");
    assert_snapshot!(refused(), @"scs-doc: scs-doc.toml:2:1: there is no track `Iaas`; did you mean `IaaS`?");
    write(dir.path(), "scs-doc.toml", "[index]\noverview = '../iaas.md'\n");
    assert_snapshot!(refused(), @"scs-doc: scs-doc.toml:2:12: `../iaas.md` is no file of this repository");
}

/// What a person would write into the tables, from front matter that another reader has read.
#[test]
fn every_document_stands_where_its_front_matter_says() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let site = site(dir.path());
    let mut expected: BTreeMap<String, BTreeSet<(String, usize)>> = BTreeMap::new();
    let mut rows_of_numbers = BTreeSet::new();
    for entry in std::fs::read_dir(dir.path().join("Standards")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.starts_with("scs-") || name.contains("-vN-") {
            continue;
        }
        let text = read(dir.path(), &format!("Standards/{name}"));
        let text = text.trim_start_matches('\u{feff}');
        let Some(Pod::Hash(fields)) = Matter::<YAML>::new().parse::<Pod>(text).unwrap().data else {
            panic!("{name}")
        };
        let field = |key: &str| match fields.get(key) {
            Some(Pod::String(text)) => text.clone(),
            _ => String::new(),
        };
        let later = |key: &str| field(key).as_str() > "2026-08-21";
        let column = match field("status").as_str() {
            _ if field("type") == "Supplement" => 1,
            "Draft" => 3,
            "Stable" if later("stabilized_at") => 4,
            "Stable" => 5,
            "Deprecated" if later("deprecated_at") => 5,
            "Deprecated" => 6,
            "Rejected" => 7,
            other => panic!("{name}: {other}"),
        };
        let stem = name.trim_end_matches(".md").to_owned();
        let track = field("track").to_lowercase();
        if column > 1 {
            let dates = ["stabilized_at", "deprecated_at"].map(field);
            let dates = dates.map(|date| if date.is_empty() { "-".to_owned() } else { date });
            let end = format!("| {} | {} |", dates[0], dates[1]);
            rows_of_numbers.insert((track.clone(), stem.clone(), field("type"), end));
        }
        expected.entry(track).or_default().insert((stem, column));
    }
    let overview = read(site.path(), "standards/overview.mdx");
    for (track, expected) in &expected {
        let page = read(site.path(), &format!("standards/{track}/index.md"));
        assert_eq!(&places(&page), expected, "{track}");
    }
    assert_eq!(places(&overview), expected.values().flatten().cloned().collect());
    assert_eq!(expected.values().map(BTreeSet::len).sum::<usize>(), 102);
    for (track, stem, doc_type, end) in rows_of_numbers {
        let page = read(site.path(), &format!("standards/{track}/{}.md", &stem[..8]));
        let link = format!("(/standards/{stem}) | {doc_type} | ");
        let row =
            page.lines().find(|line| line.contains(&link)).unwrap_or_else(|| panic!("{stem}"));
        assert!(row.ends_with(&end), "{row}: {end}");
    }
}

/// The documents that the tables of a page link to, and the columns that they stand in.
fn places(page: &str) -> BTreeSet<(String, usize)> {
    let mut places = BTreeSet::new();
    for row in page.lines().filter(|line| line.starts_with('|')) {
        let row = row.replace(r"\|", "");
        for (column, cell) in row.split('|').enumerate() {
            let targets = cell.split("(/standards/scs-").skip(1);
            for target in targets.filter_map(|it| it.split_once(')')) {
                let new = places.insert((format!("scs-{}", target.0), column));
                assert!(new || column == 1, "{row}");
            }
        }
    }
    places
}
