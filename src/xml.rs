//! Texts in XML.

use quick_xml::escape::escape;

/// A text as the content of an element or an attribute. Characters that XML 1.0 does not allow even
/// escaped (section 2.2) become U+FFFD.
pub(crate) fn xml(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    let plain: String =
        text.chars().map(|c| if allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
    // Line breaks in attributes would be read as blanks.
    escape(&plain).replace('\n', "&#10;")
}
