//! The index and the objects of a git repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use git2::{Config, ErrorCode, Index, ObjectType, Oid, Repository};

use super::{BlobId, Content, Entry, SourceError, small_enough};

/// File modes of git (gitformat-index, *mode*).
const MODE_TYPE: u32 = 0o170_000;
const MODE_REGULAR: u32 = 0o100_000;

/// The extended flag of an entry that is only intended to be added (gitformat-index, *intent-to-add*).
const INTENT_TO_ADD: u16 = 1 << 13;

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
        ErrorCode::NotFound => Some(
            "a partial or shallow clone lacks objects: clone without --filter, or `git fetch --unshallow`",
        ),
        _ if ["extensions.", "repositoryformatversion", "object format"]
            .iter()
            .any(|it| reason.contains(it)) =>
        {
            Some("the repository uses a format (reftable, SHA-256) that libgit2 cannot read")
        }
        _ if reason.contains("unsupported mandatory extension") => Some(
            "libgit2 cannot read a split or sparse index: `git update-index --no-split-index`, `git sparse-checkout disable`",
        ),
        _ => None,
    };
    SourceError::Git { what: what.to_owned(), reason, hint }
}

/// A name of git as text. Bytes that are not UTF-8 are written as `\xFE`, so that different names
/// stay different.
pub(super) fn name_of(bytes: &[u8]) -> String {
    let mut name = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02X}"));
        }
    }
    name
}

impl Entry {
    /// What git has under a mode (gitformat-index, *mode*) and an id.
    pub(super) fn of(mode: u32, oid: Oid) -> Entry {
        let regular = mode & MODE_TYPE == MODE_REGULAR;
        if regular { Entry::Blob(oid) } else { Entry::Special }
    }
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

/// The file of patterns that the user ignores everywhere (git-config, *core.excludesFile*).
pub(super) fn excludes_file() -> Option<PathBuf> {
    let named = Config::open_default().and_then(|config| config.get_path("core.excludesfile"));
    named.ok().or_else(|| {
        let set = |name| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        let folder = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")))?;
        Some(folder.join("git/ignore"))
    })
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

    /// The folder of the root within a tree; `None` if the tree does not have it.
    pub(super) fn root_in(&self, git: &Repository, tree: Oid) -> Result<Option<Oid>, SourceError> {
        let mut tree = git.find_tree(tree).map_err(|error| failed("read a tree", &error))?;
        for part in self.prefix.split('/').filter(|part| !part.is_empty()) {
            let entry = tree.get_name(part).filter(|it| it.kind() == Some(ObjectType::Tree));
            let Some(oid) = entry.map(|entry| entry.id()) else { return Ok(None) };
            tree = git.find_tree(oid).map_err(|error| failed("read a tree", &error))?;
        }
        Ok(Some(tree.id()))
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
            let path = name_of(&entry.path);
            if stage(entry.flags) != 0 {
                return Err(SourceError::Conflict { path });
            }
            // What is only intended to be added would not be committed.
            if entry.flags_extended & INTENT_TO_ADD != 0 {
                continue;
            }
            if let Some(path) = path.strip_prefix(&self.prefix) {
                entries.insert(path.to_owned(), Entry::of(entry.mode, entry.id));
            }
        }
        Ok(entries)
    }

    /// The tree of a revision, as far as it lies below the root.
    pub(super) fn tree(&self, revision: &str) -> Result<Oid, SourceError> {
        self.with(|git| {
            let object = git.revparse_single(revision);
            let tree = object.and_then(|object| object.peel_to_tree());
            let tree = tree.map_err(|error| unknown(revision, &error))?.id();
            self.root_in(git, tree)?.ok_or_else(|| SourceError::Revision {
                revision: revision.to_owned(),
                reason: format!("it has no folder {}", self.prefix),
            })
        })
    }

    /// The content of what git has at a path.
    pub(super) fn content(&self, path: &str, entry: Entry) -> Result<Content, SourceError> {
        match entry {
            Entry::Blob(oid) => self.read(path, oid),
            Entry::Special => Ok(Content::Special),
        }
    }

    /// The bytes of a blob.
    pub(super) fn blob(&self, path: &str, blob: BlobId) -> Result<Vec<u8>, SourceError> {
        match self.read(path, blob.0)? {
            Content::Bytes(bytes) => Ok(bytes),
            Content::Special => Ok(Vec::new()),
        }
    }

    fn read(&self, path: &str, oid: Oid) -> Result<Content, SourceError> {
        self.with(|repository| {
            let blob = repository
                .find_blob(oid)
                .map_err(|error| failed(&format!("read {path}"), &error))?;
            small_enough(path, blob.size() as u64)?;
            Ok(Content::Bytes(blob.content().to_vec()))
        })
    }
}
