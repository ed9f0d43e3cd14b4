//! `scs-doc comment`

use std::io::Write;
use std::path::PathBuf;

use super::{Failure, Global, Status, levels};
use crate::config::FILE_NAME;
use crate::finding::Level;
use crate::github::{Access, Client, Posted, PullName, comment_text, post, pull};
use crate::report::{JsonFindings, Place, View};
use crate::source::read_file;
use crate::text::shortened;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What `scs-doc pr --format json` said; anybody may have made it
    #[arg(long, value_name = "FILE")]
    report: PathBuf,
    /// The pull request: OWNER/REPO#N or its address; takes GITHUB_TOKEN
    #[arg(long, value_name = "OWNER/REPO#N")]
    github: PullName,
    /// Who writes with the token [default: its user; with the token of a workflow github-actions[bot]]
    #[arg(long, value_name = "LOGIN")]
    author: Option<String>,
    /// The lowest level that stands in the way
    #[arg(long, value_name = "LEVEL", default_value = "error", value_parser = levels())]
    fail_on: Level,
    /// Print the text of the comment, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(global: &Global, args: &Args, out: &mut dyn Write) -> Result<Status, Failure> {
    let name = &args.github;
    let file = args.report.display();
    let refused = |why: String| Failure::Usage(format!("{file}: {why}; nothing was posted"));
    let report = JsonFindings::parse(&read_file(&args.report)?);
    let report = report.map_err(|error| refused(error.to_string()))?;
    if let Some(number) = report.pull_request().filter(|number| *number != name.number) {
        return Err(refused(format!("is a report about the pull request {number}, not {name}")));
    }
    let access = Access::from_environment()?;
    access.check(name)?;
    let repository = name.repository.to_string();
    let host = access.web();
    let place = Place { host: &host, repository: &repository, config_path: FILE_NAME };
    // `-q` is about what is said here.
    let view = View { color: false, quiet: false, verbose: global.verbose, fail_on: args.fail_on };
    let text = comment_text(&report.markdown(view, place));
    let client = Client::new(access);
    let head = pull(&client, name)?.head.sha;
    if report.head() != Some(head.as_str()) {
        let judged = report.head().unwrap_or_default();
        let head = shortened(&head, 64);
        return Err(refused(format!("is a report about {judged}; {name} has the head {head} now")));
    }
    if args.dry_run {
        out.write_all(text.as_bytes())?;
        return Ok(Status::Clean);
    }
    let done = match post(&client, name, &text, args.author.as_deref())? {
        Posted::Created => "created the comment on",
        Posted::Updated => "updated the comment on",
        Posted::Unchanged => "nothing changed in the comment on",
    };
    if !global.quiet {
        writeln!(out, "{done} {name}")?;
    }
    Ok(Status::Clean)
}
