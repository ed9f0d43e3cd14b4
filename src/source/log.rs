//! The commits of a branch, and what each did to the files of folders.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use git2::{Delta, DiffFindOptions, ErrorCode, Oid, Repository, Sort};

use super::git::{failed, unknown};
use super::{BlobId, History, SourceError};

/// How many files that came are compared with files that went, to find the same one elsewhere.
const MOST_COMPARED: usize = 400;

/// A commit of a branch.
#[derive(Debug, Clone, Copy)]
pub struct LogEntry {
    commit: Oid,
    /// The root of the repository at that commit, if it had one.
    root: Option<Oid>,
    /// When it was made: seconds since 1970 of the clock where it was made.
    pub seconds: i64,
}

/// The commits of a branch along first parents: of a merge counts what it brought to the branch.
#[derive(Debug)]
pub struct Log {
    /// The newest first.
    pub entries: Vec<LogEntry>,
    /// Whether it goes back to the beginning; that of a shallow clone does not.
    pub complete: bool,
}

/// The content of a folder: the same id, the same files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderId(Oid);

/// The files that lie directly in a folder, by path.
pub type Files = BTreeMap<String, BlobId>;

impl LogEntry {
    /// The id of the commit, in hexadecimal digits.
    #[must_use]
    pub fn id(&self) -> String {
        self.commit.to_string()
    }
}

impl History {
    /// The commits of a revision; of `HEAD`, if none is named.
    ///
    /// # Errors
    /// There is no such commit ([`SourceError::Revision`]), or an object is missing.
    pub fn log(&self, revision: Option<&str>) -> Result<Log, SourceError> {
        self.objects().with(|git| {
            let failed = |error: git2::Error| failed("read the history", &error);
            let mut entries = Vec::new();
            for id in first_parents(git, revision)? {
                let commit = git.find_commit(id).map_err(failed)?;
                let root = self.objects().root_in(git, commit.tree_id())?;
                let time = commit.time();
                let seconds = time.seconds() + i64::from(time.offset_minutes()) * 60;
                entries.push(LogEntry { commit: id, root, seconds });
            }
            Ok(Log { entries, complete: !git.is_shallow() })
        })
    }

    /// The files directly in a folder.
    ///
    /// # Errors
    /// A tree is missing.
    pub fn files_of(&self, folder: FolderId, path: &str) -> Result<Files, SourceError> {
        let snapshot = self.of_tree(folder.0);
        let names = snapshot.names("")?.into_iter();
        let at = |name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}/{name}"),
        };
        Ok(names.filter_map(|name| Some((at(&name), snapshot.blob(&name)?))).collect())
    }

    /// For files that a commit added: where the same file was before, as far as git can tell.
    ///
    /// # Errors
    /// A tree is missing.
    pub fn moved(
        &self,
        before: &LogEntry,
        after: &LogEntry,
        added: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, String>, SourceError> {
        self.objects().with(|git| {
            let failed = |error: git2::Error| failed("compare two commits", &error);
            let tree = |root: Option<Oid>| root.map(|root| git.find_tree(root)).transpose();
            let (before, after) =
                (tree(before.root).map_err(failed)?, tree(after.root).map_err(failed)?);
            let mut diff =
                git.diff_tree_to_tree(before.as_ref(), after.as_ref(), None).map_err(failed)?;
            let mut options = DiffFindOptions::new();
            options.renames(true).rename_limit(MOST_COMPARED);
            diff.find_similar(Some(&mut options)).map_err(failed)?;
            let path = |file: git2::DiffFile<'_>| file.path_bytes().map(super::git::name_of);
            let renamed = diff.deltas().filter(|it| it.status() == Delta::Renamed);
            let renamed =
                renamed.filter_map(|it| Some((path(it.new_file())?, path(it.old_file())?)));
            Ok(renamed.filter(|(new, _)| added.contains(new.as_str())).collect())
        })
    }

    /// The bytes of a blob.
    ///
    /// # Errors
    /// It is not here, or too large.
    pub fn blob(&self, path: &str, blob: BlobId) -> Result<Vec<u8>, SourceError> {
        self.objects().blob(path, blob)
    }

    /// What a folder was at a commit, if it was there.
    ///
    /// # Errors
    /// A tree is missing.
    pub fn folder_at(&self, entry: &LogEntry, path: &str) -> Result<Option<FolderId>, SourceError> {
        let Some(root) = entry.root else { return Ok(None) };
        if path.is_empty() {
            return Ok(Some(FolderId(root)));
        }
        self.objects().with(|git| {
            let root = git.find_tree(root).map_err(|error| failed("read the history", &error))?;
            match root.get_path(Path::new(path)) {
                Ok(found) => {
                    let is_folder = found.kind() == Some(git2::ObjectType::Tree);
                    Ok(is_folder.then(|| FolderId(found.id())))
                }
                Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
                Err(error) => Err(failed("read the history", &error)),
            }
        })
    }
}

fn first_parents(git: &Repository, revision: Option<&str>) -> Result<Vec<Oid>, SourceError> {
    let failed = |error: git2::Error| failed("read the history", &error);
    let head = match revision {
        Some(revision) => {
            let object =
                git.revparse_single(revision).map_err(|error| unknown(revision, &error))?;
            object.peel_to_commit().map_err(|error| unknown(revision, &error))?
        }
        None => {
            let head = git.head().map_err(|error| match error.code() {
                ErrorCode::UnbornBranch => unknown("HEAD", &error),
                _ => failed(error),
            })?;
            head.peel_to_commit().map_err(failed)?
        }
    };
    let mut walk = git.revwalk().map_err(failed)?;
    walk.simplify_first_parent().map_err(failed)?;
    walk.set_sorting(Sort::TOPOLOGICAL).map_err(failed)?;
    walk.push(head.id()).map_err(failed)?;
    walk.collect::<Result<_, _>>().map_err(failed)
}
