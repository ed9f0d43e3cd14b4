//! Files beside their later places.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::EditError;

/// How the names of files begin that are not in their place yet.
pub(super) const READY: &str = ".scs-doc-";

/// How many random characters follow.
const RANDOM: usize = 6;

/// A file beside its later place, with the permissions that any new file would have.
pub(super) fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The process's umask takes its part away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.prefix(READY).rand_bytes(RANDOM).tempfile_in(folder)
}

/// Removes what runs that were stopped before they changed anything left in folders.
pub(super) fn clear(folders: BTreeSet<PathBuf>) {
    let is_left = |name: &str| {
        let rest = name.strip_prefix(READY).unwrap_or_default();
        rest.len() == RANDOM && rest.bytes().all(|it| it.is_ascii_alphanumeric())
    };
    for folder in folders {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries.filter(|it| it.file_name().to_str().is_some_and(is_left)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

pub(super) fn failed(path: &Path, source: io::Error) -> EditError {
    EditError::Write { path: path.to_owned(), source }
}
