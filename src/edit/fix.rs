//! The safe repairs of findings, applied until there are none left.

use std::collections::BTreeMap;

use super::{Change, Changes, EditError, apply};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::document::{Document, Field};
use crate::finding::{Edit, Finding};
use crate::model::Date;
use crate::rules::{self, TooMany};
use crate::source::{Snapshot, SourceError};

/// How often repairs can make others possible.
const MOST_ROUNDS: usize = 16;

/// What repairing came to.
#[derive(Debug)]
pub struct Fixed {
    /// The files that change.
    pub changes: Changes,
    /// How many repairs that were.
    pub repairs: usize,
    /// The documents as they are after it.
    pub corpus: Corpus,
}

/// Why repairing was not possible.
#[derive(Debug, thiserror::Error)]
pub enum FixError {
    /// The documents could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// There are more findings than can be told.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// A repair could not be applied.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Applies the safe repairs of all findings in the `wanted` files, in memory.
///
/// # Errors
/// The documents cannot be read, more is found in them than can be told, or the tool proposes a
/// repair that does not fit.
pub fn fix(
    snapshot: &mut Snapshot,
    config: &Config,
    as_of: Date,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Fixed, FixError> {
    let mut originals: BTreeMap<String, String> = BTreeMap::new();
    let mut repairs = 0;
    let mut corpus = Corpus::load(snapshot, config, as_of)?;
    for _ in 0..MOST_ROUNDS {
        let findings = rules::check(&corpus, config)?.findings;
        let mut progress = 0;
        for (path, edits) in compatible(&findings, wanted) {
            let text = corpus.text(path).unwrap_or_default();
            let (repaired, count) = repair(path, &text, &edits)?;
            if count > 0 {
                progress += count;
                originals.entry(path.to_owned()).or_insert_with(|| text.into_owned());
                snapshot.set(path, repaired.into_bytes());
            }
        }
        if progress == 0 {
            break;
        }
        repairs += progress;
        corpus = Corpus::load(snapshot, config, as_of)?;
    }
    let mut changes = Changes::default();
    for (path, before) in originals {
        let after = corpus.text(&path).unwrap_or_default().into_owned();
        changes.push(Change { path, from: None, before: Some(before), after });
    }
    Ok(Fixed { changes, repairs, corpus })
}

/// The safe repairs that do not get in each other's way, by file; the others have their turn in the
/// next round.
fn compatible<'f>(
    findings: &'f [Finding],
    wanted: &dyn Fn(&str) -> bool,
) -> BTreeMap<&'f str, Vec<&'f Edit>> {
    let mut edits: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    let safe = findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safe);
    for edit in safe.flat_map(|fix| &fix.edits).filter(|edit| wanted(&edit.path)) {
        edits.entry(&edit.path).or_default().push(edit);
    }
    for edits in edits.values_mut() {
        edits.sort();
        let mut until = None;
        edits.retain(|edit| {
            let free = until.is_none_or(|until| until < edit.span.start);
            if free {
                until = Some(edit.span.end);
            }
            free
        });
    }
    edits
}

/// Applies the edits after which the fields still say the same, and counts them.
fn repair(path: &str, text: &str, edits: &[&Edit]) -> Result<(String, usize), EditError> {
    let all = apply(text, edits.to_vec())?;
    if keeps_fields(path, text, &all) {
        return Ok((all, edits.len()));
    }
    // One of them would do more than it says: the others one by one.
    let (mut kept, mut repaired) = (Vec::new(), text.to_owned());
    for edit in edits {
        kept.push(*edit);
        let attempt = apply(text, kept.clone())?;
        if keeps_fields(path, text, &attempt) {
            repaired = attempt;
        } else {
            kept.pop();
        }
    }
    Ok((repaired, kept.len()))
}

/// Whether the front matter says the same after a repair: the same keys with the same texts, but
/// for case and for a text that became a list of one.
fn keeps_fields(path: &str, before: &str, after: &str) -> bool {
    let fields = |text: &str| {
        let document = Document::parse(path, text.as_bytes().to_vec());
        let said = |field: &Field| {
            let texts: Vec<String> = field.value.texts().map(str::to_lowercase).collect();
            (field.key.clone(), texts)
        };
        document
            .front
            .is_readable()
            .then(|| document.front.fields.iter().map(said).collect::<Vec<_>>())
    };
    let before = fields(before);
    before.is_none() || before == fields(after)
}
