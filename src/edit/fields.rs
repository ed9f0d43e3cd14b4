//! Edits of front matter, a field at a time: the lines that an edit names change, every other byte
//! stays. Each edit is read again, and refused unless exactly its own field says something else.

use granit_parser::ScalarStyle;

use super::scalar::{needs_escape, scalar};
use crate::document::{
    Document, Field, FrontMatter, FrontMatterProblem, LineIndex, Node, ScalarType, Span, Value,
};

/// Why a field cannot be edited. Each names the place.
#[derive(Debug, thiserror::Error)]
pub enum FieldError {
    /// The block cannot be read.
    #[error("{place}: the front matter cannot be read: {why}")]
    Unreadable {
        /// `path:line:column`
        place: String,
        /// What is wrong there.
        why: String,
    },
    /// A key occurs twice.
    #[error("{place}: `{key}` is there more than once: leave only one of them")]
    Repeated {
        /// `path:line:column`
        place: String,
        /// The key.
        key: String,
    },
    /// The value has a form that edits of single lines cannot deal with.
    #[error("{place}: `{key}` cannot be changed: {why}")]
    Form {
        /// `path:line:column`
        place: String,
        /// The key.
        key: String,
        /// What to write instead.
        why: &'static str,
    },
}

const FLOW: &str = "it is in flow style (braces or brackets); write one field or item a line";
const ONE_LINE: &str = "its value is not a text on one line; write it on one";
const LIST: &str = "its value is a list; write one text";
const OTHERS: &str = "it has other items, or items that are no texts; correct it first";
const UNCLEAR: &str = "the lines around it would say something else then; write one field a line";

/// A front matter that is being edited.
#[derive(Debug)]
pub struct Fields {
    path: String,
    text: String,
    front: FrontMatter,
    body: usize,
}

impl Fields {
    /// The fields of a document.
    ///
    /// # Errors
    /// The front matter cannot be read, or the file is not UTF-8.
    pub fn of(document: &Document) -> Result<Fields, FieldError> {
        let at = |span: Span| place(&document.path, document.text(), span);
        if !document.is_faithful() {
            let why = "the file is no regular file with text in UTF-8".to_owned();
            return Err(FieldError::Unreadable { place: at(Span::FILE), why });
        }
        let unreadable = match &document.front.problem {
            None => return Ok(Fields::read(&document.path, document.text().to_owned())),
            Some(FrontMatterProblem::Missing { .. }) => {
                (Span::FILE, "there is none on the first line".to_owned())
            }
            Some(FrontMatterProblem::Unterminated) => {
                (document.front.opening, "there is no closing line `---`".to_owned())
            }
            Some(FrontMatterProblem::Syntax { span, message }) => (*span, message.clone()),
        };
        let (span, why) = unreadable;
        Err(FieldError::Unreadable { place: at(span), why })
    }

    fn read(path: &str, text: String) -> Fields {
        let (front, body) = FrontMatter::parse(&text);
        Fields { path: path.to_owned(), text, front, body }
    }

    /// The file after the edits.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// Gives a field a text as its value. A field that is not there yet gets a line directly below
    /// that of `below`, or the last one if that is not there either.
    ///
    /// # Errors
    /// The field is there twice, or its value is no text on one line.
    pub fn set(&mut self, key: &str, text: &str, below: &str) -> Result<(), FieldError> {
        let said = Said::Text(text.to_owned());
        let Some(field) = self.find(key)? else {
            return self.insert(key, &[format!("{key}: {}", scalar(text))], below, said);
        };
        let value = match &field.value.value {
            Value::Scalar(value) => value,
            Value::List { flow: false, .. } => return Err(self.form(field, LIST)),
            Value::List { flow: true, .. } | Value::Mapping(_) => {
                return Err(self.form(field, FLOW));
            }
        };
        let span = field.value.span;
        let raw = span.of(&self.text);
        if raw.contains('\n') {
            return Err(self.form(field, ONE_LINE));
        }
        let new = match value.style {
            ScalarStyle::Plain if span.start == span.end => format!(" {}", scalar(text)),
            ScalarStyle::Plain => scalar(text),
            ScalarStyle::SingleQuoted if is_as_it_is(text, &['\'']) => format!("'{text}'"),
            ScalarStyle::DoubleQuoted if is_as_it_is(text, &['"', '\\']) => format!("\"{text}\""),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => scalar(text),
            ScalarStyle::Literal | ScalarStyle::Folded => return Err(self.form(field, ONE_LINE)),
        };
        self.splice(key, span, &new, said)
    }

