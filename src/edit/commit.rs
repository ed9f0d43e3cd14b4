//! One commit of exactly the edits that were made.
//!
//! What is there is looked at with libgit2; the commit itself is made by `git`, so that identity,
//! hooks, signatures and the line of `--signoff` are those that the user has configured.

use std::path::Path;

use git2::{Branch, BranchType, ErrorCode, Repository, RepositoryState, Status, StatusOptions};

use super::{Change, Changes, EditError, index, program};

/// How a commit is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct CommitOptions<'o> {
    /// Adds the line that says where the change comes from (`git commit --signoff`).
    pub signoff: bool,
    /// The new branch that it is made on.
    pub branch: Option<&'o str>,
}

/// Why there is no commit. Nothing was written then, or what was written is undone.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The folder is not in the work tree of a git repository.
    #[error("--commit: {0} is not in the work tree of a git repository")]
    NoGit(String),
    /// A merge or the like is not finished.
    #[error("--commit: a {0} is going on: finish it first, or abort it")]
    Busy(&'static str),
    /// Other changes would be swept along.
    #[error("--commit: {path} has changes that are not committed: commit or stash them first")]
    Dirty {
        /// The first file that has.
        path: String,
    },
    /// A file is not in git yet.
    #[error("--commit: {path} is not in git yet: commit it first")]
    Untracked {
        /// The file.
        path: String,
    },
    /// The name of the branch cannot be used.
    #[error("--branch {name}: {why}")]
    Branch {
        /// The name.
        name: String,
        /// Why not.
        why: String,
    },
    /// `git` is not there, or refused.
    #[error("--commit: `git {command}` failed; nothing was written: {reason}")]
    Git {
        /// The command.
        command: &'static str,
        /// What it said.
        reason: String,
    },
    /// The files could not be written.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// What libgit2 says, with what was tried.
fn failed(command: &'static str) -> impl Fn(git2::Error) -> CommitError {
    move |error| CommitError::Git { command, reason: error.message().trim().to_owned() }
}

/// Writes the changes and makes one commit of them. Returns its id, abbreviated.
///
/// # Errors
/// There are other changes, the branch is there already, a file cannot be written, or git refuses
/// the commit. Everything is as it was then.
pub fn commit(
    root: &Path,
    changes: &Changes,
    message: &str,
    options: CommitOptions<'_>,
) -> Result<String, CommitError> {
    let repository = ready(root, changes, options.branch)?;
    let journal = changes.write_to_commit(root)?;
    let branch = options.branch.map(|name| Switched::to(&repository, name)).transpose();
    let made = branch.and_then(|branch| {
        let made = stage(root, changes).and_then(|()| record(root, message, options.signoff));
        match (&made, branch) {
            (Err(_), Some(branch)) => branch.back(&repository),
            (Ok(()), _) | (_, None) => {}
        }
        made
    });
    if let Err(error) = made {
        // The index was the same as the last commit.
        let paths = [&["--quiet", "--"], paths_of(changes).as_slice()].concat();
        let _ = git(root, "reset", &paths, None);
        changes.take_back(root)?;
        journal.end()?;
        return Err(error);
    }
    journal.end()?;
    // The commit is made, whether or not its id can be had.
    let id = repository.head().and_then(|head| head.peel_to_commit());
    let id = id.and_then(|head| head.as_object().short_id());
    Ok(id.ok().and_then(|id| id.as_str().ok().map(str::to_owned)).unwrap_or("HEAD".to_owned()))
}

/// The repository, if there is nothing in it that a commit would sweep along.
fn ready(root: &Path, changes: &Changes, branch: Option<&str>) -> Result<Repository, CommitError> {
    let none = || CommitError::NoGit(root.display().to_string());
    let repository = Repository::discover(root).map_err(|error| match error.code() {
        ErrorCode::NotFound => none(),
        _ => failed("status")(error),
    })?;
    let inner = index::place(&repository, root).ok_or_else(none)?;
    match repository.state() {
        RepositoryState::Clean => {}
        RepositoryState::Merge => return Err(CommitError::Busy("merge")),
        RepositoryState::Revert | RepositoryState::RevertSequence => {
            return Err(CommitError::Busy("revert"));
        }
        RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
            return Err(CommitError::Busy("cherry-pick"));
        }
        RepositoryState::Bisect => return Err(CommitError::Busy("bisect")),
        _ => return Err(CommitError::Busy("rebase")),
    }
    let mut options = StatusOptions::new();
    options.include_untracked(false).include_ignored(false);
    let statuses = repository.statuses(Some(&mut options)).map_err(failed("status"))?;
    if let Some(entry) = statuses.iter().find(is_changed) {
        let path = String::from_utf8_lossy(entry.path_bytes()).into_owned();
        return Err(CommitError::Dirty { path });
    }
    let index = repository.index().map_err(failed("status"))?;
    let olds = changes.iter().filter_map(|Change { path, from, before, .. }| {
        before.as_ref().map(|_| from.as_ref().unwrap_or(path))
    });
    for path in olds {
        if index.get_path(&inner.join(path), 0).is_none() {
            return Err(CommitError::Untracked { path: path.clone() });
        }
    }
    if let Some(name) = branch {
        let refused =
            |why: &str| CommitError::Branch { name: name.to_owned(), why: why.to_owned() };
        if name.starts_with('-') || !Branch::name_is_valid(name).unwrap_or(false) {
            return Err(refused("is not a name that a branch can have"));
        }
        if repository.find_branch(name, BranchType::Local).is_ok() {
            return Err(refused("is there already"));
        }
    }
    drop(index);
    drop(statuses);
    Ok(repository)
}

