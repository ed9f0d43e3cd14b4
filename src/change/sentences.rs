//! What an edit did to the sentences of a document.
//!
//! Wrapping, markup, the targets of links, dashes and quotes are no part of a sentence here. A row
//! of a table is one statement: what stands in its cells belongs together.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Document, KeywordForm, Sentence, Span, normalized};

/// The words of RFC 2119, and FORBIDDEN, which scs-0001 adds.
static KEYWORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "must|required|shall|should|recommended|may|optional|forbidden";
    Regex::new(&format!(r"(?i)\b(?:{words})\b")).ok()
});

/// How many sentences of one place are compared with each other.
const MOST_COMPARED: usize = 100;

/// The difference between two texts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TextChange {
    /// Sentences that are gone or new, in the order of the text; where one was put in the place of
    /// another, the old one stands first.
    pub sentences: Vec<Said>,
    /// Whether the same sentences stand in another order.
    pub moved: bool,
    /// Where in the head the first line of a code block stands that differs.
    pub code: Option<Span>,
}

/// A sentence that is on one side only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Whether the head has it, or the base had it.
    pub added: bool,
    /// Its text on one line, without markup.
    pub text: String,
    /// Where it stands in the head; for one that is gone, what stands there now.
    pub span: Span,
    /// Whether it has a keyword of RFC 2119: in capitals, or in any case where the base has none
    /// in capitals. Or it is what became of such a sentence.
    pub normative: bool,
}

impl TextChange {
    /// Whether nothing that counts is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty() && self.code.is_none() && !self.moved
    }

    /// The sentences with a keyword, and what became of them.
    pub fn normative(&self) -> impl Iterator<Item = &Said> {
        self.sentences.iter().filter(|said| said.normative)
    }
}

/// A sentence, the row of a table, or a line of HTML.
struct Statement {
    text: String,
    /// What it has in common with statements that differ only in typography.
    key: String,
    span: Span,
    normative: bool,
}

/// Compares the sentences of two versions of a document.
pub(crate) fn compare(before: &Document, after: &Document) -> TextChange {
    let any_case = !before.body().has_keyword(KeywordForm::Upper);
    let (old, new) = (statements(before, any_case), statements(after, any_case));
    let (removed, _) = unmatched(&old, &new);
    let (added, common) = unmatched(&new, &old);
    // What stands in the head where a sentence was taken out: the next one that both have.
    let here = |place: usize| common.get(place).or(common.last()).map_or(Span::FILE, |it| it.span);
    let said = |added, place, Statement { text, span, normative, .. }: &Statement| Said {
        added,
        text: text.clone(),
        span: if added { *span } else { here(place) },
        normative: *normative,
    };
    let removed = removed.into_iter().map(|(place, it)| (place, said(false, place, it)));
    let added = added.into_iter().map(|(place, it)| (place, said(true, place, it)));
    let mut changed: Vec<(usize, Said)> = removed.chain(added).collect();
    // Stable: of what belongs to one place, the old stands before the new.
    changed.sort_by_key(|(place, _)| *place);
    let mut sentences = Vec::with_capacity(changed.len());
    for group in changed.chunk_by(|(a, _), (b, _)| a == b) {
        let mut group: Vec<Said> = group.iter().map(|(_, said)| said.clone()).collect();
        mark_partners(&mut group);
        sentences.append(&mut group);
    }
    let keys = |statements: &[Statement]| -> Vec<String> {
        statements.iter().map(|it| it.key.clone()).collect()
    };
    let moved = sentences.is_empty() && keys(&old) != keys(&new);
    TextChange { sentences, moved, code: code_difference(before, after) }
}

/// The statements that the others do not have, each with how many that both have stand before it;
/// and those that both have.
fn unmatched<'s>(
    own: &'s [Statement],
    others: &[Statement],
) -> (Vec<(usize, &'s Statement)>, Vec<&'s Statement>) {
    let mut there: HashMap<&str, usize> = HashMap::new();
    for other in others {
        *there.entry(&other.key).or_default() += 1;
    }
    let (mut alone, mut common) = (Vec::new(), Vec::new());
    for statement in own {
        match there.get_mut(statement.key.as_str()).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                common.push(statement);
            }
            None => alone.push((common.len(), statement)),
        }
    }
    (alone, common)
}

