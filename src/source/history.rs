//! What is proposed: the commits of a head that its target does not have.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use git2::{Commit as GitCommit, Delta, Oid, Repository, Sort};

use super::git::{Objects, failed, unknown};
use super::tree::GitTree;
use super::{Backend, Entry, Snapshot, SourceError};

/// How many commits of a range are looked at.
const MOST_COMMITS: usize = 10_000;

/// How long a message of a commit is read, in bytes.
const LONGEST_MESSAGE: usize = 64 << 10;

/// How many bytes of files are compared to find renames, for a merge.
const MOST_COMPARED: usize = 64 << 20;

/// Objects that are made while looking go into memory, ahead of the folders of the repository.
const IN_MEMORY: i32 = 1_000;

/// The commits of a repository.
#[derive(Debug, Clone)]
pub struct History {
    objects: Arc<Objects>,
}

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head<'h> {
    /// A commit, a branch or a tag.
    Revision(&'h str),
    /// What would be committed on top of `HEAD`.
    Index,
}

impl Head<'_> {
    /// The revision; that of the index is the one that it would be committed on.
    fn revision(&self) -> &str {
        match self {
            Head::Revision(revision) => revision,
            Head::Index => "HEAD",
        }
    }
}

/// A commit of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id, in hexadecimal digits.
    pub id: String,
    /// Its message.
    pub message: String,
}

/// The commits at the ends of a range, in hexadecimal digits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ends {
    /// Where the head began; at a merge, the target.
    pub base: String,
    /// What is proposed; none for the index.
    pub head: Option<String>,
    /// The commit whose files the head has; none for the index, and for what a merge gives.
    pub judged: Option<String>,
    /// The target, as it was named.
    pub target_name: String,
    /// The head, as it was named.
    pub head_name: String,
}

/// Two states of a repository, and the way from one to the other.
#[derive(Debug)]
pub struct Range {
    /// Where the head began: the merge base of target and head.
    pub base: Snapshot,
    /// What is proposed.
    pub head: Snapshot,
    /// The commits of the two.
    pub ends: Ends,
    /// The target as it is now, if it went on after the base.
    pub target: Option<Snapshot>,
    /// What the head has and the target has not, the newest first.
    pub commits: Vec<Commit>,
}

impl History {
    /// Opens the repository of a folder; the folder may be bare.
    ///
    /// # Errors
    /// No git repository, or one that cannot be read.
    pub fn open(root: &Path) -> Result<History, SourceError> {
        Ok(History { objects: Arc::new(Objects::open(root)?) })
    }

    /// The files of a head.
    ///
    /// # Errors
    /// There is no such revision; no index, or one with conflicts.
    pub fn snapshot(&self, head: Head<'_>) -> Result<Snapshot, SourceError> {
        match head {
            Head::Revision(revision) => Ok(self.of_tree(self.objects.tree(revision)?)),
            Head::Index => Ok(self.of_entries(self.objects.index()?)),
        }
    }

    fn of_entries(&self, entries: BTreeMap<String, Entry>) -> Snapshot {
        Snapshot::over(Backend::Index(Arc::clone(&self.objects), entries))
    }

    pub(super) fn objects(&self) -> &Objects {
        &self.objects
    }

    pub(super) fn of_tree(&self, root: Oid) -> Snapshot {
        Snapshot::over(Backend::Tree(GitTree::new(Arc::clone(&self.objects), root)))
    }

    /// The branch that changes are made for: `branch` of the remote that is `repository`
    /// (`owner/name`), else of `origin`, else of any other; the remote's own default; else the
    /// local one.
    ///
    /// # Errors
    /// There is none of these.
    pub fn default_target(&self, repository: &str, branch: &str) -> Result<String, SourceError> {
        self.objects.with(|git| {
            let remotes = remotes(git, repository);
            let of_remotes = remotes.iter().flat_map(|remote| {
                [format!("{remote}/{branch}"), format!("{remote}/HEAD")]
                    .map(|name| (format!("refs/remotes/{name}"), name))
            });
            let candidates: Vec<(String, String)> =
                of_remotes.chain([(format!("refs/heads/{branch}"), branch.to_owned())]).collect();
            let there = |(full, _): &&(String, String)| git.refname_to_id(full).is_ok();
            match candidates.iter().find(there) {
                // In full: a tag or a branch may have the short name too.
                Some((full, _)) => Ok(full.clone()),
                None => {
                    let names: Vec<&str> = candidates.iter().map(|(_, it)| it.as_str()).collect();
                    Err(SourceError::NoTarget { looked_for: crate::text::any_of(&names) })
                }
            }
        })
    }

