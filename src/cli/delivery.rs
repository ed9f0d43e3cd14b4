//! Where commands put what they render: the standard output, a file, a folder.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::writing::lock;
use super::{Failure, Global, Status, complain};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::edit::{self, Changes};
use crate::source::{Snapshot, SourceError};
use crate::text::{MOST_NAMED, counted, some_of};

#[derive(Debug, clap::Args)]
pub(super) struct Delivery {
    /// The file, or the folder, that it is written to [default: -, the standard output]
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Compare with what is there, print the difference, and write nothing
    #[arg(long, requires = "out", conflicts_with_all = ["diff", "dry_run"])]
    check: bool,
    /// Of a revision, without a checkout
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
    /// Print what would be written as a diff, and write nothing
    #[arg(long, requires = "out", conflicts_with = "dry_run")]
    diff: bool,
    /// Say what would be written, and write nothing
    #[arg(long, requires = "out")]
    dry_run: bool,
}

/// What is rendered.
pub(super) enum Rendered {
    /// One file.
    File(String),
    /// Files of a folder, by path.
    Folder(Vec<(String, String)>),
}

/// What is rendered from.
pub(super) struct Source {
    pub root: PathBuf,
    pub snapshot: Snapshot,
    pub config: Config,
    pub corpus: Corpus,
}

impl Source {
    /// The work tree, or a revision.
    pub fn open(global: &Global, revision: Option<&str>) -> Result<Source, Failure> {
        let root = global.root()?;
        let snapshot = look(&root, revision)?;
        let (config, _) = global.configuration(&snapshot)?;
        let corpus = Corpus::load(&snapshot, &config, global.as_of())?;
        Ok(Source { root, snapshot, config, corpus })
    }

    /// How a command ends that found something, or nothing, here.
    pub fn told_unreadable(&self, found: Status, err: &mut dyn Write) -> Status {
        told_unreadable((&self.corpus, &self.snapshot.changed()), found, err)
    }
}

/// Files that could not be read are told: nothing is left out silently. Those are the files that the
/// corpus lacks, and those that changed while they were read.
pub(super) fn told_unreadable(
    (corpus, changed): (&Corpus, &[SourceError]),
    found: Status,
    err: &mut dyn Write,
) -> Status {
    let errors = corpus.unreadable.iter().map(|it| &it.error).chain(changed);
    let count = errors.map(|error| complain(err, error)).count();
    if count == 0 { found } else { Status::Failed }
}

/// The files of a revision, or of the work tree.
pub(super) fn look(root: &Path, revision: Option<&str>) -> Result<Snapshot, Failure> {
    Ok(match revision {
        Some(revision) => Snapshot::revision(root, revision)?,
        None => Snapshot::work_tree(root)?,
    })
}

impl Delivery {
    /// The file or folder; none for the standard output.
    pub fn place(&self) -> Option<&Path> {
        self.out.as_deref().filter(|place| place.as_os_str() != "-")
    }

    /// Puts what is rendered to where it is wanted, or compares it with what is there. Files of a
    /// folder that are not among what is rendered stay.
    pub fn deliver(
        &self,
        global: &Global,
        root: &Path,
        rendered: Rendered,
        out: &mut dyn Write,
    ) -> Result<Status, Failure> {
        let place = self.place();
        if place.is_none() && (self.check || self.diff || self.dry_run) {
            let why = "--check, --diff and --dry-run compare with a file: name one with --out";
            return Err(Failure::Usage(why.to_owned()));
        }
        let (folder, files) = match (place, rendered) {
            (None, Rendered::File(text)) => {
                out.write_all(text.as_bytes())?;
                out.flush()?;
                return Ok(Status::Clean);
            }
            (None, Rendered::Folder(_)) => {
                let why = "this format has several files: name a folder with --out";
                return Err(Failure::Usage(why.to_owned()));
            }
            (Some(place), Rendered::Folder(files)) => (place, files),
            (Some(place), Rendered::File(text)) => {
                let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
                let name =
                    name.ok_or_else(|| Failure::Usage(format!("{}: is no file", place.display())))?;
                (folder_of(place), vec![(name, text)])
            }
        };
        put(&files, (folder, root), Manner::of(self.check, self.diff, self.dry_run), global, out)
    }
}

/// What is done with files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// They are compared with what is there.
    Check,
    /// What would change is printed.
    Diff,
    /// What would be written is said.
    Say,
    /// They are written.
    Write,
}

