//! The index of git, where files get another name.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Index, Repository};

use super::EditError;

/// Gives tracked files their new names in the index, as `git mv` does: the content that is staged
/// stays. Paths are relative to `root`. Where there is no git, nothing is done.
pub(super) fn rename(root: &Path, renames: &[(&str, &str)]) -> Result<(), EditError> {
    if renames.is_empty() {
        return Ok(());
    }
    let refused = |error: git2::Error| {
        EditError::Git {
        what: "rename in the index".to_owned(),
        reason: match error.code() {
            ErrorCode::Locked => "another git uses it, or was stopped: wait for it, or delete the file `index.lock` in the folder of git, then run the command again".to_owned(),
            _ => error.message().trim().to_owned(),
        },
    }
    };
    let repository = match Repository::discover(root) {
        Ok(repository) => repository,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(()),
        Err(error) => return Err(refused(error)),
    };
    let Some(inner) = place(&repository, root) else { return Ok(()) };
    let mut index = repository.index().map_err(refused)?;
    for (old, new) in renames {
        let (old, new) = (inner.join(old), inner.join(new));
        if is_unmerged(&index, &old) {
            return Err(EditError::Git {
                what: format!("rename {}", old.display()),
                reason: "it is not merged yet".to_owned(),
            });
        }
        let Some(mut entry) = index.get_path(&old, 0) else { continue };
        index.remove_path(&old).map_err(refused)?;
        entry.path = new.to_string_lossy().replace('\\', "/").into_bytes();
        // The file is another one by now: git is to look at it again.
        entry.mtime = git2::IndexTime::new(0, 0);
        index.add(&entry).map_err(refused)?;
    }
    index.write().map_err(refused)
}

/// Where a folder lies in the work tree of a repository; none for a bare one.
pub(super) fn place(repository: &Repository, root: &Path) -> Option<PathBuf> {
    let top = repository.workdir()?.canonicalize().ok()?;
    Some(root.canonicalize().ok()?.strip_prefix(top).ok()?.to_owned())
}

/// Whether a path has entries of a merge that is not finished (gitrevisions(7), stages 1 to 3).
fn is_unmerged(index: &Index, path: &Path) -> bool {
    (1..=3).any(|stage| index.get_path(path, stage).is_some())
}
