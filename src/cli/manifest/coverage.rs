//! `scs-doc manifest coverage`

use std::io::Write;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::told_unread;
use crate::cli::delivery::Source;
use crate::cli::{Failure, Global, Status, colors, write_json};
use crate::manifest::Coverage;
use crate::manifest::coverage::Format;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Read the tree of a git revision
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &[Format::Human, Format::Markdown, Format::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Human => PossibleValue::new("human").help("columns, for people"),
            Format::Markdown => PossibleValue::new("markdown").help("a page with a table"),
            Format::Json => PossibleValue::new("json").help("one JSON object"),
        })
    }
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let source = Source::open(global, args.rev.as_deref())?;
    let coverage = Coverage::of(&source.corpus);
    let site = &source.config.site_url;
    match args.format {
        Format::Human => out.write_all(coverage.human(colors(global.color)).as_bytes())?,
        Format::Markdown => out.write_all(coverage.markdown(site).as_bytes())?,
        Format::Json => write_json(&coverage.json(site), out)?,
    }
    told_unread(&source.corpus.manifests, err);
    Ok(source.told_unreadable(Status::Clean, err))
}
