//! What was read once and need not be read again: most of a base and a head is the same.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::document::Document;
use crate::source::{BlobId, Content, Snapshot, SourceError};

/// A path, and the bytes that stand there.
type Place = (String, BlobId);

/// The longest document that is read, in bytes (1.5 MiB): what a page is made of can be five hundred
/// times as large, and the longest standard there is has a fiftieth of it.
const LONGEST: usize = 3 << 19;

/// How many bytes the documents of a git repository may take altogether: a small object can be many
/// large files. A work tree is as large as it is on disk.
const MOST_KEPT: usize = 384 << 20;

/// How many bytes of the documents of a work tree are held, unless a shelf says otherwise.
const MOST_HELD: usize = 96 << 20;

/// How many bytes outlines may take beyond twice the text they are of: those of documents that people
/// write take less than their text.
const MOST_OUTLINED: usize = 256 << 20;

/// Parsed files by path and git blob. Files that do not come from git are parsed each time.
#[derive(Debug)]
pub struct Shelf {
    documents: Mutex<HashMap<Place, Arc<Document>>>,
    /// The anchors of Markdown files that are no documents.
    anchors: Mutex<HashMap<BlobId, Arc<BTreeSet<String>>>>,
    kept: AtomicUsize,
    most_held: usize,
    held: AtomicUsize,
    outlined: AtomicUsize,
}

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf::holding(MOST_HELD)
    }
}

impl Shelf {
    /// One that holds about so many bytes of the documents of a work tree. Of those beyond, only the
    /// outlines are held, and the rest is read again whenever somebody wants it.
    #[must_use]
    pub fn holding(most_held: usize) -> Shelf {
        let (documents, anchors) = (Mutex::default(), Mutex::default());
        let [kept, held, outlined] = [0, 0, 0].map(AtomicUsize::new);
        Shelf { documents, anchors, kept, most_held, held, outlined }
    }

    /// Whether one more document can be held as a whole.
    pub(super) fn has_room(&self, document: &Document) -> bool {
        let bytes = document.weight();
        self.held.fetch_add(bytes, Ordering::Relaxed) + bytes <= self.most_held
    }

    /// Makes room for what remains of a document whose text is let go.
    pub(super) fn outline(&self, document: &Document) -> Result<(), SourceError> {
        let bytes = document.remainder().saturating_sub(2 * document.outline.end);
        take(&self.outlined, bytes, MOST_OUTLINED, &document.path)
    }

    /// The document at a path of a snapshot.
    pub(super) fn document(
        &self,
        snapshot: &Snapshot,
        path: &str,
    ) -> Result<Arc<Document>, SourceError> {
        let place = snapshot.blob(path).map(|blob| (path.to_owned(), blob));
        kept(&self.documents, place, || match snapshot.read(path)? {
            Content::Bytes(bytes) => self.parse(snapshot, path, bytes),
            Content::Special => Ok(Document::not_a_file(path)),
        })
    }

    /// The anchors of a Markdown file; a file that cannot be read has none that could be told.
    pub(super) fn anchors(&self, snapshot: &Snapshot, path: &str) -> Option<Arc<BTreeSet<String>>> {
        kept(&self.anchors, snapshot.blob(path), || match snapshot.read(path)? {
            Content::Bytes(bytes) => Ok(self.parse(snapshot, path, bytes)?.outline.anchors),
            Content::Special => Err(SourceError::NotAFile(path.to_owned())),
        })
        .ok()
    }

    /// Parses a document that is not too long, as long as there is room for what it takes.
    fn parse(
        &self,
        snapshot: &Snapshot,
        path: &str,
        bytes: Vec<u8>,
    ) -> Result<Document, SourceError> {
        let length = bytes.len();
        if length > LONGEST {
            let (path, size, most) = (path.to_owned(), length as u64, LONGEST as u64);
            return Err(SourceError::TooLarge { path, what: "document", size, most });
        }
        // Where there is no room for the text alone, or for any outline, it need not be parsed.
        if snapshot.blob(path).is_none() {
            take(&self.outlined, 0, MOST_OUTLINED, path)?;
            return Ok(Document::parse(path, bytes));
        }
        take(&self.kept, length, MOST_KEPT, path)?;
        let document = Document::parse(path, bytes);
        take(&self.kept, document.weight().saturating_sub(length), MOST_KEPT, path)?;
        Ok(document)
    }
}

/// Adds to what is taken of a room, which has an end.
fn take(taken: &AtomicUsize, bytes: usize, most: usize, path: &str) -> Result<(), SourceError> {
    match taken.fetch_add(bytes, Ordering::Relaxed) + bytes > most {
        true => Err(SourceError::TooMuch { path: path.to_owned(), most: most as u64 }),
        false => Ok(()),
    }
}

/// What is kept under a key, made if it is not there.
fn kept<K: Eq + std::hash::Hash, V, E>(
    shelf: &Mutex<HashMap<K, Arc<V>>>,
    key: Option<K>,
    make: impl FnOnce() -> Result<V, E>,
) -> Result<Arc<V>, E> {
    let Some(key) = key else { return make().map(Arc::new) };
    let open = || shelf.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(there) = open().get(&key) {
        return Ok(Arc::clone(there));
    }
    // Not locked while it is made: others are to be made at the same time.
    let made = Arc::new(make()?);
    open().insert(key, Arc::clone(&made));
    Ok(made)
}