    /// The branch that a remote itself calls its default (`<remote>/HEAD`), `origin` first; `None`
    /// where no remote told so.
    #[must_use]
    pub fn remote_default(&self) -> Option<String> {
        self.objects.with(|git| {
            let names = remotes(git, "").into_iter();
            let mut names = names.map(|remote| format!("refs/remotes/{remote}/HEAD"));
            names.find(|name| git.refname_to_id(name).is_ok())
        })
    }

    /// The branches of the remotes, in the order of their names, with their files. A branch of which
    /// the tip is not here is left out.
    ///
    /// # Errors
    /// The references cannot be read.
    pub fn remote_branches(&self) -> Result<Vec<(String, Snapshot)>, SourceError> {
        let tips = self.objects.with(|git| {
            let failed = |error: git2::Error| failed("read the branches", &error);
            let mut tips: Vec<(String, Oid)> = Vec::new();
            for reference in git.references_glob("refs/remotes/*").map_err(failed)? {
                let reference = reference.map_err(failed)?;
                // `<remote>/HEAD` is another name for one of the others.
                let direct = reference.kind() == Some(git2::ReferenceType::Direct);
                let commit = reference.peel_to_commit().ok().filter(|_| direct);
                let name = super::git::name_of(reference.name_bytes());
                tips.extend(commit.map(|commit| (short(&name).to_owned(), commit.id())));
            }
            tips.sort();
            Ok::<_, SourceError>(tips)
        })?;
        let with_files = tips.into_iter().filter_map(|(name, tip)| match self.at(tip) {
            Ok(snapshot) => Some(Ok((name, snapshot))),
            // It does not have the folder that counts as the root.
            Err(SourceError::Revision { .. }) => None,
            Err(error) => Some(Err(error)),
        });
        with_files.collect()
    }

    /// Everything from the merge base of target and head to the head.
    ///
    /// # Errors
    /// A revision that is not there or is no commit, or histories that have nothing in common.
    pub fn range(&self, target: &str, head: Head<'_>) -> Result<Range, SourceError> {
        let (ids, commits) = self.objects.with(|git| {
            let ids = ends(git, target, head)?;
            Ok((ids, commits(git, ids.target, ids.head)?))
        })?;
        let tip = if ids.target == ids.base { None } else { Some(self.at(ids.target)?) };
        Ok(Range {
            base: self.at(ids.base)?,
            head: self.proposed(&ids, head)?,
            ends: ids.named(ids.base, target, head, true),
            target: tip,
            commits,
        })
    }

    /// The target as it is now, and what it becomes once the head is merged into it. Nothing is
    /// written.
    ///
    /// # Errors
    /// As for [`History::range`], or the merge has conflicts.
    pub fn merged(&self, target: &str, head: Head<'_>) -> Result<Range, SourceError> {
        let (ids, commits, forward) = self.objects.with(|git| {
            let ids = ends(git, target, head)?;
            Ok((ids, commits(git, ids.target, ids.head)?, ids.base == ids.target))
        })?;
        let merged = if forward {
            None
        } else {
            for commit in [ids.base, ids.target, ids.head] {
                let tree = self.objects.with(|git| {
                    let tree = git.find_commit(commit).map(|commit| commit.tree_id());
                    tree.map_err(|error| failed("read a commit", &error))
                })?;
                GitTree::new(Arc::clone(&self.objects), tree).check_mergeable()?;
            }
            Some(self.objects.with(|git| merge(git, &ids, target, head))?)
        };
        let after = match &merged {
            Some(index) => self.of_entries(self.objects.entries(index)?),
            None => self.proposed(&ids, head)?,
        };
        Ok(Range {
            base: self.at(ids.target)?,
            head: after,
            ends: ids.named(ids.target, target, head, merged.is_none()),
            target: None,
            commits,
        })
    }