    /// Makes a field a list of these texts, an item a line. Items that are there already stay as
    /// they are written: the texts begin with them.
    ///
    /// # Errors
    /// The field is there twice, in flow style, or has other items.
    pub fn set_list(&mut self, key: &str, items: &[String], below: &str) -> Result<(), FieldError> {
        let said = Said::List(items.to_vec());
        let Some(field) = self.find(key)? else {
            let lines = self.item_lines(self.indent_of(below), items);
            let lines: Vec<String> = [format!("{key}:")].into_iter().chain(lines).collect();
            return self.insert(key, &lines, below, said);
        };
        let span = field.value.span;
        let (start, end, new) = match &field.value.value {
            Value::List { flow: true, .. } | Value::Mapping(_) => {
                return Err(self.form(field, FLOW));
            }
            Value::List { items: there, .. } => {
                let known = there
                    .iter()
                    .zip(items)
                    .take_while(|(node, item)| node.string() == Some(item.as_str()));
                let known = known.count();
                let kept = there.get(..known).unwrap_or_default();
                let (Some(first), Some(last)) = (there.first(), there.last()) else {
                    return Err(self.form(field, FLOW));
                };
                if kept.len() < there.len() {
                    return Err(self.form(field, OTHERS));
                }
                if kept.len() == items.len() {
                    return Ok(());
                }
                let prefix = self.before(first.span.start).to_owned();
                if prefix.trim() != "-" {
                    return Err(self.form(field, UNCLEAR));
                }
                let start = kept
                    .last()
                    .map_or(self.line_start(first.span.start), |it| self.line_end(it.span.end));
                let newline = self.newline(first.span.end);
                let lines = items.iter().skip(known);
                let lines = lines.map(|it| format!("{prefix}{}{newline}", scalar(it)));
                (start, self.line_end(last.span.end), lines.collect::<String>())
            }
            Value::Scalar(value) => {
                let one_line = !matches!(value.style, ScalarStyle::Literal | ScalarStyle::Folded)
                    && !span.of(&self.text).contains('\n');
                if !one_line && value.core_type() != ScalarType::Null {
                    return Err(self.form(field, ONE_LINE));
                }
                // What follows the value, a comment say, stays with the key.
                let newline = self.newline(span.end);
                let indent = self.before(field.key_span.start).to_owned();
                let lines = self.item_lines(indent, items);
                let lines: String = lines.iter().map(|line| format!("{newline}{line}")).collect();
                let rest = self.text.get(span.end..self.line_end(span.end)).unwrap_or_default();
                let rest = rest.trim_end_matches(['\n', '\r']);
                let blanks = self.text.get(..span.start).unwrap_or_default();
                let start = blanks.trim_end_matches([' ', '\t']).len();
                (start, span.end + rest.len(), format!("{}{lines}", rest.trim_end()))
            }
        };
        self.splice(key, Span::new(start, end), &new, said)
    }

    /// Takes a field away, with all its lines.
    ///
    /// # Errors
    /// The field is there twice, or shares its line with another one.
    pub fn remove(&mut self, key: &str) -> Result<(), FieldError> {
        let Some(field) = self.find(key)? else { return Ok(()) };
        if !self.before(field.key_span.start).trim().is_empty() {
            return Err(self.form(field, FLOW));
        }
        let start = self.line_start(field.key_span.start);
        let end = self.line_end(self.end_of(field));
        self.splice(key, Span::new(start, end), "", Said::Nothing)
    }

    fn find(&self, key: &str) -> Result<Option<&Field>, FieldError> {
        let mut fields = self.front.fields.iter().filter(|field| field.key == key);
        let (first, second) = (fields.next(), fields.next());
        match second {
            None => Ok(first),
            Some(second) => Err(FieldError::Repeated {
                place: place(&self.path, &self.text, second.key_span),
                key: key.to_owned(),
            }),
        }
    }

