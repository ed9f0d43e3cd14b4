//! Small helps with text.

use std::borrow::Cow;

/// The longest word that others are compared with, in bytes.
const LONGEST_WORD: usize = 200;

/// The candidate that a mistyped word most likely stands for: at most a third of it differs.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let lower = word.to_lowercase();
    let distance = |candidate: &str| strsim::osa_distance(&lower, &candidate.to_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, candidate)| distance * 3 <= candidate.chars().count().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether one word is the other but for a slip of the pen or two.
pub(crate) fn is_slip(word: &str, other: &str) -> bool {
    let same = |(a, b): &(u8, u8)| a == b;
    let front = word.bytes().zip(other.bytes()).take_while(same).count();
    let back = word.bytes().rev().zip(other.bytes().rev()).take_while(same).count();
    // What differs lies close together; a cheap look before the dear one.
    let rest = |length: usize| length.saturating_sub(front + back);
    rest(word.len()) <= 4 && rest(other.len()) <= 4 && strsim::osa_distance(word, other) <= 2
}

/// `` `a`, `b` and `c` ``
pub(crate) fn all_of<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "and")
}

/// `` `a`, `b` or `c` ``
pub(crate) fn any_of<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "or")
}

fn joined<T: AsRef<str>>(words: &[T], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    joined_as_they_are(&quoted, last)
}

fn joined_as_they_are(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

/// How many things a line of text names one by one.
pub(crate) const MOST_NAMED: usize = 3;

/// `a, b and c`, or `a, b and 3 more` where there are more than `most`.
pub(crate) fn some_of(words: &[String], most: usize) -> String {
    match words.get(..most) {
        Some(shown) if words.len() > most => {
            let more = format!("{} more", words.len() - most);
            joined_as_they_are(&[shown, &[more]].concat(), "and")
        }
        _ => joined_as_they_are(words, "and"),
    }
}

/// A text cut to at most `limit` characters, with `…` where something is left out.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// `1 error`, `2 errors`
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{s}")
}

/// A text that is safe to show: control and bidirectional formatting characters, which could
/// rewrite a terminal's lines, become U+FFFD. Line breaks and tabs become blanks.
pub(crate) fn shown(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let plain = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(plain).collect()
}

/// The same for an excerpt, length for length in bytes, so that places in it stay.
pub(crate) fn shown_in_place(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        // A carriage return belongs to the end of a line; within one it leads back to its beginning.
        let ends_line = c == '\r' && (rest.as_str().is_empty() || rest.as_str().starts_with('\n'));
        match c.len_utf8() {
            _ if ends_line || matches!(c, '\n' | '\t') || !is_unsafe(c) => safe.push(c),
            3 => safe.push(char::REPLACEMENT_CHARACTER),
            length => safe.extend(std::iter::repeat_n('?', length)),
        }
    }
    safe
}

/// Control characters, and those that reorder or hide text (Unicode, UAX 9 and UTS 55).
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Percent-decodes (RFC 3986, section 2.1); what is no UTF-8 afterwards stays as it was.
pub(crate) fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let hex = |byte: u8| char::from(byte).to_digit(16);
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits =
            (bytes.get(at + 1).copied().and_then(hex), bytes.get(at + 2).copied().and_then(hex));
        if let (b'%', (Some(high), Some(low))) = (byte, digits) {
            plain.push(u8::try_from(high * 16 + low).unwrap_or_default());
            at += 3;
        } else {
            plain.push(*byte);
            at += 1;
        }
    }
    String::from_utf8(plain).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        let words = ["status", "stabilized_at", "track"];
        assert_eq!(nearest("Staus", words), Some("status"));
        assert_eq!(nearest("stabilised_at", words), Some("stabilized_at"));
        assert_eq!(nearest("authors", words), None);
    }

    #[test]
    fn what_is_shown_cannot_move_the_cursor() {
        assert_eq!(shown("a\x1b[2J\n\u{202e}b"), "a\u{fffd}[2J \u{fffd}b");
        let text = "a\x1b\u{85}\u{202e}\tä\n";
        let safe = shown_in_place(text);
        assert_eq!(safe, "a???\u{fffd}\tä\n");
        assert_eq!(safe.len(), text.len());
        assert_eq!(shown_in_place("a\rb\r\nc\r"), "a?b\r\nc\r");
    }
}