    /// The paths that a commit adds since it left a target, from the root of the git repository;
    /// `None` where its objects are not here. `commit` is an id in full.
    #[must_use]
    pub fn added(&self, target: &str, commit: &str) -> Option<Vec<String>> {
        self.objects.with(|git| {
            let own = git.find_commit(Oid::from_str(commit).ok()?).ok()?;
            let tip = self::commit(git, target).ok()?;
            let base = git.find_commit(git.merge_base(tip.id(), own.id()).ok()?).ok()?;
            let (before, after) = (base.tree().ok()?, own.tree().ok()?);
            let diff = git.diff_tree_to_tree(Some(&before), Some(&after), None).ok()?;
            let added = diff.deltas().filter(|delta| delta.status() == Delta::Added);
            Some(
                added
                    .filter_map(|it| it.new_file().path_bytes().map(super::git::name_of))
                    .collect(),
            )
        })
    }

    /// The files of a commit.
    fn at(&self, commit: Oid) -> Result<Snapshot, SourceError> {
        Ok(self.of_tree(self.objects.tree(&commit.to_string())?))
    }

    /// The files of the head: those of the commit that was found, whatever its name means by now.
    fn proposed(&self, ids: &Ids, head: Head<'_>) -> Result<Snapshot, SourceError> {
        match head {
            Head::Revision(_) => self.at(ids.head),
            Head::Index => self.snapshot(head),
        }
    }
}

/// The commits that a range is made of.
#[derive(Debug, Clone, Copy)]
struct Ids {
    base: Oid,
    target: Oid,
    /// That of the index is the one that it would be committed on.
    head: Oid,
}

impl Ids {
    fn named(&self, base: Oid, target: &str, head: Head<'_>, unmerged: bool) -> Ends {
        let id = matches!(head, Head::Revision(_)).then(|| self.head.to_string());
        Ends {
            base: base.to_string(),
            judged: id.clone().filter(|_| unmerged),
            head: id,
            target_name: short(target).to_owned(),
            head_name: match head {
                Head::Revision(revision) => short(revision).to_owned(),
                Head::Index => "the index".to_owned(),
            },
        }
    }
}

/// What people call a branch.
fn short(revision: &str) -> &str {
    let prefixes = ["refs/remotes/", "refs/heads/"];
    prefixes.iter().find_map(|prefix| revision.strip_prefix(prefix)).unwrap_or(revision)
}

fn commit<'r>(git: &'r Repository, revision: &str) -> Result<GitCommit<'r>, SourceError> {
    let found = git.revparse_single(revision).and_then(|object| object.peel_to_commit());
    found.map_err(|error| unknown(revision, &error))
}

fn ends(git: &Repository, target: &str, head: Head<'_>) -> Result<Ids, SourceError> {
    let (tip, own) = (commit(git, target)?.id(), commit(git, head.revision())?.id());
    let base = git.merge_base(tip, own).map_err(|error| match error.code() {
        git2::ErrorCode::NotFound => SourceError::Unrelated {
            target: short(target).to_owned(),
            head: short(head.revision()).to_owned(),
            shallow: git.is_shallow(),
        },
        _ => failed("look for the merge base", &error),
    })?;
    Ok(Ids { base, target: tip, head: own })
}

fn commits(git: &Repository, target: Oid, head: Oid) -> Result<Vec<Commit>, SourceError> {
    let failed = |error: git2::Error| failed("read the commits", &error);
    let mut walk = git.revwalk().map_err(failed)?;
    walk.set_sorting(Sort::TOPOLOGICAL).map_err(failed)?;
    walk.push(head).map_err(failed)?;
    walk.hide(target).map_err(failed)?;
    let read = |id: Result<Oid, git2::Error>| {
        let id = id?;
        let message = git.find_commit(id)?;
        let message = message.message_bytes();
        let message = message.get(..LONGEST_MESSAGE).unwrap_or(message);
        Ok(Commit { id: id.to_string(), message: String::from_utf8_lossy(message).into_owned() })
    };
    walk.take(MOST_COMMITS).map(read).collect::<Result<_, _>>().map_err(failed)
}

