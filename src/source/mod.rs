//! Where documents come from: the work tree, the git index, a git revision, or memory.
//!
//! The only room that reads files or git objects. A [`Snapshot`] knows every path of the
//! repository and gives the bytes of each.

mod git;
mod locate;
mod work_tree;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use locate::find_root;

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 64 << 20;

/// The state of a repository: paths relative to its root, with `/`, and their bytes.
#[derive(Debug)]
pub struct Snapshot {
    entries: BTreeMap<String, Entry>,
    backend: Backend,
}

/// What stands behind a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// A file of the work tree.
    OnDisk,
    /// A blob of git.
    Blob(git2::Oid),
    /// Bytes at hand.
    Bytes(Vec<u8>),
    /// A symbolic link, a submodule, a pipe or a device: it is there, and never opened.
    Special,
}

#[derive(Debug)]
enum Backend {
    Memory,
    WorkTree(PathBuf),
    Git(Box<git::Objects>),
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
    /// A file is larger than [`MAX_FILE`].
    #[error("{path}: {size} bytes are more than the {MAX_FILE} that are read of one file")]
    TooLarge {
        /// Which.
        path: String,
        /// Its size in bytes.
        size: u64,
    },
    /// There is no such path.
    #[error("{0}: there is no such file")]
    NoSuchPath(String),
    /// The folder is not a git repository.
    #[error("{}: no git repository, and --staged and --rev read from git", .0.display())]
    NoGit(PathBuf),
    /// A bare repository has neither work tree nor index.
    #[error(
        "{}: a bare repository has no work tree: name a revision with --rev", .0.display()
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
        let entries = files.into_iter().map(|(path, bytes)| (path, Entry::Bytes(bytes))).collect();
        Snapshot { entries, backend: Backend::Memory }
    }

    /// The files of a folder, without what `.gitignore` leaves out. Needs no git.
    ///
    /// # Errors
    /// The folder cannot be read, or is a bare git repository.
    pub fn work_tree(root: &Path) -> Result<Snapshot, SourceError> {
        let entries = work_tree::entries(root)?;
        Ok(Snapshot { entries, backend: Backend::WorkTree(root.to_owned()) })
    }

    /// The git index: what would be committed.
    ///
    /// # Errors
    /// No git repository, a bare one, or a conflict in the index.
    pub fn staged(root: &Path) -> Result<Snapshot, SourceError> {
        let objects = git::Objects::open(root)?;
        let entries = objects.index()?;
        Ok(Snapshot { entries, backend: Backend::Git(Box::new(objects)) })
    }

    /// The tree of a commit, without a checkout.
    ///
    /// # Errors
    /// No git repository, or it does not know the revision.
    pub fn revision(root: &Path, revision: &str) -> Result<Snapshot, SourceError> {
        let objects = git::Objects::open(root)?;
        let entries = objects.tree(revision)?;
        Ok(Snapshot { entries, backend: Backend::Git(Box::new(objects)) })
    }

    /// The folder on disk, for messages; empty for a repository in memory.
    #[must_use]
    pub fn root(&self) -> &Path {
        match &self.backend {
            Backend::Memory => Path::new(""),
            Backend::WorkTree(root) => root,
            Backend::Git(objects) => objects.root(),
        }
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Whether there is a file, or something else that is not a folder, at this path.
    #[must_use]
    pub fn has_file(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// Whether a file lies below this path; the root is the empty path.
    #[must_use]
    pub fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.below(path).next().is_some()
    }

    /// The paths below a folder, at any depth.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let inside = prefix.clone();
        self.entries
            .range(prefix..)
            .map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(&inside))
    }

    /// Replaces the content of a file, or adds one, in this snapshot only.
    pub fn set(&mut self, path: &str, bytes: Vec<u8>) {
        self.entries.insert(path.to_owned(), Entry::Bytes(bytes));
    }

    /// The content of a path.
    ///
    /// # Errors
    /// It is not there, cannot be read, or is too large.
    pub fn read(&self, path: &str) -> Result<Content, SourceError> {
        let entry =
            self.entries.get(path).ok_or_else(|| SourceError::NoSuchPath(path.to_owned()))?;
        match (entry, &self.backend) {
            (Entry::Special, _) => Ok(Content::Special),
            (Entry::Bytes(bytes), _) => Ok(Content::Bytes(bytes.clone())),
            (Entry::OnDisk, Backend::WorkTree(root)) => work_tree::read(root, path),
            (Entry::Blob(oid), Backend::Git(objects)) => objects.read(path, *oid),
            (Entry::OnDisk | Entry::Blob(_), _) => Err(SourceError::NoSuchPath(path.to_owned())),
        }
    }

    /// The contents of several paths, in their order, read side by side.
    pub fn read_all<'p>(&self, paths: &[&'p str]) -> Vec<(&'p str, Result<Content, SourceError>)> {
        paths.par_iter().map(|path| (*path, self.read(path))).collect()
    }
}
