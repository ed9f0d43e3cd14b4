//! What holds for any input: the properties that are fuzzed (docs/fuzzing.md), here with input that
//! is made of words, and with all that fuzzing has found.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use scs_doc::document::Span;
use scs_doc::edit::apply;
use scs_doc::finding::Edit;

use crate::fuzzed;
use crate::helpers::{own, read};

/// The files of a folder beside the fuzz targets; none where it is not there.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = own().join("fuzz").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Vec::new() };
    let paths = entries.map(|it| it.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> =
        paths.map(|it| (it.display().to_string(), std::fs::read(&it).unwrap())).collect();
    files.sort();
    files
}

/// The words of the dictionary, in the format of libFuzzer.
fn words() -> Vec<Vec<u8>> {
    let text = read(&own(), "fuzz/words.dict");
    let quoted = text.lines().filter_map(|it| it.strip_prefix('"')?.strip_suffix('"'));
    let words: Vec<Vec<u8>> = quoted.map(unescaped).collect();
    assert!(words.len() > 50);
    words
}

fn unescaped(word: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = word.bytes();
    while let Some(byte) = rest.next() {
        match (byte, byte == b'\\') {
            (_, true) => match rest.next() {
                Some(b'x') => {
                    let digits = [rest.next().unwrap(), rest.next().unwrap()];
                    let digits = std::str::from_utf8(&digits).unwrap();
                    bytes.push(u8::from_str_radix(digits, 16).unwrap());
                }
                other => bytes.extend(other),
            },
            (byte, false) => bytes.push(byte),
        }
    }
    bytes
}

/// Bytes that can be read where a test fails.
struct Input(Vec<u8>);

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Input that is likely to come near what a property looks for: a beginning of something that is
/// meant well, then its lines, words and anything, mixed.
fn input(target: &str) -> impl Strategy<Value = Input> + use<> {
    let seeds: Vec<Vec<u8>> =
        files(&format!("seeds/{target}")).into_iter().map(|it| it.1).collect();
    let line = |it: &Vec<u8>| -> Vec<Vec<u8>> {
        it.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
    };
    let lines: Vec<Vec<u8>> = seeds.iter().flat_map(line).collect();
    let start =
        (prop::sample::select(seeds), any::<prop::sample::Index>()).prop_map(|(seed, at)| {
            let length = at.index(seed.len() + 1);
            seed[..length].to_vec()
        });
    let scrap = prop_oneof![
        3 => prop::sample::select(lines),
        3 => prop::sample::select(words()),
        1 => "[ -~äß€😀\n]{0,12}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    (start, prop::collection::vec(scrap, 0..24)).prop_map(|(start, scraps)| {
        let mut input = start;
        scraps.into_iter().for_each(|it| input.extend(it));
        Input(input)
    })
}

/// A property holds for input that is made of the seeds and words of its target.
fn holds(target: &str, cases: u32) {
    let (_, property) = fuzzed::ALL.iter().find(|(name, _)| *name == target).unwrap();
    let mut runner = TestRunner::new(crate::helpers::cases(cases));
    let run = runner.run(&input(target), |input| {
        property(&input.0);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{target}: {error}"));
}

#[test]
fn config() {
    holds("config", 400);
}

#[test]
fn document() {
    holds("document", 400);
}

#[test]
fn edits() {
    holds("edits", 300);
}

#[test]
fn file_name() {
    holds("file_name", 2000);
}

#[test]
fn front_matter() {
    holds("front_matter", 2000);
}

#[test]
fn html() {
    holds("html", 60);
}

#[test]
fn links() {
    holds("links", 300);
}

#[test]
fn manifest() {
    holds("manifest", 300);
}

#[test]
fn pr() {
    holds("pr", 100);
}

#[test]
fn reports() {
    holds("reports", 100);
}

/// What fuzzing once found stays repaired, and what is meant well is.
#[test]
fn regressions_and_seeds() {
    for (target, property) in fuzzed::ALL {
        let seeds = files(&format!("seeds/{target}"));
        assert!(!seeds.is_empty(), "{target} has no seeds");
        for (path, bytes) in files(&format!("regressions/{target}")).into_iter().chain(seeds) {
            let held = std::panic::catch_unwind(|| property(&bytes));
            assert!(held.is_ok(), "{path}");
        }
    }
}

/// Each property has a target that is built and run, and there are no others.
#[test]
fn every_property_is_fuzzed() {
    let names: BTreeSet<String> = fuzzed::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    let of = |folder: &str| -> BTreeSet<String> {
        let paths = files(folder).into_iter().map(|(path, _)| path);
        let stem = |it: String| Path::new(&it).file_stem().unwrap().to_string_lossy().into_owned();
        paths.map(stem).collect()
    };
    assert_eq!(of("fuzz_targets"), names);
    let manifest = read(&own(), "fuzz/Cargo.toml");
    for name in names {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
        let target = read(&own(), &format!("fuzz/fuzz_targets/{name}.rs"));
        assert!(target.contains(&format!("scs_doc_fuzz::{name}(data)")), "{name}");
    }
}

proptest! {
    #![proptest_config(crate::helpers::cases(400))]

    /// Edits that do not touch each other change exactly their ranges.
    #[test]
    fn edits_are_splices(text in "[a-zä]{0,30}", cuts in prop::collection::btree_set(0usize..60, 0..8)) {
        let cuts: Vec<usize> = cuts.into_iter().filter(|at| text.is_char_boundary(*at)).collect();
        let edits: Vec<Edit> = cuts
            .chunks_exact(2)
            .map(|pair| Edit {
                path: String::new(),
                span: Span::new(pair[0], pair[1]),
                text: "<>".into(),
            })
            .collect();
        let mut expected = text.clone();
        for edit in edits.iter().rev() {
            expected.replace_range(edit.span.start..edit.span.end, &edit.text);
        }
        prop_assert_eq!(apply(&text, edits.iter().collect()).unwrap(), expected);
    }
}
