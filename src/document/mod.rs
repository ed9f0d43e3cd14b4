//! One file, parsed once.
//!
//! [`Document::parse`] is total: any bytes give a document, together with what kept it from being
//! a proper one. Offsets are bytes of the file as it is on disk, everywhere.

mod body;
mod front_matter;
mod metadata;
mod page;
mod placed;
mod span;
pub(crate) mod yaml;

use std::borrow::Cow;
use std::ops::Deref;

use crate::model::{
    Date, DocId, DocName, DocType, Kind, NameProblem, Number, State, is_template_name,
};
use crate::source::Reread;

pub use body::{
    Body, Cell, Code, CommentBlock, Heading, Item, ItemLink, Keyword, KeywordForm, Link, LinkKind,
    Outline, Row, Sentence, Table, Undefined, anchor, tables,
};
pub(crate) use body::{DIALECT, explicit_id};
pub use front_matter::{FrontMatter, MAX_BLOCK, Problem as FrontMatterProblem};
pub use granit_parser::ScalarStyle;
pub use metadata::{Metadata, Reference};
use page::Page;
pub use placed::{Placed, Problem};
pub use span::{LineIndex, Position, Span};
pub use yaml::{Field, Node, Scalar, ScalarType, Value};

/// The fields that name other documents.
pub const REFERENCE_FIELDS: [&str; 3] = ["replaces", "replaced_by", "supplements"];

/// A text with every run of white space as one blank, and none around it.
#[must_use]
pub fn normalized(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A document of the standards folder, or a template.
#[derive(Debug)]
pub struct Document {
    /// Relative to the repository, with `/`.
    pub path: String,
    /// What the file name says.
    pub name: Result<DocName, NameProblem>,
    /// Whether the file is a template rather than a document.
    pub is_template: bool,
    /// What keeps the file from being plain UTF-8 text.
    pub flaws: Vec<Flaw>,
    /// The block of fields.
    pub front: FrontMatter,
    /// The fields that could be read.
    pub meta: Metadata,
    /// The headings of the Markdown after the block, and what links may ask for.
    pub outline: Outline,
    page: Page,
}

/// A document with its text at hand; see [`Document::whole`].
#[derive(Debug)]
pub enum Whole<'d> {
    /// It holds its text.
    Held(&'d Document),
    /// It was read again, and is let go after use.
    Read(Box<Document>),
}

impl Deref for Whole<'_> {
    type Target = Document;

    fn deref(&self) -> &Document {
        match self {
            Whole::Held(document) => document,
            Whole::Read(document) => document,
        }
    }
}

/// A way in which a file is not plain UTF-8 text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A symbolic link, a pipe, a device or a submodule; it was not opened.
    NotAFile,
    /// The first byte that is not UTF-8, and how many there are.
    NotUtf8 {
        /// Where the first one is.
        at: usize,
        /// How many bytes are concerned.
        count: usize,
    },
    /// The first NUL byte.
    Nul {
        /// Where it is.
        at: usize,
    },
}

/// About how many bytes are kept of a byte of front matter.
const FRONT: usize = 8;

impl Document {
    /// Reads a file of any content.
    #[must_use]
    pub fn parse(path: &str, bytes: Vec<u8>) -> Document {
        let (text, flaws) = decode(bytes);
        Document::read(path, text, flaws)
    }

    /// Something that has the name of a document and is no regular file.
    #[must_use]
    pub fn not_a_file(path: &str) -> Document {
        Document::read(path, String::new(), vec![Flaw::NotAFile])
    }

    fn read(path: &str, text: String, flaws: Vec<Flaw>) -> Document {
        let file_name = path.rsplit('/').next().unwrap_or(path);
        let (front, body_start) = FrontMatter::parse(&text);
        let meta = Metadata::read(&front);
        let (outline, body) = Body::parse(&text, body_start);
        Document {
            path: path.to_owned(),
            name: DocName::parse(file_name),
            is_template: is_template_name(file_name),
            flaws,
            front,
            meta,
            outline,
            page: Page::new(text, body),
        }
    }

    /// About how many bytes it takes as a whole.
    pub(crate) fn weight(&self) -> usize {
        /// What is kept of an event of Markdown.
        const EVENT: usize = 64;
        let Outline { start, end, events, .. } = self.outline;
        FRONT * start + (end - start) + EVENT * events
    }

    /// About how many bytes remain of it when its text and its body are let go, and of where its links
    /// lead.
    pub(crate) fn remainder(&self) -> usize {
        /// What is kept of a heading with its anchor, and of a link.
        const HEADING: usize = 200;
        const LINK: usize = 64;
        let Outline { start, ref headings, .. } = self.outline;
        FRONT * start + HEADING * headings.len() + LINK * self.body().links.len()
    }