    /// Adds the lines of a field that is not there.
    fn insert(
        &mut self,
        key: &str,
        lines: &[String],
        below: &str,
        said: Said,
    ) -> Result<(), FieldError> {
        let above = self.find(below)?.or(self.front.fields.last());
        let (at, indent, newline) = match above {
            Some(field) if !self.before(field.key_span.start).trim().is_empty() => {
                return Err(self.form(field, FLOW));
            }
            Some(field) => {
                let end = self.end_of(field);
                let indent = self.before(field.key_span.start).to_owned();
                (self.line_end(end), indent, self.newline(end))
            }
            None => (self.front.content.end, String::new(), self.newline(self.front.opening.end)),
        };
        let lines: String = lines
            .iter()
            .map(|line| match line.starts_with(key) {
                true => format!("{indent}{line}{newline}"),
                false => format!("{line}{newline}"),
            })
            .collect();
        self.splice(key, Span::new(at, at), &lines, said)
    }

    /// The lines of a list below a key with this indentation, in the form that other lists of the
    /// block have.
    fn item_lines(&self, indent: String, items: &[String]) -> Vec<String> {
        let lists = self.front.fields.iter().filter_map(|field| match &field.value.value {
            Value::List { items, flow: false } => items.first(),
            _ => None,
        });
        let mut prefixes = lists.map(|item| self.before(item.span.start));
        let prefix = prefixes.find(|it| it.trim() == "-").map(str::to_owned);
        let prefix = prefix.unwrap_or_else(|| format!("{indent}  - "));
        items.iter().map(|item| format!("{prefix}{}", scalar(item))).collect()
    }

    fn indent_of(&self, key: &str) -> String {
        let field = self.front.get(key).or(self.front.fields.last());
        field.map(|field| self.before(field.key_span.start).to_owned()).unwrap_or_default()
    }

    /// Where the last character of a field ends. The range of a block scalar goes on to the next
    /// line with something on it.
    fn end_of(&self, field: &Field) -> usize {
        let value = field.value.span;
        field.key_span.end.max(value.start + value.of(&self.text).trim_end().len())
    }

    /// What stands before a place on its line.
    fn before(&self, at: usize) -> &str {
        self.text.get(self.line_start(at)..at).unwrap_or_default()
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    /// Where the next line begins.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// The line end of the line with this place.
    fn newline(&self, at: usize) -> &'static str {
        let line = self.text.get(..self.line_end(at)).unwrap_or_default();
        if line.ends_with("\r\n") { "\r\n" } else { "\n" }
    }

    fn form(&self, field: &Field, why: &'static str) -> FieldError {
        let place = place(&self.path, &self.text, field.key_span);
        FieldError::Form { place, key: field.key.clone(), why }
    }

    /// Replaces a part of the text, unless that would do anything else than what the edit says.
    fn splice(&mut self, key: &str, span: Span, new: &str, said: Said) -> Result<(), FieldError> {
        let mut text = self.text.clone();
        text.replace_range(span.start..span.end, new);
        let edited = Fields::read(&self.path, text);
        let others = |fields: &Fields| -> Vec<(String, String)> {
            let others = fields.front.fields.iter().filter(|field| field.key != key);
            let raw = |field: &Field| field.value.span.of(&fields.text).to_owned();
            others.map(|field| (field.key.clone(), raw(field))).collect()
        };
        let body = |fields: &Fields| fields.text.get(fields.body..).map(str::to_owned);
        let there = edited.find(key).ok().flatten().map(|field| &field.value);
        let as_said = match (&said, there) {
            (Said::Nothing, there) => there.is_none(),
            (Said::Text(text), there) => there.and_then(Node::string) == Some(text.as_str()),
            (Said::List(items), Some(node)) => {
                matches!(node.value, Value::List { .. })
                    && node.texts().eq(items.iter().map(String::as_str))
            }
            (Said::List(_), None) => false,
        };
        let comments = |fields: &Fields| -> Vec<(Span, String)> {
            let text = |comment: &Span| (*comment, comment.of(&fields.text).to_owned());
            fields.front.comments.iter().map(text).collect()
        };
        // A comment in the part goes with it, or stays.
        let mut left = comments(&edited).into_iter().map(|(_, text)| text).peekable();
        let kept = comments(self)
            .into_iter()
            .all(|(at, text)| left.next_if_eq(&text).is_some() || span.contains(at));
        let kept = kept && left.next().is_none();
        let alone = edited.front.is_readable()
            && others(&edited) == others(self)
            && kept
            && body(&edited) == body(self);
        if !alone || !as_said {
            let field = self.front.get(key).or(self.front.fields.last());
            let span = field.map_or(self.front.opening, |field| field.key_span);
            return Err(FieldError::Form {
                place: place(&self.path, &self.text, span),
                key: key.to_owned(),
                why: UNCLEAR,
            });
        }
        *self = edited;
        Ok(())
    }
}

