//! `scs-doc manifest build`

use std::io::Write;

use crate::cli::delivery::{Manner, Source, put};
use crate::cli::{Failure, Global, Status, complain};
use crate::corpus::data::{Content as DataContent, DataFile};
use crate::corpus::manifest::BINDINGS;
use crate::corpus::{MAX_MANIFEST, Manifest, manifest_paths};
use crate::manifest::bindings::Bindings;
use crate::manifest::{BuildError, altered, build, flavors_file};
use crate::source::Content;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Compare with what is there, print the difference, and write nothing
    #[arg(long, conflicts_with_all = ["diff", "dry_run"])]
    check: bool,
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
    if let Some(unreadable) = source.corpus.unreadable.first() {
        return Err(Failure::Usage(unreadable.error.to_string()));
    }
    let mut files: Vec<(String, String)> = Vec::new();
    let mut altering = false;
    for place in bindings(&source)? {
        let text = text_of(&source, &place)?;
        let stem = place.strip_suffix(BINDINGS).unwrap_or(&place);
        let is_it = |it: &&Manifest| it.path.strip_prefix(stem) == Some(".yml");
        let other = source.corpus.manifests.iter().find(is_it).map(|it| it.path.clone());
        let path = other.unwrap_or_else(|| format!("{stem}.yaml"));
        let bindings = Bindings::read(&place, &text)?;
        let built = build(&source.corpus, &source.config, &path, &bindings)?;
        if let Some(there) = source.corpus.manifests.iter().find(|it| it.path == path) {
            if let Some(problem) = there.problems.first() {
                return Err(BuildError::unread(there, problem).into());
            }
            for line in altered(there, &built, source.corpus.as_of) {
                altering = true;
                complain(err, &format!("{path}: would change what is frozen: {line}"));
            }
        }
        let text = built.yaml();
        certain(&path, &text)?;
        files.push((path, text));
        for (path, text) in flavors(&source, &bindings)? {
            if files.iter().any(|(other, _)| *other == path) {
                let why = format!("{place}: {path} would be written twice");
                return Err(Failure::Usage(why));
            }
            files.push((path, text));
        }
    }
    // Lines end as they do in what is there.
    for (path, text) in &mut files {
        if text_of(&source, path).is_ok_and(|there| there.contains("\r\n")) {
            *text = text.replace('\n', "\r\n");
        }
    }
    if altering {
        let what = "nothing was written: stable versions and the past of the timeline are frozen; make a new version of the scope";
        complain(err, &what);
        return Ok(Status::Found);
    }
    if files.is_empty() {
        let globs = source.config.manifests.join(", ");
        let why = format!(
            "no bindings are there: a manifest of {globs} is built from a file beside it that ends in `{BINDINGS}`"
        );
        return Err(Failure::Usage(why));
    }
    let manner = Manner::of(args.check, args.diff, args.dry_run);
    let done = put(&files, (&source.root, &source.root), manner, global, out)?;
    Ok(source.told_unreadable(done, err))
}

/// Reads what would be written: it has to be a manifest that can be read.
fn certain(path: &str, text: &str) -> Result<(), Failure> {
    let mib = MAX_MANIFEST >> 20;
    if text.len() > MAX_MANIFEST {
        let why = format!("{path}: would be larger than {mib} MiB, and could not be read");
        return Err(Failure::Usage(why));
    }
    let built = Manifest::read(path, text.to_owned());
    match built.problems.first() {
        None => Ok(()),
        Some(problem) => {
            let why = format!("{path}: would be no manifest: {}", problem.message);
            Err(Failure::Usage(why))
        }
    }
}

/// The files with bindings: beside manifests, with another end of their names.
fn bindings(source: &Source) -> Result<Vec<String>, Failure> {
    let globs = source.config.manifests.iter();
    let globs = globs.filter_map(|it| it.strip_suffix(".yaml").or(it.strip_suffix(".yml")));
    let globs: Vec<String> = globs.map(|stem| format!("{stem}{BINDINGS}")).collect();
    Ok(manifest_paths(&source.snapshot, &globs)?.into_iter().collect())
}

fn text_of(source: &Source, place: &str) -> Result<String, Failure> {
    let said = |what: &str| Failure::Usage(format!("{place}: {what}"));
    match source.snapshot.read(place)? {
        Content::Bytes(bytes) => String::from_utf8(bytes).map_err(|_| said("is not UTF-8")),
        Content::Special => Err(said("is not a regular file")),
    }
}

/// The files of flavors that the bindings ask for, by path.
fn flavors(source: &Source, bindings: &Bindings) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    for (name, path) in &bindings.flavors {
        let document = source.corpus.named(name)?;
        let is_flavors = |it: &DataFile| matches!(it.content, DataContent::Flavors(_));
        let there = source.snapshot.kind(path).is_some();
        let bytes = there.then(|| text_of(source, path)).transpose()?.unwrap_or_default();
        let read = DataFile::read(path, bytes.into_bytes());
        let is_manifest = source.corpus.manifests.iter().any(|it| it.path == *path);
        if is_manifest || there && !read.is_some_and(|it| is_flavors(&it)) {
            let place = &bindings.path;
            let why = format!("{place}: {path} is there and no file of flavors; it stays as it is");
            return Err(Failure::Usage(why));
        }
        files.push((path.clone(), flavors_file(document)?));
    }
    Ok(files)
}
