//! The text of a body without its markup: sentences, and the keywords of RFC 2119 in them.

use super::Undefined;
use crate::document::Span;

/// Text as it is read aloud, with the way back to the file.
#[derive(Debug, Default)]
pub(super) struct Prose {
    text: String,
    pieces: Vec<Piece>,
    /// Ends of blocks, as offsets of `text`.
    breaks: Vec<usize>,
}

/// A run of text that stands in the file at one place.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Offset in the prose.
    at: usize,
    /// Where in the file.
    source: Span,
    /// Byte for byte the same as in the file; otherwise only the whole piece has a place.
    exact: bool,
    /// Code, or a line break: no keywords in here.
    opaque: bool,
}

/// A sentence of a document.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'b> {
    prose: &'b Prose,
    start: usize,
    end: usize,
}

/// How a keyword of RFC 2119 is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeywordForm {
    /// As the RFC writes it.
    Upper,
    /// A modal verb and its *not* in different cases: `MUST not`.
    Mixed,
}

/// A keyword of RFC 2119.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword<'b> {
    /// As it is written.
    pub text: &'b str,
    /// How it is written.
    pub form: KeywordForm,
    /// Where in the file.
    pub span: Span,
}

/// The words of RFC 2119, and FORBIDDEN, which scs-0001 adds.
const KEYWORDS: [&str; 9] =
    ["MUST", "REQUIRED", "SHALL", "SHOULD", "RECOMMENDED", "MAY", "OPTIONAL", "FORBIDDEN", "NOT"];

/// Modal verbs whose negation is a keyword of its own. `MAY NOT` is none.
const NEGATED: [&str; 3] = ["must", "shall", "should"];

impl Prose {
    /// Adds text that stands at `source` in `file`, escapes perhaps resolved.
    pub(super) fn push(&mut self, text: &str, source: Span, file: &str) {
        let exact = source.of(file) == text;
        self.pieces.push(Piece { at: self.text.len(), source, exact, opaque: false });
        self.text.push_str(text);
    }

    /// Adds text that is a part of a sentence and not looked into.
    pub(super) fn push_opaque(&mut self, text: &str, source: Span) {
        self.pieces.push(Piece { at: self.text.len(), source, exact: false, opaque: true });
        self.text.push_str(text);
    }

    /// A sentence never goes beyond its block.
    pub(super) fn end_block(&mut self) {
        if self.text.len() > self.breaks.last().copied().unwrap_or_default() {
            self.breaks.push(self.text.len());
        }
    }

    pub(super) fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        let mut block = 0;
        self.breaks
            .iter()
            .flat_map(move |end| {
                let start = std::mem::replace(&mut block, *end);
                self.sentences_between(start, *end)
            })
            .filter(|sentence| !sentence.text().is_empty())
    }

    fn sentences_between(&self, start: usize, end: usize) -> impl Iterator<Item = Sentence<'_>> {
        let mut at = start;
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let rest = self.text.get(at..end).unwrap_or_default();
                let length = sentence_end(rest).unwrap_or(rest.len());
                let sentence = Sentence { prose: self, start: at, end: at + length };
                at += length;
                sentence
            })
        })
    }

    /// All keywords, in order.
    pub(super) fn keywords(&self) -> impl Iterator<Item = Keyword<'_>> {
        self.keywords_between(0, self.text.len())
    }

    fn keywords_between(&self, start: usize, end: usize) -> impl Iterator<Item = Keyword<'_>> {
        let mut words = Words { prose: self, at: start, end }.peekable();
        std::iter::from_fn(move || {
            loop {
                let (word, at) = words.next()?;
                let modal = NEGATED.iter().any(|verb| verb.eq_ignore_ascii_case(word));
                let (mut until, mut form) = (at + word.len(), None);
                if KEYWORDS.contains(&word) && word != "NOT" {
                    form = Some(KeywordForm::Upper);
                }
                if modal
                    && let Some((not, not_at)) = words.peek().copied()
                    && not.eq_ignore_ascii_case("not")
                    && self.text.get(until..not_at).is_some_and(|gap| gap.trim().is_empty())
                {
                    let upper = |word: &str| word.bytes().all(|b| b.is_ascii_uppercase());
                    match (upper(word), upper(not)) {
                        (true, true) => until = not_at + not.len(),
                        (false, false) => {}
                        _ => {
                            until = not_at + not.len();
                            form = Some(KeywordForm::Mixed);
                        }
                    }
                }
                if let Some(form) = form {
                    let text = self.text.get(at..until).unwrap_or_default();
                    return Some(Keyword { text, form, span: self.place(at, until) });
                }
            }
        })
    }

    /// The place in the file of a range of the prose.
    fn place(&self, start: usize, end: usize) -> Span {
        let first = self.piece(start);
        let last = self.piece(end.saturating_sub(1));
        let offset = |piece: Option<&Piece>, at: usize, otherwise: fn(&Piece) -> usize| {
            piece.map_or(0, |p| if p.exact { p.source.start + (at - p.at) } else { otherwise(p) })
        };
        Span::new(offset(first, start, |p| p.source.start), offset(last, end, |p| p.source.end))
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// `[^label]` in text: the parser takes it for a footnote only if there is a definition.
    pub(super) fn undefined_footnotes(&self, file: &str) -> Vec<Undefined> {
        let found = self.text.match_indices("[^").filter_map(|(at, _)| {
            let rest = self.text.get(at + 1..)?;
            let label = rest.get(..rest.find(']')?)?;
            let span = self.place(at, at + label.len() + 2);
            let plain = label.len() > 1 && !label.contains(char::is_whitespace);
            let verbatim = span.of(file).get(1..).is_some_and(|it| it.starts_with(label));
            let escaped = file.get(..span.start).is_some_and(|before| before.ends_with('\\'));
            (plain && verbatim && !escaped).then(|| Undefined { label: label.to_owned(), span })
        });
        found.collect()
    }
}

