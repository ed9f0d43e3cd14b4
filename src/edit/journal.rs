//! What a run is about to do, as long as it is not done.
//!
//! Between two files a process can be killed. Where more than one step is needed, a journal lists
//! them before the first is made; the next run that writes makes the steps that are left. Runs that
//! write lock the tree, so that a journal without a lock is one of a run that was stopped.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use git2::{ObjectType, Oid};
use serde::{Deserialize, Serialize};

use super::beside::{READY, beside, failed};
use super::{Change, EditError, index};
use crate::source::git_folder;

/// The name of the journal, in the folder of git where there is one.
const JOURNAL: &str = "scs-doc-unfinished.json";

/// What a run has not finished yet.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unfinished {
    /// Files that are put into their places.
    Steps(Vec<Step>),
    /// The same, and then they are committed.
    Commit(Vec<Step>),
}

/// A file that is ready beside its place. Paths are relative to the root, contents are told by the
/// name that git has for them.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Step {
    /// The name of the file beside its place.
    ready: String,
    path: String,
    /// The old name of a file that gets another one.
    from: Option<String>,
    before: Option<String>,
    after: String,
}

/// The right to write below a root: one run has it at a time.
#[derive(Debug)]
pub struct Lock {
    root: PathBuf,
    /// Holds it; none where a file system has no locks for folders.
    _folder: Option<File>,
}

impl Lock {
    /// Takes the right to write.
    ///
    /// # Errors
    /// Another run has it.
    pub fn take(root: &Path) -> Result<Lock, EditError> {
        let folder = File::open(root).ok();
        match folder.as_ref().map(File::try_lock) {
            Some(Err(TryLockError::WouldBlock)) => Err(EditError::Busy(root.to_owned())),
            _ => Ok(Lock { root: root.to_owned(), _folder: folder }),
        }
    }

    /// Makes the steps that an earlier run left over. Returns the files that are written now.
    ///
    /// # Errors
    /// A file has changed since, one cannot be written, or only a commit is left to make.
    pub fn finish(&self) -> Result<Vec<String>, EditError> {
        let root = self.root.as_path();
        let Some((journal, unfinished)) = Journal::found(root)? else { return Ok(Vec::new()) };
        let changed = |path: &str| EditError::Unfinished {
            journal: journal.place.clone(),
            path: path.to_owned(),
        };
        let (steps, is_commit) = match unfinished {
            Some(Unfinished::Steps(steps)) => (steps, false),
            Some(Unfinished::Commit(steps)) => (steps, true),
            None => return Err(changed("its list of steps")),
        };
        let uncommitted = |steps: &[Step]| {
            let files: Vec<&str> = steps.iter().map(|step| step.path.as_str()).collect();
            EditError::Uncommitted(files.join(", "))
        };
        let waits = |it: &Step| it.is_inside(root) && it.ready_in(root).exists();
        if is_commit && !steps.iter().any(waits) && !steps.iter().all(|it| it.is_made(root)) {
            // All were in their places once: what is there by now is up to somebody else.
            journal.end()?;
            return Err(uncommitted(&steps));
        }
        let odd = |it: &&Step| !it.is_inside(root) || !(it.is_made(root) || it.is_possible(root));
        if let Some(step) = steps.iter().find(odd) {
            return Err(changed(&step.path));
        }
        let renames = steps.iter().filter_map(|it| Some((it.from.as_deref()?, it.path.as_str())));
        index::rename(root, &renames.collect::<Vec<_>>())?;
        let stuck = |path: &Path, source| EditError::Stuck { path: path.to_owned(), source };
        for step in &steps {
            let place = root.join(&step.path);
            if !step.is_made(root) {
                fs::rename(step.ready_in(root), &place).map_err(|error| stuck(&place, error))?;
            }
            // Ready twice over: the file was put into its place just before the process ended.
            let _ = fs::remove_file(step.ready_in(root));
            let old = step.from.as_ref().map(|from| root.join(from));
            if let Some(old) = old.filter(|old| old.exists()) {
                fs::remove_file(&old).map_err(|error| stuck(&old, error))?;
            }
        }
        journal.end()?;
        if is_commit {
            return Err(uncommitted(&steps));
        }
        Ok(steps.into_iter().map(|step| step.path).collect())
    }
}

/// Whether an earlier run was stopped while it wrote.
#[must_use]
pub fn is_unfinished(root: &Path) -> bool {
    let goes_on = || {
        let folder = File::open(root).ok();
        let lock = folder.as_ref().map(File::try_lock_shared);
        matches!(lock, Some(Err(TryLockError::WouldBlock)))
    };
    Journal::place(root).exists() && !goes_on()
}

impl Step {
    /// The step that puts a file into its place.
    pub(super) fn of(change: &Change, ready: &Path) -> Step {
        let Change { path, from, before, after } = change;
        Step {
            ready: ready.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            path: path.clone(),
            from: from.clone(),
            before: before.as_ref().map(|text| name_of(text.as_bytes())),
            after: name_of(after.as_bytes()),
        }
    }

    /// Whether the new file is in its place; the old name may still be there, as it was.
    fn is_made(&self, root: &Path) -> bool {
        let old = self.from.as_ref().and_then(|from| content(&root.join(from)));
        content(&root.join(&self.path)).as_ref() == Some(&self.after)
            && (old.is_none() || old == self.before)
    }

