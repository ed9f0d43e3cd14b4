//! The files of a commit, looked up where they are asked for: the tree of a stranger can be deeper
//! and larger than all memory, and most of it concerns nobody.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use git2::{ObjectType, Oid};

use super::git::{Objects, failed, name_of};
use super::{Entry, Kind, SourceError, small_enough};

/// How many files are listed, and how deep folders are entered for that.
const MOST_LISTED: usize = 200_000;
const DEEPEST_LISTED: usize = 64;

/// What a tree may have where all of it is needed: for a merge.
const MOST_MERGED: usize = 1_000_000;
const DEEPEST_MERGED: usize = 256;

/// The tree of a commit, or a folder in it.
#[derive(Debug)]
pub(super) struct GitTree {
    objects: Arc<Objects>,
    root: Oid,
    /// Folders that were looked at. One that is there twice is read once.
    folders: Mutex<HashMap<Oid, Arc<Folder>>>,
}

type Folder = BTreeMap<String, Item>;

/// What a folder has under a name.
#[derive(Debug, Clone, Copy)]
enum Item {
    Folder(Oid),
    File(Entry),
}

impl GitTree {
    pub(super) fn new(objects: Arc<Objects>, root: Oid) -> GitTree {
        GitTree { objects, root, folders: Mutex::default() }
    }

    pub(super) fn objects(&self) -> &Arc<Objects> {
        &self.objects
    }

    fn folder(&self, oid: Oid) -> Result<Arc<Folder>, SourceError> {
        let open = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = open().get(&oid) {
            return Ok(Arc::clone(folder));
        }
        let folder = self.objects.with(|git| {
            let failed = |error: git2::Error| failed("read a tree", &error);
            let (size, _) = git.odb().and_then(|odb| odb.read_header(oid)).map_err(failed)?;
            small_enough(format_args!("tree {oid}"), size as u64)?;
            let tree = git.find_tree(oid).map_err(failed)?;
            let item = |entry: git2::TreeEntry<'_>| {
                let item = match entry.kind() {
                    Some(ObjectType::Tree) => Item::Folder(entry.id()),
                    _ => Item::File(Entry::of(entry.filemode().cast_unsigned(), entry.id())),
                };
                (name_of(entry.name_bytes()), item)
            };
            Ok(Arc::new(tree.iter().map(item).collect::<Folder>()))
        })?;
        open().insert(oid, Arc::clone(&folder));
        Ok(folder)
    }

    /// What stands at a path. What lies behind a symbolic link or a submodule is special.
    fn item(&self, path: &str) -> Result<Option<Item>, SourceError> {
        let mut item = Item::Folder(self.root);
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let folder = match item {
                Item::Folder(oid) => self.folder(oid)?,
                Item::File(Entry::Special) => return Ok(Some(item)),
                Item::File(Entry::Blob(_)) => return Ok(None),
            };
            match folder.get(part) {
                Some(found) => item = *found,
                None => return Ok(None),
            }
        }
        Ok(Some(item))
    }

    /// What stands at a path; nothing, where objects are missing that would tell.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        Some(match self.item(path).ok()?? {
            Item::Folder(_) => Kind::Folder,
            Item::File(Entry::Blob(_)) => Kind::File,
            Item::File(Entry::Special) => Kind::Special,
        })
    }

    /// What git has at a path, if it is no folder.
    pub(super) fn entry(&self, path: &str) -> Option<Entry> {
        match self.item(path).ok()?? {
            Item::File(entry) => Some(entry),
            Item::Folder(_) => None,
        }
    }

    /// The names of what lies directly in a folder and is no folder; sorted.
    pub(super) fn names(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        let Some(Item::Folder(oid)) = self.item(folder)? else { return Ok(BTreeSet::new()) };
        let folder = self.folder(oid)?;
        let files = folder.iter().filter(|(_, item)| matches!(item, Item::File(_)));
        Ok(files.map(|(name, _)| name.clone()).collect())
    }

    /// The regular files below a folder; of a monstrous tree a part.
    pub(super) fn files(&self, below: &str) -> Result<Vec<(String, Oid)>, SourceError> {
        let Some(Item::Folder(oid)) = self.item(below)? else { return Ok(Vec::new()) };
        let mut files = Vec::new();
        let mut open = vec![(below.to_owned(), oid, 0)];
        while let Some((folder, oid, depth)) = open.pop() {
            for (name, item) in self.folder(oid)?.iter() {
                let path =
                    if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                match item {
                    Item::File(Entry::Blob(blob)) => files.push((path, *blob)),
                    Item::Folder(oid) if depth < DEEPEST_LISTED => {
                        open.push((path, *oid, depth + 1))
                    }
                    Item::Folder(_) | Item::File(Entry::Special) => {}
                }
            }
            if files.len() + open.len() > MOST_LISTED {
                break;
            }
        }
        Ok(files)
    }

    /// Refuses a tree that is too deep or too large to be merged.
    pub(super) fn check_mergeable(&self) -> Result<(), SourceError> {
        let mut seen = 0;
        let mut open = vec![(self.root, 0)];
        while let Some((oid, depth)) = open.pop() {
            let folder = self.folder(oid)?;
            seen += folder.len();
            if seen > MOST_MERGED || depth > DEEPEST_MERGED {
                return Err(SourceError::Monstrous { most: MOST_MERGED, deepest: DEEPEST_MERGED });
            }
            open.extend(folder.values().filter_map(|item| match item {
                Item::Folder(oid) => Some((*oid, depth + 1)),
                Item::File(_) => None,
            }));
        }
        Ok(())
    }
}
