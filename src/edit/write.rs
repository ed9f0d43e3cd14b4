//! Files are written all or none: first beside their places, then each into its place at once.
//!
//! Between two places a process can be killed. Where more than one step is needed, a journal lists
//! them before the first is made; the next run that writes makes the steps that are left.

use std::fs::{self, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use git2::{ObjectType, Oid};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{Change, Changes, EditError, index};
use crate::source::git_folder;

/// The name of the journal, in the folder of git where there is one.
const JOURNAL: &str = "scs-doc-unfinished.json";

/// The steps of a run, and whatever it needs to go on with them.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    root: PathBuf,
    steps: Vec<Step>,
}

/// A file that is ready beside its place. Paths are relative to the root, contents are told by the
/// name that git has for them.
#[derive(Debug, Serialize, Deserialize)]
struct Step {
    ready: String,
    path: String,
    /// The old name of a file that gets another one.
    from: Option<String>,
    before: Option<String>,
    after: String,
}

/// A file beside its place.
struct Prepared<'c> {
    change: &'c Change,
    file: NamedTempFile,
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
        let prepared: Vec<Prepared<'_>> =
            self.iter().map(|change| prepare(root, change)).collect::<Result<_, _>>()?;
        let several = prepared.len() > 1 || self.iter().any(|change| change.from.is_some());
        let journal = if several { Some(begin(root, &prepared)?) } else { None };
        let mut made: Vec<&Change> = Vec::new();
        for prepared in prepared {
            made.push(prepared.change);
            if let Err(error) = prepared.put(root) {
                undo(root, &made);
                journal.map(fs::remove_file);
                return Err(error);
            }
        }
        if let Err(error) = index::rename(root, &self.renames()) {
            undo(root, &made);
            journal.map(fs::remove_file);
            return Err(error);
        }
        if let Some(journal) = journal {
            fs::remove_file(&journal).map_err(|error| failed(&journal, error))?;
        }
        Ok(())
    }

    /// Puts everything back as it was, the index included.
    ///
    /// # Errors
    /// The index cannot be written.
    pub fn take_back(&self, root: &Path) -> Result<(), EditError> {
        undo(root, &self.iter().collect::<Vec<_>>());
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

/// Makes the steps that an earlier run left over. Returns the files that are written now.
///
/// # Errors
/// A file has changed since, or cannot be written.
pub fn finish(root: &Path) -> Result<Vec<String>, EditError> {
    let file = journal_of(root);
    let text = match fs::read(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(&file, error)),
    };
    let unfinished =
        |path: &str| EditError::Unfinished { journal: file.clone(), path: path.to_owned() };
    let Ok(Journal { root, steps }) = serde_json::from_slice(&text) else {
        return Err(unfinished("its list of steps"));
    };
    let left: Vec<&Step> = steps.iter().filter(|it| !it.is_made(&root)).collect();
    if let Some(step) = left.iter().find(|it| !it.is_possible(&root)) {
        return Err(unfinished(&step.path));
    }
    for step in &left {
        let (ready, place) = (root.join(&step.ready), root.join(&step.path));
        fs::rename(ready, &place).map_err(|error| failed(&place, error))?;
    }
    let mut renames = Vec::new();
    for step in &steps {
        // Ready twice over: the file was put into its place just before the process ended.
        let _ = fs::remove_file(root.join(&step.ready));
        if let Some(from) = &step.from {
            let old = root.join(from);
            if content(&old) == step.before && step.before.is_some() {
                fs::remove_file(&old).map_err(|error| failed(&old, error))?;
            }
            renames.push((from.as_str(), step.path.as_str()));
        }
    }
    index::rename(&root, &renames)?;
    fs::remove_file(&file).map_err(|error| failed(&file, error))?;
    Ok(steps.into_iter().map(|step| step.path).collect())
}

/// Whether an earlier run was stopped while it wrote.
#[must_use]
pub fn is_unfinished(root: &Path) -> bool {
    journal_of(root).exists()
}

impl Step {
    fn is_made(&self, root: &Path) -> bool {
        content(&root.join(&self.path)).as_ref() == Some(&self.after)
    }

