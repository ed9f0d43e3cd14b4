//! Texts as scalars of YAML.

use std::fmt::Write as _;

use crate::document::{FrontMatter, Value};

/// Plain scalars that YAML 1.1 reads as something else than text (its types *bool* and *null*).
const WORDS_OF_YAML_1_1: [&str; 9] = ["y", "yes", "n", "no", "on", "off", "true", "false", "null"];

/// A text on one line as every version of YAML reads it: plain where that is possible, else in
/// double quotes (YAML 1.2.2, section 7.3.1).
#[must_use]
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    let word = text.to_lowercase();
    // Sexagesimal and octal numbers, floats with underscores, timestamps: whatever might be one
    // gets quotes.
    let number = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
        && word.chars().all(|c| c.is_ascii_hexdigit() || "+-._:xotz ".contains(c))
        && crate::model::Date::parse(text).is_none();
    let reads_as_it_is = || {
        let (front, _) = FrontMatter::parse(&format!("---\nkey: {text}\n---\n"));
        let node = front.get("key").map(|field| &field.value);
        let is_scalar = node.is_some_and(|it| matches!(it.value, Value::Scalar(_)));
        is_scalar && front.fields.len() == 1 && node.and_then(|it| it.string()) == Some(text)
    };
    let indicator = text.starts_with(['-', '?', ':']);
    !WORDS_OF_YAML_1_1.contains(&word.as_str()) && !number && !indicator && reads_as_it_is()
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if needs_escape(c) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a character stands in quotes only as an escape.
pub(super) fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_where_a_reader_would_go_astray() {
        for plain in ["Entropy", "scs-0100-v1-a.md", "2024-02-08", "Flavor naming, v3 (new)", "a#b"]
        {
            assert_eq!(scalar(plain), plain);
        }
        for (text, quoted) in [
            ("Entropy: how much", "\"Entropy: how much\""),
            ("a # b", "\"a # b\""),
            ("say \"x\" \\", "say \"x\" \\"),
            ("\"x\" it says", "\"\\\"x\\\" it says\""),
            ("No", "\"No\""),
            ("12:30:00", "\"12:30:00\""),
            ("0x1F", "\"0x1F\""),
            ("- a", "\"- a\""),
            ("*a", "\"*a\""),
            ("a\u{7}", "\"a\\u0007\""),
        ] {
            assert_eq!(scalar(text), quoted);
        }
    }
}
