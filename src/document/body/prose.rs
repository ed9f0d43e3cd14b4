//! The text of a body without its markup: sentences, and the keywords of RFC 2119 in them.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::{memchr3_iter, memmem};

use super::Undefined;
use crate::document::Span;

/// Text as it is read aloud, with the way back to the file.
#[derive(Debug, Default)]
pub(super) struct Prose {
    text: String,
    pieces: Vec<Piece>,
    /// Sentences, as ranges of `text`.
    sentences: Vec<(u32, u32)>,
    keywords: Vec<Found>,
    /// Ends of blocks, as offsets of `text`.
    breaks: Vec<u32>,
}

/// A run of text that stands in the file at one place. Offsets fit 32 bits: see
/// [`MAX_FILE`](crate::source::MAX_FILE).
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Offset in the prose.
    at: u32,
    /// Where in the file it begins and ends.
    start: u32,
    end: u32,
    kind: PieceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PieceKind {
    /// Byte for byte as long as in the file: every offset has its place.
    Linear,
    /// With escapes resolved: only the whole has a place.
    Whole,
    /// Code: no keywords in here.
    Opaque,
    /// Struck out: it is shown, and not said.
    Struck,
}

/// A keyword in the prose.
#[derive(Debug, Clone, Copy)]
struct Found {
    start: u32,
    end: u32,
    form: KeywordForm,
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

/// Finds them. A pattern of `regex` that does the same takes many times as long to make.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(KEYWORDS).ok()
});

/// Modal verbs whose negation is a keyword of its own. `MAY NOT` is none.
const NEGATED: [&str; 3] = ["MUST", "SHALL", "SHOULD"];

/// The longest label of a footnote that is looked for, in bytes: without a bound, text that opens
/// brackets and never closes them would be read over and over.
const LONGEST_LABEL: usize = 200;

