//! The safe repairs of findings, applied until there are none left.

use std::collections::BTreeMap;

use super::{Change, Changes, EditError, apply};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::document::Span;
use crate::finding::{Edit, Finding};
use crate::model::Date;
use crate::rules;
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
    /// A repair could not be applied.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Applies the safe repairs of all findings in the `wanted` files, in memory.
///
/// # Errors
/// The documents cannot be read, or the tool proposes a repair that does not fit.
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
        let findings = rules::check(&corpus, config).findings;
        let (edits, count) = compatible(&findings, wanted);
        if edits.is_empty() {
            break;
        }
        repairs += count;
        for (path, edits) in edits {
            let text = corpus.text(path).unwrap_or_default();
            let repaired = apply(text, edits)?;
            originals.entry(path.to_owned()).or_insert_with(|| text.to_owned());
            snapshot.set(path, repaired.into_bytes());
        }
        corpus = Corpus::load(snapshot, config, as_of)?;
    }
    let mut changes = Changes::default();
    for (path, before) in originals {
        let after = corpus.text(&path).unwrap_or_default().to_owned();
        changes.push(Change { path, before: Some(before), after });
    }
    Ok(Fixed { changes, repairs, corpus })
}

/// The edits of all safe repairs that do not get in each other's way; the others have their turn
/// in the next round. With the number of repairs.
fn compatible<'f>(
    findings: &'f [Finding],
    wanted: &dyn Fn(&str) -> bool,
) -> (BTreeMap<&'f str, Vec<&'f Edit>>, usize) {
    let mut edits: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    let mut repairs = 0;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safe) {
        let free = fix.edits.iter().all(|edit| {
            let taken = edits.get(edit.path.as_str());
            wanted(&edit.path) && !taken.into_iter().flatten().any(|it| touches(it.span, edit.span))
        });
        if free {
            repairs += 1;
            for edit in &fix.edits {
                edits.entry(&edit.path).or_default().push(edit);
            }
        }
    }
    (edits, repairs)
}

fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}
