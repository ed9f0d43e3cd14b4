//! `scs-doc manifest sync`

use std::io::Write;

use crate::cli::delivery::{Manner, Source, put};
use crate::cli::{Failure, Global, Status, complain};
use crate::corpus::manifest::BINDINGS;
use crate::corpus::{Corpus, Manifest};
use crate::edit::apply;
use crate::manifest::{BuildError, Sync, addresses, sync};
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
    let mut source = Source::open(global, None)?;
    let kept = kept(&source, err)?;
    // What the addresses lead to decides what else is to be done.
    let addresses = |source: &Source, manifest: &Manifest| addresses(&source.corpus, manifest);
    let moved = edited(global, args, &source, &kept, &addresses, (out, err))?;
    for (path, text) in &moved {
        source.snapshot.set(path, text.clone().into_bytes());
    }
    source.corpus = Corpus::load(&source.snapshot, &source.config, global.as_of())?;
    let rest =
        |source: &Source, manifest: &Manifest| sync(&source.corpus, &source.config, manifest);
    let files = edited(global, args, &source, &kept, &rest, (out, err))?;
    let manner = Manner::of(false, args.diff, args.dry_run);
    let done = put(&files, (&source.root, &source.root), manner, global, out)?;
    Ok(source.told_unreadable(done, err))
}

/// The manifests that people keep, by path; one that has bindings is built.
fn kept(source: &Source, err: &mut dyn Write) -> Result<Vec<String>, Failure> {
    let mut kept = Vec::new();
    for manifest in &source.corpus.manifests {
        let path = &manifest.path;
        if let Some(problem) = manifest.problems.first() {
            return Err(BuildError::unread(manifest, problem).into());
        }
        let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        let bindings = format!("{stem}{BINDINGS}");
        if source.snapshot.kind(&bindings) == Some(Kind::File) {
            let told = format!("{path}: is built from {bindings}: see `scs-doc manifest build`");
            complain(err, &told);
        } else {
            kept.push(path.clone());
        }
    }
    if source.corpus.manifests.is_empty() {
        let globs = source.config.manifests.join(", ");
        return Err(Failure::Usage(format!("no manifest is there: {globs}")));
    }
    Ok(kept)
}

/// The texts of the manifests after a step, which is told.
fn edited(
    global: &Global,
    args: &Args,
    source: &Source,
    kept: &[String],
    step: &dyn Fn(&Source, &Manifest) -> Sync,
    (out, err): (&mut dyn Write, &mut dyn Write),
) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    for manifest in source.corpus.manifests.iter().filter(|it| kept.contains(&it.path)) {
        let path = &manifest.path;
        let sync = step(source, manifest);
        let text = apply(&manifest.text, sync.edits.iter().collect())?;
        sync.left.iter().for_each(|it| complain(err, &format!("{path}: left alone: {it}")));
        if let Some(why) = uncertain(manifest, &text) {
            complain(err, &format!("{path}: left alone: it cannot be edited in place: {why}"));
            files.push((path.clone(), manifest.text.clone()));
            continue;
        }
        if !global.quiet {
            for line in &sync.done {
                let to: &mut dyn Write = if args.diff { err } else { out };
                writeln!(to, "{path}: {}", crate::text::shown(line))?;
            }
        }
        files.push((path.clone(), text));
    }
    Ok(files)
}

/// Reads what would be written: it has to be a manifest, with the test cases that are there.
fn uncertain(before: &Manifest, text: &str) -> Option<String> {
    let after = Manifest::read(&before.path, text.to_owned());
    let ids = |manifest: &Manifest| -> Vec<String> {
        manifest.testcases().filter_map(|(_, it)| Some(it.id.as_ref()?.value.clone())).collect()
    };
    if let Some(problem) = after.problems.first() {
        return Some(problem.message.clone());
    }
    (ids(before) != ids(&after)).then(|| "other test cases would come of it".to_owned())
}
