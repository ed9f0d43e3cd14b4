//! File names of documents: `scs-<number>-<v or w><version>-<slug>.md`.

use std::fmt;

use super::{Kind, Track};

/// The number in a file name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Number {
    /// Four digits, as a document has after its acceptance.
    Assigned(u16),
    /// `xxxx`, `XXXX` or half-filled such as `01xx`: a proposal.
    Placeholder(String),
}

impl Number {
    fn parse(text: &str) -> Option<Number> {
        if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'x' || b == b'X') {
            return None;
        }
        Some(text.parse().map_or_else(|_| Number::Placeholder(text.to_owned()), Number::Assigned))
    }

    /// The second digit, where there is one.
    #[must_use]
    pub fn track_digit(&self) -> Option<char> {
        self.to_string().chars().nth(1).filter(char::is_ascii_digit)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Assigned(number) => write!(f, "{number:04}"),
            Number::Placeholder(text) => f.write_str(text),
        }
    }
}

/// What identifies a document: number, kind and version. The slug may change between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId {
    /// The assigned number.
    pub number: u16,
    /// Primary or supplement.
    pub kind: Kind,
    /// The major version, from 1.
    pub version: u32,
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "scs-{:04}-{}{}", self.number, self.kind, self.version)
    }
}

/// A file name that follows the pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocName {
    /// Assigned or placeholder.
    pub number: Number,
    /// Primary or supplement.
    pub kind: Kind,
    /// The major version, from 1.
    pub version: u32,
    /// Everything between the version and `.md`; its characters are not judged here.
    pub slug: String,
}

/// Why a file name does not follow the pattern; the text continues "the file name …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// White space anywhere in it.
    #[error("has a blank in it")]
    Blank,
    /// `SCS-`, `Scs-`.
    #[error("does not begin with lower-case `scs-`")]
    Prefix,
    /// Another extension than `.md`.
    #[error("does not end in `.md`")]
    Extension,
    /// Neither four digits nor a placeholder.
    #[error("has no number of four digits (or `xxxx` for a proposal) after `scs-`")]
    Number,
    /// No `v` or `w` with a version.
    #[error("has no version such as `v1` (or `w1` for a supplement) after the number")]
    VersionMissing,
    /// `v0`, `v01`, `vN`, `V1`.
    #[error("has a version that is not `v` or `w` and a positive number without leading zero")]
    Version,
    /// Nothing after the version.
    #[error("has no slug after the version")]
    Slug,
}

impl DocName {
    /// Reads a file name without folders (scs-0001, *Document format*).
    ///
    /// # Errors
    /// The first way, from left to right, in which the name leaves the pattern.
    pub fn parse(file_name: &str) -> Result<DocName, NameProblem> {
        if file_name.contains(char::is_whitespace) {
            return Err(NameProblem::Blank);
        }
        let rest = file_name.strip_prefix("scs-").ok_or(NameProblem::Prefix)?;
        let stem = rest.strip_suffix(".md").ok_or(NameProblem::Extension)?;
        let (number, rest) = stem.split_once('-').unwrap_or((stem, ""));
        let number = Number::parse(number).ok_or(NameProblem::Number)?;
        let (version, slug) = rest.split_once('-').unwrap_or((rest, ""));
        let (kind, version) = parse_version(version)?;
        if slug.is_empty() {
            return Err(NameProblem::Slug);
        }
        Ok(DocName { number, kind, version, slug: slug.to_owned() })
    }

    /// The identity, once a number is assigned.
    #[must_use]
    pub fn id(&self) -> Option<DocId> {
        match self.number {
            Number::Assigned(number) => {
                Some(DocId { number, kind: self.kind, version: self.version })
            }
            Number::Placeholder(_) => None,
        }
    }

    /// The track that the second digit tells, where there is a digit and it is one of a track.
    #[must_use]
    pub fn track(&self) -> Option<Track> {
        self.number.track_digit().and_then(Track::from_digit)
    }
}

fn parse_version(text: &str) -> Result<(Kind, u32), NameProblem> {
    let mut chars = text.chars();
    let kind = match chars.next() {
        Some('v') => Kind::Primary,
        Some('w') => Kind::Supplement,
        Some('V' | 'W') => return Err(NameProblem::Version),
        _ => return Err(NameProblem::VersionMissing),
    };
    let digits = chars.as_str();
    if digits != "N" && !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(NameProblem::VersionMissing);
    }
    let canonical = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    let version = canonical.then(|| digits.parse().ok()).flatten();
    version.map(|version| (kind, version)).ok_or(NameProblem::Version)
}

/// Whether a file of the standards folder is a template: exactly `scs-XXXX-vN-*-template.md`.
#[must_use]
pub fn is_template_name(file_name: &str) -> bool {
    file_name.strip_prefix("scs-XXXX-vN-").is_some_and(|rest| {
        rest.strip_suffix("-template.md").is_some_and(|middle| !middle.is_empty())
    })
}

/// Whether a file of the standards folder wants to be a document: its name begins with `scs-`, in
/// any case.
#[must_use]
pub fn looks_like_document(file_name: &str) -> bool {
    file_name.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("scs-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_follow_the_pattern() {
        let name = DocName::parse("scs-0100-v3-flavor-naming.md").unwrap();
        assert_eq!(name.id().unwrap().to_string(), "scs-0100-v3");
        assert_eq!(name.track(), Some(Track::IaaS));
        let name = DocName::parse("scs-01xx-w12-x.md").unwrap();
        assert_eq!((name.id(), name.track(), name.version), (None, Some(Track::IaaS), 12));
        assert_eq!(DocName::parse("scs-XXXX-v1-a--b.md").unwrap().track(), None);
    }

    #[test]
    fn names_that_do_not() {
        use NameProblem::*;
        for (name, problem) in [
            ("SCS-0100-v3-flavor-naming.md", Prefix),
            ("scs-0100-v3-flavor-naming.mv", Extension),
            ("scs-100-v3-flavor-naming.md", Number),
            ("scs-0100-flavor-naming.md", VersionMissing),
            ("scs-0100-volume-types.md", VersionMissing),
            ("scs-0100-v0-flavor-naming.md", Version),
            ("scs-0100-v01-flavor-naming.md", Version),
            ("scs-XXXX-vN-flavor-naming.md", Version),
            ("scs-0100-V3-flavor-naming.md", Version),
            ("scs-0100-v99999999999-flavor-naming.md", Version),
            ("scs-0100-v3.md", Slug),
            ("scs-0100-v3-flavor naming.md", Blank),
            ("scs-.md", Number),
        ] {
            assert_eq!(DocName::parse(name), Err(problem), "{name}");
        }
    }

    #[test]
    fn templates_are_exactly_these() {
        assert!(is_template_name("scs-XXXX-vN-standard-template.md"));
        for name in ["scs-XXXX-vN-template.md", "scs-XXXX-v1-x-template.md", "scs-XXXX-vN-x.md"] {
            assert!(!is_template_name(name), "{name}");
        }
    }
}
