//! Edits are judged before they are written: as a change from what is there.

use super::Changes;
use crate::change::{Change, Configs};
use crate::config::Config;
use crate::model::Date;
use crate::source::{Snapshot, SourceError};

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
    let configs = Configs { base: config.clone(), head: config.clone(), target: config.clone() };
    Change::between(before, after, configs, as_of)
}
