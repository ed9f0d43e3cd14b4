//! What the test-suite manifests say of documents.

use std::collections::BTreeMap;

use globset::{Glob, GlobSetBuilder};
use granit_parser::{Event, Parser};

use crate::source::{Content, Snapshot, SourceError};

/// The largest manifest that is read, in bytes.
const MAX_MANIFEST: usize = 1 << 20;

/// The numbers of documents that manifests name in the ids and addresses of their test cases, with
/// the first manifest that does.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestCases(BTreeMap<u16, String>);

impl TestCases {
    /// Reads the manifests that the globs name (relative to the repository, `*` does not cross a
    /// `/`). What is no YAML counts as far as it could be read.
    ///
    /// # Errors
    /// A folder of a work tree cannot be read.
    pub fn read(snapshot: &Snapshot, globs: &[String]) -> Result<TestCases, SourceError> {
        let mut set = GlobSetBuilder::new();
        // A glob that makes no sense names nothing.
        let globs = globs.iter().filter_map(|glob| {
            let mut builder = globset::GlobBuilder::new(glob);
            builder.literal_separator(true).build().ok()
        });
        globs.for_each(|glob: Glob| _ = set.add(glob));
        let set = set.build().unwrap_or_default();
        let mut found = BTreeMap::new();
        for (path, _) in snapshot.files()?.iter().filter(|(path, _)| set.is_match(path)) {
            // What cannot be read names nothing; to say so is up to the rules on manifests.
            let Ok(Content::Bytes(bytes)) = snapshot.read(path) else { continue };
            if bytes.len() > MAX_MANIFEST {
                continue;
            }
            for number in numbers(&String::from_utf8_lossy(&bytes)) {
                found.entry(number).or_insert_with(|| path.clone());
            }
        }
        Ok(TestCases(found))
    }

    /// A manifest that names a test case for documents of this number.
    #[must_use]
    pub fn manifest_for(&self, number: u16) -> Option<&str> {
        self.0.get(&number).map(String::as_str)
    }
}

/// The numbers in all values such as `scs-0100-syntax-check` or `…/scs-0100-v3-flavor-naming`;
/// comments are no values.
fn numbers(yaml: &str) -> Vec<u16> {
    let mut numbers = Vec::new();
    for event in Parser::new_from_str(yaml) {
        let Ok((event, _)) = event else { break };
        if let Event::Scalar(text, ..) = event {
            let named = text.match_indices("scs-").filter_map(|(at, prefix)| {
                let (number, _) = text.get(at + prefix.len()..)?.split_once('-')?;
                let digits = number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit());
                number.parse::<u16>().ok().filter(|_| digits)
            });
            numbers.extend(named);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_addresses_name_documents_and_comments_do_not() {
        let yaml = "# scs-0104-x\nscripts:\n- testcases:\n  - id: scs-0100-syntax-check\n    url: https://e.org/scs-0101-w1-a#b\n- x: scs-01033-y [scs-0102\n";
        let file = |path: &str| (path.to_owned(), yaml.as_bytes().to_vec());
        let snapshot = Snapshot::memory([file("Tests/scs-a.yaml"), file("Tests/b/scs-c.yaml")]);
        let tests = TestCases::read(&snapshot, &["Tests/scs-*.yaml".to_owned()]).unwrap();
        let named = [(100, "Tests/scs-a.yaml".to_owned()), (101, "Tests/scs-a.yaml".to_owned())];
        assert_eq!(tests, TestCases(named.into()));
    }
}
