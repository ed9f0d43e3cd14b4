//! What holds for any input: one function for each part of the tool, from bytes to assertions. The
//! fuzz targets beside this folder call them, and so do the tests of scs-doc
//! (`tests/suite/properties.rs`), on stable Rust.

mod config;
mod document;
mod edits;
mod file_name;
mod front_matter;
mod html;
mod links;
mod manifest;
mod pr;
mod reports;
mod tree;

pub use config::config;
pub use document::document;
pub use edits::edits;
pub use file_name::file_name;
pub use front_matter::front_matter;
pub use html::html;
pub use links::links;
pub use manifest::manifest;
pub use pr::pr;
pub use reports::reports;

/// Bytes of anybody, and what holds for them. It panics where that does not.
pub type Property = fn(&[u8]);

/// Each property by the name of its target.
pub const ALL: [(&str, Property); 10] = [
    ("config", config),
    ("document", document),
    ("edits", edits),
    ("file_name", file_name),
    ("front_matter", front_matter),
    ("html", html),
    ("links", links),
    ("manifest", manifest),
    ("pr", pr),
    ("reports", reports),
];

/// The day of all properties.
fn today() -> scs_doc::Date {
    scs_doc::Date::parse("2026-08-21").unwrap()
}

/// A range lies in a text, on boundaries of characters.
fn assert_fits(span: scs_doc::document::Span, text: &str, what: &dyn std::fmt::Debug) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} of {}: {what:?}", text.len());
}
