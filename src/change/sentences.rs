//! What an edit did to the sentences of a document.
//!
//! Wrapping, markup, the targets of links, dashes and quotes are no part of a sentence here, nor is
//! its place: a sentence that moved is the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Document, KeywordForm, Sentence, Span, normalized};

/// The words of RFC 2119 in any case.
static ANY_CASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:must|required|shall|should|recommended|may|optional)\b").ok()
});

/// The difference between two texts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TextChange {
    /// Sentences that are gone or new, in the order of the text; where one was put in the place of
    /// another, the old one stands first.
    pub sentences: Vec<Said>,
    /// Whether code blocks differ.
    pub code: bool,
}

/// A sentence that is on one side only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Whether the head has it, or the base had it.
    pub added: bool,
    /// Its text on one line, without markup.
    pub text: String,
    /// Where it stands on its side.
    pub span: Span,
    /// Whether it has a keyword of RFC 2119: in capitals, or in any case where the base has none
    /// in capitals.
    pub normative: bool,
}

impl TextChange {
    /// Whether nothing that counts is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty() && !self.code
    }

    /// The sentences with a keyword.
    pub fn normative(&self) -> impl Iterator<Item = &Said> {
        self.sentences.iter().filter(|said| said.normative)
    }
}

/// Compares the sentences of two versions of a document.
pub(super) fn compare(before: &Document, after: &Document) -> TextChange {
    let (old, new): (Vec<Sentence<'_>>, Vec<Sentence<'_>>) =
        (before.body.sentences().collect(), after.body.sentences().collect());
    let keys = |sentences: &[Sentence<'_>]| -> Vec<String> {
        sentences.iter().map(|sentence| comparable(sentence.text())).collect()
    };
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let any_case = !before.body.has_keyword(KeywordForm::Upper);
    let said = |sentence: &Sentence<'_>, added| Said {
        added,
        text: normalized(sentence.text()),
        span: sentence.span(),
        normative: sentence.keywords().next().is_some()
            || any_case && ANY_CASE.as_ref().is_some_and(|re| re.is_match(sentence.text())),
    };
    // How many sentences that both have stand before it: where in the text that both have it belongs.
    let mut changed: Vec<(usize, Said)> = Vec::new();
    for (sentences, keys, others, added) in
        [(&old, &old_keys, &new_keys, false), (&new, &new_keys, &old_keys, true)]
    {
        let mut there: HashMap<&str, usize> = HashMap::new();
        for key in others {
            *there.entry(key).or_default() += 1;
        }
        let mut common = 0;
        for (sentence, key) in sentences.iter().zip(keys) {
            match there.get_mut(key.as_str()).filter(|left| **left > 0) {
                Some(left) => {
                    *left -= 1;
                    common += 1;
                }
                None if key.is_empty() => {}
                None => changed.push((common, said(sentence, added))),
            }
        }
    }
    // Stable: of what belongs to one place, the old stands before the new.
    changed.sort_by_key(|(place, _)| *place);
    let sentences = changed.into_iter().map(|(_, said)| said).collect();
    TextChange { sentences, code: code(before) != code(after) }
}

/// The lines of all code blocks, without the blanks around them.
fn code(document: &Document) -> Vec<&str> {
    let blocks = document.body.code.iter().map(|span| span.of(&document.text));
    blocks.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// What two sentences that differ only in typography have in common.
fn comparable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // White space counts once, and not around a dash.
    let mut blank = false;
    let mut dash = true;
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            c if is_quote(c) => {}
            c if c.is_whitespace() => blank = true,
            c if is_dash(c) => {
                if !dash {
                    plain.push('-');
                }
                (blank, dash) = (false, true);
            }
            c => {
                if blank && !dash {
                    plain.push(' ');
                }
                (blank, dash) = (false, false);
                match c {
                    '…' => plain.push_str("..."),
                    c => plain.push(c),
                }
            }
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(before: &str, after: &str) -> TextChange {
        let document = |text: &str| Document::parse("s/scs-0100-v1-a.md", text.into());
        compare(&document(before), &document(after))
    }

    fn said(change: &TextChange) -> Vec<String> {
        let sign = |it: &Said| if it.added { '+' } else { '-' };
        let mark = |it: &Said| if it.normative { "!" } else { "" };
        change.sentences.iter().map(|it| format!("{}{}{}", sign(it), mark(it), it.text)).collect()
    }

    #[test]
    fn what_does_not_count() {
        let before =
            "# A\n\nOne - the \"first\" - [MUST](a.md) be\n  *here*. Two is re-used.\n\n- Three\n";
        let after = "A\n=\n\nTwo is re‐used. One — the “first” –\n**MUST** be [here][b].\n\n* Three\n\n[b]: b.md\n";
        assert_eq!(between(before, after), TextChange::default());
    }

    #[test]
    fn the_old_stands_before_the_new_in_the_order_of_the_text() {
        let change = between(
            "One MUST be. Two. Three MAY be. Four.",
            "One MUST NOT be. Two. Four. Five. Six MUST be.",
        );
        let expected =
            ["-!One MUST be.", "+!One MUST NOT be.", "-!Three MAY be.", "+Five.", "+!Six MUST be."];
        assert_eq!(said(&change), expected);
        assert_eq!(change.normative().count(), 4);
    }

    #[test]
    fn small_letters_count_where_there_are_no_capitals() {
        let change = between("It must be.", "It must go.");
        assert_eq!(said(&change), ["-!It must be.", "+!It must go."]);
        let change = between("It must be. It MAY go.", "It must go. It MAY go.");
        assert_eq!(said(&change), ["-It must be.", "+It must go."]);
    }

    #[test]
    fn code_counts_by_its_lines() {
        assert!(between("```\na\n```\n", "```\nb\n```\n").code);
        assert!(!between("```\na\n```\n", "```yaml\n  a\n\n```\n").code);
    }
}
