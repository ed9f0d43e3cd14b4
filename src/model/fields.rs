//! The table of front matter fields (scs-0001, *Metadata*).
//!
//! Reading: `title` is required, since every consumer needs it, though the table of the original
//! text omits it; `description` is known and optional.

use super::{DocType, Kind, Status, Track, Vocabulary};

/// What a value has to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// One value of `type`.
    Type,
    /// One value of `status`.
    Status,
    /// One value of `track`.
    Track,
    /// `YYYY-MM-DD`.
    Date,
    /// A list of file names of documents.
    Documents,
}

impl Shape {
    /// The spellings that are allowed, for a shape with a closed list.
    #[must_use]
    pub fn choices(self) -> Option<Vec<&'static str>> {
        fn names<V: Vocabulary>() -> Option<Vec<&'static str>> {
            Some(V::ALL.iter().map(|value| value.name()).collect())
        }
        match self {
            Shape::Type => names::<DocType>(),
            Shape::Status => names::<Status>(),
            Shape::Track => names::<Track>(),
            Shape::Text | Shape::Date | Shape::Documents => None,
        }
    }
}

/// When a field has to be there, and when it must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// May be there or not.
    Optional,
    /// Never.
    Forbidden,
    /// Depends on the status: has to be there with the first, may be there with the second.
    ByStatus {
        /// With these statuses the field is required.
        required: &'static [Status],
        /// With these it makes sense; `required` is part of it.
        allowed: &'static [Status],
    },
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// Presence in a primary document.
    pub primary: Presence,
    /// Presence in a supplement.
    pub supplement: Presence,
}

use Presence::{ByStatus, Forbidden, Optional, Required};
use Status::{Deprecated, Rejected, Stable};

const fn row(name: &'static str, shape: Shape, primary: Presence, supplement: Presence) -> Field {
    Field { name, shape, primary, supplement }
}

/// The table, in the order of scs-0001.
pub const FIELDS: &[Field] = &[
    row("title", Shape::Text, Required, Required),
    row("description", Shape::Text, Optional, Optional),
    row("type", Shape::Type, Required, Required),
    row("status", Shape::Status, Required, Forbidden),
    row("track", Shape::Track, Required, Required),
    row("supplements", Shape::Documents, Forbidden, Required),
    row(
        "stabilized_at",
        Shape::Date,
        ByStatus { required: &[Stable], allowed: &[Stable, Deprecated, Rejected] },
        Forbidden,
    ),
    row(
        "deprecated_at",
        Shape::Date,
        ByStatus { required: &[Deprecated], allowed: &[Deprecated, Rejected] },
        Forbidden,
    ),
    row(
        "rejected_at",
        Shape::Date,
        ByStatus { required: &[Rejected], allowed: &[Rejected] },
        Forbidden,
    ),
    row(
        "replaced_by",
        Shape::Documents,
        ByStatus { required: &[], allowed: &[Deprecated, Rejected] },
        Forbidden,
    ),
    row("replaces", Shape::Documents, Optional, Optional),
];

/// The row of a key.
#[must_use]
pub fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

impl Field {
    /// Presence in a document of this kind.
    #[must_use]
    pub fn presence(&self, kind: Kind) -> Presence {
        match kind {
            Kind::Primary => self.primary,
            Kind::Supplement => self.supplement,
        }
    }
}
