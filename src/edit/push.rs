//! A branch goes to the remote that it is proposed to.

use std::path::Path;

use git2::Repository;

use super::program;
use crate::source::remote_of;
use crate::text::counted;

/// Why a branch is not at the remote.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// There is no repository.
    #[error("{0} is not in the work tree of a git repository")]
    NoGit(String),
    /// No remote leads there.
    #[error(
        "no remote leads to {repository}: add one with `git remote add NAME ADDRESS`, or set `repository` in scs-doc.toml"
    )]
    NoRemote {
        /// The repository, `owner/name`.
        repository: String,
    },
    /// More would be proposed than the step.
    #[error(
        "HEAD has {count} that the branch {base} of {remote} does not have, and that would be proposed too: go to that branch first (`git switch`)"
    )]
    Ahead {
        /// How many commits.
        count: String,
        /// The branch that is proposed to.
        base: String,
        /// The remote.
        remote: String,
    },
    /// git refused.
    #[error(
        "`git push` failed: {reason}; the commit {commit} is on the branch {branch} here: once it can be pushed, do so with `git push {remote} {branch}`, and open the pull request by hand"
    )]
    Git {
        /// What git said.
        reason: String,
        /// The commit, abbreviated.
        commit: String,
        /// The branch.
        branch: String,
        /// The remote.
        remote: String,
    },
}

/// The remote that leads to a repository (`owner/name`), to a branch of which HEAD is to be proposed.
///
/// # Errors
/// No remote does, or HEAD has commits that the branch does not have, as far as that is known here.
pub fn remote(root: &Path, repository: &str, base: &str) -> Result<String, PushError> {
    let git = Repository::discover(root);
    let git = git.map_err(|_| PushError::NoGit(root.display().to_string()))?;
    let none = || PushError::NoRemote { repository: repository.to_owned() };
    let remote = remote_of(&git, repository).ok_or_else(none)?;
    match ahead(&git, &remote, base).unwrap_or(0) {
        0 => Ok(remote),
        count => {
            let count = counted(count, "commit");
            Err(PushError::Ahead { count, base: base.to_owned(), remote })
        }
    }
}

/// How many commits HEAD has that a branch of a remote has not; `None` where that is not known.
fn ahead(git: &Repository, remote: &str, base: &str) -> Option<usize> {
    let tip = git.refname_to_id(&format!("refs/remotes/{remote}/{base}")).ok()?;
    let own = git.head().ok()?.peel_to_commit().ok()?.id();
    Some(git.graph_ahead_behind(own, tip).ok()?.0)
}

/// Pushes a branch that the remote does not have yet.
///
/// # Errors
/// The remote has one of that name, or git cannot push.
pub fn push(root: &Path, remote: &str, branch: &str) -> Result<(), PushError> {
    let full = format!("refs/heads/{branch}");
    // Nothing after the `:` says that the branch must not be there.
    let lease = format!("--force-with-lease={full}:");
    let refspec = format!("{full}:{full}");
    let args = ["--quiet", &lease, "--", remote, &refspec];
    program::git(root, "push", &args, None).map_err(|reason| PushError::Git {
        reason: reason.split_whitespace().collect::<Vec<_>>().join(" "),
        commit: tip(root, &full).unwrap_or_default(),
        branch: branch.to_owned(),
        remote: remote.to_owned(),
    })
}

/// The commit of a branch, abbreviated.
fn tip(root: &Path, branch: &str) -> Option<String> {
    let git = Repository::discover(root).ok()?;
    let commit = git.find_reference(branch).ok()?.peel_to_commit().ok()?;
    Some(commit.as_object().short_id().ok()?.as_str().ok()?.to_owned())
}
