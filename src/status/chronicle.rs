//! The lives of documents, as the history of git tells them.

use std::collections::HashMap;

use crate::change::same_documents;
use crate::document::{Document, FrontMatter};
use crate::model::Date;
use crate::source::{BlobId, FolderCommit, History, SourceError};

/// Something that happened to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day of the commit.
    pub date: Date,
    /// The commit, abbreviated; none for what is not committed yet.
    pub commit: Option<String>,
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
    /// It had another file name before.
    Renamed(String),
}

/// The life of a document that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Life {
    /// What happened, the oldest first.
    pub events: Vec<Event>,
    /// The day of the last commit that changed the file.
    pub touched: Option<Date>,
}

impl Life {
    /// The day since which the document has its status.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        let is_status = |event: &&Event| !matches!(event.what, Happening::Renamed(_));
        self.events.iter().rfind(is_status).map(|event| event.date)
    }
}

/// The lives of the documents of a folder.
#[derive(Debug, Default)]
pub struct Chronicle {
    lives: HashMap<String, Life>,
    /// Whether the history goes back to its beginning.
    pub complete: bool,
}

impl Chronicle {
    /// Reads the history of `HEAD`. Documents are followed through other file names.
    ///
    /// # Errors
    /// There is no commit, or an object is missing.
    pub fn read(history: &History, folder: &str) -> Result<Chronicle, SourceError> {
        let log = history.log(folder)?;
        let mut writing = Writing { history, folder, now: HashMap::new(), lives: HashMap::new() };
        for commit in &log.commits {
            writing.note(commit)?;
        }
        let mut lives = writing.lives;
        lives.values_mut().for_each(|life| life.events.reverse());
        Ok(Chronicle { lives, complete: log.complete })
    }

    /// The life of the document that has this file name at `HEAD`.
    #[must_use]
    pub fn life(&self, file_name: &str) -> Option<&Life> {
        self.lives.get(file_name)
    }
}

/// A chronicle that is being written, from the newest commit back.
struct Writing<'h> {
    history: &'h History,
    folder: &'h str,
    /// For the file names of the time: what the document is called at `HEAD`; nothing, if it is
    /// there no more.
    now: HashMap<String, Option<String>>,
    lives: HashMap<String, Life>,
}

impl Writing<'_> {
    fn note(&mut self, commit: &FolderCommit) -> Result<(), SourceError> {
        let added = commit.after.iter().filter(|(name, _)| !commit.before.contains_key(*name));
        let gone = commit.before.iter().filter(|(name, _)| !commit.after.contains_key(*name));
        let origins = self.origins(added, gone)?;
        for (name, blob) in &commit.after {
            let Some(now) = self.name_now(name) else { continue };
            let before = match commit.before.get(name) {
                Some(old) => Some((name, *old)),
                None => origins
                    .get(name)
                    .and_then(|old| commit.before.get_key_value(old))
                    .map(|(name, blob)| (name, *blob)),
            };
            let status = self.status(name, *blob)?;
            let mut events = Vec::new();
            match before {
                None => events.push(Happening::Added(status)),
                Some((old, blob)) => {
                    let former = self.status(old, blob)?;
                    if former != status {
                        events.push(Happening::Status(former, status));
                    }
                    if old != name {
                        events.push(Happening::Renamed(old.clone()));
                    }
                }
            }
            let life = self.lives.entry(now).or_default();
            life.touched = life.touched.or(Some(commit.date));
            life.events.extend(events.into_iter().map(|what| Event {
                date: commit.date,
                commit: Some(commit.id.clone()),
                what,
            }));
        }
        self.step_back(commit, &origins);
        Ok(())
    }

    /// Takes the names of the time before a commit.
    fn step_back(&mut self, commit: &FolderCommit, origins: &HashMap<String, String>) {
        let mut earlier: Vec<(String, Option<String>)> = Vec::new();
        for name in commit.before.keys().filter(|name| !commit.after.contains_key(*name)) {
            let new = origins.iter().find(|(_, old)| *old == name);
            let now = new.and_then(|(new, _)| self.name_now(new));
            earlier.push((name.clone(), now));
        }
        // A file that was added did not exist before; one of that name was another document.
        for name in commit.after.keys().filter(|name| !commit.before.contains_key(*name)) {
            self.now.insert(name.clone(), None);
        }
        self.now.extend(earlier);
    }

    fn name_now(&self, name: &str) -> Option<String> {
        self.now.get(name).cloned().unwrap_or_else(|| Some(name.to_owned()))
    }

    /// For the names of files that were added: what they were called before.
    fn origins<'f>(
        &self,
        added: impl Iterator<Item = (&'f String, &'f BlobId)>,
        gone: impl Iterator<Item = (&'f String, &'f BlobId)>,
    ) -> Result<HashMap<String, String>, SourceError> {
        let (added, gone): (Vec<_>, Vec<_>) = (added.collect(), gone.collect());
        if added.is_empty() || gone.is_empty() {
            return Ok(HashMap::new());
        }
        let read = |files: Vec<(&String, &BlobId)>| -> Result<Vec<_>, SourceError> {
            let document = |(name, blob): (&String, &BlobId)| {
                let path = format!("{}/{name}", self.folder);
                let bytes = self.history.blob(&path, *blob)?;
                Ok(std::sync::Arc::new(Document::parse(&path, bytes)))
            };
            files.into_iter().map(document).collect()
        };
        let (added, gone) = (read(added)?, read(gone)?);
        let pairs = same_documents(&gone, &added).into_iter();
        Ok(pairs
            .map(|(old, new)| (new.file_name().to_owned(), old.file_name().to_owned()))
            .collect())
    }

    /// The status as it is written.
    fn status(&self, name: &str, blob: BlobId) -> Result<Option<String>, SourceError> {
        let bytes = self.history.blob(&format!("{}/{name}", self.folder), blob)?;
        Ok(written_status(&String::from_utf8_lossy(&bytes)))
    }
}

/// The status of a text as it is written; `state`, as it was called once, counts too.
#[must_use]
pub fn written_status(text: &str) -> Option<String> {
    let (front, _) = FrontMatter::parse(text);
    let field = front.get("status").or_else(|| front.get("state"))?;
    field.value.string().map(str::to_owned)
}
