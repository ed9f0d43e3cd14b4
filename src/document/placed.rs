//! What readers of files say: values with their places, and what does not fit.

use super::Span;

/// A value and its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// What does not fit the format of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// The key, or what stands for it.
    pub subject: String,
    /// A sentence without a full stop.
    pub message: String,
}