/// What a field says after an edit.
enum Said {
    Nothing,
    Text(String),
    List(Vec<String>),
}

/// Whether a text stands between quotes as it is.
fn is_as_it_is(text: &str, special: &[char]) -> bool {
    !text.contains(|c| special.contains(&c) || needs_escape(c))
}

fn place(path: &str, text: &str, span: Span) -> String {
    let at = LineIndex::new(text).position(span.start);
    format!("{path}:{}:{}", at.line, at.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(block: &str) -> Fields {
        let text = format!("---\n{block}---\n\nText\n");
        Fields::of(&Document::parse("s/scs-0100-v1-a.md", text.into_bytes())).unwrap()
    }

    fn block(fields: Fields) -> String {
        let text = fields.into_text();
        text.strip_prefix("---\n")
            .and_then(|it| it.strip_suffix("---\n\nText\n"))
            .unwrap()
            .to_owned()
    }

    #[test]
    fn values_change_and_lines_come_and_nothing_else_does() {
        let mut it = fields("title: A # b\n\nstatus: 'Draft'   # for now\n# c\ntrack:  IaaS\n");
        it.set("status", "Stable", "title").unwrap();
        it.set("stabilized_at", "2024-02-08", "status").unwrap();
        it.set_list("replaced_by", &["scs-1.md".into()], "stabilized_at").unwrap();
        assert_eq!(
            block(it),
            "title: A # b\n\nstatus: 'Stable'   # for now\nstabilized_at: 2024-02-08\nreplaced_by:\n  - scs-1.md\n# c\ntrack:  IaaS\n"
        );
    }

    #[test]
    fn lists_grow_in_their_own_form() {
        let both = ["a.md".to_owned(), "b.md".to_owned()];
        for (before, after) in [
            ("x:\n- \"a.md\" # c\nz: 1\n", "x:\n- \"a.md\" # c\n- b.md\nz: 1\n"),
            ("x: a.md # c\nz: 1\n", "x: # c\n  - a.md\n  - b.md\nz: 1\n"),
            ("x: # todo\nz: 1\n", "x: # todo\n  - a.md\n  - b.md\nz: 1\n"),
            ("x:\nz:\n    - q\n", "x:\n    - a.md\n    - b.md\nz:\n    - q\n"),
        ] {
            let mut it = fields(before);
            it.set_list("x", &both, "z").unwrap();
            assert_eq!(block(it), after);
        }
    }

    #[test]
    fn fields_go_with_all_their_lines() {
        let mut it = fields("a: >\n  one\n  two\n# c\nx:\n  - 1\n  - 2\nz: |\n  3\n\n");
        it.remove("x").unwrap();
        it.remove("a").unwrap();
        assert_eq!(block(it), "# c\nz: |\n  3\n\n");
    }

    #[test]
    fn forms_that_a_line_cannot_tell_are_refused() {
        for block in [
            "{status: Draft, title: A}\n",
            "status: Draft\nstatus: Draft\n",
            "status: |\n  Draft\n",
            "status: [Draft]\n",
            "? status\n: Draft\n",
            "status: Dr\n  aft\n",
        ] {
            let mut it = fields(block);
            let error = it
                .set("status", "Stable", "title")
                .and_then(|()| it.set("stabilized_at", "2024-02-08", "status"));
            assert!(error.is_err(), "{block}{}", it.text);
            assert_eq!(it.find("stabilized_at").ok().flatten(), None);
        }
        for block in ["x:\n  - q\n", "x:\n  - a.md\n  - 1 # c\n", "x:\n  - a.md\n  - b.md\n  - c\n"]
        {
            let mut it = fields(block);
            let error = it.set_list("x", &["a.md".into(), "b.md".into()], "z").unwrap_err();
            assert!(error.to_string().contains("it has other items"), "{error}");
        }
        let mut it = fields("replaced_by: [a.md]\n");
        let error = it.set_list("replaced_by", &["a.md".into(), "b.md".into()], "status");
        assert!(
            error.unwrap_err().to_string().starts_with("s/scs-0100-v1-a.md:2:1: `replaced_by`")
        );
    }
}
