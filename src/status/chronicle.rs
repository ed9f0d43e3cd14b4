//! The lives of documents, as the history of git tells them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use crate::change::same_documents;
use crate::document::{Document, FrontMatter};
use crate::model::Date;
use crate::source::{BlobId, Files, FolderId, History, LogEntry, SourceError};

/// How many digits of the id of a commit people are shown.
const SHOWN: usize = 10;

/// Something that happened to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day of the commit.
    pub date: Date,
    /// The commit; none for what is not committed yet.
    pub commit: Option<String>,
    /// Where the document was from then on.
    pub path: String,
    /// What it was.
    pub what: Happening,
}

/// What can happen to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// It was added, with a status as it is written, if it had one.
    Added(Option<String>),
    /// Its status became another one, as both are written.
    Status(Option<String>, Option<String>),
    /// It was at another path before.
    Renamed(String),
}

impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |status: &Option<String>| status.clone().unwrap_or_else(|| NO_STATUS.to_owned());
        match self {
            Happening::Added(None) => f.write_str("added"),
            Happening::Added(Some(status)) => write!(f, "added as {status}"),
            Happening::Status(from, to) => write!(f, "{} → {}", name(from), name(to)),
            Happening::Renamed(old) => write!(f, "was {old} before"),
        }
    }
}

/// What is said where there is no status.
pub(crate) const NO_STATUS: &str = "no status";

/// The life of a document that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Life {
    /// What happened, the oldest first.
    pub events: Vec<Event>,
    /// The day of the last commit that changed the file.
    pub touched: Option<Date>,
}

impl Event {
    /// The commit as people are shown it.
    #[must_use]
    pub fn short_commit(&self) -> &str {
        let commit = self.commit.as_deref();
        commit.map_or("not committed", |it| it.get(..SHOWN).unwrap_or(it))
    }
}

impl Life {
    /// The day since which the document has its status, however it was written.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        let lower = |status: &Option<String>| status.as_ref().map(|it| it.to_lowercase());
        let is_other = |event: &&Event| match &event.what {
            Happening::Added(_) => true,
            Happening::Status(from, to) => lower(from) != lower(to),
            Happening::Renamed(_) => false,
        };
        self.events.iter().rfind(is_other).map(|event| event.date)
    }
}

/// The lives of documents.
#[derive(Debug, Default)]
pub struct Chronicle {
    /// By the paths that the documents have now.
    pub lives: HashMap<String, Life>,
    /// Whether the history goes back to its beginning.
    pub complete: bool,
}

impl Chronicle {
    /// Reads the history of a revision (of `HEAD`, if none is named) for documents. They are
    /// followed through other names and other folders; what is not committed there counts as of
    /// `today`.
    ///
    /// # Errors
    /// There is no such commit ([`SourceError::Revision`]), or an object is missing.
    pub fn read(
        history: &History,
        revision: Option<&str>,
        documents: &[Arc<Document>],
        today: Date,
    ) -> Result<Chronicle, SourceError> {
        let log = history.log(revision)?;
        let mut writing = Writing {
            history,
            lives: HashMap::new(),
            followed: BTreeMap::new(),
            folders: BTreeMap::new(),
        };
        if let Some(head) = log.entries.first() {
            writing.begin(head, documents, today)?;
        }
        let mut entries = log.entries.iter().peekable();
        while let Some(entry) = entries.next() {
            match entries.peek() {
                None if !log.complete => break,
                before => writing.note(entry, before.copied())?,
            }
        }
        let mut lives = writing.lives;
        lives.values_mut().for_each(|life| life.events.reverse());
        Ok(Chronicle { lives, complete: log.complete })
    }

    /// The life of the document at a path of the work tree.
    #[must_use]
    pub fn life(&self, path: &str) -> Option<&Life> {
        self.lives.get(path)
    }
}

/// A chronicle that is being written, from the newest commit back.
struct Writing<'h> {
    history: &'h History,
    lives: HashMap<String, Life>,
    /// Where the documents were at the commit that is looked at, with where they are now.
    followed: BTreeMap<String, String>,
    /// The folders of these, as they were last seen.
    folders: BTreeMap<String, (Option<FolderId>, Arc<Files>)>,
}

/// What a commit made of a file.
struct Made {
    path: String,
    blob: BlobId,
    /// What it was, and where.
    before: Option<(String, BlobId)>,
}

