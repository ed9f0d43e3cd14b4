//! Files are written all or none: first beside their places, then each into its place at once.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::beside::{self, beside, failed};
use super::journal::{Journal, Step, Unfinished};
use super::{Change, Changes, EditError, index};

/// A file beside its place.
struct Prepared<'c> {
    change: &'c Change,
    /// Closed by now: there may be more of them than files that a process may have open.
    file: TempPath,
    place: PathBuf,
}

impl Changes {
    /// Writes all files below `root`. Files that get another name get it in the index of git too,
    /// if they are tracked.
    ///
    /// # Errors
    /// A file changed since it was read, is read-only or cannot be written, or a name is taken.
    /// Nothing is changed then.
    pub fn write(&self, root: &Path) -> Result<(), EditError> {
        let prepared = self.prepared(root)?;
        let several = prepared.len() > 1 || self.iter().any(|change| change.from.is_some());
        let steps = || Unfinished::Steps(steps_of(&prepared));
        let journal = several.then(|| Journal::begin(root, &steps())).transpose()?;
        let done = self.put(root, prepared)?;
        journal.map_or(Ok(()), Journal::end)?;
        done
    }

    /// The same for files that are committed next: the journal that is returned says so, and ends with
    /// the commit.
    pub(super) fn write_to_commit(&self, root: &Path) -> Result<Journal, EditError> {
        let prepared = self.prepared(root)?;
        let journal = Journal::begin(root, &Unfinished::Commit(steps_of(&prepared)))?;
        match self.put(root, prepared)? {
            Ok(()) => Ok(journal),
            Err(error) => journal.end().and(Err(error)),
        }
    }

    /// All files beside their places, once nobody else writes.
    fn prepared(&self, root: &Path) -> Result<Vec<Prepared<'_>>, EditError> {
        Journal::none(root)?;
        let places = self.iter().map(|it| root.join(&it.path)).chain([Journal::place(root)]);
        beside::clear(places.filter_map(|it| Some(it.parent()?.to_owned())).collect());
        self.iter().map(|change| prepare(root, change)).collect()
    }

    /// Puts all files into their places, or none: the inner error. The outer one is that some could
    /// not be put back.
    fn put(
        &self,
        root: &Path,
        prepared: Vec<Prepared<'_>>,
    ) -> Result<Result<(), EditError>, EditError> {
        let mut made: Vec<&Change> = Vec::new();
        let put = prepared.into_iter().try_for_each(|it| {
            made.push(it.change);
            it.put(root)
        });
        let done = put.and_then(|()| index::rename(root, &self.renames()));
        if done.is_err() {
            undo(root, &made)?;
        }
        Ok(done)
    }

    /// Puts everything back as it was, the index included.
    ///
    /// # Errors
    /// A file or the index cannot be written.
    pub fn take_back(&self, root: &Path) -> Result<(), EditError> {
        undo(root, &self.iter().collect::<Vec<_>>())?;
        let back: Vec<(&str, &str)> =
            self.renames().iter().map(|(old, new)| (*new, *old)).collect();
        index::rename(root, &back)
    }

    /// The old and the new names of files that get another one.
    fn renames(&self) -> Vec<(&str, &str)> {
        let renamed = self.iter().filter_map(|it| Some((it.from.as_deref()?, it.path.as_str())));
        renamed.collect()
    }
}

fn steps_of(prepared: &[Prepared<'_>]) -> Vec<Step> {
    prepared.iter().map(|it| Step::of(it.change, &it.file)).collect()
}

impl Prepared<'_> {
    fn put(self, root: &Path) -> Result<(), EditError> {
        let Prepared { change, file, place } = self;
        let is_new = change.before.is_none() || change.from.is_some();
        let put = if is_new { file.persist_noclobber(&place) } else { file.persist(&place) };
        put.map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => EditError::Exists(place.clone()),
            _ => failed(&place, error.error),
        })?;
        match &change.from {
            None => Ok(()),
            Some(from) => {
                let old = root.join(from);
                fs::remove_file(&old).map_err(|error| failed(&old, error))
            }
        }
    }
}

/// Puts files back as they were.
fn undo(root: &Path, made: &[&Change]) -> Result<(), EditError> {
    let undone = made.iter().map(|change| {
        let undone = put_back(root, change);
        undone.map_err(|source| EditError::Stuck { path: root.join(&change.path), source })
    });
    // One that fails keeps nobody from putting back the others.
    undone.collect::<Vec<_>>().into_iter().collect()
}

