//! `scs-doc index`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::status::chronicle;
use super::writing::lock;
use super::{Failure, Global, Status, complain};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::edit::{self, Changes};
use crate::index::{Index, Json, between_markers, markdown, page};
use crate::source::Snapshot;
use crate::text::counted;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format
    #[arg(long, value_enum)]
    format: Format,
    /// The file, or the folder, that it is written to [default: the standard output]
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Compare with what is there, print the difference, and write nothing
    #[arg(long, requires = "out", conflicts_with_all = ["diff", "dry_run"])]
    check: bool,
    /// Of a revision, without a checkout
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// Print what would be written as a diff, and write nothing
    #[arg(long, requires = "out", conflicts_with = "dry_run")]
    diff: bool,
    /// Say what would be written, and write nothing
    #[arg(long, requires = "out")]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Json,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &[Format::Markdown, Format::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Markdown => PossibleValue::new("markdown").help(
                "tables for a page of the repository; between two markers, if the file has them",
            ),
            Format::Json => PossibleValue::new("json").help("one JSON object"),
        })
    }
}

/// What is rendered.
enum Rendered {
    /// One file.
    File(String),
    /// Files of a folder, by path.
    #[expect(dead_code, reason = "formats with several files follow")]
    Folder(Vec<(String, String)>),
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let root = global.root()?;
    let snapshot = match &args.rev {
        Some(revision) => Snapshot::revision(&root, revision)?,
        None => Snapshot::work_tree(&root)?,
    };
    let (config, _) = global.configuration(&snapshot)?;
    let corpus = Corpus::load(&snapshot, &config, global.as_of())?;
    for unreadable in &corpus.unreadable {
        complain(err, &unreadable.error);
    }
    let rendered = render(args, &root, &config, &corpus)?;
    let found = match (&args.out, rendered) {
        (Some(place), rendered) => deliver(global, args, (&root, place), rendered, out)?,
        (None, Rendered::File(text)) => {
            out.write_all(text.as_bytes())?;
            Status::Clean
        }
        (None, Rendered::Folder(_)) => {
            return Err(Failure::Usage(
                "this format has several files: name a folder with --out".to_owned(),
            ));
        }
    };
    out.flush()?;
    Ok(if corpus.unreadable.is_empty() { found } else { Status::Failed })
}

fn render(args: &Args, root: &Path, config: &Config, corpus: &Corpus) -> Result<Rendered, Failure> {
    let index = Index::of(corpus, &config.site_url);
    Ok(match args.format {
        Format::Markdown => Rendered::File(in_file(args.out.as_deref(), root, &index)?),
        Format::Json => {
            let chronicle = chronicle(root, args.rev.as_deref(), corpus)?;
            let json = Json::of(&index, chronicle.as_ref());
            let json = serde_json::to_string_pretty(&json).map_err(std::io::Error::from)?;
            Rendered::File(json + "\n")
        }
    })
}

/// The tables in the file that they are for. What others wrote in it stays.
fn in_file(out: Option<&Path>, root: &Path, index: &Index<'_>) -> Result<String, Failure> {
    let Some(place) = out else { return Ok(page(index, "")) };
    let folder = place.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let inner = inside(folder, root).unwrap_or_default();
    match text_of(place)? {
        None => Ok(page(index, &inner)),
        Some(file) => between_markers(&file, &markdown(index, &inner)).ok_or_else(|| {
            Failure::Usage(format!(
                "{}: is there, and has not exactly two markers: put a line `<!-- scs-doc index -->` before and after the place for the tables",
                place.display()
            ))
        }),
    }
}

/// What a file says; nothing if there is none.
fn text_of(place: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read(place) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| {
            Failure::Usage(format!("{}: is not UTF-8, and stays as it is", place.display()))
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::Usage(format!("{}: cannot be read: {error}", place.display()))),
    }
}

/// Writes what is rendered, or compares it with what is there. Files of a folder that are not among
/// what is rendered stay.
fn deliver(
    global: &Global,
    args: &Args,
    (root, place): (&Path, &Path),
    rendered: Rendered,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let (folder, files) = match rendered {
        Rendered::Folder(files) => (place, files),
        Rendered::File(text) => {
            let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
            let name =
                name.ok_or_else(|| Failure::Usage(format!("{}: is no file", place.display())))?;
            let folder = place.parent().filter(|it| !it.as_os_str().is_empty());
            (folder.unwrap_or(Path::new(".")), vec![(name, text)])
        }
    };
    let changes = |base: &Path, prefix: &str| {
        let mut changes = Changes::default();
        for (path, after) in &files {
            let path = format!("{prefix}{path}");
            let before = text_of(&base.join(&path))?;
            changes.push(edit::Change { path, from: None, before, after: after.clone() });
        }
        Ok::<_, Failure>(changes)
    };
    let planned = changes(folder, "")?;
    if args.check || args.diff {
        out.write_all(planned.diff(folder).as_bytes())?;
        let differs = args.check && !planned.is_empty();
        return Ok(if differs { Status::Found } else { Status::Clean });
    }
    if !args.dry_run && !planned.is_empty() {
        let parents =
            planned.iter().filter_map(|it| folder.join(&it.path).parent().map(Path::to_owned));
        for parent in parents.collect::<BTreeSet<PathBuf>>() {
            std::fs::create_dir_all(&parent).map_err(|error| {
                Failure::Usage(format!("{}: cannot be made: {error}", parent.display()))
            })?;
        }
        // All that writes into a repository does so from its root.
        let (base, prefix) = match inside(folder, root) {
            Some(inner) if inner.is_empty() => (root, String::new()),
            Some(inner) => (root, format!("{inner}/")),
            None => (folder, String::new()),
        };
        let _lock = lock(base)?;
        changes(base, &prefix)?.write(base)?;
    }
    if !global.quiet {
        let verb = if args.dry_run { "would write" } else { "wrote" };
        writeln!(out, "{verb} {}", counted(planned.len(), "file"))?;
    }
    Ok(Status::Clean)
}

/// Where a folder lies within the root; none if it lies elsewhere.
fn inside(folder: &Path, root: &Path) -> Option<String> {
    let (folder, root) = (folder.canonicalize().ok()?, root.canonicalize().ok()?);
    let inner = folder.strip_prefix(root).ok()?;
    Some(inner.to_string_lossy().replace('\\', "/"))
}
