//! What each commit did to a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use git2::{Oid, Repository, Sort, Time};

use super::git::{failed, unknown};
use super::{BlobId, History, Snapshot, SourceError};
use crate::model::Date;

/// A commit that changed files of a folder.
#[derive(Debug)]
pub struct FolderCommit {
    /// Its id, abbreviated so that it is unique.
    pub id: String,
    /// The day on which it was made, where it was made.
    pub date: Date,
    /// The files that it changed or removed, by name, as they were before.
    pub before: BTreeMap<String, BlobId>,
    /// The files that it changed or added, by name, as they are after it.
    pub after: BTreeMap<String, BlobId>,
}

/// The commits of a branch that changed a folder.
#[derive(Debug)]
pub struct FolderLog {
    /// The newest first. Of a merge counts what it brought to the branch.
    pub commits: Vec<FolderCommit>,
    /// Whether the history goes back to its beginning; that of a shallow clone does not.
    pub complete: bool,
}

/// The files that lie directly in a folder, by name.
type Files = BTreeMap<String, BlobId>;

impl History {
    /// What each commit of `HEAD`, along first parents, did to the files directly in a folder.
    ///
    /// # Errors
    /// `HEAD` has no commit, or an object is missing.
    pub fn log(&self, folder: &str) -> Result<FolderLog, SourceError> {
        let mut commits = Vec::new();
        let (ids, complete) =
            self.objects().with(|git| Ok((first_parents(git)?, !git.is_shallow())))?;
        let mut states = ids.into_iter().map(|id| self.state(id, folder)).peekable();
        let mut kept: Option<(Oid, Arc<Files>)> = None;
        while let Some(state) = states.next() {
            let state = state?;
            let parent = match states.peek() {
                Some(Ok(parent)) => parent.folder,
                Some(Err(_)) => continue,
                None => None,
            };
            if state.folder == parent {
                continue;
            }
            let after = match kept.take() {
                Some((id, files)) if Some(id) == state.folder => files,
                _ => Arc::new(self.files_of(state.folder)?),
            };
            let before = Arc::new(self.files_of(parent)?);
            kept = parent.map(|id| (id, Arc::clone(&before)));
            let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            let mut commit = FolderCommit {
                id: state.id,
                date: state.date,
                before: BTreeMap::new(),
                after: BTreeMap::new(),
            };
            for name in names {
                let (old, new) = (before.get(name), after.get(name));
                if old != new {
                    commit.before.extend(old.map(|blob| (name.clone(), *blob)));
                    commit.after.extend(new.map(|blob| (name.clone(), *blob)));
                }
            }
            commits.push(commit);
        }
        Ok(FolderLog { commits, complete })
    }

    /// The bytes of a blob.
    ///
    /// # Errors
    /// It is not here, or too large.
    pub fn blob(&self, path: &str, blob: BlobId) -> Result<Vec<u8>, SourceError> {
        self.objects().blob(path, blob)
    }

    fn state(&self, commit: Oid, folder: &str) -> Result<State, SourceError> {
        self.objects().with(|git| {
            let failed = |error: git2::Error| failed("read the history", &error);
            let found = git.find_commit(commit).map_err(failed)?;
            let tree = self.objects().root_in(git, found.tree_id())?;
            let tree = tree.map(|tree| git.find_tree(tree)).transpose().map_err(failed)?;
            let inner = tree.and_then(|tree| {
                let entry = tree.get_path(std::path::Path::new(folder)).ok()?;
                (entry.kind() == Some(git2::ObjectType::Tree)).then_some(entry.id())
            });
            let id = found.as_object().short_id().map_err(failed)?;
            Ok(State {
                id: id.as_str().unwrap_or_default().to_owned(),
                date: day_of(found.time()),
                folder: inner,
            })
        })
    }

    fn files_of(&self, folder: Option<Oid>) -> Result<Files, SourceError> {
        let Some(folder) = folder else { return Ok(Files::new()) };
        let snapshot: Snapshot = self.of_tree(folder);
        let names = snapshot.names("")?.into_iter();
        Ok(names.filter_map(|name| Some((name.clone(), snapshot.blob(&name)?))).collect())
    }
}

/// The folder at a commit.
struct State {
    id: String,
    date: Date,
    folder: Option<Oid>,
}

fn first_parents(git: &Repository) -> Result<Vec<Oid>, SourceError> {
    let failed = |error: git2::Error| failed("read the history", &error);
    let head = git.head().and_then(|head| head.peel_to_commit());
    let head = head.map_err(|error| unknown("HEAD", &error))?;
    let mut walk = git.revwalk().map_err(failed)?;
    walk.simplify_first_parent().map_err(failed)?;
    walk.set_sorting(Sort::TOPOLOGICAL).map_err(failed)?;
    walk.push(head.id()).map_err(failed)?;
    walk.collect::<Result<_, _>>().map_err(failed)
}

/// The day of a commit in the time zone in which it was made.
fn day_of(time: Time) -> Date {
    Date::at(time.seconds() + i64::from(time.offset_minutes()) * 60)
}
