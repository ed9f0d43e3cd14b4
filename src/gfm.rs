//! What others wrote, in GitHub flavored Markdown: it appears as code or escaped, mentions nobody
//! and links nowhere.

use std::fmt::Write as _;

use crate::text::shown;

/// U+2060, WORD JOINER.
const JOINER: char = '\u{2060}';

/// A piece of a message.
pub(crate) enum Piece<'m> {
    /// Plain text.
    Text(&'m str),
    /// What stands between backticks.
    Code(&'m str),
    /// What follows the last backtick of an odd number, which opens nothing.
    Unclosed(&'m str),
}

/// The pieces of a message. What stands between backticks is code also where an author has put
/// backticks into what a message quotes.
pub(crate) fn pieces(message: &str) -> impl Iterator<Item = Piece<'_>> {
    let last = message.matches('`').count();
    message.split('`').enumerate().map(move |(at, part)| match at % 2 {
        0 => Piece::Text(part),
        _ if at == last => Piece::Unclosed(part),
        _ => Piece::Code(part),
    })
}

/// A message: what stands between backticks is code, everything else is plain text.
pub(crate) fn inline(message: &str) -> String {
    let message = shown(message);
    let pieces = pieces(&message).map(|piece| match piece {
        Piece::Text(text) => plain(text),
        Piece::Code(text) => code(text),
        Piece::Unclosed(text) => format!("'{}", plain(text)),
    });
    pieces.collect()
}

/// Text in which no character means anything to Markdown, HTML or GitHub: where one would, a joiner
/// without width stands behind it.
pub(crate) fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    // How many hexadecimal digits came last: seven can be a commit.
    let mut digits = 0;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let next = |wanted: fn(char) -> bool| rest.starts_with(wanted);
        let begins = |word: &str| {
            let start = text.get(at..at + word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        digits = if c.is_ascii_hexdigit() { digits + 1 } else { 0 };
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            // Mentions, references, emoji, addresses.
            '@' => safe.extend([c, JOINER]),
            '#' if next(char::is_alphanumeric) => safe.extend([c, JOINER]),
            ':' if next(|c| !c.is_whitespace()) => safe.extend([c, JOINER]),
            'g' | 'G' if begins("gh-") => safe.extend([c, JOINER]),
            'w' | 'W' if begins("www.") => safe.extend([c, JOINER]),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => safe.extend(['\\', c]),
            c => safe.push(c),
        }
        if digits == 6 && next(|c| c.is_ascii_hexdigit()) {
            safe.push(JOINER);
            digits = 0;
        }
    }
    safe
}

/// Code in which no character means anything (CommonMark 0.31, *Code spans*).
pub(crate) fn code(text: &str) -> String {
    if text.trim().is_empty() {
        return plain(text);
    }
    let ticks = "`".repeat(longest_run(text, '`') + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// A label as code; what has characters that code cannot carry in a table, or that could be taken
/// for HTML, as text.
pub(crate) fn code_or_text(text: &str) -> String {
    let text = shown(text);
    if text.contains(['|', '<', '>']) { plain(&text) } else { code(&text) }
}

/// A path as the target of a link (RFC 3986, section 2.1): what would end it is encoded.
pub(crate) fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            byte => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

/// The longest run of one character: how many there are side by side.
pub(crate) fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_author_is_alive() {
        assert_eq!(inline("a `b` c"), "a `b` c");
        assert_eq!(inline("`<b>` <b> @you #1"), "`<b>` &lt;b&gt; @\u{2060}you #\u{2060}1");
        assert_eq!(inline("`status` is ``<img>`; @all"), "`status` is &lt;img&gt;'; @\u{2060}all");
        assert_eq!(inline("[a](https://x.y)"), "\\[a\\](https:\u{2060}//x.y)");
        assert_eq!(code("a``b`"), "``` a``b` ```");
        let text = "GH-1 :tada: WWW.x.y 0123456789abcdef scs-0100-v1: a";
        let dead = "G\u{2060}H-1 :\u{2060}tada: W\u{2060}WW.x.y 012345\u{2060}6789ab\u{2060}cdef scs-0100-v1: a";
        assert_eq!(inline(text), dead);
    }
}
