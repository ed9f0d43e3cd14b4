//! `scs-doc pr`

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use super::{Failure, Global, Status, complain, report_config};
use crate::change::{Change, Circumstances, Configs, Context, Stage};
use crate::config::Config;
use crate::corpus::Shelf;
use crate::finding::{Finding, Level};
use crate::report::{Format, Report, Summary};
use crate::rules;
use crate::source::{Head, History, Range, Snapshot, read_file};
use crate::text::nearest;

/// The largest context that is read, in bytes.
const MAX_CONTEXT: usize = 16 << 20;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The target: a branch as it is now [default: the default branch of the remote, else the local one]
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// What is proposed
    #[arg(long, value_name = "REV", default_value = "HEAD", conflicts_with = "staged")]
    head: String,
    /// Judge the git index: what would be committed on HEAD
    #[arg(long)]
    staged: bool,
    /// The point on its way
    #[arg(long, value_enum, default_value_t = Stage::Proposal)]
    stage: Stage,
    /// What only the hosting service knows: reviews, open pull requests, title and text, as JSON
    #[arg(long, value_name = "FILE")]
    context: Option<PathBuf>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The lowest level that makes the command fail
    #[arg(long, value_name = "LEVEL", default_value = "error", value_parser = super::check::levels())]
    fail_on: Level,
}

impl ValueEnum for Stage {
    fn value_variants<'a>() -> &'a [Stage] {
        &[Stage::Proposal, Stage::Merge]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let help = match self {
            Stage::Proposal => "it is discussed",
            Stage::Merge => "it is about to be merged: judged as it will be after the merge",
        };
        Some(clap::builder::PossibleValue::new(self.name()).help(help))
    }
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let context = args.context.as_ref().map(|file| context(file)).transpose()?;
    let history = History::open(&global.root()?)?;
    let head = if args.staged { Head::Index } else { Head::Revision(&args.head) };
    // What the head says of itself has to be read before its target can be found.
    let (config, _) = match global.configuration(&history.snapshot(head)?) {
        Err(Failure::Config { problem, text }) => {
            return report_config(global, args.format, args.fail_on, (&problem, &text), out);
        }
        read => read?,
    };
    let target = match &args.base {
        Some(revision) => revision.clone(),
        None => history.default_target(&config.repository, &config.default_branch)?,
    };
    let range = match args.stage {
        Stage::Proposal => history.range(&target, head)?,
        Stage::Merge => history.merged(&target, head)?,
    };
    let configs = configs(global, config, &range, err);
    let circumstances = Circumstances { as_of: global.as_of(), stage: args.stage, context };
    let change = Change::load(&Shelf::default(), &range, configs, circumstances)?;
    let status = report(global, args, &change, out)?;
    remarks(&change, err);
    let unreadable = change.head.unreadable.iter().chain(&change.base.unreadable);
    let mut failed = false;
    for unreadable in unreadable {
        complain(err, unreadable);
        failed = true;
    }
    // The process ends now; taking corpora apart piece by piece would be for nothing.
    std::mem::forget(change);
    Ok(if failed { Status::Failed } else { status })
}

fn context(file: &std::path::Path) -> Result<Context, Failure> {
    let bytes = read_file(file)?;
    let name = file.display();
    if bytes.len() > MAX_CONTEXT {
        return Err(Failure::Usage(format!("{name}: is larger than {MAX_CONTEXT} bytes")));
    }
    Context::parse(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Failure::Usage(format!("{name}:{line}:{column}: no context of a pull request: {message}"))
    })
}

/// The configurations of the sides. One that cannot be used is replaced by that of the head, except
/// that it names nobody who may approve.
fn configs(global: &Global, head: Config, range: &Range, err: &mut dyn Write) -> Configs {
    let mut side = |snapshot: &Snapshot| match global.configuration(snapshot) {
        Ok((config, _)) => config,
        Err(failure) => {
            complain(err, &format!("the configuration of the target is not used: {failure}"));
            Config { forum: Vec::new(), ..head.clone() }
        }
    };
    let base = side(&range.base);
    let target = range.target.as_ref().map_or_else(|| base.clone(), &mut side);
    Configs { base, target, head }
}

fn report(
    global: &Global,
    args: &Args,
    change: &Change,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let settled = rules::check_change(change);
    let config = &change.configs.head;
    let documents: Vec<&str> =
        change.operations.iter().filter_map(|it| Some(it.after()?.path.as_str())).collect();
    let findings: &[Finding] = &settled.findings;
    let summary = Summary::of(findings, change.head.documents.len(), settled.excepted.len());
    let sources = (config.path.as_str(), config.text.as_str());
    Report::new(findings, summary, documents, Some(&change.head), sources).about(change).write(
        args.format,
        global.view(args.fail_on),
        out,
    )?;
    out.flush()?;
    let fails = |it: &Finding| it.level >= args.fail_on && !it.is_inherited();
    Ok(if findings.iter().any(fails) { Status::Found } else { Status::Clean })
}

/// What is said about exemptions that do not work: they would be missed in silence.
fn remarks(change: &Change, err: &mut dyn Write) {
    for exemption in &change.exemptions {
        let (rule, place) = (&exemption.rule, &exemption.place);
        let line = format!("`SCS-Exempt: {rule}` ({place}) has no effect");
        if rules::find(rule).is_none() {
            let hint = nearest(rule, rules::ids().iter().copied());
            let hint = hint.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
            complain(err, &format!("{line}: there is no such rule{hint}"));
        } else if exemption.reason.is_empty() {
            complain(err, &format!("{line}: it gives no reason"));
        }
    }
}
