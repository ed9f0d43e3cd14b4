//! Files with the images that standard clouds have (scs-0104).

use super::{Reader, scalar};
use crate::document::Placed;
use crate::document::Span;
use crate::document::yaml::{Field, Node, Value};

/// An image of the file.
#[derive(Debug)]
pub struct Image {
    /// Where it stands.
    pub span: Span,
    /// Its name.
    pub name: Option<Placed<String>>,
    /// Where it comes from: the beginnings of addresses.
    pub sources: Vec<Placed<String>>,
    /// Whether it says where it comes from, even if that could not be read.
    pub has_source: bool,
    /// How much it is asked for, as it is written; none where nothing is said.
    pub status: Option<Placed<String>>,
    /// What the names of its versions look like, as a regular expression.
    pub name_scheme: Option<Placed<String>>,
}

impl Image {
    /// What people call it: its name, or what stands for it.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_ref().map_or("an image without a name", |it| &it.value)
    }

    /// The place of its name, or where it begins.
    #[must_use]
    pub fn place(&self) -> Span {
        self.name.as_ref().map_or(Span::new(self.span.start, self.span.start), |it| it.span)
    }
}

pub(super) fn read(reader: &mut Reader, fields: &[Field]) -> Vec<Image> {
    let images = reader.list(fields, "images");
    images.iter().filter_map(|node| image(reader, node)).collect()
}

fn image(reader: &mut Reader, node: &Node) -> Option<Image> {
    let fields = reader.fields(node, "an image")?;
    let first = fields.first().map_or(node.span, |field| field.key_span);
    let name = reader.text(fields, "name", first);
    let mut image = Image {
        span: node.span,
        name,
        sources: Vec::new(),
        has_source: false,
        status: None,
        name_scheme: None,
    };
    if let Some(source) = reader.get(fields, "source") {
        image.has_source = !source.is_empty();
        image.sources = sources(reader, source, image.label());
    }
    image.status = reader.get(fields, "status").filter(|it| !it.is_empty()).map(|status| {
        let other = || Placed { value: "something else than a text".to_owned(), span: status.span };
        scalar(status).unwrap_or_else(other)
    });
    if let Some(scheme) = reader.get(fields, "name_scheme") {
        image.name_scheme = scalar(scheme);
        if image.name_scheme.is_none() {
            let subject = format!("{} name_scheme", image.label());
            reader.tell(scheme.span, &subject, "`name_scheme` has to be a text");
        }
    }
    Some(image)
}

/// A text, or a list of texts.
fn sources(reader: &mut Reader, node: &Node, whose: &str) -> Vec<Placed<String>> {
    let nodes = match &node.value {
        Value::List { items, .. } => items.as_slice(),
        Value::Scalar(_) | Value::Mapping(_) => std::slice::from_ref(node),
    };
    let mut sources = Vec::new();
    for node in nodes.iter().filter(|node| !node.is_empty()) {
        match node.string() {
            Some(text) => sources.push(Placed { value: text.to_owned(), span: node.span }),
            None => {
                let subject = format!("{whose} source");
                reader.tell(node.span, &subject, "`source` has to be a text or a list of texts");
            }
        }
    }
    sources
}
