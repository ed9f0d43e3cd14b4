//! Where documents come from: the work tree, the git index, a git revision, or memory.
//!
//! The only room that reads files or git objects. A [`Snapshot`] tells what stands at a path of the
//! repository and gives its bytes.

mod git;
mod history;
mod locate;
mod log;
mod remote;
mod tree;
mod work_tree;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use git::Objects;
use tree::GitTree;
pub(crate) use work_tree::Reread;
use work_tree::WorkTree;

#[cfg(feature = "github")]
pub(crate) use history::remote_of;
pub use history::{Commit, Ends, Head, History, Range};
pub use locate::{find_root, git_folder};
pub use log::{Files, FolderId, Log, LogEntry};
pub use remote::{hosted_as, main_branch};

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 64 << 20;

/// The state of a repository: paths relative to its root, with `/`, and their bytes.
#[derive(Debug)]
pub struct Snapshot {
    backend: Backend,
    /// What was set, over what is there.
    overlay: BTreeMap<String, Vec<u8>>,
    /// What was removed, though it is there.
    removed: BTreeSet<String>,
}

#[derive(Debug)]
enum Backend {
    Memory,
    WorkTree(Arc<WorkTree>),
    /// Paths of an index, and where their bytes are.
    Index(Arc<Objects>, BTreeMap<String, Entry>),
    Tree(GitTree),
}

/// The name that git has for the bytes of a file: the same bytes have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlobId(git2::Oid);

/// What git has at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Blob(git2::Oid),
    /// A symbolic link or a submodule.
    Special,
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, a submodule, a pipe or a device, or something beyond one: it is there, and
    /// never opened.
    Special,
}

/// The content of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A regular file.
    Bytes(Vec<u8>),
    /// Something that is never opened: a symbolic link, a submodule, a pipe, a device.
    Special,
}

/// Why a repository, or something of it, could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A file or folder could not be read.
    #[error("{path}: cannot be read: {source}")]
    Read {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file is larger than what is read of one.
    #[error("{path}: {size} bytes are more than the {most} that are read of one {what}")]
    TooLarge {
        /// Which.
        path: String,
        /// What is read of it: a file, a document.
        what: &'static str,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        most: u64,
    },
    /// All files together take more than what is kept of them.
    #[error("{path}: not read: with it, all files together take more than {most} bytes")]
    TooMuch {
        /// The file that would be one too many.
        path: String,
        /// The limit in bytes.
        most: u64,
    },
    /// A file is not what it was a moment ago.
    #[error("{0}: was changed while it was read: run the command again")]
    Changed(String),
    /// Something that is not read: a folder, a pipe, a device.
    #[error("{0}: is not a regular file")]
    NotAFile(String),
    /// There is no such path.
    #[error("{0}: there is no such file")]
    NoSuchPath(String),
    /// The folder is not a git repository.
    #[error("{}: no git repository, and what is asked for is in git", .0.display())]
    NoGit(PathBuf),
    /// A bare repository has neither work tree nor index.
    #[error(
        "{}: a bare repository has neither work tree nor index: name a revision (`check --rev`, `pr --head`)", .0.display()
    )]
    Bare(PathBuf),
    /// The index has unmerged entries.
    #[error("{path}: unmerged in the git index: resolve the conflict and `git add` the file first")]
    Conflict {
        /// The first unmerged path.
        path: String,
    },
    /// A revision that git does not know.
    #[error("no revision `{revision}` here: {reason}")]
    Revision {
        /// As it was given.
        revision: String,
        /// In the words of git.
        reason: String,
    },
    /// No branch that a change could be measured against.
    #[error(
        "no branch to compare with: there is no {looked_for}; fetch it, name another with --base REV, or set `default-branch` in the configuration"
    )]
    NoTarget {
        /// The branches that were looked for.
        looked_for: String,
    },
    /// Two commits that have no common ancestor, or none that is here.
    #[error("`{target}` and `{head}` have no common ancestor {}", match shallow {
        true => "in this shallow clone: fetch the rest of the history with `git fetch --unshallow` (in a workflow: `fetch-depth: 0`)",
        false => "and cannot be compared: name the branch that the head began from with --base REV",
    })]
    Unrelated {
        /// The target.
        target: String,
        /// The head.
        head: String,
        /// Whether history is cut off somewhere.
        shallow: bool,
    },
    /// A tree that only somebody who means harm makes.
    #[error("the files are more than {most}, or lie deeper than {deepest} folders: not merged")]
    Monstrous {
        /// The most files and folders that are merged.
        most: usize,
        /// The deepest folder.
        deepest: usize,
    },
    /// The head cannot be merged into the target.
    #[error("{path}: `{head}` cannot be merged into `{target}`: resolve the conflict first")]
    Unmergeable {
        /// The target.
        target: String,
        /// The head.
        head: String,
        /// The first file in conflict.
        path: String,
    },
    /// Files are ignored, and the index, which may track them all the same, cannot be read.
    #[error("{0}")]
    Index(String),
    /// Anything else that git says.
    #[error("git: {what}: {reason}{}", hint.map(|hint| format!("; {hint}")).unwrap_or_default())]
    Git {
        /// What was tried.
        what: String,
        /// In the words of git.
        reason: String,
        /// What may help.
        hint: Option<&'static str>,
    },
    /// No folder with documents.
    #[error("{}: no standards repository: {why}", root.display())]
    NoStandards {
        /// The folder that was looked at.
        root: PathBuf,
        /// What was looked for.
        why: String,
    },
}

