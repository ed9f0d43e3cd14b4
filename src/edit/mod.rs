//! Byte-preserving changes of files. One way to write: lists of edits, applied in memory, shown as
//! a diff or written as one.

mod accept;
mod assign;
mod beside;
mod commit;
mod fields;
mod fix;
mod index;
mod journal;
mod judge;
mod program;
mod promote;
mod propose;
#[cfg(feature = "github")]
mod push;
mod references;
mod scalar;
mod slug;
mod write;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use git2::Repository;
use similar::TextDiff;

use crate::finding::Edit;
use crate::source::Snapshot;

pub use accept::accept;
pub use assign::{AssignError, Assigned, Holder, assign};
pub use commit::{CommitError, CommitOptions, commit};
pub use fields::{FieldError, Fields};
pub use fix::{FixError, Fixed, fix};
pub(crate) use journal::{Lock, is_unfinished};
pub(crate) use judge::judged;
pub use promote::{Step, StepError, promote};
pub(crate) use propose::template;
pub use propose::{Proposal, ProposeError, propose};
#[cfg(feature = "github")]
pub use push::{PushError, push, remote};
pub use references::RewriteError;
use scalar::scalar;
use slug::slug;

/// Why a change could not be made. Nothing was written then, or what was written is undone.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Two edits touch the same bytes, or one does not fit the text.
    #[error("{path}: two changes touch the same place (byte {at})")]
    Overlap {
        /// The file.
        path: String,
        /// The offset in bytes.
        at: usize,
    },
    /// A file changed between reading and writing.
    #[error("{}: changed in the meantime; nothing was written", .0.display())]
    Stale(PathBuf),
    /// A file is write-protected.
    #[error("{}: is read-only; nothing was written", .0.display())]
    ReadOnly(PathBuf),
    /// There is a file already where one is to be written.
    #[error("{}: is there already; nothing was written", .0.display())]
    Exists(PathBuf),
    /// Another run is writing.
    #[error("{}: another run of scs-doc is writing; nothing was written: wait for it, and run the command again", .0.display())]
    Busy(PathBuf),
    /// Something could not be brought to its end, or not be put back.
    #[error("{}: {source}: the files may be half written, see `git status`", path.display())]
    Stuck {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An earlier run was stopped, and cannot be gone on with.
    #[error(
        "an earlier run was stopped while it wrote, and {path} has changed since: bring the files into order yourself (`git status`, `git diff`), then delete {}", journal.display()
    )]
    Unfinished {
        /// The list of its steps.
        journal: PathBuf,
        /// What is neither as it was nor as it was to be.
        path: String,
    },
    /// An earlier run was stopped before its commit.
    #[error(
        "an earlier run with --commit was stopped while it made the commit of {0}: look at `git status`, and commit these files or put them back (`git restore --staged --worktree`); then run the command again"
    )]
    Uncommitted(String),
    /// What git says.
    #[error("git: {what}: {reason}; nothing was written")]
    Git {
        /// What was tried.
        what: String,
        /// In the words of git.
        reason: String,
    },
    /// The operating system refused.
    #[error("{}: cannot be written: {source}; nothing was written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The configuration cannot take exceptions as tables at its end.
    #[error("{file}: exceptions cannot be added at its end: {reason}")]
    Config {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
}

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the repository.
    pub path: String,
    /// Where it was before, if it gets another name.
    pub from: Option<String>,
    /// What it was; `None` if there was no file.
    pub before: Option<String>,
    /// What it becomes.
    pub after: String,
}

/// Changes of several files: all of them are made, or none.
#[derive(Debug, Default)]
pub struct Changes(Vec<Change>);

/// Applies edits to one text: sorted, and refused where they overlap.
///
/// # Errors
/// Two edits touch the same bytes, or a range does not fit the text.
pub fn apply(text: &str, mut edits: Vec<&Edit>) -> Result<String, EditError> {
    edits.sort();
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let refused = || EditError::Overlap { path: edit.path.clone(), at: edit.span.start };
        let kept = text.get(done..edit.span.start).ok_or_else(refused)?;
        text.get(edit.span.start..edit.span.end).ok_or_else(refused)?;
        result.push_str(kept);
        result.push_str(&edit.text);
        done = edit.span.end;
    }
    result.push_str(text.get(done..).unwrap_or_default());
    Ok(result)
}

impl Changes {
    /// Adds a change, unless it changes nothing.
    pub fn push(&mut self, change: Change) {
        if change.from.is_some() || change.before.as_deref() != Some(change.after.as_str()) {
            self.0.push(change);
        }
    }

    /// The changes, in the order in which they were added.
    pub fn iter(&self) -> std::slice::Iter<'_, Change> {
        self.0.iter()
    }

    /// Makes the changes in a snapshot only.
    pub fn make_in(&self, snapshot: &mut Snapshot) {
        for Change { path, from, after, .. } in &self.0 {
            from.iter().for_each(|old| snapshot.remove(old));
            snapshot.set(path, after.clone().into_bytes());
        }
    }

    /// How many files change.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A diff of all files, as `git apply` reads it below `root` (gitdiff(5)): paths are those of
    /// the repository that `root` lies in.
    #[must_use]
    pub fn diff(&self, root: &Path) -> String {
        let place = Repository::discover(root).ok().and_then(|it| index::place(&it, root));
        let place = place.unwrap_or_default();
        let inner = |path: &str| place.join(path).to_string_lossy().replace('\\', "/");
        let mut diff = String::new();
        for Change { path, from, before, after } in &self.0 {
            let old = before.as_deref().unwrap_or_default();
            let (was, path) = (inner(from.as_ref().unwrap_or(path)), inner(path));
            let [a, b] = [format!("a/{was}"), format!("b/{path}")].map(|it| quoted(&it));
            let _ = writeln!(diff, "diff --git {a} {b}");
            // *Extended headers*: names stand there without `a/` and `b/`.
            if from.is_some() {
                let _ = writeln!(diff, "rename from {}\nrename to {}", quoted(&was), quoted(&path));
            }
            if before.is_none() {
                let _ = writeln!(diff, "new file mode 100644");
            }
            let a = if before.is_some() { a.as_str() } else { "/dev/null" };
            // Lines end with LF, as git sees them; a lone CR is a part of its line.
            let (old, new): (Vec<&str>, Vec<&str>) =
                (old.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
            let lines = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
            let _ = write!(diff, "{}", lines.unified_diff().header(a, &b));
        }
        diff
    }
}

/// A path as git writes it in a diff (`core.quotePath`): within quotes if it has characters that
/// would end the line or the quotes.
fn quoted(path: &str) -> String {
    if !path.contains(|c: char| c.is_ascii_control() || matches!(c, '"' | '\\')) {
        return path.to_owned();
    }
    let mut quoted = String::from('"');
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_ascii_control() => {
                let _ = write!(quoted, "\\{:03o}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { path: "a".into(), span: Span { start, end }, text: text.into() }
    }

    #[test]
    fn edits_apply_in_order_of_their_places() {
        let edits = [edit(4, 5, "E"), edit(0, 1, ""), edit(2, 2, "+")];
        assert_eq!(apply("abcdef", edits.iter().collect()).unwrap(), "b+cdEf");
    }

    #[test]
    fn edits_that_overlap_or_do_not_fit_are_refused() {
        for edits in [[edit(0, 3, ""), edit(2, 4, "")], [edit(0, 1, ""), edit(5, 9, "")]] {
            assert!(apply("abcdef", edits.iter().collect()).is_err());
        }
        assert!(apply("äb", vec![&edit(1, 2, "")]).is_err(), "inside a character");
    }
}
