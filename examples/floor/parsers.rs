//! The two parsers alone.

use granit_parser::Parser as Yaml;
use pulldown_cmark::{Options, Parser};

/// How many events the Markdown parser has for a text.
pub fn markdown(text: &str) -> usize {
    let dialect = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    Parser::new_ext(text, dialect).into_offset_iter().count()
}

/// How many events the YAML parser has for a text.
pub fn yaml(text: &str) -> usize {
    Yaml::new_from_str(text).count()
}