/// An offset that is kept; a file is far smaller than what 32 bits can count.
fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl Prose {
    /// Room for the text of so many bytes of Markdown.
    pub(super) fn with_capacity(bytes: usize) -> Prose {
        Prose {
            text: String::with_capacity(bytes),
            pieces: Vec::with_capacity(bytes / 64),
            sentences: Vec::with_capacity(bytes / 64),
            ..Prose::default()
        }
    }

    /// Adds text that stands at `source`, escapes perhaps resolved.
    pub(super) fn push(&mut self, text: &str, source: Span) {
        let linear = source.end - source.start == text.len();
        self.add(text, source, if linear { PieceKind::Linear } else { PieceKind::Whole });
    }

    /// Adds text that is a part of a sentence and not looked into.
    pub(super) fn push_opaque(&mut self, text: &str, source: Span) {
        self.add(text, source, PieceKind::Opaque);
    }

    /// Adds text that is struck out.
    pub(super) fn push_struck(&mut self, text: &str, source: Span) {
        self.add(text, source, PieceKind::Struck);
    }

    fn add(&mut self, text: &str, source: Span, kind: PieceKind) {
        let (at, start, end) = (short(self.text.len()), short(source.start), short(source.end));
        self.text.push_str(text);
        match self.pieces.last_mut() {
            Some(last) if kind == PieceKind::Linear && last.kind == kind && last.end == start => {
                last.end = end;
            }
            _ => self.pieces.push(Piece { at, start, end, kind }),
        }
    }

    /// The length so far, in bytes.
    pub(super) fn length(&self) -> u32 {
        short(self.text.len())
    }

    /// A part of the text.
    pub(super) fn slice(&self, (start, end): (u32, u32)) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// What a part of the text says, in parts, each with whether it is code; what is struck out is
    /// not said.
    pub(super) fn parts(&self, range: (u32, u32)) -> impl Iterator<Item = (&str, bool)> {
        let (start, end) = (range.0 as usize, range.1 as usize);
        let from = self.pieces.partition_point(|piece| piece.at as usize <= start);
        let pieces = self.pieces.get(from.saturating_sub(1)..).unwrap_or_default();
        let ends = pieces.iter().skip(1).map(|next| next.at as usize).chain([self.text.len()]);
        let within =
            pieces.iter().zip(ends).take_while(move |(piece, _)| (piece.at as usize) < end);
        let said = within.filter(|(piece, _)| piece.kind != PieceKind::Struck);
        said.filter_map(move |(piece, until)| {
            let text = self.text.get((piece.at as usize).max(start)..until.min(end))?;
            Some((text, piece.kind == PieceKind::Opaque)).filter(|_| !text.is_empty())
        })
    }

    /// A sentence never goes beyond its block, nor does a keyword.
    pub(super) fn end_block(&mut self) {
        let end = self.length();
        if self.breaks.last().copied().unwrap_or_default() < end {
            self.breaks.push(end);
        }
    }

    /// Finds sentences and keywords, and gives back memory that growing took. Nothing is added after
    /// this.
    pub(super) fn finish(&mut self) {
        self.end_block();
        self.find_sentences();
        self.find_keywords();
        self.text.shrink_to_fit();
        self.pieces.shrink_to_fit();
        self.sentences.shrink_to_fit();
        self.keywords.shrink_to_fit();
        self.breaks = Vec::new();
    }

    fn find_sentences(&mut self) {
        let Prose { text, sentences, breaks, .. } = self;
        let mut marks = memchr3_iter(b'.', b'!', b'?', text.as_bytes()).peekable();
        let mut begin = 0;
        for end in breaks.iter().map(|end| *end as usize) {
            let block = text.get(begin..end).unwrap_or_default();
            // A sentence without the blanks around it, if anything is left.
            let mut add = |start: usize, end: usize| {
                let raw = block.get(start..end).unwrap_or_default();
                let trimmed = raw.trim_start();
                if !trimmed.is_empty() {
                    let start = begin + start + raw.len() - trimmed.len();
                    sentences.push((short(start), short(start + trimmed.trim_end().len())));
                }
            };
            let mut start = 0;
            while let Some(mark) = marks.next_if(|mark| *mark < end) {
                let mark = mark - begin;
                if mark >= start
                    && let Some(next) = sentence_end(block, mark)
                {
                    add(start, mark + 1);
                    start = next;
                }
            }
            add(start, block.len());
            begin = end;
        }
    }

    fn find_keywords(&mut self) {
        let mut block = 0;
        let mut until = 0;
        let found = FINDER.iter().flat_map(|finder| finder.find_iter(&self.text));
        for found in found {
            let start = found.start();
            while self.breaks.get(block).is_some_and(|end| *end as usize <= start) {
                block += 1;
            }
            let before = block.checked_sub(1).and_then(|last| self.breaks.get(last));
            let within = before.map_or(0, |start| *start as usize)
                ..self.breaks.get(block).map_or(self.text.len(), |end| *end as usize);
            if start >= until
                && let Some(keyword) = self.keyword(start, found.end(), within)
            {
                until = keyword.end as usize;
                self.keywords.push(keyword);
            }
        }
    }

    /// The keyword that a word is, or begins, or ends, if its block has it as a word of text.
    fn keyword(&self, start: usize, end: usize, block: Range<usize>) -> Option<Found> {
        let bytes = self.text.as_bytes();
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        if before.is_some_and(is_word)
            || bytes.get(end).is_some_and(is_word)
            || self.is_opaque(start)
        {
            return None;
        }
        let found = |start, end, form| Some(Found { start: short(start), end: short(end), form });
        let word = self.text.get(start..end)?;
        if word == "NOT" {
            let before = self.text.get(block.start..start)?;
            let modal = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next()?;
            let begin = block.start + before.trim_end().len() - modal.len();
            let joined = before.trim_end().len() < before.len();
            let is_modal = NEGATED.iter().any(|verb| verb.eq_ignore_ascii_case(modal));
            let mixed = joined && is_modal && !self.is_opaque(begin);
            return if mixed { found(begin, end, KeywordForm::Mixed) } else { None };
        }
        if NEGATED.contains(&word) {
            let rest = self.text.get(end..block.end)?;
            let next = end + rest.len() - rest.trim_start().len();
            let next_end = word_end(bytes, next);
            let not = self.text.get(next..next_end)?;
            if next > end && not.eq_ignore_ascii_case("not") && !self.is_opaque(next) {
                let form = if not == "NOT" { KeywordForm::Upper } else { KeywordForm::Mixed };
                return found(start, next_end, form);
            }
        }
        found(start, end, KeywordForm::Upper)
    }

    pub(super) fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        let sentence = |&(start, end): &(u32, u32)| Sentence {
            prose: self,
            start: start as usize,
            end: end as usize,
        };
        self.sentences.iter().map(sentence)
    }

    pub(super) fn has_keyword(&self, form: KeywordForm) -> bool {
        self.keywords.iter().any(|found| found.form == form)
    }

    /// All keywords, in order.
    pub(super) fn keywords(&self) -> impl Iterator<Item = Keyword<'_>> {
        self.keywords_between(0, self.text.len())
    }

    fn keywords_between(&self, start: usize, end: usize) -> impl Iterator<Item = Keyword<'_>> {
        let from = self.keywords.partition_point(|found| (found.start as usize) < start);
        let found = self.keywords.get(from..).unwrap_or_default().iter();
        found.take_while(move |found| (found.start as usize) < end).map(|found| {
            let (start, end) = (found.start as usize, found.end as usize);
            let text = self.text.get(start..end).unwrap_or_default();
            Keyword { text, form: found.form, span: self.place(start, end) }
        })
    }

    /// The place in the file of a range of the prose.
    fn place(&self, start: usize, end: usize) -> Span {
        let first = self.piece(start);
        let last = self.piece(end.saturating_sub(1));
        let within = |piece: &Piece, at: usize| piece.start as usize + (at - piece.at as usize);
        let from = first.map_or(0, |piece| match piece.kind {
            PieceKind::Linear => within(piece, start),
            _ => piece.start as usize,
        });
        let to = last.map_or(0, |piece| match piece.kind {
            PieceKind::Linear => within(piece, end),
            _ => piece.end as usize,
        });
        Span::new(from, to)
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at as usize <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    fn is_opaque(&self, at: usize) -> bool {
        let silent = |kind| matches!(kind, PieceKind::Opaque | PieceKind::Struck);
        self.piece(at).is_some_and(|piece| silent(piece.kind))
    }

    /// `[^label]` in text: the parser takes it for a footnote only if there is a definition.
    pub(super) fn undefined_footnotes(&self, file: &str) -> Vec<Undefined> {
        let found = memmem::find_iter(self.text.as_bytes(), "[^").filter_map(|at| {
            let rest = self.text.get(at + 1..)?;
            let length = rest.bytes().take(LONGEST_LABEL).position(|byte| byte == b']')?;
            let label = rest.get(..length)?;
            let span = self.place(at, at + label.len() + 2);
            let plain = label.len() > 1 && !label.contains(char::is_whitespace);
            let verbatim = span.of(file).get(1..).is_some_and(|it| it.starts_with(label));
            let escaped = file.get(..span.start).is_some_and(|before| before.ends_with('\\'));
            (plain && verbatim && !escaped).then(|| Undefined {
                label: label.to_owned(),
                span,
                meant: None,
            })
        });
        found.collect()
    }
}

