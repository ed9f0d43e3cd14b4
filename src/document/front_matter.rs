//! The block of YAML at the beginning of a document: an ordered list of fields with their places.

mod block;

use super::Span;
use super::yaml::{self, Field};

/// The largest block that is read, in bytes.
pub const MAX_BLOCK: usize = 1 << 20;

/// The block between the two lines of three hyphens.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// The opening line, without its line end; the beginning of the file if there is none.
    pub opening: Span,
    /// Everything between the opening and the closing line.
    pub content: Span,
    /// The fields in the order of the file, duplicates included.
    pub fields: Vec<Field>,
    /// Comments, from `#` to the end of the line.
    pub comments: Vec<Span>,
    /// Why the block, or a part of it, could not be read.
    pub problem: Option<Problem>,
}

/// Why a block could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The first line is not `---`. If a later line opens a block, that line.
    Missing {
        /// A line `---` that only blank lines precede.
        late: Option<Span>,
    },
    /// There is no closing line.
    Unterminated,
    /// The block is no mapping, no YAML, or uses what is refused.
    Syntax {
        /// Where.
        span: Span,
        /// What is wrong there, as a sentence without a full stop.
        message: String,
    },
}

impl FrontMatter {
    /// Reads the block of a text. Returns it with the offset at which the body begins.
    ///
    /// `text` is the whole file; a byte order mark may stand before the block.
    #[must_use]
    pub fn parse(text: &str) -> (FrontMatter, usize) {
        let found = block::find(text);
        let mut front = FrontMatter {
            opening: found.opening,
            content: found.content,
            problem: found.problem,
            ..FrontMatter::default()
        };
        if front.problem.is_none() {
            match yaml::read(front.content.of(text), front.content.start) {
                Ok(read) => {
                    front.fields = read.fields;
                    front.comments = read.comments;
                }
                Err((span, message)) => front.problem = Some(Problem::Syntax { span, message }),
            }
        }
        (front, found.body)
    }

    /// Whether the fields could be read.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.problem.is_none()
    }

    /// Where the value of a field stands; the beginning of the file if there is none.
    #[must_use]
    pub fn place(&self, key: &str) -> Span {
        self.get(key).map_or(Span::FILE, |field| field.value.span)
    }

    /// The first field with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}
