//! The text of a document and what it consists of: held, or read again whenever it is asked for.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use super::{Body, decode};
use crate::source::Reread;

/// The text and the body of a document.
#[derive(Debug)]
pub(super) struct Page {
    held: OnceLock<Held>,
    /// Where to read it again, if it was let go.
    source: Option<Source>,
}

#[derive(Debug)]
pub(super) struct Held {
    pub text: String,
    pub body: Body,
}

#[derive(Debug)]
struct Source {
    file: Reread,
    /// The hash of the text that was parsed: another one would not fit what is known of it.
    hash: u64,
}

impl Page {
    pub(super) fn new(text: String, body: Body) -> Page {
        Page { held: OnceLock::from(Held { text, body }), source: None }
    }

    /// Whether it is here now.
    pub(super) fn is_held(&self) -> bool {
        self.held.get().is_some()
    }

    /// Lets go of what is held; from now on it is read from the file.
    pub(super) fn let_go(&mut self, file: Reread) {
        if let Some(held) = self.held.take() {
            self.source = Some(Source { file, hash: hash(&held.text) });
        }
    }

    /// What is held, or read again and held from now on; the body begins at `start`.
    pub(super) fn get(&self, start: usize) -> &Held {
        self.held.get_or_init(|| {
            let text = self.text_again().unwrap_or_default();
            let (_, body) = Body::parse(&text, start);
            Held { text, body }
        })
    }

    /// The text, read again; `None` if the file is not what it was, which the snapshot keeps in mind:
    /// [`Snapshot::changed`](crate::Snapshot::changed).
    pub(super) fn text_again(&self) -> Option<String> {
        let Source { file, hash: before } = self.source.as_ref()?;
        let text = file.bytes().map(|bytes| decode(bytes).0);
        let same = text.filter(|text| hash(text) == *before);
        if same.is_none() {
            file.tell_changed();
        }
        same
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
