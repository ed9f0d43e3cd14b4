//! Byte-preserving changes of files. One way to write: lists of edits, applied in memory, shown as
//! a diff or written as one.

mod accept;
mod fix;

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use similar::TextDiff;
use tempfile::NamedTempFile;

use crate::finding::Edit;

pub use accept::accept;
pub use fix::{FixError, Fixed, fix};

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
        if change.before.as_deref() != Some(change.after.as_str()) {
            self.0.push(change);
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

    /// A unified diff of all files, as `git apply` reads it.
    #[must_use]
    pub fn diff(&self) -> String {
        let mut diff = String::new();
        for Change { path, before, after } in &self.0 {
            let old = before.as_deref().unwrap_or_default();
            let from = match before {
                Some(_) => quoted(&format!("a/{path}")),
                None => "/dev/null".to_owned(),
            };
            // Lines end with LF, as git sees them; a lone CR is a part of its line.
            let (old, new): (Vec<&str>, Vec<&str>) =
                (old.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
            let lines = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
            let to = quoted(&format!("b/{path}"));
            let _ = write!(diff, "{}", lines.unified_diff().header(&from, &to));
        }
        diff
    }

    /// Writes all files below `root`: first beside their places, then each into its place at once.
    ///
    /// # Errors
    /// A file changed since it was read, is read-only or cannot be written. Nothing is changed
    /// then.
    pub fn write(&self, root: &Path) -> Result<(), EditError> {
        let prepared = self.0.iter().map(|change| prepare(root, change));
        let prepared: Vec<(NamedTempFile, PathBuf)> = prepared.collect::<Result<_, _>>()?;
        for (done, (new, place)) in prepared.into_iter().enumerate() {
            if let Err(error) = new.persist(&place) {
                self.undo(root, done);
                return Err(EditError::Write { path: place, source: error.error });
            }
        }
        Ok(())
    }

    /// Puts the first files back as they were. Should that fail too, there is nothing left to do.
    fn undo(&self, root: &Path, done: usize) {
        for change in self.0.iter().take(done) {
            let place = root.join(&change.path);
            let _ = match &change.before {
                Some(before) => fs::write(place, before),
                None => fs::remove_file(place),
            };
        }
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

/// The new content of a file, on disk beside its place.
fn prepare(root: &Path, change: &Change) -> Result<(NamedTempFile, PathBuf), EditError> {
    let place = root.join(&change.path);
    let failed = |source| EditError::Write { path: place.clone(), source };
    let now = match fs::symlink_metadata(&place) {
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(EditError::ReadOnly(place));
        }
        Ok(metadata) if metadata.is_file() => Some(metadata),
        Ok(_) => return Err(EditError::Stale(place)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let read = now.as_ref().map(|_| fs::read(&place)).transpose().map_err(failed)?;
    if read.as_deref() != change.before.as_ref().map(String::as_bytes) {
        return Err(EditError::Stale(place));
    }
    let folder = place.parent().unwrap_or(root);
    let mut new = beside(folder).map_err(failed)?;
    new.write_all(change.after.as_bytes()).map_err(failed)?;
    if let Some(metadata) = now {
        new.as_file().set_permissions(metadata.permissions()).map_err(failed)?;
    }
    new.as_file().sync_all().map_err(failed)?;
    Ok((new, place))
}

/// A file beside its later place, with the permissions that any new file would have.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The process's umask takes its part away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.prefix(".scs-doc-").tempfile_in(folder)
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

    #[test]
    fn all_files_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        write("a", "old");
        write("b", "changed by somebody");
        let change = |path: &str| Change {
            path: path.into(),
            before: Some("old".into()),
            after: "new".into(),
        };
        let changes = Changes(vec![change("a"), change("b")]);
        assert!(matches!(changes.write(folder.path()), Err(EditError::Stale(_))));
        assert_eq!((read("a").as_str(), read("b").as_str()), ("old", "changed by somebody"));
        write("b", "old");
        changes.write(folder.path()).unwrap();
        assert_eq!((read("a").as_str(), read("b").as_str()), ("new", "new"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
    }
}
