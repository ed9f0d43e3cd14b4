//! Two small repositories, compared: `%% base/PATH`, `%% head/PATH` and, for both, `%% both/PATH`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use scs_doc::change::{Change, Circumstances, Configs, Context, Operation, Stage};
use scs_doc::config::FILE_NAME;
use scs_doc::corpus::Shelf;
use scs_doc::finding::Origin;
use scs_doc::rules::check_change;
use scs_doc::source::{Commit, Ends, Range};
use scs_doc::{Config, Corpus, Document, Finding, rules};

use super::tree::{self, Files, snapshot};
use super::{assert_fits, today};

/// The sides of a text, and what the hosting service says.
#[derive(Default)]
pub struct Sides {
    pub base: Files,
    pub head: Files,
    pub context: Option<Context>,
    pub message: String,
}

impl Sides {
    pub fn read(data: &[u8]) -> Sides {
        let mut sides = Sides::default();
        for (path, bytes) in tree::files(data) {
            match path.split_once('/') {
                Some(("base", path)) => _ = sides.base.insert(path.to_owned(), bytes),
                Some(("head", path)) => _ = sides.head.insert(path.to_owned(), bytes),
                Some(("both", path)) => {
                    sides.base.insert(path.to_owned(), bytes.clone());
                    sides.head.insert(path.to_owned(), bytes);
                }
                _ if path == "context" => sides.context = Context::parse(&bytes).ok(),
                _ if path == "message" => {
                    sides.message = String::from_utf8_lossy(&bytes).into_owned();
                }
                _ => {}
            }
        }
        sides
    }

    pub fn load(&self, stage: Stage) -> Option<Change> {
        let config = |files: &Files| {
            let text = files.get(FILE_NAME).map(|it| String::from_utf8_lossy(it).into_owned());
            Config::parse(FILE_NAME, &text.unwrap_or_default(), rules::ids()).unwrap_or_default()
        };
        let (base, head) = (config(&self.base), config(&self.head));
        let configs = Configs { target: base.clone(), base, head };
        let commit = Commit { id: "b".repeat(40), message: self.message.clone() };
        let range = Range {
            base: snapshot(&self.base),
            head: snapshot(&self.head),
            ends: Ends { head: Some("a".repeat(40)), ..Ends::default() },
            target: None,
            commits: vec![commit],
        };
        let circumstances = Circumstances { as_of: today(), stage, context: self.context.clone() };
        Change::load(&Shelf::default(), &range, configs, circumstances).ok()
    }
}

pub fn pr(data: &[u8]) {
    let sides = Sides::read(data);
    for stage in [Stage::Proposal, Stage::Merge] {
        let Some(change) = sides.load(stage) else { return };
        every_difference_is_an_operation(&change);
        let findings = check_change(&change).unwrap().findings;
        for finding in &findings {
            assert!(finding.origin.is_some() && !finding.message.is_empty(), "{finding:?}");
            lies_within(finding, &change);
        }
    }
    nothing_changed(&sides);
    a_stranger_changes_nothing(&sides);
}

/// A place lies in the file of the head, or of the base where the head has none.
fn lies_within(finding: &Finding, change: &Change) {
    let related = finding.related.iter().map(|it| (it.path.as_str(), it.span));
    let places = std::iter::once((finding.path.as_str(), finding.span)).chain(related);
    for (path, span) in places {
        let config = [&change.configs.head, &change.configs.base];
        let texts = [change.head.text(path), change.base.text(path)].into_iter().flatten();
        let config = config
            .into_iter()
            .filter(|it| it.path == path)
            .map(|it| Cow::Borrowed(it.text.as_str()));
        let mut texts = texts.chain(config).peekable();
        assert!(texts.peek().is_some(), "{finding:?}");
        assert!(texts.any(|it| it.get(span.start..span.end).is_some()), "{finding:?}");
    }
    for edit in finding.fix.iter().flat_map(|it| &it.edits) {
        assert_fits(edit.span, &change.head.text(&edit.path).unwrap(), edit);
    }
}

/// Documents that are the same are in no operation, the others in exactly one.
fn every_difference_is_an_operation(change: &Change) {
    let texts = |corpus: &Corpus| -> BTreeMap<String, String> {
        corpus.documents.iter().map(|it| (it.path.clone(), it.text().to_owned())).collect()
    };
    let paths = |side: fn(&Operation) -> Option<&Document>| -> Vec<String> {
        change.operations.iter().filter_map(|it| Some(side(it)?.path.clone())).collect()
    };
    let (base, head) = (texts(&change.base), texts(&change.head));
    for (concerned, own, other) in
        [(paths(Operation::before), &base, &head), (paths(Operation::after), &head, &base)]
    {
        assert_eq!(concerned.iter().collect::<BTreeSet<_>>().len(), concerned.len());
        for (path, text) in own {
            let differs = other.get(path) != Some(text) || moved(&change.operations, path);
            assert_eq!(concerned.contains(path), differs, "{path}");
        }
    }
}

/// Whether a document has come to this path, or left it, though the same bytes are there.
fn moved(operations: &[Operation], path: &str) -> bool {
    let both = operations.iter().filter_map(Operation::both);
    both.filter(|(before, after)| before.path != after.path)
        .any(|(before, after)| before.path == path || after.path == path)
}

/// A side compared with itself: nothing happened, and nothing is new.
fn nothing_changed(sides: &Sides) {
    for side in [&sides.base, &sides.head] {
        let same = Sides { base: side.clone(), head: side.clone(), ..Sides::default() };
        let Some(change) = same.load(Stage::Proposal) else { continue };
        assert!(change.operations.is_empty(), "{:?}", change.operations);
        let settled = check_change(&change).unwrap();
        let new = settled.findings.iter().find(|it| it.origin == Some(Origin::Introduced));
        assert!(new.is_none(), "{new:?}");
    }
}

/// One more document on both sides changes nothing about the others.
fn a_stranger_changes_nothing(sides: &Sides) {
    let Some(change) = sides.load(Stage::Proposal) else { return };
    if change.base.folder != change.head.folder {
        return;
    }
    let path = format!("{}/scs-9999-v9-zz-stranger.md", change.head.folder);
    let mut more = Sides { base: sides.base.clone(), head: sides.head.clone(), ..Sides::default() };
    if more.base.contains_key(&path) || more.head.contains_key(&path) {
        return;
    }
    more.base.insert(path.clone(), b"# Z\n".to_vec());
    more.head.insert(path, b"# Z\n".to_vec());
    let other = more.load(Stage::Proposal).unwrap();
    let what = |change: &Change| -> Vec<String> {
        let operations = change.operations.iter();
        operations
            .map(|it| {
                let path = |it: Option<&Document>| it.map(|it| it.path.clone());
                format!("{:?} {:?} {:?}", it.kind(), path(it.before()), path(it.after()))
            })
            .collect()
    };
    assert_eq!(what(&change), what(&other));
}