/// Marks what became of sentences with a keyword, or what they came from: at the same place the one
/// that has most of their words, from a half on.
fn mark_partners(group: &mut [Said]) {
    let words = |said: &Said| -> Vec<String> {
        said.text.split_whitespace().map(str::to_lowercase).collect()
    };
    if group.len() > MOST_COMPARED || group.iter().all(|said| said.normative == group[0].normative)
    {
        return;
    }
    let all: Vec<Vec<String>> = group.iter().map(words).collect();
    let common = |a: &[String], b: &[String]| a.iter().filter(|word| b.contains(word)).count();
    let mut partners = Vec::new();
    for (own, mine) in group.iter().zip(&all).filter(|(said, _)| said.normative) {
        let others = group.iter().zip(&all).enumerate();
        let others = others.filter(|(_, (other, _))| other.added != own.added);
        let best = others.max_by_key(|(at, (_, theirs))| (common(mine, theirs), Reverse(*at)));
        if let Some((at, (_, theirs))) = best
            && common(mine, theirs) * 2 >= mine.len().max(theirs.len())
        {
            partners.push(at);
        }
    }
    for at in partners {
        group[at].normative = true;
    }
}

/// The statements of a document, in order; `any_case` says that keywords count in any case.
fn statements(document: &Document, any_case: bool) -> Vec<Statement> {
    let body = document.body();
    let mut statements: Vec<Statement> = Vec::new();
    let mut rows = body.rows.iter().map(|row| row.span).peekable();
    // The row that the last statement is.
    let mut open: Option<Span> = None;
    for sentence in body.sentences() {
        let found = statement(&sentence, any_case);
        while rows.next_if(|row| row.end <= found.span.start).is_some() {}
        let row = rows.peek().copied().filter(|row| row.contains(found.span));
        match statements.last_mut().filter(|_| row.is_some() && open == row) {
            Some(last) => {
                last.text = format!("{} | {}", last.text, found.text);
                last.key = format!("{}|{}", last.key, found.key);
                last.span = Span::new(last.span.start, found.span.end);
                last.normative |= found.normative;
            }
            None => statements.push(found),
        }
        open = row;
    }
    let html = body.html.iter().map(|span| html(*span, document, any_case));
    statements.extend(html);
    statements.retain(|statement| !statement.key.is_empty());
    statements.sort_by_key(|statement| statement.span);
    statements
}

fn statement(sentence: &Sentence<'_>, any_case: bool) -> Statement {
    let (mut key, mut said) = (Comparable::default(), String::new());
    let mut normative = sentence.keywords().next().is_some();
    for (text, is_code) in sentence.parts() {
        said.push_str(text);
        if is_code {
            key.push_code(text);
        } else {
            key.push(text);
            normative |= any_case && has_keyword(text);
        }
    }
    Statement { text: normalized(&said), key: key.finish(), span: sentence.span(), normative }
}

/// A line of HTML without its tags.
fn html(span: Span, document: &Document, any_case: bool) -> Statement {
    let mut text = String::new();
    let mut in_tag = false;
    for c in span.of(document.text()).chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    let upper = |text: &str| text.split(|c: char| !c.is_ascii_uppercase()).any(has_keyword);
    let normative = if any_case { has_keyword(&text) } else { upper(&text) };
    let mut key = Comparable::default();
    key.push(&text);
    Statement { text: normalized(&text), key: key.finish(), span, normative }
}

fn has_keyword(text: &str) -> bool {
    KEYWORDS.as_ref().is_some_and(|keywords| keywords.is_match(text))
}

/// Where the code blocks of two versions begin to differ, as a place in the second one.
fn code_difference(before: &Document, after: &Document) -> Option<Span> {
    let (old, new) = (code(before), code(after));
    let same = old.iter().zip(&new).take_while(|((a, _), (b, _))| a == b).count();
    let differs = same < old.len().max(new.len());
    differs.then(|| new.get(same).or(new.last()).map_or(Span::FILE, |(_, span)| *span))
}

/// The lines of all code blocks that have something on them.
fn code(document: &Document) -> Vec<(&str, Span)> {
    let mut lines = Vec::new();
    for block in &document.body().code {
        let mut start = block.start;
        for line in block.of(document.text()).split_inclusive('\n') {
            let text = line.trim_end();
            if !text.is_empty() {
                lines.push((text, Span::new(start, start + text.len())));
            }
            start += line.len();
        }
    }
    lines
}

/// What two sentences that differ only in typography have in common.
#[derive(Default)]
struct Comparable {
    plain: String,
    /// White space is due before the next character; it counts once.
    blank: bool,
    /// A dash is due, with the blanks around it taken away.
    dash: bool,
}

