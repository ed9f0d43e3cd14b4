//! `scs-doc status`

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::delivery::told_unreadable;
use super::writing::{document, warn_of_unfinished};
use super::{Failure, Global, Status, colors};
use crate::corpus::{Corpus, TestCases};
use crate::rules;
use crate::source::{History, Snapshot, SourceError};
use crate::status::{Chronicle, Format, Look, Overview};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only these documents, each with its history
    #[arg(value_name = "DOC")]
    documents: Vec<String>,
    /// Only drafts that nobody touched for so many days
    #[arg(long, value_name = "DAYS", conflicts_with = "documents", value_parser = clap::value_parser!(i32).range(0..))]
    stale: Option<i32>,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &[Format::Human, Format::Json, Format::Markdown]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Human => PossibleValue::new("human").help("columns, for people"),
            Format::Json => PossibleValue::new("json").help("one JSON object"),
            Format::Markdown => PossibleValue::new("markdown")
                .help("a digest for an agenda: what waits for something"),
        })
    }
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let root = global.root()?;
    warn_of_unfinished(&root, err);
    let snapshot = Snapshot::work_tree(&root)?;
    let (config, _) = global.configuration(&snapshot)?;
    let corpus = Corpus::load(&snapshot, &config, global.as_of())?;
    let tests = TestCases::of(&corpus.manifests);
    let settled = rules::check(&corpus, &config)?;
    let chronicle = chronicle(&root, None, &corpus)?;
    if args.stale.is_some() && chronicle.is_none() {
        return Err(Failure::Usage(
            "--stale needs the history of git, and there is none".to_owned(),
        ));
    }
    let mut overview = Overview::of(&corpus, &tests, &settled.findings, chronicle.as_ref());
    if !args.documents.is_empty() {
        let wanted = args.documents.iter().map(|name| document(&root, &corpus, name));
        let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
        overview.keep(&wanted);
    }
    if let Some(days) = args.stale {
        overview.keep_stale(days);
    }
    let look = Look { color: colors(global.color), quiet: global.quiet };
    overview.write(args.format, look, out)?;
    Ok(told_unreadable((&corpus, &snapshot.changed()), Status::Clean, err))
}

/// The history of a repository, if it has one.
pub(super) fn chronicle(
    root: &Path,
    revision: Option<&str>,
    corpus: &Corpus,
) -> Result<Option<Chronicle>, Failure> {
    let history = match History::open(root) {
        Ok(history) => history,
        Err(SourceError::NoGit(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match Chronicle::read(&history, revision, &corpus.documents, corpus.as_of) {
        // Without a first commit there is no history either.
        Err(SourceError::Revision { .. }) if revision.is_none() => Ok(None),
        read => Ok(Some(read?)),
    }
}
