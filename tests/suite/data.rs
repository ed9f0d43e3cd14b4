//! Flavors and images: the real lists, where they are present, and files of any content.

use std::collections::BTreeMap;

use proptest::prelude::*;
use scs_doc::corpus::DataFile;
use scs_doc::corpus::data::{Column, Content, listed_flavors};
use scs_doc::document::Document;
use scs_doc::manifest::flavors_file;
use scs_doc::model::{Demand, Flavor};
use scs_doc::{Finding, Level};

use crate::helpers::{cases, judge, read, real_corpus, run, write};

const STANDARD: &str = "standards/scs-0103-v1-standard-flavors.md";
const FILE: &str = "Tests/flavors.yaml";

/// What is found in a file of data that a standard links to.
fn found(body: &str, file: &str) -> Vec<Finding> {
    let head =
        "---\ntitle: A\ntype: Standard\nstatus: Draft\ntrack: IaaS\n---\n\n## Introduction\n\n";
    let standard = format!("{head}See [the list](../{FILE}).\n\n{body}");
    let files = [(STANDARD, standard.as_str()), (FILE, file)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    judge(files.into()).into_iter().filter(|it| it.path == FILE).collect()
}

/// Each with its line (from 1).
fn by_line(findings: &[Finding], text: &str) -> Vec<(usize, String)> {
    let line = |at: usize| text[..at].lines().count().max(1);
    let mut lines: Vec<_> =
        findings.iter().map(|it| (line(it.span.start + 1), it.message.clone())).collect();
    lines.sort();
    lines
}

/// The examples of the naming standard: a list item or a cell of a table each begins with one.
#[test]
fn the_examples_of_the_real_naming_standard() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let text = read(dir.path(), "Standards/scs-0100-v3-flavor-naming.md");
    let (mut names, mut struck) = (0, 0);
    for line in text.lines() {
        let Some(rest) = line.strip_prefix("- ").or(line.strip_prefix("| `")) else { continue };
        let rest = rest.trim_start_matches('~');
        if !rest.starts_with("SCS-") || rest.starts_with("SCS-`") {
            continue;
        }
        let written = rest.split([' ', '~', '`']).next().unwrap();
        let name = written.replace(['*', '\\'], "");
        let parsed = Flavor::parse(&name);
        if line.starts_with("- ~~") {
            assert!(parsed.is_err(), "{name}");
            struck += 1;
        } else if name == "SCS-2C-4-n_bms_3" {
            // A slip of that standard: it says itself that a generation needs an architecture.
            assert_eq!(parsed.unwrap_err().at(), "SCS-2C-4-n_bms_".len());
        } else {
            assert_eq!(parsed.map(|it| it.to_string()), Ok(name));
            names += 1;
        }
    }
    assert_eq!((names, struck), (48, 5));
}

#[test]
fn the_flavors_of_the_real_standard() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let path = "Standards/scs-0103-v1-standard-flavors.md";
    let document = Document::parse(path, read(dir.path(), path).into_bytes());
    let listed = listed_flavors(&document);
    let count = |demand| listed.iter().filter(|it| it.demand == Some(demand)).count();
    assert_eq!((count(Demand::Mandatory), count(Demand::Recommended)), (15, 16));
    for row in &listed {
        let properties = Flavor::parse(&row.name).unwrap().properties();
        assert_eq!(row.number(Column::Cpus), Ok(Some(u64::from(properties.cpus))));
        assert_eq!(row.number(Column::Ram), Ok(Some(properties.ram)));
    }
    // The file that is there says the same, but for a type of disk where any will do.
    let verbose = read(dir.path(), "Tests/iaas/SCS-Spec.MandatoryFlavors.verbose.yaml");
    let body = document.markdown();
    assert_eq!(by_line(&found(body, &verbose), &verbose), []);
    let made = flavors_file(&document).unwrap();
    assert_eq!(by_line(&found(body, &made), &made), []);
    let flavors = |text: &str| {
        let file = DataFile::read("a.yaml", text.into()).unwrap();
        let Content::Flavors(flavors) = file.content else { panic!("flavors") };
        let rows = flavors.into_iter().map(|it| {
            let figures = [it.cpus, it.ram, it.disk].map(|it| it.map(|it| it.value));
            (it.name.unwrap().value, (it.demand.unwrap().value, figures))
        });
        rows.collect::<BTreeMap<_, _>>()
    };
    assert_eq!(flavors(&made), flavors(&verbose));
}

/// That file says of itself, line by line, what is wrong in it.
#[test]
fn the_real_wrong_file() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let wrong = read(dir.path(), "Tests/testing/scs-0103-v1-flavors-wrong.yaml");
    let findings = found("", &wrong);
    assert!(findings.iter().all(|it| it.rule == "flavor-consistency" && it.level == Level::Error));
    let mut expected = Vec::new();
    let mut name = 0;
    for (line, text) in (1..).zip(wrong.lines()) {
        if text.trim_start().starts_with("- name") {
            name = line;
        }
        if text.contains("# wrong") {
            // What is missing is reported at the name.
            expected.push(if text.trim_start().starts_with('#') { name } else { line });
        }
    }
    expected.sort_unstable();
    let lines: Vec<usize> = by_line(&findings, &wrong).into_iter().map(|(line, _)| line).collect();
    assert_eq!((lines.len(), lines), (7, expected));
}