    /// Whether everything is as it was before the step.
    fn is_possible(&self, root: &Path) -> bool {
        let expected = if self.from.is_some() { None } else { self.before.clone() };
        content(&root.join(&self.path)) == expected
            && content(&self.ready_in(root)).as_ref() == Some(&self.after)
            && self.from.as_ref().is_none_or(|from| content(&root.join(from)) == self.before)
    }

    /// Whether the step stays in the tree. A journal that came along with somebody's files may have
    /// been written by anybody.
    fn is_inside(&self, root: &Path) -> bool {
        let is_plain = |path: &str| {
            Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
        };
        let is_below = |path: &str| {
            let folder = root.join(path).parent().and_then(|it| it.canonicalize().ok());
            folder.zip(root.canonicalize().ok()).is_some_and(|(it, root)| it.starts_with(root))
        };
        let is_name = Path::new(&self.ready).components().count() == 1;
        [Some(&self.path), self.from.as_ref(), Some(&self.ready)]
            .into_iter()
            .flatten()
            .all(|path| is_plain(path) && is_below(path))
            && is_name
            && self.ready.starts_with(READY)
    }

    fn ready_in(&self, root: &Path) -> PathBuf {
        root.join(&self.path).with_file_name(&self.ready)
    }
}

/// What git calls the content of a regular file.
fn content(file: &Path) -> Option<String> {
    let regular = fs::symlink_metadata(file).is_ok_and(|metadata| metadata.is_file());
    regular.then(|| fs::read(file).ok().map(|bytes| name_of(&bytes))).flatten()
}

fn name_of(bytes: &[u8]) -> String {
    Oid::hash_object(ObjectType::Blob, bytes).map(|oid| oid.to_string()).unwrap_or_default()
}

/// Where a run notes what it is about to do, as long as that is not done.
pub(super) struct Journal {
    place: PathBuf,
}

impl Journal {
    /// Where it is, or would be.
    pub(super) fn place(root: &Path) -> PathBuf {
        let beside = || root.join(format!(".{JOURNAL}"));
        git_folder(root).map_or_else(beside, |folder| folder.join(JOURNAL))
    }

    pub(super) fn begin(root: &Path, what: &Unfinished) -> Result<Journal, EditError> {
        let place = Journal::place(root);
        let text = serde_json::to_vec_pretty(what).map_err(io::Error::other);
        let write = || {
            let folder = place.parent().unwrap_or(Path::new(""));
            let mut file = beside(folder)?;
            file.write_all(&text?)?;
            file.as_file().sync_all()?;
            file.persist_noclobber(&place)?;
            io::Result::Ok(())
        };
        match write() {
            Ok(()) => Ok(Journal { place }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(EditError::Busy(place))
            }
            Err(error) => Err(failed(&place, error)),
        }
    }

    /// # Errors
    /// There is one: another run writes, or was stopped and is to be finished first.
    pub(super) fn none(root: &Path) -> Result<(), EditError> {
        let place = Journal::place(root);
        if place.exists() { Err(EditError::Busy(place)) } else { Ok(()) }
    }

    /// What an earlier run noted, if there is anything, as far as it can be read.
    fn found(root: &Path) -> Result<Option<(Journal, Option<Unfinished>)>, EditError> {
        let place = Journal::place(root);
        match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Ok(Some((Journal { place }, None))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&place, error)),
        }
        let text = fs::read(&place).map_err(|error| failed(&place, error))?;
        Ok(Some((Journal { place }, serde_json::from_slice(&text).ok())))
    }

    /// Everything is done.
    pub(super) fn end(self) -> Result<(), EditError> {
        let Journal { place } = self;
        fs::remove_file(&place).map_err(|source| EditError::Stuck { path: place, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of steps that somebody sent along with the files.
    #[test]
    fn no_step_leads_out_of_the_tree() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("tree");
        fs::create_dir(&root).unwrap();
        fs::write(outer.path().join(".scs-doc-x"), "new").unwrap();
        fs::write(outer.path().join("key"), "old").unwrap();
        fs::write(root.join(".scs-doc-x"), "new").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outer.path(), root.join("out")).unwrap();
        let (old, new) = (name_of(b"old"), name_of(b"new"));
        let outside = outer.path().join("key").to_string_lossy().into_owned();
        for (ready, path, from) in [
            (".scs-doc-x", "../key", None),
            (".scs-doc-x", "out/key", None),
            (".scs-doc-x", outside.as_str(), None),
            ("../key", "new", None),
            ("key", "new", None),
            (".scs-doc-x", "new", Some("../key")),
            (".scs-doc-x", "new", Some("out/key")),
        ] {
            let before = if from.is_some() || path != "new" { Some(old.clone()) } else { None };
            let from = from.map(str::to_owned);
            let (ready, path, after) = (ready.to_owned(), path.to_owned(), new.clone());
            let steps = Unfinished::Steps(vec![Step { ready, path, from, before, after }]);
            let journal = root.join(format!(".{JOURNAL}"));
            fs::write(&journal, serde_json::to_vec(&steps).unwrap()).unwrap();
            assert!(
                matches!(Lock::take(&root).unwrap().finish(), Err(EditError::Unfinished { .. })),
                "{steps:?}"
            );
            assert_eq!(fs::read(outer.path().join("key")).unwrap(), b"old");
        }
    }
}