fn is_changed(entry: &git2::StatusEntry<'_>) -> bool {
    !entry.status().difference(Status::IGNORED | Status::WT_NEW).is_empty()
}

/// A branch that was made, and what was checked out before.
struct Switched {
    name: String,
    before: Before,
}

enum Before {
    Branch(String),
    Detached(git2::Oid),
}

impl Switched {
    fn to(repository: &Repository, name: &str) -> Result<Switched, CommitError> {
        let refused = |error: git2::Error| CommitError::Branch {
            name: name.to_owned(),
            why: format!("cannot be made: {}; nothing was written", error.message().trim()),
        };
        let head = repository.find_reference("HEAD").map_err(refused)?;
        let before = match head.symbolic_target().ok().flatten() {
            Some(branch) => Before::Branch(branch.to_owned()),
            None => Before::Detached(head.peel_to_commit().map_err(refused)?.id()),
        };
        // Without a first commit there is nothing that the branch could begin with.
        if let Ok(head) = repository.head() {
            let commit = head.peel_to_commit().map_err(refused)?;
            repository.branch(name, &commit, false).map_err(refused)?;
        }
        let switched = Switched { name: name.to_owned(), before };
        if let Err(error) = repository.set_head(&format!("refs/heads/{name}")) {
            switched.back(repository);
            return Err(refused(error));
        }
        Ok(switched)
    }

    fn back(self, repository: &Repository) {
        let _ = match self.before {
            Before::Branch(branch) => repository.set_head(&branch),
            Before::Detached(commit) => repository.set_head_detached(commit),
        };
        let branch = repository.find_branch(&self.name, BranchType::Local);
        let _ = branch.and_then(|mut branch| branch.delete());
    }
}

/// Where files are before and after.
fn paths_of(changes: &Changes) -> Vec<&str> {
    let paths = changes.iter().flat_map(|it| [Some(it.path.as_str()), it.from.as_deref()]);
    paths.flatten().collect()
}

/// Old names are gone from the index already.
fn stage(root: &Path, changes: &Changes) -> Result<(), CommitError> {
    let paths: Vec<&str> = changes.iter().map(|it| it.path.as_str()).collect();
    git(root, "add", &[&["--"], paths.as_slice()].concat(), None)
}

fn record(root: &Path, message: &str, signoff: bool) -> Result<(), CommitError> {
    let mut options = vec!["--quiet", "--cleanup=verbatim", "--file=-"];
    options.extend(signoff.then_some("--signoff"));
    git(root, "commit", &options, Some(message))
}

fn git(
    root: &Path,
    command: &'static str,
    args: &[&str],
    input: Option<&str>,
) -> Result<(), CommitError> {
    program::git(root, command, args, input).map_err(|reason| CommitError::Git { command, reason })
}