#[test]
fn the_real_lists_of_images() {
    let Some(dir) = real_corpus("2026-08") else { return };
    for name in ["scs-0104-v1-images.yaml", "scs-0104-v1-images-v5.yaml"] {
        let text = read(dir.path(), &format!("Tests/iaas/{name}"));
        assert!(DataFile::read(name, text.clone().into_bytes()).is_some());
        assert_eq!(by_line(&found("", &text), &text), []);
    }
}

#[test]
fn a_finding_in_a_file_of_data_shows_where_it_is() {
    let standard = "---\ntitle: A\ntype: Standard\nstatus: Draft\ntrack: IaaS\n---\n\n## Introduction\n\n\
        See [it](https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/flavors.yaml).\n";
    let file = "images:\n- name: A\n  source: https://e.org/latest/a\n";
    let dir = crate::helpers::folder(&[(STANDARD, standard), (FILE, file)]);
    let shown = run(dir.path(), &["check", "--color", "never"]).out;
    assert!(shown.contains("Tests/flavors.yaml:3:11"), "{shown}");
    assert!(shown.contains("source: https://e.org/latest/a"), "{shown}");
    write(dir.path(), FILE, "kind: other\nimages:\n- name: A\n");
    assert!(!run(dir.path(), &["check"]).out.contains(FILE));
}

#[test]
fn what_the_tables_of_a_standard_say_otherwise() {
    let row = |row: &str| format!("| Name | vCPUs | RAM [GiB] | Disk type |\n|-|-|-|-|\n{row}\n");
    let file = "flavor_groups:\n- status: mandatory\n  list:\n  - name: SCS-1V-4-5\n    cpus: 1\n    ram: 4\n    \
        disk: 5\n    scs:cpu-type: shared-core\n    scs:disk0-type: hdd\n    scs:name-v1: SCS-1V:4:5\n    \
        scs:name-v2: SCS-1V-4-5\n";
    let said = |heading: &str, cells: &str| {
        by_line(&found(&format!("## {heading}\n\n{}", row(cells)), file), file)
    };
    assert_eq!(said("Mandatory", "| SCS-1V-4-5 | 1 | 4 | (any) |"), []);
    let table = "in the table of scs-0103-v1";
    let expected = [
        (4, format!("`SCS-1V-4-5` is mandatory here, and recommended {table}")),
        (5, format!("`cpus` is 1 here, and 2 {table}")),
        (6, format!("`ram` is 4 GiB here, and 3.5 GiB {table}")),
        (9, format!("`scs:disk0-type` is `hdd` here, and `ssd` {table}")),
    ];
    assert_eq!(said("Recommended", "| SCS-1V-4-5 | 2 | 3.5 | ssd |"), expected);
    let expected = [
        (1, "`SCS-2V-4` is in a table of scs-0103-v1 and not in this file".to_owned()),
        (4, "`SCS-1V-4-5` is in no table of scs-0103-v1".to_owned()),
    ];
    assert_eq!(said("Mandatory", "| SCS-2V-4 | 2 | 4 | |"), expected);
}

/// Text that is likely to come near what the readers look for.
fn scraps() -> impl Strategy<Value = Vec<u8>> {
    let scrap = prop_oneof![
        Just("images:\n".to_owned()),
        Just("flavor_groups:\n- status: mandatory\n  list:\n".to_owned()),
        Just("reference: []\nmandatory:\n".to_owned()),
        Just("  - name: SCS-1V-4-5s\n    ram: 4.5\n    disk: [\n".to_owned()),
        Just("- name: \"a\\x41\"\n  source: https:// é\n  name_scheme: '(['\n".to_owned()),
        Just("    scs:disk7-type: x\n    scs:name-v2: 'ß\n".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\0 &a *a ? |\n".to_owned()),
        "[ -~äß€😀\n]{0,12}",
    ];
    let text = prop::collection::vec(scrap, 0..12).prop_map(|parts| parts.concat().into_bytes());
    (text, any::<bool>()).prop_map(|(mut text, broken)| {
        if broken {
            text.push(0xff);
        }
        text
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_bytes_get_an_answer(bytes in scraps()) {
        if let Some(file) = DataFile::read(FILE, bytes.clone()) {
            prop_assert_eq!(file.text.len(), bytes.len());
            for problem in &file.problems {
                prop_assert!(file.text.get(problem.span.start..problem.span.end).is_some());
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for finding in found("", &text) {
            prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{:?}", finding);
        }
    }
}