impl Writing<'_> {
    /// What is not committed yet.
    fn begin(
        &mut self,
        head: &LogEntry,
        documents: &[Arc<Document>],
        today: Date,
    ) -> Result<(), SourceError> {
        let mut committed = Files::new();
        for folder in documents.iter().map(|it| folder_of(&it.path)).collect::<BTreeSet<_>>() {
            committed
                .extend(self.folder(head, folder)?.1.iter().map(|(path, id)| (path.clone(), *id)));
        }
        let (known, new): (Vec<_>, Vec<_>) =
            documents.iter().cloned().partition(|it| committed.contains_key(&it.path));
        let is_there = |path: &str| documents.iter().any(|it| it.path == path);
        let gone = committed.iter().filter(|(path, _)| !is_there(path));
        let gone =
            gone.map(|(path, blob)| self.document(path, *blob)).collect::<Result<Vec<_>, _>>()?;
        let moved: HashMap<String, String> = same_documents(&gone, &new)
            .into_iter()
            .map(|(old, new)| (new.path.clone(), old.path.clone()))
            .collect();
        for document in known.iter().chain(&new) {
            let old = moved.get(&document.path);
            let committed = committed.get_key_value(old.unwrap_or(&document.path));
            let mut life = Life::default();
            let event = |what: Happening| Event {
                date: today,
                commit: None,
                path: document.path.clone(),
                what,
            };
            let status = written_status(document.text());
            let Some((path, blob)) = committed else {
                life.events.push(event(Happening::Added(status)));
                life.touched = Some(today);
                self.lives.insert(document.path.clone(), life);
                continue;
            };
            let text = self.text(path, *blob)?;
            let former = written_status(&text);
            if let Some(old) = old {
                life.events.push(event(Happening::Renamed(old.clone())));
            }
            if former != status {
                life.events.push(event(Happening::Status(former, status)));
            }
            // Line ends are up to the configuration of git.
            let is_same = text == document.text() || text.lines().eq(document.text().lines());
            life.touched = (!is_same).then_some(today);
            self.followed.insert(path.clone(), document.path.clone());
            self.lives.insert(document.path.clone(), life);
        }
        Ok(())
    }

    /// What a commit did to the documents that are followed.
    fn note(&mut self, entry: &LogEntry, before: Option<&LogEntry>) -> Result<(), SourceError> {
        let folders: BTreeSet<String> =
            self.followed.keys().map(|path| folder_of(path).to_owned()).collect();
        let mut steps: Vec<Made> = Vec::new();
        let mut came: Vec<(String, BlobId)> = Vec::new();
        for folder in folders {
            let (is, after) = self.folder(entry, &folder)?;
            let was = before.map(|it| self.history.folder_at(it, &folder)).transpose()?.flatten();
            if is == was {
                continue;
            }
            let earlier = self.files(was, &folder)?;
            let mut new = Vec::new();
            for path in self.followed.keys().filter(|it| folder_of(it) == folder) {
                match (after.get(path), earlier.get(path)) {
                    (Some(is), Some(was)) if is != was => {
                        let before = Some((path.clone(), *was));
                        steps.push(Made { path: path.clone(), blob: *is, before });
                    }
                    (Some(is), None) => new.push((path.clone(), *is)),
                    _ => {}
                }
            }
            if !new.is_empty() {
                let origins = self.origins(&after, &earlier)?;
                for (path, is) in new {
                    match origins.get(&path).and_then(|old| earlier.get_key_value(old)) {
                        Some((old, was)) => {
                            let before = Some((old.clone(), *was));
                            steps.push(Made { path, blob: is, before });
                        }
                        None => came.push((path, is)),
                    }
                }
            }
            self.folders.insert(folder, (was, earlier));
        }
        steps.extend(self.elsewhere_before(entry, before, came)?);
        self.write_down(entry, steps)
    }

    /// Where files that came into a folder were before, if they were elsewhere.
    fn elsewhere_before(
        &self,
        entry: &LogEntry,
        before: Option<&LogEntry>,
        came: Vec<(String, BlobId)>,
    ) -> Result<Vec<Made>, SourceError> {
        let added: BTreeSet<&str> = came.iter().map(|(path, _)| path.as_str()).collect();
        let moved = match before.filter(|_| !added.is_empty()) {
            Some(before) => self.history.moved(before, entry, &added)?,
            None => BTreeMap::new(),
        };
        let mut steps = Vec::new();
        for (path, blob) in came {
            let origin = moved.get(&path).zip(before).map(|(old, before)| {
                let folder = self.history.folder_at(before, folder_of(old))?;
                let files = self.files(folder, folder_of(old))?;
                Ok(files.get(old).map(|blob| (old.clone(), *blob)))
            });
            steps.push(Made { path, blob, before: origin.transpose()?.flatten() });
        }
        Ok(steps)
    }

    fn write_down(&mut self, entry: &LogEntry, steps: Vec<Made>) -> Result<(), SourceError> {
        if steps.is_empty() {
            return Ok(());
        }
        let event = |what: Happening, path: &str| Event {
            date: Date::at(entry.seconds),
            commit: Some(entry.id()),
            path: path.to_owned(),
            what,
        };
        let mut followed = Vec::new();
        for Made { path, blob, before } in steps {
            let Some(now) = self.followed.remove(&path) else { continue };
            let status = written_status(&self.text(&path, blob)?);
            let former = before.as_ref().map(|(old, blob)| self.text(old, *blob)).transpose()?;
            let former = former.map(|text| written_status(&text));
            let life = self.lives.entry(now.clone()).or_default();
            life.touched = life.touched.or(Some(Date::at(entry.seconds)));
            match (before, former) {
                (Some((old, _)), Some(former)) => {
                    if former != status {
                        life.events.push(event(Happening::Status(former, status), &path));
                    }
                    if old != path {
                        life.events.push(event(Happening::Renamed(old.clone()), &path));
                    }
                    followed.push((old, now));
                }
                // It did not exist before; one of that name was another document.
                _ => life.events.push(event(Happening::Added(status), &path)),
            }
        }
        self.followed.extend(followed);
        Ok(())
    }

    /// A folder at a commit. What was read last is read no second time.
    fn folder(
        &mut self,
        entry: &LogEntry,
        path: &str,
    ) -> Result<(Option<FolderId>, Arc<Files>), SourceError> {
        let id = self.history.folder_at(entry, path)?;
        if let Some((known, files)) = self.folders.get(path).filter(|(known, _)| *known == id) {
            return Ok((*known, Arc::clone(files)));
        }
        let files = self.files(id, path)?;
        self.folders.insert(path.to_owned(), (id, Arc::clone(&files)));
        Ok((id, files))
    }

    fn files(&self, folder: Option<FolderId>, path: &str) -> Result<Arc<Files>, SourceError> {
        let files = folder.map(|folder| self.history.files_of(folder, path)).transpose()?;
        Ok(Arc::new(files.unwrap_or_default()))
    }

    /// For the paths of files that were added to a folder: which of it they were before.
    fn origins(
        &self,
        after: &Files,
        before: &Files,
    ) -> Result<HashMap<String, String>, SourceError> {
        let only = |files: &Files, others: &Files| -> Result<Vec<Arc<Document>>, SourceError> {
            let own = files
                .iter()
                .filter(|(path, _)| path.ends_with(".md") && !others.contains_key(*path));
            own.map(|(path, blob)| self.document(path, *blob)).collect()
        };
        let gone = only(before, after)?;
        if gone.is_empty() {
            return Ok(HashMap::new());
        }
        let added = only(after, before)?;
        let pairs = same_documents(&gone, &added).into_iter();
        Ok(pairs.map(|(old, new)| (new.path.clone(), old.path.clone())).collect())
    }

    fn document(&self, path: &str, blob: BlobId) -> Result<Arc<Document>, SourceError> {
        Ok(Arc::new(Document::parse(path, self.text(path, blob)?.into_bytes())))
    }

    /// The text of a file, as far as it is one; nothing of one that is too large.
    fn text(&self, path: &str, blob: BlobId) -> Result<String, SourceError> {
        match self.history.blob(path, blob) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(SourceError::TooLarge { .. }) => Ok(String::new()),
            Err(error) => Err(error),
        }
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The status of a text as it is written; `state`, as it was called once, counts too.
fn written_status(text: &str) -> Option<String> {
    let (front, _) = FrontMatter::parse(text);
    let field = front.get("status").or_else(|| front.get("state"))?;
    field.value.string().map(str::to_owned)
}
