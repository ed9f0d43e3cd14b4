//! A folder on disk. Nothing is listed that nobody asks for: besides the standards folder only
//! the targets of links matter.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{Content, Kind, SourceError, git, small_enough};

/// The files of a folder, without what git would ignore.
#[derive(Debug)]
pub(super) struct WorkTree {
    root: PathBuf,
    /// What git tracks counts although a pattern ignores it; asked for when something is ignored.
    tracked: OnceLock<Result<HashSet<String>, SourceError>>,
    /// The patterns of `.gitignore` in each folder that was looked at.
    patterns: Mutex<Patterns>,
    /// What stands at each folder that was looked at.
    folders: Mutex<HashMap<String, Kind>>,
    /// The files that were not the same when they were read again.
    changed: Mutex<BTreeSet<String>>,
}

/// Where to read a file again.
#[derive(Debug)]
pub(crate) struct Reread {
    tree: Arc<WorkTree>,
    path: String,
}

impl Reread {
    pub(super) fn new(tree: &Arc<WorkTree>, path: &str) -> Reread {
        Reread { tree: Arc::clone(tree), path: path.to_owned() }
    }

    /// What stands there now, if it can be read.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        match self.tree.read(&self.path) {
            Ok(Content::Bytes(bytes)) => Some(bytes),
            Ok(Content::Special) | Err(_) => None,
        }
    }

    /// Says that the file is not what it was.
    pub(crate) fn tell_changed(&self) {
        let mut changed = self.tree.changed.lock().unwrap_or_else(PoisonError::into_inner);
        changed.insert(self.path.clone());
    }
}

/// The patterns of folders.
#[derive(Debug, Default)]
struct Patterns {
    of: HashMap<String, Arc<Gitignore>>,
    /// How many bytes of patterns were read.
    bytes: u64,
}

/// The largest file of patterns that is read, in bytes: a pattern of four bytes takes three thousand
/// when it is compiled.
const LARGEST_PATTERNS: u64 = 128 << 10;

/// The most that is read of all such files together, in bytes.
const MOST_PATTERNS: u64 = 512 << 10;

/// The longest pattern that is read, in bytes.
const LONGEST_PATTERN: usize = 1024;

