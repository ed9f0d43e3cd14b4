//! Texts in XML and HTML.

/// What stands for a character that means something in XML and HTML.
pub(crate) fn entity(c: char) -> Option<&'static str> {
    Some(match c {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '\'' => "&#39;",
        '"' => "&quot;",
        _ => return None,
    })
}

/// A text as the content of an element or an attribute. Characters that XML 1.0 does not allow even
/// escaped (section 2.2) become U+FFFD.
pub(crate) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if let Some(entity) = entity(c) => escaped.push_str(entity),
            // Line breaks in attributes would be read as blanks.
            '\n' => escaped.push_str("&#10;"),
            '\t' | '\r' | ' '..='\u{fffd}' | '\u{10000}'.. => escaped.push(c),
            _ => escaped.push(char::REPLACEMENT_CHARACTER),
        }
    }
    escaped
}
