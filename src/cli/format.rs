//! Options that reports have in common: the format, and the level that makes a command fail.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::finding::Level;
use crate::report::Format;

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        use Format::{Concise, Github, Human, Json, Junit, Markdown, Sarif};
        &[Human, Concise, Json, Sarif, Github, Junit, Markdown]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Human => PossibleValue::new("human").help("source excerpts, for people"),
            Format::Concise => PossibleValue::new("concise").help("one line each"),
            Format::Json => PossibleValue::new("json").help("one JSON object"),
            Format::Sarif => PossibleValue::new("sarif").help("SARIF 2.1.0, for code scanning"),
            Format::Github => PossibleValue::new("github").help("annotations of GitHub Actions"),
            Format::Junit => PossibleValue::new("junit").help("JUnit XML, for test reports"),
            Format::Markdown => PossibleValue::new("markdown").help("a comment for a pull request"),
        })
    }
}

pub(super) fn levels() -> impl TypedValueParser<Value = Level> {
    let names = PossibleValuesParser::new(Level::ALL.map(Level::name));
    names.map(|name| Level::parse(&name).unwrap_or(Level::Error))
}