impl Manner {
    /// What the options of a command ask for; they exclude each other.
    pub fn of(check: bool, diff: bool, dry_run: bool) -> Manner {
        match (check, diff, dry_run) {
            (true, ..) => Manner::Check,
            (_, true, _) => Manner::Diff,
            (.., true) => Manner::Say,
            _ => Manner::Write,
        }
    }
}

/// Puts files, by path, into a folder, and says so. `root` is the repository.
pub(super) fn put(
    files: &[(String, String)],
    places: (&Path, &Path),
    manner: Manner,
    global: &Global,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let planned = place(files, places, manner, out)?;
    if matches!(manner, Manner::Check | Manner::Diff) {
        let differs = manner == Manner::Check && !planned.is_empty();
        return Ok(if differs { Status::Found } else { Status::Clean });
    }
    if !global.quiet {
        let paths: Vec<String> = planned.iter().map(|it| it.path.clone()).collect();
        let verb = manner.verb();
        match planned.len() {
            0 => writeln!(out, "everything is up to date")?,
            1..=MOST_NAMED => writeln!(out, "{verb} {}", some_of(&paths, MOST_NAMED))?,
            count => writeln!(out, "{verb} {}", counted(count, "file"))?,
        }
    }
    out.flush()?;
    Ok(Status::Clean)
}

/// Puts files, by path, into a folder; returns what differs from what was there.
pub(super) fn place(
    files: &[(String, String)],
    (folder, root): (&Path, &Path),
    manner: Manner,
    out: &mut dyn Write,
) -> Result<Changes, Failure> {
    let planned = changes(files, folder, "")?;
    if matches!(manner, Manner::Check | Manner::Diff) {
        out.write_all(planned.diff(folder).as_bytes())?;
        out.flush()?;
    }
    if manner == Manner::Write {
        // Also where nothing is left to write: an earlier run may be unfinished.
        write(files, &planned, folder, root)?;
    }
    Ok(planned)
}

impl Manner {
    /// What happens to files.
    pub fn verb(self) -> &'static str {
        match self {
            Manner::Write => "wrote",
            Manner::Check | Manner::Diff | Manner::Say => "would write",
        }
    }
}

/// The folder of a file.
pub(super) fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What differs from what is there.
fn changes(files: &[(String, String)], base: &Path, prefix: &str) -> Result<Changes, Failure> {
    let mut changes = Changes::default();
    for (path, after) in files {
        for folder in Path::new(path).ancestors().skip(1) {
            let place = base.join(prefix).join(folder);
            // The place that was asked for may be a link; what lies below it is not to lead away.
            if !folder.as_os_str().is_empty() && place.is_symlink() {
                let why = format!("{}: is a symbolic link, and stays as it is", place.display());
                return Err(Failure::Usage(why));
            }
        }
        let path = format!("{prefix}{path}");
        let before = text_of(&base.join(&path))?;
        changes.push(edit::Change { path, from: None, before, after: after.clone() });
    }
    Ok(changes)
}

fn write(
    files: &[(String, String)],
    planned: &Changes,
    folder: &Path,
    root: &Path,
) -> Result<(), Failure> {
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
    let changes = changes(files, base, &prefix)?;
    if !changes.is_empty() {
        changes.write(base)?;
    }
    Ok(())
}

/// Where a folder lies within the root, also one that is still to be made; none if it lies elsewhere.
pub(super) fn inside(folder: &Path, root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let folder = std::path::absolute(folder).ok()?;
    let there = folder.ancestors().find_map(|it| Some((it, it.canonicalize().ok()?)));
    let (known, real) = there?;
    let place = real.join(folder.strip_prefix(known).ok()?);
    let inner = place.strip_prefix(root).ok()?;
    Some(inner.to_string_lossy().replace('\\', "/"))
}

/// What a file says; nothing if there is none.
pub(super) fn text_of(place: &Path) -> Result<Option<String>, Failure> {
    let said = |what: &str| Failure::Usage(format!("{}: {what}", place.display()));
    match std::fs::symlink_metadata(place) {
        Ok(metadata) if metadata.is_symlink() => {
            return Err(said("is a symbolic link, and stays as it is"));
        }
        Ok(metadata) if !metadata.is_file() => return Err(said("is no regular file")),
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(said(&format!("cannot be read: {error}"))),
    }
    let bytes = std::fs::read(place).map_err(|error| said(&format!("cannot be read: {error}")))?;
    let text = String::from_utf8(bytes);
    text.map(Some).map_err(|_| said("is not UTF-8, and stays as it is"))
}
