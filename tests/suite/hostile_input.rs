//! The table, as tests: each room in parts that run beside each other.

use std::io::Write as _;
use std::path::Path;

use crate::helpers::{own, read};
use crate::hostile::bodies::{of_many, of_nests, of_pieces};
use crate::hostile::table::{Case, FULL, Sizes};
use crate::hostile::{blocks, documents, files, git, limits, manifests, rooms, special};

/// For a program without optimization.
const SMALL: Sizes = Sizes { text: 64, file: 6, documents: 1_000, many: 10_000 };

const SIZES: Sizes = if cfg!(debug_assertions) { SMALL } else { FULL };

/// Each case gets what it should, within bounds of processor time and of memory.
fn hold(cases: impl IntoIterator<Item = Case>) {
    let tool = Path::new(env!("CARGO_BIN_EXE_scs-doc"));
    let wrong = |case: Case| limits::judge(tool, &case, limits::bounds()).1;
    let wrong: Vec<String> = cases.into_iter().flat_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn pass_over(what: &str) {
    // Not `eprintln!`: the test harness keeps to itself what a passing test prints.
    _ = writeln!(std::io::stderr(), "passed over: {what}");
}

#[test]
fn front_matter() {
    hold(blocks::fronts(SIZES));
}

#[test]
fn manifests_that_are_none() {
    hold(blocks::manifests());
}

#[test]
fn manifests_with_very_many_of_something() {
    hold(manifests::manifests(SIZES));
}

#[test]
fn documents_with_very_many_test_cases() {
    hold(manifests::documents(SIZES));
}

#[test]
fn configurations_and_bindings() {
    hold(blocks::configs().into_iter().chain(blocks::bindings()));
}

#[test]
fn patterns_of_git() {
    hold(blocks::ignored());
}

/// Every so many-th of the texts that are made of one piece.
fn pieces(part: usize) {
    hold(of_pieces(SIZES).into_iter().skip(part).step_by(4));
}

#[test]
fn pieces_of_markdown_1() {
    pieces(0);
}

#[test]
fn pieces_of_markdown_2() {
    pieces(1);
}

#[test]
fn pieces_of_markdown_3() {
    pieces(2);
}

#[test]
fn pieces_of_markdown_4() {
    pieces(3);
}

#[test]
fn a_megabyte_of_brackets_and_of_stars() {
    let named = |case: &Case| ["`[`", "`*`"].iter().any(|piece| case.name.ends_with(piece));
    let cases: Vec<Case> = of_pieces(FULL).into_iter().filter(named).collect();
    assert_eq!(cases.len(), 2);
    hold(cases);
}

#[test]
fn markdown_that_nests() {
    hold(of_nests(SIZES));
}

#[test]
fn very_many_headings_links_and_notes() {
    hold(of_many(SIZES));
}

#[test]
fn very_many_documents() {
    hold(documents::cases(SIZES));
}

#[test]
fn very_large_files() {
    hold(files::sizes(SIZES));
}

#[test]
fn odd_names() {
    hold(files::names());
}

#[test]
fn links_and_pipes() {
    hold(special::links().into_iter().chain(special::pipes_and_folders()));
}

#[test]
fn devices() {
    if !special::has_devices() {
        return pass_over("devices, which this user cannot make");
    }
    hold(special::devices());
}

#[test]
fn forbidden_places() {
    if !limits::can_be_denied() {
        return pass_over("what may not be read: this user reads everything");
    }
    hold(special::forbidden());
}

#[test]
fn damaged_repositories() {
    hold(git::damages());
}

#[test]
fn multitudes_in_git() {
    hold(git::multitudes());
}

/// `cargo bench --bench hostile -- --write` has written what the table asks for now.
#[test]
fn the_page_has_every_case() {
    let page = read(&own(), "docs/hostile-input.md");
    for (_, cases) in rooms(FULL, &mut Vec::new()) {
        for case in cases {
            assert!(
                page.contains(&case.row()),
                "docs/hostile-input.md should have\n{}",
                case.row()
            );
        }
    }
}
