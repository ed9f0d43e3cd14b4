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

/// The folder in which git keeps what it knows of the repository that `root` lies in.
#[must_use]
pub fn git_folder(root: &Path) -> Option<PathBuf> {
    let nowhere: [&Path; 0] = [];
    Some(git2::Repository::discover_path(root, nowhere).ok()?.to_owned())
}
