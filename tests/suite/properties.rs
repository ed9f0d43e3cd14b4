//! What holds for any input.

use proptest::prelude::*;
use scs_doc::document::{Document, LineIndex};
use scs_doc::edit::{apply, fix};
use scs_doc::{Config, Corpus, Snapshot, check};

use crate::cli::{GOOD, PATH};
use crate::helpers::today;

/// Text that is likely to come near what the parsers look for.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        Just("---\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("title: ".to_owned()),
        Just("status: ".to_owned()),
        Just("draft # x\n".to_owned()),
        Just("replaces: scs-0100-v1-a.md\n".to_owned()),
        Just("replaced_by:\n  - a.md\n".to_owned()),
        Just("# Heading {#a}\n".to_owned()),
        Just("[a][b] [^c] <https://x.y>\n".to_owned()),
        Just("[scs-0101-v1](scs-0101-v1-entropy.md#a%20b)".to_owned()),
        Just("{replaces: scs-0100-v1-a.md}\n".to_owned()),
        Just("  replaces: scs-0100-v1-a.md\n".to_owned()),
        Just("\"a\\ \n  b\"  \n".to_owned()),
        Just("MUST not ".to_owned()),
        Just("<!-- ".to_owned()),
        Just("|\n  x  \n".to_owned()),
        Just("&a *a !t [{\"".to_owned()),
        Just("\0\t".to_owned()),
        "[ -~äß€😀\n]{0,12}",
    ];
    prop::collection::vec(scrap, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Any bytes give a document, and every finding lies within it on character boundaries.
    #[test]
    fn every_place_fits_the_file(text in scraps(), bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let all = [text.into_bytes(), bytes].concat();
        let length = all.len();
        let files = [(PATH.to_owned(), all), ("Standards/scs-0100-v1-a.md".to_owned(), GOOD.into())];
        let corpus = Corpus::load(&Snapshot::memory(files), &Config::default(), today()).unwrap();
        prop_assert_eq!(corpus.text(PATH).unwrap().len(), length);
        for finding in check(&corpus, &Config::default()).findings {
            let text = corpus.text(&finding.path).unwrap();
            prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding:?}");
            for related in &finding.related {
                let text = corpus.text(&related.path).unwrap();
                prop_assert!(text.get(related.span.start..related.span.end).is_some(), "{related:?}");
            }
        }
    }

    /// A repair changes the fields that it names and no other, and then there is none left.
    #[test]
    fn repairs_keep_what_they_do_not_repair(text in scraps()) {
        let text = format!("---\ntype: standard\n{text}");
        let files = || [(PATH.to_owned(), text.clone().into_bytes())];
        let mut snapshot = Snapshot::memory(files());
        let fixed = fix(&mut snapshot, &Config::default(), today(), &|_| true).unwrap();
        let (before, after) = (Document::parse(PATH, text.clone().into()), &fixed.corpus.documents[0]);
        let values = |document: &Document| -> Vec<(String, String)> {
            let fields = document.front.fields.iter();
            fields
                .map(|it| {
                    let written = it.value.span.of(&document.text).trim_start_matches("- ");
                    (it.key.clone(), written.replace([' ', '\t', '\r', '\n'], "").to_lowercase())
                })
                .collect()
        };
        prop_assert_eq!(values(&before), values(after));
        let body = |document: &Document| document.text.get(document.body.start..).unwrap().to_owned();
        prop_assert_eq!(body(&before), body(after));
        let again = fix(&mut snapshot, &Config::default(), today(), &|_| true).unwrap();
        prop_assert!(again.changes.is_empty());
    }

    /// Lines and columns lead back to the byte that they came from.
    #[test]
    fn positions_can_be_turned_back(text in "[ -~äß€😀\r\n]{0,60}", at in 0usize..80) {
        let position = LineIndex::new(&text).position(at);
        let line = text.split_inclusive('\n').nth(position.line - 1).unwrap_or_default();
        let before: usize = text.split_inclusive('\n').take(position.line - 1).map(str::len).sum();
        let within: usize = line.chars().take(position.column - 1).map(char::len_utf8).sum();
        prop_assert_eq!(before + within, position.offset);
        prop_assert!(position.offset <= at && text.is_char_boundary(position.offset));
    }

    /// Edits that do not touch each other change exactly their ranges.
    #[test]
    fn edits_are_splices(text in "[a-zä]{0,30}", cuts in prop::collection::btree_set(0usize..60, 0..8)) {
        let cuts: Vec<usize> = cuts.into_iter().filter(|at| text.is_char_boundary(*at)).collect();
        let edits: Vec<scs_doc::finding::Edit> = cuts
            .chunks_exact(2)
            .map(|pair| scs_doc::finding::Edit {
                path: String::new(),
                span: scs_doc::document::Span::new(pair[0], pair[1]),
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