fn put_back(root: &Path, change: &Change) -> io::Result<()> {
    let place = root.join(&change.path);
    let holds = |place: &Path, text: &str| fs::read(place).is_ok_and(|it| it == text.as_bytes());
    let is_ours = holds(&place, &change.after);
    let Some(before) = &change.before else {
        return if is_ours { fs::remove_file(place) } else { Ok(()) };
    };
    let old = change.from.as_ref().map_or_else(|| place.clone(), |from| root.join(from));
    if !holds(&old, before) {
        if !is_ours {
            return Err(io::Error::other("was changed by somebody else, and is left as it is"));
        }
        let mut file = beside(old.parent().unwrap_or(root))?;
        file.write_all(before.as_bytes())?;
        file.as_file().set_permissions(fs::metadata(&place)?.permissions())?;
        file.persist(&old)?;
    }
    if is_ours && change.from.is_some() { fs::remove_file(place) } else { Ok(()) }
}

/// The new content of a file, on disk beside its place.
fn prepare<'c>(root: &Path, change: &'c Change) -> Result<Prepared<'c>, EditError> {
    let place = root.join(&change.path);
    let now = match (&change.from, &change.before) {
        (Some(from), _) => {
            absent(&place)?;
            there(&root.join(from), change)?
        }
        (None, None) => {
            absent(&place)?;
            None
        }
        (None, Some(_)) => there(&place, change)?,
    };
    let folder = place.parent().unwrap_or(root);
    let write = || {
        let mut file = beside(folder)?;
        file.write_all(change.after.as_bytes())?;
        if let Some(metadata) = now {
            file.as_file().set_permissions(metadata.permissions())?;
        }
        file.as_file().sync_all()?;
        io::Result::Ok(file.into_temp_path())
    };
    let file = write().map_err(|error| failed(&place, error))?;
    Ok(Prepared { change, file, place })
}

