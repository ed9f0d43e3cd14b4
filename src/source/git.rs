//! The index and the objects of a git repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use git2::{ErrorCode, Index, ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};

use super::{Content, Entry, MAX_FILE, SourceError};

/// File modes of git (gitformat-index, *mode*).
const MODE_TYPE: u32 = 0o170_000;
const MODE_REGULAR: u32 = 0o100_000;

/// An open repository, and the folder in it that counts as the root.
pub(super) struct Objects {
    // libgit2 lets one thread at a time use a repository.
    repository: Mutex<Repository>,
    root: PathBuf,
    /// The root relative to the work tree, with `/` at the end unless empty.
    prefix: String,
}

impl std::fmt::Debug for Objects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Objects").field("root", &self.root).finish_non_exhaustive()
    }
}

/// A revision that is not there.
pub(super) fn unknown(revision: &str, error: &git2::Error) -> SourceError {
    SourceError::Revision {
        revision: revision.to_owned(),
        reason: error.message().trim().to_owned(),
    }
}

pub(super) fn failed(what: &str, error: &git2::Error) -> SourceError {
    let reason = error.message().trim().to_owned();
    let hint = match error.code() {
        ErrorCode::Owner => Some(
            "the folder belongs to another user: `git config --global --add safe.directory DIR`",
        ),
        ErrorCode::NotFound => {
            Some("a shallow or partial clone lacks objects: `git fetch --unshallow --refetch`")
        }
        _ if reason.contains("extensions.") || reason.contains("repositoryformatversion") => {
            Some("the repository uses a format (reftable, SHA-256) that libgit2 cannot read")
        }
        _ => None,
    };
    SourceError::Git { what: what.to_owned(), reason, hint }
}

/// The repository of a folder, if it is in one.
fn discover(root: &Path) -> Result<Option<Repository>, SourceError> {
    match Repository::discover(root) {
        Ok(repository) => Ok(Some(repository)),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(failed("open the repository", &error)),
    }
}

/// The folder of `root` within the work tree.
fn prefix_of(repository: &Repository, root: &Path) -> String {
    let inner = repository.workdir().and_then(|top| {
        let top = top.canonicalize().ok()?;
        root.canonicalize().ok()?.strip_prefix(top).ok().map(Path::to_owned)
    });
    let parts: Vec<_> =
        inner.iter().flat_map(|path| path.iter()).map(|p| p.to_string_lossy()).collect();
    if parts.is_empty() { String::new() } else { format!("{}/", parts.join("/")) }
}

/// Whether the folder is itself a bare repository.
pub(super) fn is_bare(root: &Path) -> bool {
    root.join("HEAD").is_file() && root.join("objects").is_dir() && !root.join(".git").exists()
}

/// The paths that git tracks below `root`; none where there is no git.
pub(super) fn tracked(root: &Path) -> Result<Vec<String>, SourceError> {
    let Some(repository) = discover(root)? else { return Ok(Vec::new()) };
    let prefix = prefix_of(&repository, root);
    let index = repository.index().map_err(|error| failed("read the index", &error))?;
    let paths = index.iter().filter_map(|entry| {
        let path = String::from_utf8(entry.path).ok()?;
        path.strip_prefix(&prefix).map(str::to_owned)
    });
    Ok(paths.collect())
}

/// The index that is about to be committed. It is not the repository's own in a hook of
/// `git commit --all` or `git commit PATH`: git names it in `GIT_INDEX_FILE`, relative to the work tree.
pub(super) fn staged(repository: &Repository) -> Result<Index, git2::Error> {
    match (std::env::var_os("GIT_INDEX_FILE"), repository.workdir()) {
        (Some(file), Some(top)) if !file.is_empty() => Index::open(&top.join(file)),
        _ => repository.index(),
    }
}

impl Objects {
    pub(super) fn open(root: &Path) -> Result<Objects, SourceError> {
        let repository = discover(root)?.ok_or_else(|| SourceError::NoGit(root.to_owned()))?;
        let prefix = prefix_of(&repository, root);
        Ok(Objects { repository: Mutex::new(repository), root: root.to_owned(), prefix })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn with<T>(&self, use_it: impl FnOnce(&Repository) -> T) -> T {
        use_it(&self.repository.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn entry(&self, path: &[u8], mode: u32, oid: Oid) -> Option<(String, Entry)> {
        let path = String::from_utf8_lossy(path);
        let path = path.strip_prefix(&self.prefix)?.to_owned();
        let regular = mode & MODE_TYPE == MODE_REGULAR;
        Some((path, if regular { Entry::Blob(oid) } else { Entry::Special }))
    }

    /// The entries of the index.
    pub(super) fn index(&self) -> Result<BTreeMap<String, Entry>, SourceError> {
        self.with(|repository| {
            if repository.is_bare() {
                return Err(SourceError::Bare(repository.path().to_owned()));
            }
            let index = staged(repository).map_err(|error| failed("read the index", &error))?;
            self.entries(&index)
        })
    }

    /// The files of an index.
    pub(super) fn entries(&self, index: &Index) -> Result<BTreeMap<String, Entry>, SourceError> {
        let stage = |flags: u16| (flags >> 12) & 3;
        let mut entries = BTreeMap::new();
        for entry in index.iter() {
            if stage(entry.flags) != 0 {
                let path = String::from_utf8_lossy(&entry.path).into_owned();
                return Err(SourceError::Conflict { path });
            }
            entries.extend(self.entry(&entry.path, entry.mode, entry.id));
        }
        Ok(entries)
    }

    /// The files of a revision's tree.
    pub(super) fn tree(&self, revision: &str) -> Result<BTreeMap<String, Entry>, SourceError> {
        self.with(|repository| {
            let object = repository.revparse_single(revision);
            let tree = object.and_then(|object| object.peel_to_tree());
            let tree = tree.map_err(|error| unknown(revision, &error))?;
            let mut entries = BTreeMap::new();
            tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
                if entry.kind() != Some(ObjectType::Tree) {
                    let path = [folder.as_bytes(), entry.name_bytes()].concat();
                    let mode = u32::try_from(entry.filemode()).unwrap_or_default();
                    entries.extend(self.entry(&path, mode, entry.id()));
                }
                TreeWalkResult::Ok
            })
            .map_err(|error| failed("read the tree", &error))?;
            Ok(entries)
        })
    }

    /// The bytes of a blob.
    pub(super) fn read(&self, path: &str, oid: Oid) -> Result<Content, SourceError> {
        self.with(|repository| {
            let blob = repository
                .find_blob(oid)
                .map_err(|error| failed(&format!("read {path}"), &error))?;
            let size = blob.size() as u64;
            if size > MAX_FILE {
                return Err(SourceError::TooLarge { path: path.to_owned(), size });
            }
            Ok(Content::Bytes(blob.content().to_vec()))
        })
    }
}