/// Words of ASCII letters that do not lie in an opaque piece.
struct Words<'b> {
    prose: &'b Prose,
    at: usize,
    end: usize,
}

impl<'b> Iterator for Words<'b> {
    type Item = (&'b str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.prose.text.as_bytes();
        let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80;
        loop {
            while self.at < self.end && !bytes.get(self.at).is_some_and(is_word) {
                self.at += 1;
            }
            let start = self.at;
            while self.at < self.end && bytes.get(self.at).is_some_and(is_word) {
                self.at += 1;
            }
            if start == self.at {
                return None;
            }
            // Every keyword begins with one of these letters.
            let initial = bytes.get(start).map(u8::to_ascii_uppercase);
            let candidate = matches!(initial, Some(b'M' | b'S' | b'R' | b'O' | b'F' | b'N'));
            if candidate && !self.prose.piece(start).is_some_and(|piece| piece.opaque) {
                return Some((self.prose.text.get(start..self.at)?, start));
            }
        }
    }
}

/// Where the first sentence of a text ends, blanks after it included.
fn sentence_end(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(['.', '!', '?', ':']) {
        let mark = from + found;
        let after = text.get(mark + 1..)?;
        let blanks = after.len() - after.trim_start().len();
        let next = after.trim_start().chars().next()?;
        if blanks > 0
            && (next.is_uppercase() || !next.is_alphanumeric())
            && !is_abbreviation(text, mark)
        {
            return Some(mark + 1 + blanks);
        }
        from = mark + 1;
    }
    None
}

fn is_abbreviation(text: &str, dot: usize) -> bool {
    let before = text.get(..dot).unwrap_or_default();
    let word = before.rsplit([' ', '(', '\n']).next().unwrap_or_default();
    let listed = ["e.g", "i.e", "etc", "cf", "vs", "abbr", "approx", "resp", "incl", "Dr", "No"];
    listed.contains(&word) || word.chars().count() == 1
}

impl<'b> Sentence<'b> {
    /// The sentence without markup and without blanks around it; inner line breaks are blanks.
    #[must_use]
    pub fn text(&self) -> &'b str {
        self.prose.text.get(self.start..self.end).unwrap_or_default().trim()
    }

    /// Where it stands in the file.
    #[must_use]
    pub fn span(&self) -> Span {
        let raw = self.prose.text.get(self.start..self.end).unwrap_or_default();
        let start = self.start + raw.len() - raw.trim_start().len();
        self.prose.place(start, self.start + raw.trim_end().len())
    }

    /// Its keywords of RFC 2119.
    pub fn keywords(&self) -> impl Iterator<Item = Keyword<'b>> {
        self.prose.keywords_between(self.start, self.end)
    }
}
