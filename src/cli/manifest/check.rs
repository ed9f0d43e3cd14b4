//! `scs-doc manifest check`

use std::io::Write;

use crate::cli::delivery::Source;
use crate::cli::{Failure, Global, Status};
use crate::finding::{Finding, Level};
use crate::report::{Format, Report, Summary};
use crate::rules::{self, GROUPS};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Read the tree of a git revision
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The lowest level that makes the command fail
    #[arg(long, value_name = "LEVEL", default_value = "error", value_parser = crate::cli::levels())]
    fail_on: Level,
}

/// The groups of the rules on manifests and data.
const GROUPS_OF_MANIFESTS: [&str; 2] = ["manifest", "data"];

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let source = Source::open(global, args.rev.as_deref())?;
    let Source { corpus, config, .. } = &source;
    let settled = rules::check(corpus, config)?;
    let groups = GROUPS.iter().filter(|it| GROUPS_OF_MANIFESTS.contains(&it.name));
    let ids: Vec<&str> = groups.flat_map(|it| it.rules).map(|it| it.id).collect();
    let about = |finding: &&Finding| ids.contains(&finding.rule);
    let findings: Vec<Finding> = settled.findings.iter().filter(about).cloned().collect();
    let documents = corpus.documents.iter().map(|it| it.path.as_str()).collect::<Vec<_>>();
    let excepted = settled.excepted.iter().filter(|(rule, _)| ids.contains(rule)).count();
    let summary = Summary::of(&findings, documents.len(), excepted);
    let config = (config.path.as_str(), config.text.as_str());
    let report = Report::new(&findings, summary, documents, Some(corpus), config);
    report.write(args.format, global.view(args.fail_on), out)?;
    let failing = findings.iter().any(|finding| finding.fails(args.fail_on));
    let found = if failing { Status::Found } else { Status::Clean };
    Ok(source.told_unreadable(found, err))
}