impl Snapshot {
    /// A repository of these files, for tests and editors.
    #[must_use]
    pub fn memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Snapshot {
        Snapshot { overlay: files.into_iter().collect(), ..Snapshot::over(Backend::Memory) }
    }

    /// The files of a folder, without what git would ignore. Needs no git.
    ///
    /// # Errors
    /// The folder cannot be read, or is a bare git repository.
    pub fn work_tree(root: &Path) -> Result<Snapshot, SourceError> {
        Ok(Snapshot::over(Backend::WorkTree(Arc::new(WorkTree::open(root)?))))
    }

    /// The git index: what would be committed.
    ///
    /// # Errors
    /// No git repository, a bare one, or a conflict in the index.
    pub fn staged(root: &Path) -> Result<Snapshot, SourceError> {
        History::open(root)?.snapshot(Head::Index)
    }

    /// The tree of a commit, without a checkout.
    ///
    /// # Errors
    /// No git repository, or it does not know the revision.
    pub fn revision(root: &Path, revision: &str) -> Result<Snapshot, SourceError> {
        History::open(root)?.snapshot(Head::Revision(revision))
    }

    fn over(backend: Backend) -> Snapshot {
        Snapshot { backend, overlay: BTreeMap::new(), removed: BTreeSet::new() }
    }

    /// The folder on disk, for messages; empty for a repository in memory.
    #[must_use]
    pub fn root(&self) -> &Path {
        match &self.backend {
            Backend::Memory => Path::new(""),
            Backend::WorkTree(tree) => tree.root(),
            Backend::Index(objects, _) => objects.root(),
            Backend::Tree(tree) => tree.objects().root(),
        }
    }

    /// What stands at a path; the empty path is the root.
    #[must_use]
    pub fn kind(&self, path: &str) -> Option<Kind> {
        if self.overlay.contains_key(path) {
            return Some(Kind::File);
        }
        if self.removed.contains(path) {
            return None;
        }
        if has_below(&self.overlay, path) {
            return Some(Kind::Folder);
        }
        match &self.backend {
            Backend::Memory => path.is_empty().then_some(Kind::Folder),
            Backend::WorkTree(tree) => tree.kind(path),
            Backend::Index(_, entries) => kind_in(entries, path),
            Backend::Tree(tree) => tree.kind(path),
        }
    }

    /// What git calls the bytes of a file; `None` where they come from elsewhere than git.
    #[must_use]
    pub fn blob(&self, path: &str) -> Option<BlobId> {
        let entry = match &self.backend {
            _ if self.overlay.contains_key(path) || self.removed.contains(path) => None,
            Backend::Memory | Backend::WorkTree(_) => None,
            Backend::Index(_, entries) => entries.get(path).copied(),
            Backend::Tree(tree) => tree.entry(path),
        };
        match entry? {
            Entry::Blob(oid) => Some(BlobId(oid)),
            Entry::Special => None,
        }
    }

