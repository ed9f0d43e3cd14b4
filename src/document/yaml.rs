//! YAML with places: the events of a YAML 1.2 parser, read into a small tree without recursion.
//! Scalars keep their text and style; what they mean is for the schema to say. Whatever could make
//! one value stand for another (anchors, aliases, merge keys, foreign tags) is refused.

use granit_parser::{Event, Options, Parser, ScalarStyle, options};

use super::Span;

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The key, quotes and escapes resolved.
    pub key: String,
    /// The key as it stands in the file.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// A value and its place. An empty value has the empty range after its colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// From the first to the last character of the value, quotes and brackets included; block
    /// scalars from the first character of their content.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// A value of YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a number, a date, nothing: anything that is not a collection.
    Scalar(Scalar),
    /// A sequence, in block or flow style.
    List {
        /// The items in order.
        items: Vec<Node>,
        /// `[a, b]` rather than one item a line.
        flow: bool,
    },
    /// A mapping, duplicates included.
    Mapping(Vec<Field>),
}

/// A scalar: its text with quotes and escapes resolved, and whether it stood in the plain style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text.
    pub text: String,
    /// How it stood in the file.
    pub style: ScalarStyle,
    /// It carries the tag `!!str`.
    pub tagged_string: bool,
}

impl Node {
    /// The text of a scalar that is a non-empty string by the core schema of YAML.
    #[must_use]
    pub fn string(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar)
                if scalar.core_type() == ScalarType::String && !scalar.text.trim().is_empty() =>
            {
                Some(&scalar.text)
            }
            _ => None,
        }
    }

    /// The texts that stand here: that of a scalar, or those of a list.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let nodes = match &self.value {
            Value::List { items, .. } => items.as_slice(),
            Value::Scalar(_) | Value::Mapping(_) => std::slice::from_ref(self),
        };
        nodes.iter().filter_map(Node::string)
    }

    /// Whether nothing stands here: no value, an empty text, an empty list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Scalar(scalar) => {
                scalar.core_type() == ScalarType::Null || scalar.text.trim().is_empty()
            }
            Value::List { items, .. } => items.is_empty(),
            Value::Mapping(_) => false,
        }
    }
}

/// What a scalar is by the core schema of YAML 1.2 (section 10.3.2). Dates are strings there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarType {
    /// Nothing, `~`, `null`.
    Null,
    /// `true`, `false`.
    Bool,
    /// An integer or a floating point number.
    Number,
    /// Anything else, and whatever is quoted.
    String,
}

impl Scalar {
    /// What the core schema says that this scalar is.
    #[must_use]
    pub fn core_type(&self) -> ScalarType {
        if self.style != ScalarStyle::Plain || self.tagged_string {
            return ScalarType::String;
        }
        match self.text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => ScalarType::Null,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarType::Bool,
            text if is_number(text) => ScalarType::Number,
            _ => ScalarType::String,
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = |text: &str, radix| !text.is_empty() && text.chars().all(|c| c.is_digit(radix));
    if let Some(octal) = text.strip_prefix("0o") {
        return digits(octal, 8);
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return digits(hex, 16);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    // Rust reads `inf` and `nan` as numbers too, YAML does not.
    unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.parse::<f64>().is_ok()
}

/// The fields and comments of a mapping.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// In the order of the file, duplicates included.
    pub fields: Vec<Field>,
    /// From `#` to the end of the line.
    pub comments: Vec<Span>,
}

/// How deep collections may nest.
const MAX_DEPTH: usize = 32;

/// A collection that is being read.
enum Open {
    List {
        start: usize,
        items: Vec<Node>,
        flow: bool,
    },
    Mapping {
        start: usize,
        fields: Vec<Field>,
        /// The key that waits for its value.
        key: Option<(String, Span)>,
    },
}

struct Reader<'t> {
    text: &'t str,
    base: usize,
    open: Vec<Open>,
    read: Read,
    done: bool,
}

