//! A document of any bytes: places within it, anchors for headings, the same with other line ends,
//! and findings that lie where they say.

use std::collections::BTreeSet;

use scs_doc::document::{Document, LineIndex, anchor, tables};
use scs_doc::rules::check;
use scs_doc::{Config, Corpus, Finding};

use super::tree::{Files, PATH, snapshot};
use super::{assert_fits, today};

pub fn document(data: &[u8]) {
    let document = Document::parse(PATH, data.to_vec());
    let text = document.text();
    let (outline, body) = (&document.outline, document.body());
    for heading in &outline.headings {
        assert_fits(heading.span, text, heading);
        assert!((1..=6).contains(&heading.level));
        assert!(outline.anchors.contains(&heading.anchor), "{heading:?} of {text:?}");
        assert!(heading.anchor.starts_with(&anchor(&heading.text)), "{heading:?} of {text:?}");
        for item in document.items(heading) {
            assert_fits(item.span, text, &item);
        }
    }
    assert!(outline.headings.is_sorted_by_key(|it| it.span.start), "{text:?}");
    let unique = |it: &[&str]| it.iter().collect::<BTreeSet<_>>().len();
    let names: Vec<&str> = outline.headings.iter().map(|it| it.anchor.as_str()).collect();
    assert_eq!(unique(&names), names.len(), "{names:?}");
    for link in &body.links {
        assert_fits(link.span, text, link);
        assert_fits(link.target_span, text, link);
        assert!(outline.start <= link.span.start, "{link:?} of {text:?}");
        assert!(link.span.contains(link.target_span), "{link:?} of {text:?}");
        let _ = body.text_of(link);
    }
    body.undefined.iter().for_each(|it| assert_fits(it.span, text, it));
    body.comments.iter().for_each(|it| assert_fits(it.span, text, it));
    let rows = body.rows.iter().map(|row| &row.span);
    let spans = body.code.iter().chain(rows).chain(&body.html);
    spans.for_each(|it| assert_fits(*it, text, it));
    for sentence in body.sentences() {
        assert_fits(sentence.span(), text, &sentence.text());
        // What is struck out is no part of it.
        let parts = sentence.parts().map(|(part, _)| part.len()).sum::<usize>();
        assert!(parts <= sentence.text().len(), "{text:?}");
    }
    body.keywords().for_each(|it| assert_fits(it.span, text, &"a keyword"));
    for table in tables(&document) {
        table.rows().flatten().for_each(|it| assert_fits(it.span, text, &it));
    }
    places_can_be_turned_back(text);
    line_ends_mean_nothing(text);
    findings_lie_where_they_say(data);
}

/// Lines and columns lead back to the byte that they came from.
fn places_can_be_turned_back(text: &str) {
    let index = LineIndex::new(text);
    let step = text.len() / 16 + 1;
    for at in (0..=text.len() + 1).step_by(step) {
        let position = index.position(at);
        let mut lines = text.split_inclusive('\n');
        let before: usize = lines.by_ref().take(position.line - 1).map(str::len).sum();
        let line = lines.next().unwrap_or_default();
        let within: usize = line.chars().take(position.column - 1).map(char::len_utf8).sum();
        assert_eq!(before + within, position.offset, "{at} of {text:?}");
        assert!(position.offset <= at && text.is_char_boundary(position.offset));
    }
}

/// A document says the same with the line ends of another system.
fn line_ends_mean_nothing(text: &str) {
    if text.contains('\r') {
        return;
    }
    let other = Document::parse(PATH, text.replace('\n', "\r\n").into_bytes());
    let one = Document::parse(PATH, text.as_bytes().to_vec());
    let fields = |it: &Document| -> Vec<(String, Vec<String>)> {
        let fields = it.front.fields.iter();
        fields.map(|it| (it.key.clone(), it.value.texts().map(str::to_owned).collect())).collect()
    };
    assert_eq!(fields(&one), fields(&other), "{text:?}");
    // pulldown-cmark makes two blanks of a CRLF within a code span, and so other hyphens of an anchor.
    let plain = |anchor: &str| anchor.replace('-', "");
    let headings = |it: &Document| -> Vec<String> {
        it.outline.headings.iter().map(|it| plain(&it.anchor)).collect()
    };
    assert_eq!(headings(&one), headings(&other), "{text:?}");
    let links = |it: &Document| -> Vec<String> {
        it.body().links.iter().map(|it| it.target.to_string()).collect()
    };
    assert_eq!(links(&one), links(&other), "{text:?}");
    let anchors = |it: &Document| -> BTreeSet<String> {
        it.outline.anchors.iter().map(|it| plain(it)).collect()
    };
    assert_eq!(anchors(&one), anchors(&other), "{text:?}");
    let keywords = |it: &Document| it.body().keywords().count();
    assert_eq!(keywords(&one), keywords(&other), "{text:?}");
}

const NEIGHBOUR: &str = "Standards/scs-0100-v2-b.md";
const NEIGHBOURS_TEXT: &str = "---\ntitle: B\ntype: Standard\nstatus: Draft\ntrack: IaaS\nreplaces: scs-0100-v1-a.md\n---\n\n## Introduction\n\nIt [MUST](scs-0100-v1-a.md#a) be.\n";

fn findings_lie_where_they_say(data: &[u8]) {
    let files = [(PATH, data), (NEIGHBOUR, NEIGHBOURS_TEXT.as_bytes())];
    let files: Files = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).into();
    let config = Config::default();
    let corpus = Corpus::load(&snapshot(&files), &config, today()).unwrap();
    check(&corpus, &config).unwrap().findings.iter().for_each(|it| lies_within(it, &corpus));
}

/// Every place of a finding lies in its file, and its words are there.
pub fn lies_within(finding: &Finding, corpus: &Corpus) {
    let text = corpus.text(&finding.path).unwrap_or_else(|| panic!("{finding:?}"));
    assert_fits(finding.span, &text, finding);
    assert!(!finding.message.trim().is_empty() && !finding.reference.is_empty(), "{finding:?}");
    for related in &finding.related {
        assert_fits(related.span, &corpus.text(&related.path).unwrap(), related);
    }
    for edit in finding.fix.iter().flat_map(|it| &it.edits) {
        assert_fits(edit.span, &corpus.text(&edit.path).unwrap(), edit);
    }
}
