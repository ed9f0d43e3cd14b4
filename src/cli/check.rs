//! `scs-doc check`

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use super::copies::{Copies, CopyArgs};
use super::delivery::told_unreadable;
use super::writing::{lock, warn_of_unfinished};
use super::{Failure, Global, Status, report_config};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::edit::{Changes, accept, fix};
use crate::finding::{Finding, Level, Settled};
use crate::report::{Format, Report, Summary};
use crate::rules;
use crate::source::{Snapshot, SourceError};
use crate::text::counted;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Report only what is found in these files and folders; all documents are read anyway
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read the git index: what would be committed
    #[arg(long, conflicts_with = "rev")]
    staged: bool,
    /// Read the tree of a git revision
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// Apply the safe repairs
    #[arg(long, conflicts_with_all = ["staged", "rev"])]
    fix: bool,
    /// Add an exception to scs-doc.toml for each error and warning of today
    #[arg(long, requires = "reason", conflicts_with_all = ["staged", "rev", "fix"])]
    accept: bool,
    /// Why the findings of today are accepted
    #[arg(long, value_name = "TEXT", requires = "accept", value_parser = reason)]
    reason: Option<String>,
    /// Print what would be written as a diff, and write nothing
    #[arg(long)]
    diff: bool,
    /// Say what would be written, and write nothing
    #[arg(long, conflicts_with = "diff")]
    dry_run: bool,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The lowest level that makes the command fail
    #[arg(long, value_name = "LEVEL", default_value = "error", value_parser = super::levels())]
    fail_on: Level,
    #[command(flatten)]
    copies: CopyArgs,
}

fn reason(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        Err("others want to read a reason".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    if (args.diff || args.dry_run) && !args.fix && !args.accept {
        let which = if args.diff { "--diff" } else { "--dry-run" };
        return Err(Failure::Usage(format!("{which} goes with --fix or --accept")));
    }
    let copies = args.copies.prepare()?;
    if !copies.is_empty() && (args.diff || args.accept) {
        return Err(Failure::Usage(
            "--write goes with a report: not with --diff or --accept".to_owned(),
        ));
    }
    let root = global.root()?;
    let writes = (args.fix || args.accept) && !args.diff && !args.dry_run;
    let _lock = writes.then(|| lock(&root)).transpose()?;
    let mut snapshot = match &args.rev {
        Some(revision) => Snapshot::revision(&root, revision)?,
        None if args.staged => Snapshot::staged(&root)?,
        None => {
            if !writes {
                warn_of_unfinished(&root, err);
            }
            Snapshot::work_tree(&root)?
        }
    };
    let (config, exists) = match global.configuration(&snapshot) {
        Ok(found) => found,
        Err(Failure::Config { problem, text }) => {
            let outputs = (args.format, copies);
            return report_config(global, outputs, args.fail_on, (&problem, &text), out);
        }
        Err(failure) => return Err(failure),
    };
    let scope = Scope::new(&args.paths, &root, &snapshot)?;
    let (corpus, changes) = if args.fix {
        let fixed = fix(&mut snapshot, &config, global.as_of(), &|path| scope.has(path))?;
        let what = format!(
            "{} in {}",
            counted(fixed.repairs, "repair"),
            counted(fixed.changes.len(), "file")
        );
        (fixed.corpus, Some((fixed.changes, what)))
    } else {
        (Corpus::load(&snapshot, &config, global.as_of())?, None)
    };
    let Settled { findings, excepted, .. } = scope.narrow(rules::check(&corpus, &config)?);
    let (findings, changes) = match (args.accept, &args.reason) {
        (true, Some(reason)) => {
            let (changes, count) = accept(&findings, &config, exists, reason)?;
            let what = format!("{} in {}", counted(count, "exception"), config.path);
            (Vec::new(), Some((changes, what)))
        }
        _ => (findings, changes),
    };
    if let Some((changes, what)) = &changes {
        write_changes(changes, what, &root, args, global, out)?;
    }
    if !args.diff && !args.accept {
        report(&findings, excepted.len(), &corpus, &config, &scope, args, copies, global, out)?;
    }
    out.flush()?;
    let found = match findings.iter().any(|finding| finding.fails(args.fail_on)) {
        true => Status::Found,
        false => Status::Clean,
    };
    let status = told_unreadable((&corpus, &snapshot.changed()), found, err);
    // The process ends now; taking a large corpus apart piece by piece would be for nothing.
    std::mem::forget((corpus, findings));
    Ok(status)
}

/// Writes the files, or shows what would be written.
fn write_changes(
    changes: &Changes,
    what: &str,
    root: &Path,
    args: &Args,
    global: &Global,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if args.diff {
        out.write_all(changes.diff(root).as_bytes())?;
        return Ok(());
    }
    let verb = if args.dry_run { "would write" } else { "wrote" };
    if !args.dry_run {
        changes.write(root)?;
    }
    // Only a report for people can have other lines in it.
    if !global.quiet && matches!(args.format, Format::Human | Format::Concise) {
        writeln!(out, "{verb} {what}")?;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "what a report is made of, once")]
fn report(
    findings: &[Finding],
    excepted: usize,
    corpus: &Corpus,
    config: &Config,
    scope: &Scope,
    args: &Args,
    copies: Copies,
    global: &Global,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let documents: Vec<&str> = corpus
        .documents
        .iter()
        .map(|document| document.path.as_str())
        .filter(|path| scope.has(path))
        .collect();
    let summary = Summary::of(findings, documents.len(), excepted);
    let config = (config.path.as_str(), config.text.as_str());
    let report = Report::new(findings, summary, documents, Some(corpus), config);
    copies.write(&report, global, args.fail_on)?;
    report.write(args.format, global.view(args.fail_on), out)?;
    Ok(())
}

/// The files that a report is narrowed to; all of them if none are named.
struct Scope(Option<Vec<String>>);

impl Scope {
    /// Paths as the user typed them, relative to the current folder, become paths of the
    /// repository.
    fn new(paths: &[PathBuf], root: &Path, snapshot: &Snapshot) -> Result<Scope, Failure> {
        if paths.is_empty() {
            return Ok(Scope(None));
        }
        let root = root.canonicalize()?;
        let here = std::env::current_dir()?;
        let named = paths.iter().map(|path| {
            // A path that does not lead into the repository from here is taken from its root.
            let inner = plain(&here.join(path));
            let inner = if inner.starts_with(&root) { inner } else { plain(&root.join(path)) };
            let inner = inner.strip_prefix(&root).map_err(|_| {
                Failure::Usage(format!(
                    "{}: is not in the repository {}",
                    path.display(),
                    root.display()
                ))
            })?;
            let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
            let inner = parts.join("/");
            let known = snapshot.kind(&inner).is_some();
            if known {
                Ok(inner)
            } else {
                Err(SourceError::NoSuchPath(path.display().to_string()).into())
            }
        });
        named.collect::<Result<_, Failure>>().map(|named| Scope(Some(named)))
    }

    fn has(&self, path: &str) -> bool {
        let within = |named: &String| {
            named.is_empty()
                || path
                    .strip_prefix(named.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.0.as_ref().is_none_or(|named| named.iter().any(within))
    }

    fn narrow<'c>(&self, mut settled: Settled<'c>) -> Settled<'c> {
        settled.findings.retain(|finding| self.has(&finding.path));
        settled.excepted.retain(|(_, path)| self.has(path));
        settled
    }
}

/// A path without `.` and `..`, its folder free of symbolic links. The file itself may be one.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    let folder = plain.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, plain.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => plain,
    }
}
