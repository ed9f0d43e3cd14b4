//! `scs-doc manifest sync`

use std::io::Write;

use crate::cli::delivery::{Manner, Source, put, told_unreadable};
use crate::cli::{Failure, Global, Status, complain};
use crate::corpus::Manifest;
use crate::edit::apply;
use crate::manifest::bindings::SUFFIX;
use crate::manifest::sync;
use crate::source::Kind;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print what would be written as a diff, and write nothing
    #[arg(long, conflicts_with = "dry_run")]
    diff: bool,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let source = Source::open(global, None)?;
    let mut files = Vec::new();
    for manifest in &source.corpus.manifests {
        let path = &manifest.path;
        if let Some(problem) = manifest.problems.first() {
            let why = format!("{path}: cannot be kept up to date: {}", problem.message);
            return Err(Failure::Usage(format!("{why}; see `scs-doc manifest check`")));
        }
        let bindings = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        let bindings = format!("{bindings}{SUFFIX}");
        if source.snapshot.kind(&bindings) == Some(Kind::File) {
            complain(
                err,
                &format!("{path}: is built from {bindings}: see `scs-doc manifest build`"),
            );
            continue;
        }
        let sync = sync(&source.corpus, &source.config, manifest);
        let text = apply(&manifest.text, sync.edits.iter().collect())?;
        certain(manifest, &text)?;
        if !global.quiet {
            for line in &sync.done {
                let to: &mut dyn Write = if args.diff { err } else { out };
                writeln!(to, "{path}: {}", crate::text::shown(line))?;
            }
        }
        sync.left.iter().for_each(|it| complain(err, &format!("{path}: left alone: {it}")));
        files.push((path.clone(), text));
    }
    let manner = match (args.diff, args.dry_run) {
        (true, _) => Manner::Diff,
        (_, true) => Manner::Say,
        _ => Manner::Write,
    };
    let done = put(&files, (&source.root, &source.root), manner, global, out)?;
    Ok(told_unreadable(&source.corpus, done, err))
}

/// Reads what would be written: it has to be a manifest, with the scripts that are there.
fn certain(before: &Manifest, text: &str) -> Result<(), Failure> {
    let after = Manifest::read(&before.path, text.to_owned());
    let ids = |manifest: &Manifest| -> Vec<String> {
        manifest.testcases().filter_map(|(_, it)| Some(it.id.as_ref()?.value.clone())).collect()
    };
    if after.problems.is_empty() && ids(before) == ids(&after) {
        return Ok(());
    }
    let problem = after.problems.first().map(|it| it.message.as_str()).unwrap_or_default();
    let why = format!("{}: cannot be edited in place: {problem}", before.path);
    Err(Failure::Usage(why))
}