    /// The names of what lies directly in a folder and is no folder; sorted. A folder that is not
    /// there is empty.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn names(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        let mut names: BTreeSet<String> = match &self.backend {
            Backend::Memory => BTreeSet::new(),
            Backend::WorkTree(tree) => tree.names(folder)?,
            Backend::Index(_, entries) => children(entries, folder),
            Backend::Tree(tree) => tree.names(folder)?,
        };
        let below = self.removed.iter().filter_map(|path| child(path, folder));
        below.for_each(|name| {
            names.remove(name);
        });
        names.append(&mut children(&self.overlay, folder));
        Ok(names)
    }

    /// The regular files below a folder (all, for the empty path) by their paths, with what git calls
    /// their bytes. Of a commit with more than 200,000 files only a part is listed.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn files(&self, below: &str) -> Result<BTreeMap<String, Option<BlobId>>, SourceError> {
        let within = |path: &&str| {
            let rest = path.strip_prefix(below);
            below.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let mut files: BTreeMap<String, Option<BlobId>> = match &self.backend {
            Backend::Memory => BTreeMap::new(),
            Backend::WorkTree(tree) => {
                tree.files(below)?.into_iter().map(|path| (path, None)).collect()
            }
            Backend::Index(_, entries) => {
                let blobs = entries.iter().filter_map(|(path, entry)| match entry {
                    Entry::Blob(oid) => Some((path, Some(BlobId(*oid)))),
                    Entry::Special => None,
                });
                let blobs = blobs.filter(|(path, _)| within(&path.as_str()));
                blobs.map(|(path, blob)| (path.clone(), blob)).collect()
            }
            Backend::Tree(tree) => {
                let files = tree.files(below)?.into_iter();
                files.map(|(path, oid)| (path, Some(BlobId(oid)))).collect()
            }
        };
        files.retain(|path, _| !self.removed.contains(path));
        let set = self.overlay.keys().filter(|path| within(&path.as_str()));
        files.extend(set.map(|path| (path.clone(), None)));
        Ok(files)
    }

    /// Replaces the content of a file, or adds one, in this snapshot only.
    pub fn set(&mut self, path: &str, bytes: Vec<u8>) {
        self.overlay.insert(path.to_owned(), bytes);
    }

    /// Removes a file, in this snapshot only.
    pub fn remove(&mut self, path: &str) {
        self.overlay.remove(path);
        self.removed.insert(path.to_owned());
    }

    /// How to read a file again later; `None` where its bytes are in memory or in git anyway.
    pub(crate) fn reread(&self, path: &str) -> Option<Reread> {
        match &self.backend {
            _ if self.overlay.contains_key(path) || self.removed.contains(path) => None,
            Backend::WorkTree(tree) => Some(Reread::new(tree, path)),
            Backend::Memory | Backend::Index(..) | Backend::Tree(_) => None,
        }
    }

    /// The files that were not the same when they were read again.
    #[must_use]
    pub fn changed(&self) -> Vec<SourceError> {
        match &self.backend {
            Backend::WorkTree(tree) => tree.changed(),
            Backend::Memory | Backend::Index(..) | Backend::Tree(_) => Vec::new(),
        }
    }

    /// The content of a path.
    ///
    /// # Errors
    /// It is not there, cannot be read, or is too large.
    pub fn read(&self, path: &str) -> Result<Content, SourceError> {
        if let Some(bytes) = self.overlay.get(path) {
            return Ok(Content::Bytes(bytes.clone()));
        }
        let missing = || SourceError::NoSuchPath(path.to_owned());
        if self.removed.contains(path) {
            return Err(missing());
        }
        match &self.backend {
            Backend::Memory => Err(missing()),
            Backend::WorkTree(tree) => tree.read(path),
            Backend::Index(objects, entries) => {
                objects.content(path, *entries.get(path).ok_or_else(missing)?)
            }
            Backend::Tree(tree) => {
                tree.objects().content(path, tree.entry(path).ok_or_else(missing)?)
            }
        }
    }
}

/// The part of a sorted table that lies below a folder, without the folder's own path.
fn below<'e, V>(
    entries: &'e BTreeMap<String, V>,
    folder: &str,
) -> impl Iterator<Item = &'e str> + use<'e, V> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let range = entries.range(prefix.clone()..);
    range.map_while(move |(path, _)| path.strip_prefix(prefix.as_str()))
}

fn has_below<V>(entries: &BTreeMap<String, V>, folder: &str) -> bool {
    below(entries, folder).next().is_some()
}

/// The name of a path that lies directly in a folder.
fn child<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
    (parent == folder).then_some(name)
}

fn children<V>(entries: &BTreeMap<String, V>, folder: &str) -> BTreeSet<String> {
    below(entries, folder).filter(|path| !path.contains('/')).map(str::to_owned).collect()
}

fn kind_in(entries: &BTreeMap<String, Entry>, path: &str) -> Option<Kind> {
    // Beyond a symbolic link or a submodule there may be anything.
    let mut parents = path.match_indices('/').filter_map(|(at, _)| entries.get(path.get(..at)?));
    match entries.get(path).or_else(|| parents.next()) {
        Some(Entry::Special) => Some(Kind::Special),
        Some(Entry::Blob(_)) if entries.contains_key(path) => Some(Kind::File),
        Some(Entry::Blob(_)) => None,
        None => (path.is_empty() || has_below(entries, path)).then_some(Kind::Folder),
    }
}

/// Refuses what is larger than [`MAX_FILE`].
fn small_enough(path: impl std::fmt::Display, size: u64) -> Result<(), SourceError> {
    if size > MAX_FILE {
        let path = path.to_string();
        return Err(SourceError::TooLarge { path, what: "file", size, most: MAX_FILE });
    }
    Ok(())
}

/// The bytes of a file that the user names, wherever it is; symbolic links are followed.
///
/// # Errors
/// It is not there, no regular file, too large, or cannot be read.
pub fn read_file(file: &Path) -> Result<Vec<u8>, SourceError> {
    let path = file.display().to_string();
    let failed = |source| SourceError::Read { path: path.clone(), source };
    let metadata = std::fs::metadata(file).map_err(failed)?;
    if !metadata.is_file() {
        return Err(SourceError::NotAFile(path));
    }
    small_enough(&path, metadata.len())?;
    std::fs::read(file).map_err(failed)
}
