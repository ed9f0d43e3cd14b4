//! The index of git, where files get another name.

use std::path::Path;

use git2::Repository;

use super::EditError;

/// Gives tracked files their new names in the index, as `git mv` does: the content that is staged
/// stays. Paths are relative to `root`. Where there is no git, nothing is done.
pub(super) fn rename(root: &Path, renames: &[(&str, &str)]) -> Result<(), EditError> {
    if renames.is_empty() {
        return Ok(());
    }
    let Ok(repository) = Repository::discover(root) else { return Ok(()) };
    let Some(top) = repository.workdir().and_then(|top| top.canonicalize().ok()) else {
        return Ok(());
    };
    let inner = root.canonicalize().ok();
    let inner = inner.as_deref().and_then(|root| root.strip_prefix(&top).ok()).unwrap_or(root);
    let staged = || {
        let mut index = repository.index()?;
        for (old, new) in renames {
            let Some(mut entry) = index.get_path(&inner.join(old), 0) else { continue };
            index.remove_path(&inner.join(old))?;
            entry.path = inner.join(new).to_string_lossy().replace('\\', "/").into_bytes();
            // The file is another one by now: git is to look at it again.
            entry.mtime = git2::IndexTime::new(0, 0);
            index.add(&entry)?;
        }
        index.write()
    };
    staged().map_err(|error: git2::Error| EditError::Git {
        what: "rename in the index".to_owned(),
        reason: error.message().trim().to_owned(),
    })
}