fn is_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| is_word(byte)).count()
}

/// Whether a sentence ends with the mark at `mark`; where the next one begins.
fn sentence_end(text: &str, mark: usize) -> Option<usize> {
    // Most marks stand within an address or a number.
    text.as_bytes().get(mark + 1).filter(|byte| byte.is_ascii_whitespace() || **byte >= 0x80)?;
    let after = text.get(mark + 1..)?;
    let rest = after.trim_start();
    let next = rest.chars().next()?;
    let ends = rest.len() < after.len()
        && (next.is_uppercase() || !next.is_alphanumeric())
        && !is_abbreviation(text, mark);
    ends.then(|| text.len() - rest.len())
}

fn is_abbreviation(text: &str, dot: usize) -> bool {
    // Abbreviations are short; a word without an end must not be read once for each of its dots.
    let start = text.ceil_char_boundary(dot.saturating_sub(12));
    let before = text.get(start..dot).unwrap_or_default();
    let word = before.rsplit([' ', '(', '\n']).next().unwrap_or_default();
    let listed = ["e.g", "i.e", "etc", "cf", "vs", "abbr", "approx", "resp", "incl", "Dr", "No"];
    listed.contains(&word) || word.chars().count() == 1
}

impl<'b> Sentence<'b> {
    /// The sentence without markup and without blanks around it; inner line breaks are blanks.
    #[must_use]
    pub fn text(&self) -> &'b str {
        self.prose.text.get(self.start..self.end).unwrap_or_default()
    }

    /// What it says, in parts, each with whether it is code; what is struck out is not said.
    pub fn parts(&self) -> impl Iterator<Item = (&'b str, bool)> {
        self.prose.parts((short(self.start), short(self.end)))
    }

    /// How long the text is, in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.end - self.start
    }

    /// Where it stands in the file.
    #[must_use]
    pub fn span(&self) -> Span {
        self.prose.place(self.start, self.end)
    }

    /// Its keywords of RFC 2119.
    pub fn keywords(&self) -> impl Iterator<Item = Keyword<'b>> {
        self.prose.keywords_between(self.start, self.end)
    }
}
