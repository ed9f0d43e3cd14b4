//! What the fields of a front matter say, read by the table of scs-0001.

use super::Span;
use super::front_matter::FrontMatter;
use super::yaml::{Node, Value};
use crate::model::{Date, DocType, Status, Track, Vocabulary};

/// A document named in `replaces`, `replaced_by` or `supplements`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The file name as it is written.
    pub file: String,
    /// Where.
    pub span: Span,
}

/// The values that could be read. A value of a wrong shape is absent here; the rules say why.
#[derive(Debug, Default)]
pub struct Metadata {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `type`
    pub doc_type: Option<DocType>,
    /// `status`
    pub status: Option<Status>,
    /// `track`
    pub track: Option<Track>,
    /// `stabilized_at`
    pub stabilized_at: Option<Date>,
    /// `deprecated_at`
    pub deprecated_at: Option<Date>,
    /// `rejected_at`
    pub rejected_at: Option<Date>,
    /// `supplements`
    pub supplements: Vec<Reference>,
    /// `replaces`
    pub replaces: Vec<Reference>,
    /// `replaced_by`
    pub replaced_by: Vec<Reference>,
}

impl Metadata {
    pub(super) fn read(front: &FrontMatter) -> Metadata {
        let node = |key: &str| front.get(key).map(|field| &field.value);
        let text = |key: &str| node(key).and_then(Node::string);
        Metadata {
            title: text("title").map(str::to_owned),
            description: text("description").map(str::to_owned),
            doc_type: text("type").and_then(DocType::parse),
            status: text("status").and_then(Status::parse),
            track: text("track").and_then(Track::parse),
            stabilized_at: text("stabilized_at").and_then(Date::parse),
            deprecated_at: text("deprecated_at").and_then(Date::parse),
            rejected_at: text("rejected_at").and_then(Date::parse),
            supplements: node("supplements").map(references).unwrap_or_default(),
            replaces: node("replaces").map(references).unwrap_or_default(),
            replaced_by: node("replaced_by").map(references).unwrap_or_default(),
        }
    }

    /// The date of a field of shape [`Date`](crate::model::fields::Shape::Date).
    #[must_use]
    pub fn date(&self, field: &str) -> Option<Date> {
        match field {
            "stabilized_at" => self.stabilized_at,
            "deprecated_at" => self.deprecated_at,
            "rejected_at" => self.rejected_at,
            _ => None,
        }
    }

    /// The references of a field of shape [`Documents`](crate::model::fields::Shape::Documents).
    #[must_use]
    pub fn references(&self, field: &str) -> &[Reference] {
        match field {
            "supplements" => &self.supplements,
            "replaces" => &self.replaces,
            "replaced_by" => &self.replaced_by,
            _ => &[],
        }
    }
}

/// The items of a list; a bare string counts as a list of one.
fn references(node: &Node) -> Vec<Reference> {
    let items = match &node.value {
        Value::List { items, .. } => items.as_slice(),
        Value::Scalar(_) | Value::Mapping(_) => std::slice::from_ref(node),
    };
    items
        .iter()
        .filter_map(|item| Some(Reference { file: item.string()?.to_owned(), span: item.span }))
        .collect()
}