fn absent(place: &Path) -> Result<(), EditError> {
    match fs::symlink_metadata(place) {
        Ok(_) => Err(EditError::Exists(place.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(place, error)),
    }
}

/// A file that is still what it was when it was read.
fn there(place: &Path, change: &Change) -> Result<Option<Metadata>, EditError> {
    let metadata = match fs::symlink_metadata(place) {
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(EditError::ReadOnly(place.to_owned()));
        }
        Ok(metadata) if metadata.is_file() => metadata,
        Ok(_) => return Err(EditError::Stale(place.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(EditError::Stale(place.to_owned()));
        }
        Err(error) => return Err(failed(place, error)),
    };
    // Whether it may be written is up to more than its mode: owners, attributes, mounts.
    if OpenOptions::new().append(true).open(place).is_err() {
        return Err(EditError::ReadOnly(place.to_owned()));
    }
    let bytes = fs::read(place).map_err(|error| failed(place, error))?;
    if change.before.as_ref().is_none_or(|before| bytes != before.as_bytes()) {
        return Err(EditError::Stale(place.to_owned()));
    }
    Ok(Some(metadata))
}

#[cfg(test)]
mod tests {
    use super::super::journal::{Lock, is_unfinished};
    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Folder {
            let folder = Folder(tempfile::tempdir().unwrap());
            folder.put("a", "old");
            folder.put("b", "old");
            folder
        }

        fn root(&self) -> &Path {
            self.0.path()
        }

        fn put(&self, name: &str, text: &str) {
            fs::write(self.root().join(name), text).unwrap();
        }

        /// All files with their texts.
        fn files(&self) -> Vec<(String, String)> {
            let mut files: Vec<_> = fs::read_dir(self.root())
                .unwrap()
                .map(|entry| {
                    let path = entry.unwrap().path();
                    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                    (name, fs::read_to_string(path).unwrap())
                })
                .collect();
            files.sort();
            files
        }
    }

    /// One file changes, one gets another name, one is new.
    fn changes() -> Changes {
        let mut changes = Changes::default();
        let change = |path: &str, from: Option<&str>, before: Option<&str>| Change {
            path: path.into(),
            from: from.map(str::to_owned),
            before: before.map(str::to_owned),
            after: "new".into(),
        };
        changes.push(change("a", None, Some("old")));
        changes.push(change("c", Some("b"), Some("old")));
        changes.push(change("d", None, None));
        changes
    }

    fn finished(root: &Path) -> Result<Vec<String>, EditError> {
        Lock::take(root)?.finish()
    }

    fn files(texts: &[(&str, &str)]) -> Vec<(String, String)> {
        texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn all_files_or_none() {
        let old = files(&[("a", "old"), ("b", "old")]);
        let folder = Folder::new();
        folder.put("b", "changed by somebody");
        assert!(matches!(changes().write(folder.root()), Err(EditError::Stale(_))));
        assert_eq!(folder.files(), files(&[("a", "old"), ("b", "changed by somebody")]));
        folder.put("b", "old");
        folder.put("d", "in the way");
        assert!(matches!(changes().write(folder.root()), Err(EditError::Exists(_))));
        fs::remove_file(folder.root().join("d")).unwrap();
        assert_eq!(folder.files(), old);
        folder.put(".scs-doc-aZ09bc", "left by a run that was stopped");
        changes().write(folder.root()).unwrap();
        assert_eq!(folder.files(), files(&[("a", "new"), ("c", "new"), ("d", "new")]));
        changes().take_back(folder.root()).unwrap();
        assert_eq!(folder.files(), old);
    }

    /// All files prepared and listed, the first steps made, the process killed: it cleans nothing
    /// up.
    fn stopped_after(folder: &Folder, steps: usize, kind: fn(Vec<Step>) -> Unfinished) {
        let changes = changes();
        let prepared: Vec<_> =
            changes.iter().map(|it| prepare(folder.root(), it).unwrap()).collect();
        let lock = Lock::take(folder.root()).unwrap();
        Journal::begin(folder.root(), &kind(steps_of(&prepared))).unwrap();
        assert!(!is_unfinished(folder.root()), "while it goes on");
        assert!(matches!(Lock::take(folder.root()), Err(EditError::Busy(_))));
        let mut prepared = prepared.into_iter();
        prepared.by_ref().take(steps).for_each(|it| it.put(folder.root()).unwrap());
        prepared.for_each(|it| drop(it.file.keep().unwrap()));
        drop(lock);
        assert!(is_unfinished(folder.root()));
        assert!(changes.write(folder.root()).is_err(), "not over it");
    }

    #[test]
    fn what_was_stopped_between_two_files_is_finished_by_the_next_run() {
        let new = files(&[("a", "new"), ("c", "new"), ("d", "new")]);
        for steps in 0..=3 {
            let folder = Folder::new();
            stopped_after(&folder, steps, Unfinished::Steps);
            if steps == 2 {
                // Stopped between the new name and the old one.
                folder.put("b", "old");
            }
            assert_eq!(finished(folder.root()).unwrap(), ["a", "c", "d"]);
            assert_eq!(folder.files(), new);
            assert_eq!(finished(folder.root()).unwrap(), [""; 0]);
        }
    }

    #[test]
    fn what_somebody_changed_meanwhile_is_not_overwritten() {
        let folder = Folder::new();
        stopped_after(&folder, 0, Unfinished::Steps);
        for (name, path) in [("d", "d"), ("b", "c")] {
            folder.put(name, "written by somebody");
            let before = folder.files();
            let error = finished(folder.root()).unwrap_err().to_string();
            assert!(error.contains(&format!("{path} has changed since")), "{error}");
            assert_eq!(folder.files(), before);
            fs::remove_file(folder.root().join(name)).unwrap();
        }
    }

    #[test]
    fn what_is_written_and_not_committed_is_told_once() {
        let new = files(&[("a", "new"), ("c", "new"), ("d", "new")]);
        for steps in 0..=3 {
            let folder = Folder::new();
            stopped_after(&folder, steps, Unfinished::Commit);
            assert!(matches!(finished(folder.root()), Err(EditError::Uncommitted(_))));
            assert_eq!(folder.files(), new, "{steps}");
            assert_eq!(finished(folder.root()).unwrap(), [""; 0]);
        }
    }

    /// All files were in their places; somebody went on from there.
    #[test]
    fn what_somebody_made_of_a_commit_that_was_stopped_is_left() {
        let folder = Folder::new();
        stopped_after(&folder, 3, Unfinished::Commit);
        folder.put("a", "old");
        assert!(matches!(finished(folder.root()), Err(EditError::Uncommitted(_))));
        assert_eq!(folder.files(), files(&[("a", "old"), ("c", "new"), ("d", "new")]));
        assert_eq!(finished(folder.root()).unwrap(), [""; 0]);
    }

    #[test]
    fn what_somebody_wrote_is_not_put_back() {
        let folder = Folder::new();
        changes().write(folder.root()).unwrap();
        folder.put("c", "written by somebody");
        assert!(matches!(changes().take_back(folder.root()), Err(EditError::Stuck { .. })));
        let now = folder.files();
        assert!(now.contains(&("c".into(), "written by somebody".into())), "{now:?}");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_put_back_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = Folder::new();
        let mode = |name: &str| {
            fs::metadata(folder.root().join(name)).unwrap().permissions().mode() & 0o777
        };
        for name in ["a", "b"] {
            let mode = fs::Permissions::from_mode(0o750);
            fs::set_permissions(folder.root().join(name), mode).unwrap();
        }
        changes().write(folder.root()).unwrap();
        assert_eq!([mode("a"), mode("c")], [0o750, 0o750]);
        changes().take_back(folder.root()).unwrap();
        assert_eq!([mode("a"), mode("b")], [0o750, 0o750]);
    }
}
