//! Normative data: YAML files that standards refer to, with their places. Any bytes give a value;
//! what does not fit is told and left out.

mod flavors;
mod images;
mod listed;

use crate::document::yaml::{self, Field, Node, ScalarType, Value};
use crate::document::{Placed, Problem};
use crate::document::{Span, decode};
use crate::source::{Content as Bytes, Snapshot};

pub use flavors::FlavorEntry;
pub use images::Image;
pub use listed::{Column, ListedFlavor, listed_flavors};

/// The largest file that is read, in bytes.
const MAX_DATA: usize = 1 << 20;

/// A file of normative data.
#[derive(Debug)]
pub struct DataFile {
    /// The file, relative to the repository.
    pub path: String,
    /// The file as text; where it is not UTF-8 every offending byte is replaced by `?`.
    pub text: String,
    /// What it says.
    pub content: Content,
    /// What does not fit the format.
    pub problems: Vec<Problem>,
}

/// What a file of normative data says.
#[derive(Debug)]
pub enum Content {
    /// Flavors that standard clouds have (scs-0103).
    Flavors(Vec<FlavorEntry>),
    /// Images that standard clouds have (scs-0104).
    Images(Vec<Image>),
}

/// What a file is about; its top-level keys tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `flavor_groups`: lists of flavors with a status, RAM in GiB.
    FlavorGroups,
    /// `reference` with `mandatory` and `recommended`: lists of flavors, RAM in MiB.
    FlavorLists,
    /// `images`
    Images,
}

impl DataFile {
    /// Reads the file at a path of a snapshot; none if it cannot be read or is about something
    /// else.
    pub(super) fn load(snapshot: &Snapshot, path: &str) -> Option<DataFile> {
        match snapshot.read(path) {
            Ok(Bytes::Bytes(bytes)) if bytes.len() <= MAX_DATA => DataFile::read(path, bytes),
            _ => None,
        }
    }

    /// Reads a file; none if its top-level keys are not those of normative data.
    #[must_use]
    pub fn read(path: &str, bytes: Vec<u8>) -> Option<DataFile> {
        let (text, flaws) = decode(bytes);
        let shape = shape(&text)?;
        let mut reader = Reader { problems: Vec::new() };
        if !flaws.is_empty() {
            reader.tell(Span::FILE, "file", "the file is no plain UTF-8 text");
        }
        let fields = yaml::read(&text, 0).map(|read| read.fields).unwrap_or_else(|refusal| {
            let (span, message) = refusal;
            reader.tell(span, "file", format!("the file cannot be read: {message}"));
            Vec::new()
        });
        let content = match shape {
            Shape::FlavorGroups => Content::Flavors(flavors::groups(&mut reader, &fields)),
            Shape::FlavorLists => Content::Flavors(flavors::lists(&mut reader, &fields)),
            Shape::Images => Content::Images(images::read(&mut reader, &fields)),
        };
        Some(DataFile { path: path.to_owned(), text, content, problems: reader.problems })
    }
}

/// What a file is about. Its keys are looked for line by line, so that one that is no YAML is known
/// for what it is meant to be, and others are not read for nothing.
fn shape(text: &str) -> Option<Shape> {
    let keys: Vec<&str> = text.trim_start_matches('\u{feff}').lines().filter_map(key).collect();
    let has = |key: &str| keys.contains(&key);
    if has("flavor_groups") {
        Some(Shape::FlavorGroups)
    } else if has("reference") && (has("mandatory") || has("recommended")) {
        Some(Shape::FlavorLists)
    } else if has("images") && !["apiVersion", "kind", "resources"].into_iter().any(has) {
        // Those with the other keys are about Kubernetes.
        Some(Shape::Images)
    } else {
        None
    }
}

/// The key at the beginning of a line.
fn key(line: &str) -> Option<&str> {
    let is_key = !line.starts_with([' ', '\t', '#', '-']);
    let (key, _) = is_key.then(|| line.split_once(':'))??;
    Some(key.trim_end().trim_matches(['"', '\'']))
}

/// What is found to be wrong on the way.
struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn tell(&mut self, span: Span, subject: &str, message: impl Into<String>) {
        self.problems.push(Problem { span, subject: subject.to_owned(), message: message.into() });
    }

    /// The value of a key; the first one where there are several.
    fn get<'n>(&mut self, fields: &'n [Field], key: &str) -> Option<&'n Node> {
        let mut all = fields.iter().filter(|field| field.key == key);
        let first = all.next()?;
        if let Some(second) = all.next() {
            self.tell(second.key_span, key, format!("`{key}` is there twice"));
        }
        Some(&first.value)
    }

    /// The items of a list.
    fn list<'n>(&mut self, fields: &'n [Field], key: &str) -> &'n [Node] {
        match self.get(fields, key) {
            None => &[],
            Some(Node { value: Value::List { items, .. }, .. }) => items,
            Some(node) => {
                self.tell(node.span, key, format!("`{key}` has to be a list"));
                &[]
            }
        }
    }

    /// The fields of an item of a list.
    fn fields<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Field]> {
        if let Value::Mapping(fields) = &node.value {
            return Some(fields);
        }
        self.tell(node.span, what, format!("{what} has to be a mapping"));
        None
    }

    /// A text that has to be there; `whose` is what the finding is about.
    fn text(&mut self, fields: &[Field], key: &str, place: Span) -> Option<Placed<String>> {
        let Some(node) = self.get(fields, key) else {
            self.tell(place, key, format!("there is no `{key}` here"));
            return None;
        };
        let text = node.string();
        if text.is_none() {
            self.tell(node.span, key, format!("`{key}` has to be a text"));
        }
        text.map(|text| Placed { value: text.to_owned(), span: node.span })
    }
}

/// What stands in a scalar, whatever it is; none for nothing and for a collection.
fn scalar(node: &Node) -> Option<Placed<String>> {
    match &node.value {
        Value::Scalar(scalar) if scalar.core_type() != ScalarType::Null => {
            Some(Placed { value: scalar.text.clone(), span: node.span })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
