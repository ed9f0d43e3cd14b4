//! Documents as texts name them: `scs-0101-v1`, `SCS-0101`.

use super::{DocId, Kind};

/// What a text calls a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The number.
    pub number: u16,
    /// The kind and the version, if they are said.
    pub version: Option<(Kind, u32)>,
}

impl Named {
    /// All that a text names, in order, each with the byte where it begins; case does not matter.
    pub fn all_in(text: &str) -> impl Iterator<Item = (usize, Named)> {
        const PREFIX: &[u8] = b"scs-";
        let starts = text.as_bytes().windows(PREFIX.len()).enumerate();
        starts.filter(|(_, it)| it.eq_ignore_ascii_case(PREFIX)).filter_map(move |(at, _)| {
            let inside = text.get(..at)?.ends_with(|c: char| c.is_alphanumeric());
            if inside { None } else { Some((at, named_at(text.get(at + PREFIX.len()..)?)?)) }
        })
    }

    /// The document, if the version is said.
    #[must_use]
    pub fn id(self) -> Option<DocId> {
        let (kind, version) = self.version?;
        Some(DocId { number: self.number, kind, version })
    }
}

/// The number, and the version if there is one, at the beginning of a text.
fn named_at(text: &str) -> Option<Named> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if digits(text) != 4 {
        return None;
    }
    let number = text.get(..4)?.parse().ok()?;
    let version = text.get(4..).and_then(|rest| {
        let rest = rest.strip_prefix('-')?;
        let kind = match rest.chars().next()? {
            'v' | 'V' => Kind::Primary,
            'w' | 'W' => Kind::Supplement,
            _ => return None,
        };
        let rest = rest.get(1..)?;
        Some((kind, rest.get(..digits(rest))?.parse().ok()?))
    });
    Some(Named { number, version })
}