impl Comparable {
    fn push(&mut self, text: &str) {
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
                c if is_quote(c) => {}
                c if c.is_whitespace() => self.blank = true,
                c if is_dash(c) => {
                    let negative = rest.peek().is_some_and(char::is_ascii_digit);
                    if negative && (self.blank || self.plain.is_empty()) {
                        // A number below zero, and no dash.
                        self.put('-');
                    } else {
                        (self.blank, self.dash) = (false, true);
                    }
                }
                '…' => (0..3).for_each(|_| self.put('.')),
                c => self.put(c),
            }
        }
    }

    /// Code says what it says.
    fn push_code(&mut self, text: &str) {
        for c in text.chars() {
            self.put(c);
        }
    }

    fn put(&mut self, c: char) {
        // A dash in front of everything is an ornament.
        match (self.dash, self.blank) {
            (true, _) if !self.plain.is_empty() => self.plain.push('-'),
            (false, true) if !self.plain.is_empty() => self.plain.push(' '),
            _ => {}
        }
        (self.blank, self.dash) = (false, false);
        self.plain.push(c);
    }

    fn finish(self) -> String {
        self.plain
    }
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
        let after = "A\n=\n\nOne — the “first” –\n**MUST** be [here][b]. Two is re‐used.\n\n* Three\n\n[b]: b.md\n";
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
    fn the_order_of_sentences_counts() {
        let change = between(
            "## A\n\nThis MUST be.\n\n## B\n\nThat.\n",
            "## A\n\nThat.\n\n## B\n\nThis MUST be.\n",
        );
        assert!(change.moved && change.sentences.is_empty());
    }

    #[test]
    fn a_row_is_one_statement() {
        let table = |cpu, ram| {
            format!(
                "| What | Keyword | Count |\n| --- | --- | --- |\n| CPU | MUST | {cpu} |\n| RAM | MUST | {ram} |\n"
            )
        };
        let expected =
            ["-!CPU | MUST | 4", "-!RAM | MUST | 8", "+!CPU | MUST | 8", "+!RAM | MUST | 4"];
        assert_eq!(said(&between(&table("4", "8"), &table("8", "4"))), expected);
        assert!(!between(&table("-5", "8"), &table("5", "8")).is_empty());
        assert!(between(&table("-5", "8"), &table("−5", "8")).is_empty());
    }

    #[test]
    fn code_in_a_sentence_is_what_it_is() {
        assert!(!between("Set `\"a b\"`.", "Set `a b`.").is_empty());
        assert!(!between("It may be `optional`.", "It may be `mandatory`.").is_empty());
        // Words in code are no keywords.
        assert_eq!(said(&between("Use `may`.", "Use `must`.")), ["-Use may.", "+Use must."]);
    }

    #[test]
    fn text_in_html_counts_and_tags_do_not() {
        let html = |word: &str| format!("MUST.\n\n<p>\nIt {word} do.\n</p>\n");
        assert_eq!(said(&between(&html("MUST"), &html("MAY"))), ["-!It MUST do.", "+!It MAY do."]);
        assert!(between(&html("MUST"), &html("MUST").replace("<p>", "<p class=\"a\">")).is_empty());
        assert!(between("A.\n\n<!-- MUST -->\n", "A.\n").is_empty());
    }

    #[test]
    fn what_is_struck_out_is_not_said() {
        for not in ["~~NOT~~ ", "<del>NOT</del> "] {
            let change = between("It SHOULD NOT be used.", &format!("It SHOULD {not}be used."));
            assert_eq!(said(&change), ["-!It SHOULD NOT be used.", "+!It SHOULD be used."]);
        }
        assert!(between("It is.", "It is. ~~It was.~~").is_empty());
    }

    #[test]
    fn what_became_of_a_sentence_stands_beside_it() {
        let change = between(
            "MAY. It MUST be on the shelf.",
            "MAY. New. It must be on the shelf. Other words altogether.",
        );
        let expected = [
            "-!It MUST be on the shelf.",
            "+New.",
            "+!It must be on the shelf.",
            "+Other words altogether.",
        ];
        assert_eq!(said(&change), expected);
    }

    #[test]
    fn what_is_gone_has_the_place_of_what_follows() {
        let change = between("One. Two MUST be. Three.", "One. Three.");
        assert_eq!(change.sentences[0].span, Span::new(5, 11));
    }

    #[test]
    fn small_letters_count_where_there_are_no_capitals() {
        let change = between("It must be.", "It must go.");
        assert_eq!(said(&change), ["-!It must be.", "+!It must go."]);
        let change = between("It must be. It MAY go.", "It must go. It MAY go.");
        assert_eq!(said(&change), ["-It must be.", "+It must go."]);
    }

    #[test]
    fn code_blocks_count_by_their_lines() {
        let code = |before, after| between(before, after).code;
        assert_eq!(code("```\na\n```\n", "```\nb\n```\n"), Some(Span::new(4, 5)));
        assert_eq!(code("```\na:\n  b:\n```\n", "```\na:\nb:\n```\n"), Some(Span::new(7, 9)));
        assert_eq!(code("```\na\n```\n", "x\n"), Some(Span::FILE));
        assert_eq!(code("```\na\n```\n", "```yaml\na  \n\n```\n"), None);
        assert_eq!(code("- x\n  ```\n  a\n  ```\n", "-  x\n   ```\n   a\n   ```\n"), None);
    }
}
