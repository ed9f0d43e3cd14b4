//! Where manifests are, and reading them.

use std::collections::BTreeSet;

use globset::GlobBuilder;

use super::Manifest;
use crate::document::{Problem, Span};
use crate::source::{Content, Kind, Snapshot, SourceError};

/// The end of the name of a file with bindings, from which a manifest is built.
pub const BINDINGS: &str = ".bindings.toml";

/// The largest manifest that is read, in bytes.
pub(crate) const MAX_MANIFEST: usize = 8 << 20;

impl Manifest {
    /// Reads the manifests that the globs name (relative to the repository, `*` does not cross a
    /// `/`), sorted by path.
    ///
    /// # Errors
    /// A folder of a work tree cannot be read.
    pub(in crate::corpus) fn read_all(
        snapshot: &Snapshot,
        globs: &[String],
    ) -> Result<Vec<Manifest>, SourceError> {
        let mut paths = manifest_paths(snapshot, globs)?;
        paths.retain(|path| !path.ends_with(BINDINGS));
        Ok(paths.iter().map(|path| Manifest::open(snapshot, path)).collect())
    }

    fn open(snapshot: &Snapshot, path: &str) -> Manifest {
        let message = match snapshot.read(path) {
            Ok(Content::Bytes(bytes)) if bytes.len() > MAX_MANIFEST => {
                format!("the manifest is larger than {} MiB and was not read", MAX_MANIFEST >> 20)
            }
            Ok(Content::Bytes(bytes)) => match String::from_utf8(bytes) {
                Ok(text) => return Manifest::read(path, text),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    format!("the manifest is no UTF-8 text from byte {at} on")
                }
            },
            Ok(Content::Special) => "the manifest is no regular file; it was not opened".to_owned(),
            Err(error) => error.to_string(),
        };
        let problem = Problem { span: Span::new(0, 0), subject: "file".to_owned(), message };
        Manifest { path: path.to_owned(), problems: vec![problem], ..Manifest::default() }
    }
}

/// The manifests that globs name.
///
/// # Errors
/// A folder of a work tree cannot be read.
pub(crate) fn manifest_paths(
    snapshot: &Snapshot,
    globs: &[String],
) -> Result<BTreeSet<String>, SourceError> {
    let mut paths = BTreeSet::new();
    for glob in globs {
        // A glob that makes no sense names nothing.
        let Ok(matcher) = GlobBuilder::new(glob).literal_separator(true).build() else { continue };
        let matcher = matcher.compile_matcher();
        paths.extend(candidates(snapshot, glob)?.into_iter().filter(|it| matcher.is_match(it)));
    }
    Ok(paths)
}

/// The files below the folder that all files of a glob lie below; those right in it where the glob
/// reaches no deeper.
fn candidates(snapshot: &Snapshot, glob: &str) -> Result<Vec<String>, SourceError> {
    let folder = folder_of(glob);
    let rest = glob.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
    if rest.contains('/') || rest.contains("**") || folder.is_empty() {
        return Ok(snapshot.files(folder)?.into_keys().collect());
    }
    if snapshot.kind(folder) != Some(Kind::Folder) {
        return Ok(Vec::new());
    }
    let names = snapshot.names(folder)?;
    Ok(names.into_iter().map(|name| format!("{folder}/{name}")).collect())
}

/// The folder that all files of a glob lie below.
fn folder_of(glob: &str) -> &str {
    let plain =
        glob.find(['*', '?', '[', '{', '\\']).map_or(glob, |at| glob.get(..at).unwrap_or(""));
    plain.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_names_the_files_of_its_folder() {
        let file = |path: &str| (path.to_owned(), b"name: x\n".to_vec());
        let paths = ["Tests/scs-a.yaml", "Tests/b/scs-c.yaml", "scs-d.yaml"];
        let snapshot = Snapshot::memory(paths.map(file));
        let found = |glob: &str| -> Vec<String> {
            manifest_paths(&snapshot, &[glob.to_owned()]).unwrap().into_iter().collect()
        };
        assert_eq!(found("Tests/scs-*.yaml"), ["Tests/scs-a.yaml"]);
        assert_eq!(found("Tests/**/scs-*.yaml"), ["Tests/b/scs-c.yaml", "Tests/scs-a.yaml"]);
        assert_eq!(found("**/scs-*.yaml").len(), 3);
        assert_eq!(found("Tests/[").len(), 0);
        assert_eq!(found("None/*.yaml").len(), 0);
        assert_eq!(folder_of("Tests/a/*.yaml"), "Tests/a");
        assert_eq!(folder_of("**/scs.yaml"), "");
    }
}