    /// The file. Where it is not UTF-8 every offending byte is replaced by `?`, so that offsets
    /// stay those of the file on disk.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.page.get(self.outline.start).text
    }

    /// What the Markdown after the block consists of.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.page.get(self.outline.start).body
    }

    /// The Markdown after the block, as it is written.
    #[must_use]
    pub fn markdown(&self) -> &str {
        self.text().get(self.outline.start..).unwrap_or_default()
    }

    /// The text, not held any longer than its user does.
    pub(crate) fn text_for_now(&self) -> Cow<'_, str> {
        match self.page.is_held() {
            true => Cow::Borrowed(self.text()),
            false => Cow::Owned(self.page.text_again().unwrap_or_default()),
        }
    }

    /// The document with its text and body at hand, which are not held any longer than the result:
    /// for those who go through many documents. `None` if the file was changed since it was read.
    #[must_use]
    pub fn whole(&self) -> Option<Whole<'_>> {
        if self.page.is_held() {
            return Some(Whole::Held(self));
        }
        let text = self.page.text_again()?;
        Some(Whole::Read(Box::new(Document::read(&self.path, text, self.flaws.clone()))))
    }

    /// Lets go of the text and the body; they are read again from the file when they are asked for.
    pub(crate) fn let_go(&mut self, file: Reread) {
        self.page.let_go(file);
    }

    /// The file name without folders.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The identity, once the file name follows the pattern and a number is assigned.
    #[must_use]
    pub fn id(&self) -> Option<DocId> {
        self.name.as_ref().ok().and_then(DocName::id)
    }

    /// What people call the document: `scs-0100-v3`, or the file name without extension where no
    /// number is assigned or the name cannot be read.
    #[must_use]
    pub fn label(&self) -> String {
        match self.id() {
            Some(id) => id.to_string(),
            None => self.file_name().trim_end_matches(".md").to_owned(),
        }
    }

    /// The kind by the letter in the file name; where the name cannot be read, by `type`.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (&self.name, self.meta.doc_type) {
            (Ok(name), _) => name.kind,
            (Err(_), Some(doc_type)) => Kind::of(doc_type),
            (Err(_), None) => Kind::Primary,
        }
    }

    /// Whether the document is of kind `v`.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        self.kind() == Kind::Primary
    }

    /// Whether the document is of this type.
    #[must_use]
    pub fn is_a(&self, doc_type: DocType) -> bool {
        self.meta.doc_type == Some(doc_type)
    }

    /// What stands in place of the number, as long as none is assigned.
    #[must_use]
    pub fn placeholder(&self) -> Option<&str> {
        match self.name.as_ref().ok().map(|name| &name.number) {
            Some(Number::Placeholder(text)) => Some(text),
            Some(Number::Assigned(_)) | None => None,
        }
    }

    /// The state of a primary document on a day, if it has a status (scs-0001, *Process*).
    #[must_use]
    pub fn state_on(&self, day: Date) -> Option<State> {
        let status = self.meta.status.filter(|_| self.is_primary())?;
        Some(status.state_on(day, self.meta.stabilized_at, self.meta.deprecated_at))
    }

    /// The paragraphs and bullets below a heading, those of its subsections among them.
    #[must_use]
    pub fn items(&self, heading: &Heading) -> Vec<Item> {
        self.items_in(self.outline.section(heading))
    }

    /// The paragraphs and bullets of a range of it.
    #[must_use]
    pub fn items_in(&self, range: Span) -> Vec<Item> {
        body::items(self.text(), range)
    }

    /// Whether the text is the file, byte for byte, so that edits are possible.
    #[must_use]
    pub fn is_faithful(&self) -> bool {
        !self.flaws.iter().any(|flaw| matches!(flaw, Flaw::NotUtf8 { .. } | Flaw::NotAFile))
    }

    /// The line end that the document uses in its first line.
    #[must_use]
    pub fn newline(&self) -> &'static str {
        match self.text().find('\n') {
            Some(at) if self.text().get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
            _ => "\n",
        }
    }
}

/// Text of the same length in bytes, with `?` for every byte that is not UTF-8.
pub(crate) fn decode(bytes: Vec<u8>) -> (String, Vec<Flaw>) {
    let mut flaws = Vec::new();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let bytes = error.into_bytes();
        let mut text = String::with_capacity(bytes.len());
        let (mut first, mut count) = (None, 0);
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                first = first.or(Some(text.len()));
                count += chunk.invalid().len();
                text.extend(chunk.invalid().iter().map(|_| '?'));
            }
        }
        flaws.extend(first.map(|at| Flaw::NotUtf8 { at, count }));
        text
    });
    flaws.extend(memchr::memchr(0, text.as_bytes()).map(|at| Flaw::Nul { at }));
    (text, flaws)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf8_keep_their_offsets() {
        let document =
            Document::parse("s/scs-0100-v1-a.md", b"---\ntitle: \xff\xfeA\n---\n\0".into());
        assert_eq!(document.text(), "---\ntitle: ??A\n---\n\0");
        assert_eq!(document.flaws, [Flaw::NotUtf8 { at: 11, count: 2 }, Flaw::Nul { at: 19 }]);
        assert!(!document.is_faithful());
    }
}
