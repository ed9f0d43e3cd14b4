//! The names of headings in links, as GitHub makes them.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use regex::Regex;

/// The anchor of a heading's text: lower case, blanks to hyphens, everything that is neither a
/// letter, mark, digit or connector of Unicode nor a hyphen is dropped.
///
/// Source: the behaviour of GitHub, as the package `github-slugger` writes it down.
#[must_use]
pub fn anchor(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' => anchor.push('-'),
            '-' | '_' => anchor.push(c),
            _ if c.is_ascii_alphanumeric() => anchor.push(c.to_ascii_lowercase()),
            _ if !c.is_ascii() && is_word(c) => anchor.extend(c.to_lowercase()),
            _ => {}
        }
    }
    anchor
}

/// A word character of Unicode beyond ASCII (UTS 18, annex C): letters, marks, decimal digits, connectors.
fn is_word(c: char) -> bool {
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\w$").ok());
    match c {
        _ if c.is_alphabetic() => true,
        // Punctuation and symbols that headings really have; the pattern is dear to make.
        '\u{a0}'..='\u{bf}' | '\u{2010}'..='\u{203e}' | '\u{2190}'..='\u{2bff}' => false,
        _ => {
            let mut buffer = [0; 4];
            WORD.as_ref().is_some_and(|word| word.is_match(c.encode_utf8(&mut buffer)))
        }
    }
}

/// The anchors of headings. One that occurs more than once is numbered: `a`, `a-1`, `a-2`.
#[derive(Default)]
pub(super) struct Anchors {
    given: BTreeSet<String>,
    /// How often a text was numbered.
    counts: HashMap<String, usize>,
    /// Names that authors gave; they take no part in the numbering.
    pub names: Vec<String>,
}

impl Anchors {
    pub(super) fn add_heading(&mut self, text: &str) -> String {
        let base = anchor(text);
        if self.given.insert(base.clone()) {
            return base;
        }
        let count = self.counts.entry(base.clone()).or_default();
        let numbered = loop {
            *count += 1;
            let numbered = format!("{base}-{count}");
            if !self.given.contains(&numbered) {
                break numbered;
            }
        };
        self.given.insert(numbered.clone());
        numbered
    }

    pub(super) fn finish(mut self) -> BTreeSet<String> {
        self.given.extend(self.names);
        self.given
    }
}

/// Splits a name that the author gave, `Heading {#name}`, from the text.
pub(crate) fn explicit_id(text: &str) -> Option<(&str, &str)> {
    let (before, id) = text.strip_suffix('}')?.rsplit_once("{#")?;
    let plain = !id.is_empty() && !id.contains(char::is_whitespace);
    plain.then(|| (before.trim_end(), id))
}

/// The longest name that is looked for in HTML, in bytes.
const LONGEST_NAME: usize = 256;

/// Adds the values of `id` and `name` in a piece of HTML.
pub(super) fn html_names(html: &str, names: &mut Vec<String>) {
    for (equals, _) in html.match_indices('=') {
        let before = html.get(..equals).unwrap_or_default().trim_end();
        let key = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
        if !key.is_some_and(|key| ["id", "name"].iter().any(|it| it.eq_ignore_ascii_case(key))) {
            continue;
        }
        let rest = html.get(equals + 1..).unwrap_or_default();
        let near = rest.get(..rest.floor_char_boundary(LONGEST_NAME)).unwrap_or_default();
        let value = near.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| matches!(c, '"' | '\'' | '>') || c.is_whitespace());
        let value = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
        if !value.is_empty() {
            names.push(value.to_owned());
        }
    }
}
