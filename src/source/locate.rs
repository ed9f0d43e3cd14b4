//! Where the repository begins.

use std::path::{Path, PathBuf};

/// The root of the repository that `folder` lies in: the nearest folder upwards that has
/// `scs-doc.toml` or `.git`, or is a bare repository; else the nearest one with a standards folder;
/// else `folder` itself.
#[must_use]
pub fn find_root(folder: &Path) -> PathBuf {
    let is_root = |dir: &&Path| {
        let bare = dir.join("HEAD").is_file() && dir.join("objects").is_dir();
        dir.join("scs-doc.toml").is_file() || dir.join(".git").exists() || bare
    };
    let has_standards =
        |dir: &&Path| dir.join("Standards").is_dir() || dir.join("standards").is_dir();
    folder
        .ancestors()
        .find(is_root)
        .or_else(|| folder.ancestors().find(has_standards))
        .unwrap_or(folder)
        .to_owned()
}

/// The folder in which git keeps what it knows of the repository that `root` lies in. A work tree
/// that was added has a file in its place, which names it (gitrepository-layout).
#[must_use]
pub fn git_folder(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let (top, entry) =
        root.ancestors().map(|top| (top, top.join(".git"))).find(|(_, it)| it.exists())?;
    if entry.is_dir() {
        return Some(entry);
    }
    let text = std::fs::read_to_string(entry).ok()?;
    let folder = top.join(text.strip_prefix("gitdir:")?.trim());
    folder.is_dir().then_some(folder)
}
