//! `scs-doc pr`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use super::copies::{Copies, CopyArgs};
use super::{Failure, Global, Status, complain, report_config};
use crate::change::{APPROVAL, Change, Circumstances, Configs, Exemption, Stage};
use crate::config::Config;
use crate::corpus::Shelf;
use crate::finding::{Finding, Level};
use crate::report::{Format, Report, Summary};
use crate::rules;
use crate::source::{Head, History, Range, Snapshot};
use crate::text::{MOST_NAMED, counted, nearest};

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
    /// Ask GitHub for the same: OWNER/REPO#N or the address of the pull request; takes GITHUB_TOKEN
    #[cfg(feature = "github")]
    #[arg(long, value_name = "OWNER/REPO#N", conflicts_with = "context")]
    github: Option<crate::github::PullName>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The lowest level that makes the command fail
    #[arg(long, value_name = "LEVEL", default_value = "error", value_parser = super::levels())]
    fail_on: Level,
    #[command(flatten)]
    copies: CopyArgs,
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
    let copies = args.copies.prepare()?;
    let context = args.context.as_ref().map(|file| super::context(file)).transpose()?;
    let history = History::open(&global.root()?)?;
    let head = if args.staged { Head::Index } else { Head::Revision(&args.head) };
    let judged = range(global, args, &history, head).and_then(|(target, range)| {
        let (config, _) = global.configuration(&range.head)?;
        Ok((target, range, config))
    });
    let (target, range, config) = match judged {
        Err(Failure::Config { problem, text }) => {
            let outputs = (args.format, copies);
            return report_config(global, outputs, args.fail_on, (&problem, &text), out);
        }
        judged => judged?,
    };
    let configs = configs(global, config, &range, err)?;
    let circumstances = Circumstances { as_of: global.as_of(), stage: args.stage, context };
    let change = Change::load(&Shelf::default(), &range, configs, circumstances)?;
    #[cfg(feature = "github")]
    let change = match &args.github {
        Some(pull) => super::github::informed(change, &range, (&history, &target), pull, err),
        None => change,
    };
    #[cfg(not(feature = "github"))]
    drop(target);
    let status = report(global, args, copies, &change, out, err)?;
    // What only the base has wrong is what the change may be about to repair.
    let needed = [Some(&change.head), change.target.as_ref()].into_iter().flatten();
    let failed = needed.flat_map(|corpus| &corpus.unreadable).count() > 0;
    let sides = [Some(&change.base), Some(&change.head), change.target.as_ref()];
    let unreadable = sides.into_iter().flatten().flat_map(|corpus| &corpus.unreadable);
    let unreadable: BTreeSet<String> = unreadable.map(|it| it.error.to_string()).collect();
    unreadable.iter().take(MOST_NAMED).for_each(|line| complain(err, line));
    if let Some(rest) = unreadable.len().checked_sub(MOST_NAMED).filter(|rest| *rest > 0) {
        complain(err, &format!("{} that cannot be read", counted(rest, "more document")));
    }
    // The process ends now; taking corpora apart piece by piece would be for nothing.
    std::mem::forget(change);
    Ok(if failed { Status::Failed } else { status })
}

/// The target as it is called, and what is compared with it.
fn range(
    global: &Global,
    args: &Args,
    history: &History,
    head: Head<'_>,
) -> Result<(String, Range), Failure> {
    let target = match &args.base {
        Some(revision) => revision.clone(),
        None => {
            // Which branch changes are for is not for the change to say, where others told it.
            let known = history.remote_default();
            let known = known.as_deref().map(|it| history.snapshot(Head::Revision(it)));
            let known = known.transpose()?.and_then(|it| global.configuration(&it).ok());
            let (config, _) = match known {
                Some(known) => known,
                None => global.configuration(&history.snapshot(head)?)?,
            };
            history.default_target(&config.repository, &config.default_branch)?
        }
    };
    let range = match args.stage {
        Stage::Proposal => history.range(&target, head)?,
        Stage::Merge => history.merged(&target, head)?,
    };
    Ok((target, range))
}

/// The configurations of the sides. One that cannot be used has to be there no more than the change
/// that repairs it: the defaults stand in, with the folders of the head. Nobody can approve then.
fn configs(
    global: &Global,
    head: Config,
    range: &Range,
    err: &mut dyn Write,
) -> Result<Configs, Failure> {
    let mut side = |name: &str, snapshot: &Snapshot| match global.configuration(snapshot) {
        Ok((config, _)) => Ok(config),
        Err(failure @ (Failure::Config { .. } | Failure::Usage(_))) => {
            let what = format!("the configuration of the {name} cannot be used");
            complain(err, &format!("{what}, the defaults stand in: {failure}"));
            let (standards, manifests) = (head.standards.clone(), head.manifests.clone());
            Ok(Config { standards, manifests, ..Config::default() })
        }
        Err(failure) => Err(failure),
    };
    let base = side("base", &range.base)?;
    let target = range.target.as_ref().map(|target| side("target", target)).transpose()?;
    Ok(Configs { target: target.unwrap_or_else(|| base.clone()), base, head })
}

fn report(
    global: &Global,
    args: &Args,
    copies: Copies,
    change: &Change,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let settled = rules::check_change(change)?;
    let config = &change.configs.head;
    let documents: Vec<&str> =
        change.operations.iter().filter_map(|it| Some(it.after()?.path.as_str())).collect();
    let findings: &[Finding] = &settled.findings;
    let summary = Summary::of(findings, change.head.documents.len(), settled.excepted.len());
    let sources = (config.path.as_str(), config.text.as_str());
    let report = Report::new(findings, summary, documents, Some(&change.head), sources);
    let report = report.about(change);
    copies.write(&report, global, args.fail_on)?;
    report.write(args.format, global.view(args.fail_on), out)?;
    out.flush()?;
    for exemption in &change.exemptions {
        if let Some(why) = idle(exemption, findings) {
            let (rule, place) = (&exemption.rule, &exemption.place);
            complain(err, &format!("`SCS-Exempt: {rule}` ({place}) has no effect: {why}"));
        }
    }
    let found = findings.iter().any(|finding| finding.fails(args.fail_on));
    Ok(if found { Status::Found } else { Status::Clean })
}

/// Why an exemption does nothing: it would be missed in silence.
fn idle(exemption: &Exemption, findings: &[Finding]) -> Option<String> {
    let rule = &exemption.rule;
    if rules::find(rule).is_none() {
        let hint = nearest(rule, rules::ids().iter().copied());
        let hint = hint.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
        return Some(format!("there is no such rule{hint}"));
    }
    if exemption.reason.is_empty() {
        return Some("it gives no reason".to_owned());
    }
    if rule == APPROVAL {
        return Some("only the Forum itself can approve".to_owned());
    }
    let used = |it: &Finding| it.rule == rule && it.exempt.is_some();
    (!findings.iter().any(used)).then(|| "the rule finds nothing that is new".to_owned())
}