/// The index that a merge of the head into the target gives.
///
/// It is made in a repository that has the same objects and nothing else: attributes of the work
/// tree have no say, what is written stays in memory, and no index is read but that of the head.
fn merge(
    git: &Repository,
    ids: &Ids,
    target: &str,
    head: Head<'_>,
) -> Result<git2::Index, SourceError> {
    let failed = |error: git2::Error| failed("merge", &error);
    let objects = git.odb().map_err(failed)?;
    objects.add_new_mempack_backend(IN_MEMORY).map_err(failed)?;
    let scratch = Repository::from_odb(objects).map_err(failed)?;
    let theirs = scratch.find_commit(ids.target).map_err(failed)?;
    let mut own = scratch.find_commit(ids.head).map_err(failed)?;
    if head == Head::Index {
        let tree = super::git::staged(git).and_then(|mut index| index.write_tree_to(&scratch));
        let tree = tree.and_then(|id| scratch.find_tree(id)).map_err(failed)?;
        let nobody = git2::Signature::new("-", "-", &git2::Time::new(0, 0)).map_err(failed)?;
        let id = scratch.commit(None, &nobody, &nobody, "the index", &tree, &[&own]);
        own = id.and_then(|id| scratch.find_commit(id)).map_err(failed)?;
    }
    let mut options = git2::MergeOptions::new();
    options.find_renames(renames_are_cheap(&scratch, ids).map_err(failed)?);
    let index = scratch.merge_commits(&theirs, &own, Some(&options)).map_err(failed)?;
    match conflict(&index).map_err(failed)? {
        None => Ok(index),
        Some(path) => Err(SourceError::Unmergeable {
            target: short(target).to_owned(),
            head: short(head.revision()).to_owned(),
            path: super::git::name_of(&path),
        }),
    }
}

/// Whether the files that may have been renamed are small enough together to be compared.
fn renames_are_cheap(git: &Repository, ids: &Ids) -> Result<bool, git2::Error> {
    let odb = git.odb()?;
    let tree = |id| git.find_commit(id).and_then(|commit| commit.tree());
    let base = tree(ids.base)?;
    let mut bytes = 0;
    for side in [ids.target, ids.head] {
        let diff = git.diff_tree_to_tree(Some(&base), Some(&tree(side)?), None)?;
        for delta in diff.deltas() {
            let file = match delta.status() {
                Delta::Added => delta.new_file(),
                Delta::Deleted => delta.old_file(),
                _ => continue,
            };
            bytes += odb.read_header(file.id()).map_or(0, |(size, _)| size);
        }
    }
    Ok(bytes <= MOST_COMPARED)
}

/// A path that a merge did not bring together: one with several versions, or a file that is a folder
/// on the other side.
fn conflict(index: &git2::Index) -> Result<Option<Vec<u8>>, git2::Error> {
    if let Some(conflict) = index.conflicts()?.next().transpose()? {
        let sides = [conflict.our, conflict.their, conflict.ancestor];
        return Ok(sides.into_iter().flatten().next().map(|entry| entry.path));
    }
    let files: HashSet<Vec<u8>> = index.iter().map(|entry| entry.path).collect();
    let is_folder = |path: &&Vec<u8>| {
        let parents = path.iter().enumerate().filter(|(_, byte)| **byte == b'/');
        parents.into_iter().any(|(at, _)| path.get(..at).is_some_and(|it| files.contains(it)))
    };
    Ok(files.iter().filter(is_folder).min().cloned())
}

#[cfg(feature = "github")]
/// The remote that leads to a repository (`owner/name`), if one does.
pub(crate) fn remote_of(git: &Repository, repository: &str) -> Option<String> {
    remotes(git, repository).into_iter().find(|name| leads_to(git, name, repository))
}

/// The names of the remotes: the one of this repository first, then `origin`, then the others.
fn remotes(git: &Repository, repository: &str) -> Vec<String> {
    let names = git.remotes();
    let mut names: Vec<String> = names
        .iter()
        .flat_map(|names| names.iter())
        .filter_map(|name| name.ok().flatten().map(str::to_owned))
        .collect();
    names.sort_by_cached_key(|name| {
        (!leads_to(git, name, repository), name != "origin", name.clone())
    });
    names
}

/// Whether a remote is that of a repository (`owner/name`).
fn leads_to(git: &Repository, remote: &str, repository: &str) -> bool {
    git.find_remote(remote).is_ok_and(|remote| {
        // Hosting services do not tell cases apart.
        let url = remote.url().unwrap_or_default().to_lowercase();
        let url = url.trim_end_matches('/');
        let url = url.strip_suffix(".git").unwrap_or(url);
        let before = url.strip_suffix(&repository.to_lowercase());
        before.is_some_and(|before| before.ends_with(['/', ':']))
    })
}