type Refusal = (Span, String);

/// Reads a text that is one mapping; `base` is its offset in the file. The error is a place and a
/// sentence without a full stop.
pub(crate) fn read(text: &str, base: usize) -> Result<Read, Refusal> {
    if let Some(at) = text.find('\0') {
        return Err((Span::new(base + at, base + at + 1), "a NUL byte is not allowed".into()));
    }
    let limits: Options = options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
        max_buffered_comment_events: usize::MAX,
    };
    let mut reader = Reader { text, base, open: vec![], read: Read::default(), done: false };
    for event in Parser::new_from_str_with_options(text, limits) {
        let (event, span) = event.map_err(|error| reader.scan_error(&error))?;
        let span = Span::from(span.byte_range().unwrap_or_default()).shifted(base);
        reader.take(&event, span)?;
    }
    reader.read.fields.shrink_to_fit();
    Ok(reader.read)
}

impl Reader<'_> {
    fn scan_error(&self, error: &granit_parser::ScanError) -> Refusal {
        // The index of an error counts characters.
        let index = error.marker().index();
        let at = self.text.char_indices().nth(index).map_or(self.text.len(), |(at, _)| at);
        // An error at the very end belongs to the last line that has something on it.
        let at = if at == self.text.len() { self.text.trim_end().len() } else { at };
        let width = self.text.get(at..).and_then(|rest| rest.chars().next());
        let width = width.filter(|c| *c != '\n' && *c != '\r').map_or(0, char::len_utf8);
        (Span::new(self.base + at, self.base + at + width), error.info())
    }

    fn take(&mut self, event: &Event<'_>, span: Span) -> Result<(), Refusal> {
        let refuse = |message: &str| Err((span, message.to_owned()));
        if event.anchor_id().is_some() && !event.is_node() {
            return refuse("an anchor (`&`) is not allowed: write the value where it is meant");
        }
        if event.is_alias() {
            return refuse("an alias (`*`) is not allowed: write the value out");
        }
        if event.tag().is_some_and(|tag| !tag.is_yaml_core_schema()) {
            return refuse("a tag (`!`) is not allowed: the schema says what a value is");
        }
        match event {
            Event::Comment(..) => self.read.comments.push(span),
            Event::DocumentStart(..) if self.done => {
                return refuse("a second YAML document begins here: one block is one mapping");
            }
            Event::DocumentEnd => self.done = true,
            Event::MappingStart(..) => {
                self.refuse_as_key(span)?;
                self.open.push(Open::Mapping { start: span.start, fields: vec![], key: None });
            }
            Event::SequenceStart(style, ..) => {
                if self.open.is_empty() {
                    return refuse("the block is a list: it has to be a mapping of keys to values");
                }
                self.refuse_as_key(span)?;
                let flow = *style == granit_parser::StructureStyle::Flow;
                self.open.push(Open::List { start: span.start, items: vec![], flow });
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(span),
            Event::Scalar(text, style, _, tag) => {
                let tagged_string =
                    tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                // The parser writes `~` for a value that is not there.
                let absent = *style == ScalarStyle::Plain && span.start == span.end;
                let text = if absent { String::new() } else { text.to_string() };
                let span = if absent { self.behind(span.start) } else { span };
                self.scalar(Scalar { text, style: *style, tagged_string }, span)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The place of something that is not there: behind what stands before it. The parser has it at
    /// the next token, which may be that of another field.
    fn behind(&self, at: usize) -> Span {
        let before = self.text.get(..at - self.base).unwrap_or_default();
        let at = self.base + before.trim_end().len();
        // The range of a block scalar goes on to the next token.
        let last = match self.open.last() {
            Some(Open::Mapping { fields, .. }) => fields.last().map(|it| it.value.span.end),
            Some(Open::List { items, .. }) => items.last().map(|it| it.span.end),
            None => None,
        };
        let at = at.max(last.unwrap_or_default());
        Span::new(at, at)
    }

    /// A collection can stand where a value is due, not where a key is.
    fn refuse_as_key(&self, span: Span) -> Result<(), Refusal> {
        match self.open.last() {
            Some(Open::Mapping { key: None, .. }) => {
                Err((span, "a key has to be plain text, not a list or a mapping".into()))
            }
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, scalar: Scalar, span: Span) -> Result<(), Refusal> {
        match self.open.last_mut() {
            None if scalar.core_type() == ScalarType::Null => {}
            None => {
                return Err((
                    span,
                    "the block is plain text: it has to be a mapping of keys to values".into(),
                ));
            }
            Some(Open::Mapping { key: None, .. })
                if scalar.text == "<<" && scalar.style == ScalarStyle::Plain =>
            {
                return Err((
                    span,
                    "a merge key (`<<`) is not allowed: write the fields out".into(),
                ));
            }
            Some(Open::Mapping { key: key @ None, .. }) => *key = Some((scalar.text, span)),
            Some(_) => self.put(Node { span, value: Value::Scalar(scalar) }),
        }
        Ok(())
    }

    /// Gives a finished value to what it belongs to.
    fn put(&mut self, mut node: Node) {
        match self.open.last_mut() {
            Some(Open::Mapping { fields, key, .. }) => {
                if let Some((key, key_span)) = key.take() {
                    if node.span.start == node.span.end && matches!(node.value, Value::Scalar(_)) {
                        node.span = after_colon(self.text, self.base, key_span);
                    }
                    fields.push(Field { key, key_span, value: node });
                }
            }
            Some(Open::List { items, .. }) => items.push(node),
            None => {
                if let Value::Mapping(fields) = node.value {
                    self.read.fields = fields;
                }
            }
        }
    }

    /// Ends a collection. The end event of a block collection stands at the next token, so the
    /// last child tells where the collection really ends. The start event, too, can stand behind a
    /// first child that is not there.
    fn close(&mut self, end: Span) {
        let text = self.text;
        let base = self.base;
        let closes = |bracket: char| {
            let last = end.end.saturating_sub(base + 1);
            text.get(last..).is_some_and(|rest| rest.starts_with(bracket)) && end.start < end.end
        };
        match self.open.pop() {
            Some(Open::List { start, items, flow }) => {
                let start = items.first().map_or(start, |item| item.span.start.min(start));
                let last = items.last().map_or(start, |item| item.span.end);
                let until = if flow && closes(']') { end.end } else { last };
                self.put(Node {
                    span: Span::new(start, until),
                    value: Value::List { items, flow },
                });
            }
            Some(Open::Mapping { start, fields, .. }) => {
                let start = fields.first().map_or(start, |field| field.key_span.start.min(start));
                let last = fields.last().map_or(start, |field| field.value.span.end);
                let until = if closes('}') { end.end } else { last };
                self.put(Node { span: Span::new(start, until), value: Value::Mapping(fields) });
            }
            None => {}
        }
    }
}

/// The empty place behind the colon of a key; behind the key if it has none (`? key`).
fn after_colon(text: &str, base: usize, key: Span) -> Span {
    let rest = text.get(key.end - base..).unwrap_or_default();
    // YAML has no other white space (sections 5.4 and 5.5).
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let behind = rest.trim_start_matches(is_blank);
    let blanks = rest.len() - behind.len();
    // Another character than these makes it a part of the next key; on a line of its own, a bracket
    // does too, unless something is open, where the place of the key is good enough.
    let same_line = !rest.get(..blanks).unwrap_or_default().contains(['\n', '\r']);
    let ends = |c: char| is_blank(c) || same_line && matches!(c, ',' | '}' | ']');
    let behind = behind.strip_prefix(':');
    let is_colon = behind.is_some_and(|it| it.is_empty() || it.starts_with(ends));
    let at = if is_colon { key.end + blanks + 1 } else { key.end };
    Span::new(at, at)
}
