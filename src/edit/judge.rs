//! Edits are judged before they are written: as a change from what is there.

use crate::change::{Change, Circumstances, Configs, Stage};
use crate::config::Config;
use crate::corpus::Shelf;
use crate::model::Date;
use crate::source::{Ends, Range, Snapshot, SourceError};

use super::Changes;

/// What the edits do to a repository. `before` and `after` are two looks at the same files; the
/// edits are made in the second one.
///
/// # Errors
/// The documents cannot be read.
pub fn judged(
    before: Snapshot,
    mut after: Snapshot,
    changes: &Changes,
    config: &Config,
    as_of: Date,
) -> Result<Change, SourceError> {
    changes.make_in(&mut after);
    let range = Range {
        base: before,
        head: after,
        ends: Ends::default(),
        target: None,
        commits: Vec::new(),
    };
    let configs = Configs { base: config.clone(), head: config.clone(), target: config.clone() };
    let circumstances = Circumstances { as_of, stage: Stage::Proposal, context: None };
    Change::load(&Shelf::default(), &range, configs, circumstances)
}