/// The ignore file of the user, which git reads too.
static GLOBAL: LazyLock<Gitignore> = LazyLock::new(|| {
    let mut builder = GitignoreBuilder::new("");
    if let Some(file) = git::excludes_file()
        && fs::metadata(&file).is_ok_and(|it| it.is_file() && it.len() <= LARGEST_PATTERNS)
    {
        add_patterns(&mut builder, &fs::read(&file).unwrap_or_default());
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
});

impl WorkTree {
    pub(super) fn open(root: &Path) -> Result<WorkTree, SourceError> {
        fs::read_dir(root).map_err(|source| unreadable(&root.display().to_string(), source))?;
        if git::is_bare(root) {
            return Err(SourceError::Bare(root.to_owned()));
        }
        Ok(WorkTree {
            root: root.to_owned(),
            tracked: OnceLock::new(),
            patterns: Mutex::default(),
            folders: Mutex::default(),
            changed: Mutex::default(),
        })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn changed(&self) -> Vec<SourceError> {
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        changed.iter().cloned().map(SourceError::Changed).collect()
    }

    /// What stands at a path. Whatever lies behind a symbolic link or within another repository is
    /// [`Kind::Special`].
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        for (at, _) in path.match_indices('/') {
            match self.folder(path.get(..at)?)? {
                Kind::Folder => {}
                Kind::File => return None,
                Kind::Special => return Some(Kind::Special),
            }
        }
        let kind = self.on_disk(path)?;
        let there = path.is_empty() || !self.is_ignored(path, kind == Kind::Folder);
        there.then_some(kind)
    }

    /// The same for a folder on the way to something, looked up once.
    fn folder(&self, path: &str) -> Option<Kind> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kind) = folders.get(path) {
            return Some(*kind);
        }
        let kind = self.on_disk(path)?;
        folders.insert(path.to_owned(), kind);
        Some(kind)
    }

    fn on_disk(&self, path: &str) -> Option<Kind> {
        let place = self.root.join(path);
        let kind = fs::symlink_metadata(&place).ok()?.file_type();
        Some(match kind {
            _ if kind.is_file() => Kind::File,
            _ if kind.is_dir() && !path.is_empty() && place.join(".git").exists() => Kind::Special,
            _ if kind.is_dir() => Kind::Folder,
            _ => Kind::Special,
        })
    }

    /// The names of what lies directly in a folder and is no folder; sorted.
    pub(super) fn names(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        let mut names = BTreeSet::new();
        if self.kind(folder) != Some(Kind::Folder) {
            return Ok(names);
        }
        let failed = |source| unreadable(folder, source);
        for entry in fs::read_dir(self.root.join(folder)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                continue;
            }
            // Bytes that are not UTF-8 become U+FFFD.
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if !self.is_ignored(&path, false) {
                names.insert(name);
            }
        }
        // Something was ignored, and whether git tracks it cannot be told.
        if let Some(Err(error)) = self.tracked.get() {
            return Err(SourceError::Index(error.to_string()));
        }
        Ok(names)
    }

    /// The regular files below a folder, without what git would ignore and what lies beyond links.
    pub(super) fn files(&self, below: &str) -> Result<Vec<String>, SourceError> {
        let mut files = Vec::new();
        let mut folders: Vec<String> = (self.kind(below) == Some(Kind::Folder))
            .then(|| below.to_owned())
            .into_iter()
            .collect();
        while let Some(folder) = folders.pop() {
            let failed = |source| unreadable(&folder, source);
            for entry in fs::read_dir(self.root.join(&folder)).map_err(failed)? {
                let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                match self.kind(&path) {
                    Some(Kind::File) => files.push(path),
                    Some(Kind::Folder) if path != ".git" => folders.push(path),
                    Some(Kind::Folder | Kind::Special) | None => {}
                }
            }
        }
        Ok(files)
    }

    /// The bytes of a file. A symbolic link that took its place in the meantime is not followed.
    pub(super) fn read(&self, path: &str) -> Result<Content, SourceError> {
        let file = self.root.join(path);
        let metadata = match fs::symlink_metadata(&file) {
            // A name that is not UTF-8 cannot be found under what is shown of it.
            Err(_) if path.contains(char::REPLACEMENT_CHARACTER) => return Ok(Content::Special),
            metadata => metadata.map_err(|source| unreadable(path, source))?,
        };
        if !metadata.is_file() {
            return Ok(Content::Special);
        }
        small_enough(path, metadata.len())?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
        // What grows meanwhile is read as long as it was.
        fs::File::open(&file)
            .and_then(|open| open.take(metadata.len()).read_to_end(&mut bytes))
            .map_err(|source| unreadable(path, source))?;
        Ok(Content::Bytes(bytes))
    }

    /// Whether git would leave this path out (gitignore, *Pattern format*): the last pattern that
    /// matches decides, that of the nearest folder first; below an ignored folder everything is
    /// ignored; what is tracked is not.
    fn is_ignored(&self, path: &str, is_folder: bool) -> bool {
        let inner = path.match_indices('/').map(|(at, _)| (path.get(..at).unwrap_or(path), true));
        let mut prefixes = inner.chain([(path, is_folder)]);
        prefixes.any(|(prefix, is_folder)| self.matches(prefix, is_folder))
            && !self.is_tracked(path)
    }

    fn matches(&self, path: &str, is_folder: bool) -> bool {
        let nearest_first = path.rmatch_indices('/').map(|(at, _)| at + 1).chain([0]);
        for at in nearest_first {
            let (folder, rest) = path.split_at(at);
            let patterns = self.patterns_of(folder.trim_end_matches('/'));
            let decision = patterns.matched(rest, is_folder);
            if !decision.is_none() {
                return decision.is_ignore();
            }
        }
        GLOBAL.matched(path, is_folder).is_ignore()
    }

    /// The patterns that a folder adds; the root also has those that only this clone ignores.
    fn patterns_of(&self, folder: &str) -> Arc<Gitignore> {
        let mut patterns = self.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        let Patterns { of, bytes } = &mut *patterns;
        let read = || {
            let place = self.root.join(folder);
            let mut builder = GitignoreBuilder::new(&place);
            // A file that is not there, or a pattern that makes no sense, ignores nothing. Git does
            // not follow symbolic links here, and pipes and devices would never end.
            let exclude = folder.is_empty().then(|| self.root.join(".git/info/exclude"));
            for file in exclude.into_iter().chain([place.join(".gitignore")]) {
                let size = fs::symlink_metadata(&file).map(|it| it.is_file().then_some(it.len()));
                let Ok(Some(size)) = size else { continue };
                if size <= LARGEST_PATTERNS && *bytes + size <= MOST_PATTERNS {
                    *bytes += size;
                    add_patterns(&mut builder, &fs::read(&file).unwrap_or_default());
                }
            }
            Arc::new(builder.build().unwrap_or_else(|_| Gitignore::empty()))
        };
        Arc::clone(of.entry(folder.to_owned()).or_insert_with(read))
    }

    fn is_tracked(&self, path: &str) -> bool {
        let tracked =
            self.tracked.get_or_init(|| Ok(git::tracked(&self.root)?.into_iter().collect()));
        tracked.as_ref().is_ok_and(|tracked| {
            tracked.contains(path)
                || tracked
                    .iter()
                    .any(|it| it.strip_prefix(path).is_some_and(|it| it.starts_with('/')))
        })
    }
}

/// Adds the patterns of a file, one a line. One that is longer than any path, or no UTF-8, ignores
/// nothing: what is nested in it would be as deep as it is long.
fn add_patterns(builder: &mut GitignoreBuilder, file: &[u8]) {
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let lines = file.split(|byte| *byte == b'\n').filter(|line| line.len() <= LONGEST_PATTERN);
    for line in lines.filter_map(|line| std::str::from_utf8(line).ok()) {
        let _ = builder.add_line(None, line.trim_end_matches('\r'));
    }
}

fn unreadable(path: &str, source: io::Error) -> SourceError {
    SourceError::Read { path: path.to_owned(), source }
}
