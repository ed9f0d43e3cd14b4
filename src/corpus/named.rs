//! Documents as people name them.

use super::Corpus;
use crate::document::Document;
use crate::model::Kind;
use crate::text::some_of;

/// How many candidates are listed.
const MOST_LISTED: usize = 8;

/// Why a name does not lead to a document.
#[derive(Debug, thiserror::Error)]
pub enum NameError {
    /// No document has this name.
    #[error("{name}: there is no such document{}", match hint {
        Some(hint) => format!("; did you mean `{hint}`?"),
        None => " (a document is named by its file name, as scs-0100-v3, or as scs-0100)".to_owned(),
    })]
    Unknown {
        /// What was asked for.
        name: String,
        /// A name that is near.
        hint: Option<String>,
    },
    /// Several documents have it.
    #[error("{name}: may be {}: say which", some_of(candidates, MOST_LISTED))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The file names of the documents that it may be.
        candidates: Vec<String>,
    },
}

impl Corpus {
    /// The document that a name means: a file name with or without `.md`, `scs-0100-v3`, `0100-v3`,
    /// or `scs-0100` where there is only one version. Case does not matter.
    ///
    /// # Errors
    /// There is no such document, or more than one.
    pub fn named(&self, name: &str) -> Result<&Document, NameError> {
        let wanted = name.to_ascii_lowercase();
        let wanted = wanted.strip_suffix(".md").unwrap_or(&wanted);
        let wanted = match wanted.strip_prefix("scs-") {
            Some(_) => wanted.to_owned(),
            None => format!("scs-{wanted}"),
        };
        let found = self.fitting(|stem| stem == wanted);
        let begins = format!("{wanted}-");
        let is_name = wanted.matches('-').count() <= 2;
        let found = match found.is_empty() && is_name {
            true => self.fitting(|stem| stem.starts_with(&begins)),
            false => found,
        };
        // A number alone is that of the document, not of its supplements.
        let primaries: Vec<&Document> =
            found.iter().copied().filter(|it| it.kind() == Kind::Primary).collect();
        let found = if primaries.is_empty() { found } else { primaries };
        match found.as_slice() {
            [one] => Ok(one),
            [] => Err(NameError::Unknown { name: name.to_owned(), hint: self.near(&wanted) }),
            several => Err(NameError::Ambiguous {
                name: name.to_owned(),
                candidates: several.iter().map(|it| it.file_name().to_owned()).collect(),
            }),
        }
    }

    /// The documents whose file name without extension, in lower case, is as wanted.
    fn fitting(&self, fits: impl Fn(&str) -> bool) -> Vec<&Document> {
        let stem = |document: &Document| {
            let name = document.file_name().to_ascii_lowercase();
            name.strip_suffix(".md").unwrap_or(&name).to_owned()
        };
        let documents = self.documents.iter().map(AsRef::as_ref);
        documents.filter(|document| fits(&stem(document))).collect()
    }

    /// Another version of the same number, or the same with a slip of the pen.
    fn near(&self, wanted: &str) -> Option<String> {
        let number =
            wanted.get(..8).filter(|it| it.as_bytes().get(4).is_some_and(u8::is_ascii_digit));
        let of_number = number.map(|number| self.fitting(|stem| stem.starts_with(number)));
        let of_number = of_number.and_then(|found| {
            let primary = found.iter().rfind(|it| it.is_primary());
            Some(primary.or(found.last())?.label())
        });
        of_number.or_else(|| self.resembling(wanted).map(str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Date, Snapshot};

    #[test]
    fn names_lead_to_one_document_or_to_candidates() {
        let names = [
            "scs-0100-v1-flavor.md",
            "scs-0100-v2-flavor.md",
            "scs-0100-w1-flavor.md",
            "scs-0101-v1-entropy.md",
            "scs-0101-w1-tests.md",
            "scs-XXXX-v1-idea.md",
            "scs-0102-w1-only.md",
        ];
        let files = names.map(|name| (format!("standards/{name}"), b"---\n---\n".to_vec()));
        let as_of = Date::parse("2026-08-21").unwrap();
        let corpus = Corpus::load(&Snapshot::memory(files), &Config::default(), as_of).unwrap();
        for (name, found) in [
            ("scs-0100-v2-flavor.md", names[1]),
            ("SCS-0100-V2-Flavor", names[1]),
            ("0100-v1", names[0]),
            ("scs-0100-w1", names[2]),
            ("0101", names[3]),
            ("scs-xxxx-v1-idea", names[5]),
            ("xxxx", names[5]),
            ("scs-0102", names[6]),
        ] {
            assert_eq!(corpus.named(name).unwrap().file_name(), found, "{name}");
        }
        for (name, error) in [
            (
                "scs-0100",
                "scs-0100: may be scs-0100-v1-flavor.md and scs-0100-v2-flavor.md: say which",
            ),
            ("scs-0100-v3", "scs-0100-v3: there is no such document; did you mean `scs-0100-v2`?"),
            ("scs-0101-entropy", "there is no such document; did you mean `scs-0101-v1`?"),
            ("scs-0199-v1", "scs-0199-v1: there is no such document (a document is named by"),
            ("", "there is no such document"),
        ] {
            let told = corpus.named(name).unwrap_err().to_string();
            assert!(told.contains(error), "{told}");
        }
    }
}
