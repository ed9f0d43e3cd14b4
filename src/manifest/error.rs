//! Why a manifest cannot be made.

use crate::corpus::Manifest;
use crate::document::{Document, LineIndex, Problem, Span};

/// Why a manifest cannot be made: what is wrong, and where.
#[derive(Debug, thiserror::Error)]
#[error("{path}:{line}:{column}: {message}")]
pub struct BuildError {
    /// The file, relative to the repository.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// From 1, in code points.
    pub column: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl BuildError {
    /// A manifest that is there has something in it that could not be read.
    #[must_use]
    pub fn unread(manifest: &Manifest, problem: &Problem) -> BuildError {
        let message = format!("{}; see `scs-doc manifest check`", problem.message);
        BuildError::at(&manifest.path, &manifest.text, problem.span, message)
    }

    pub(super) fn at(path: &str, text: &str, span: Span, message: String) -> BuildError {
        let at = LineIndex::new(text).position(span.start);
        BuildError { path: path.to_owned(), line: at.line, column: at.column, message }
    }

    pub(super) fn in_document(document: &Document, span: Span, message: String) -> BuildError {
        BuildError::at(&document.path, document.text(), span, message)
    }
}