    fn is_possible(&self, root: &Path) -> bool {
        let expected = if self.from.is_some() { None } else { self.before.clone() };
        content(&root.join(&self.path)) == expected
            && content(&root.join(&self.ready)).as_ref() == Some(&self.after)
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

fn journal_of(root: &Path) -> PathBuf {
    git_folder(root).map_or_else(|| root.join(format!(".{JOURNAL}")), |folder| folder.join(JOURNAL))
}

/// Lists the steps before the first of them is made.
fn begin(root: &Path, prepared: &[Prepared<'_>]) -> Result<PathBuf, EditError> {
    let place = journal_of(root);
    let root = root.canonicalize().map_err(|error| failed(root, error))?;
    let steps = prepared.iter().map(|it| it.step(&root)).collect();
    let text = serde_json::to_vec_pretty(&Journal { root, steps }).map_err(io::Error::other);
    let write = || {
        let folder = place.parent().unwrap_or(Path::new(""));
        let mut file = beside(folder)?;
        file.write_all(&text?)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(&place)?;
        io::Result::Ok(())
    };
    match write() {
        Ok(()) => Ok(place),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(EditError::Busy(place)),
        Err(error) => Err(failed(&place, error)),
    }
}

impl Prepared<'_> {
    fn step(&self, root: &Path) -> Step {
        let Change { path, from, before, after } = self.change;
        let ready = self.file.path();
        let ready = ready.canonicalize().unwrap_or_else(|_| ready.to_owned());
        let ready = ready.strip_prefix(root).unwrap_or(&ready);
        Step {
            ready: ready.to_string_lossy().into_owned(),
            path: path.clone(),
            from: from.clone(),
            before: before.as_ref().map(|text| name_of(text.as_bytes())),
            after: name_of(after.as_bytes()),
        }
    }

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

/// Puts files back as they were. Should that fail too, there is nothing left to do.
fn undo(root: &Path, made: &[&Change]) {
    for change in made {
        let place = root.join(&change.path);
        let is_ours = fs::read(&place).is_ok_and(|bytes| bytes == change.after.as_bytes());
        let _ = match (&change.before, &change.from) {
            (Some(before), None) => fs::write(place, before),
            (Some(before), Some(from)) => {
                let old = fs::write(root.join(from), before);
                if is_ours { old.and_then(|()| fs::remove_file(place)) } else { old }
            }
            (None, _) if is_ours => fs::remove_file(place),
            (None, _) => Ok(()),
        };
    }
}

fn failed(path: &Path, source: io::Error) -> EditError {
    EditError::Write { path: path.to_owned(), source }
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
        io::Result::Ok(file)
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
    let bytes = fs::read(place).map_err(|error| failed(place, error))?;
    if change.before.as_ref().is_none_or(|before| bytes != before.as_bytes()) {
        return Err(EditError::Stale(place.to_owned()));
    }
    Ok(Some(metadata))
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
        changes().write(folder.root()).unwrap();
        assert_eq!(folder.files(), files(&[("a", "new"), ("c", "new"), ("d", "new")]));
        changes().take_back(folder.root()).unwrap();
        assert_eq!(folder.files(), old);
    }

    #[test]
    fn what_was_stopped_between_two_files_is_finished_by_the_next_run() {
        let new = files(&[("a", "new"), ("c", "new"), ("d", "new")]);
        for stopped_after in 0..=3 {
            let (folder, changes) = (Folder::new(), changes());
            let prepared: Vec<_> =
                changes.iter().map(|it| prepare(folder.root(), it).unwrap()).collect();
            begin(folder.root(), &prepared).unwrap();
            let mut prepared = prepared.into_iter();
            prepared.by_ref().take(stopped_after).for_each(|it| it.put(folder.root()).unwrap());
            // A process that is killed cleans nothing up.
            prepared.for_each(|it| drop(it.file.keep().unwrap()));
            assert!(is_unfinished(folder.root()));
            assert!(changes.write(folder.root()).is_err(), "not twice at once");
            assert_eq!(finish(folder.root()).unwrap(), ["a", "c", "d"]);
            assert_eq!(folder.files(), new);
            assert_eq!(finish(folder.root()).unwrap(), [""; 0]);
        }
    }

    #[test]
    fn what_somebody_changed_meanwhile_is_not_overwritten() {
        let (folder, changes) = (Folder::new(), changes());
        let prepared: Vec<_> =
            changes.iter().map(|it| prepare(folder.root(), it).unwrap()).collect();
        begin(folder.root(), &prepared).unwrap();
        prepared.into_iter().for_each(|it| drop(it.file.keep().unwrap()));
        folder.put("d", "written by somebody");
        let before = folder.files();
        let error = finish(folder.root()).unwrap_err().to_string();
        assert!(error.contains("d has changed since"), "{error}");
        assert_eq!(folder.files(), before);
    }
}
