//! The texts that findings are about, each read when a finding is shown.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::corpus::Corpus;
use crate::document::LineIndex;

/// How many bytes of text are kept for the next finding: most are about the same file.
const MOST_KEPT: usize = 16 << 20;

/// The texts of a corpus and of its configuration.
#[derive(Debug)]
pub(super) struct Texts<'r> {
    corpus: Option<&'r Corpus>,
    pub config_path: &'r str,
    config_text: &'r str,
    kept: RefCell<HashMap<String, Rc<LineIndex<'r>>>>,
    bytes: Cell<usize>,
}

impl<'r> Texts<'r> {
    pub(super) fn new(corpus: Option<&'r Corpus>, config: (&'r str, &'r str)) -> Texts<'r> {
        let (config_path, config_text) = config;
        let (kept, bytes) = (RefCell::default(), Cell::default());
        Texts { corpus, config_path, config_text, kept, bytes }
    }

    /// The lines of a file; one that nobody knows is empty.
    pub(super) fn of(&self, path: &str) -> Rc<LineIndex<'r>> {
        let mut kept = self.kept.borrow_mut();
        if let Some(index) = kept.get(path) {
            return Rc::clone(index);
        }
        let text = match path == self.config_path {
            true => Some(Cow::Borrowed(self.config_text)),
            false => self.corpus.and_then(|corpus| corpus.text(path)),
        };
        let index = Rc::new(LineIndex::new(text.unwrap_or_default()));
        let bytes = self.bytes.get() + index.text().len();
        if bytes > MOST_KEPT {
            kept.clear();
        }
        self.bytes.set(if bytes > MOST_KEPT { index.text().len() } else { bytes });
        kept.insert(path.to_owned(), Rc::clone(&index));
        index
    }
}
