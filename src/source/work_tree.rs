//! The files of a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use ignore::{DirEntry, WalkBuilder};

use super::{Content, Entry, MAX_FILE, SourceError, git};

/// Every file below `root` that git would not ignore, and the ignored ones that git tracks.
pub(super) fn entries(root: &Path) -> Result<BTreeMap<String, Entry>, SourceError> {
    fs::read_dir(root).map_err(|source| unreadable(&root.display().to_string(), source))?;
    let tracked = git::tracked(root)?;
    let mut entries = BTreeMap::new();
    // Hidden files count (`.github/`); what lies above the root does not.
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .ignore(false)
        .parents(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git" && !is_other_repository(entry))
        .build();
    for found in walk {
        // A folder that cannot be entered hides its files; documents lie one level deep, and there
        // the error shows when the file is read.
        let Ok(found) = found else { continue };
        let Some(kind) = found.file_type().filter(|kind| !kind.is_dir()) else { continue };
        if let Ok(path) = found.path().strip_prefix(root) {
            let entry = if kind.is_file() { Entry::OnDisk } else { Entry::Special };
            entries.insert(slashed(path), entry);
        }
    }
    for path in tracked {
        if !entries.contains_key(&path)
            && let Ok(metadata) = fs::symlink_metadata(root.join(&path))
        {
            let entry = if metadata.is_file() { Entry::OnDisk } else { Entry::Special };
            entries.insert(path, entry);
        }
    }
    Ok(entries)
}

/// Whether this is the folder of a submodule or of another repository within this one.
fn is_other_repository(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    is_folder && entry.depth() > 0 && entry.path().join(".git").exists()
}

/// The bytes of a file; never follows a symbolic link that took its place since the walk.
pub(super) fn read(root: &Path, path: &str) -> Result<Content, SourceError> {
    let file = root.join(path);
    let metadata = fs::symlink_metadata(&file).map_err(|source| unreadable(path, source))?;
    if !metadata.is_file() {
        return Ok(Content::Special);
    }
    if metadata.len() > MAX_FILE {
        return Err(SourceError::TooLarge { path: path.to_owned(), size: metadata.len() });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    fs::File::open(&file)
        .and_then(|open| open.take(MAX_FILE).read_to_end(&mut bytes))
        .map_err(|source| unreadable(path, source))?;
    Ok(Content::Bytes(bytes))
}

fn unreadable(path: &str, source: io::Error) -> SourceError {
    SourceError::Read { path: path.to_owned(), source }
}

/// A relative path with `/`; bytes that are not UTF-8 become U+FFFD.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
