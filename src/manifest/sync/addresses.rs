//! The addresses in a manifest: pages of documents that have another name now.

use super::Sync;
use crate::corpus::manifest::Manifest;
use crate::corpus::{Corpus, Target};
use crate::document::{Document, Placed, Span};
use crate::finding::Edit;
use crate::model::{DocId, Named};

/// Finds the addresses of pages that are not there, and the page of the same document under its
/// present name. An address of another version, or of none, is left.
#[must_use]
pub fn addresses(corpus: &Corpus, manifest: &Manifest) -> Sync {
    let mut sync = Sync::default();
    let testcases = manifest.testcases().filter_map(|(_, it)| it.url.as_ref());
    let modules = manifest.modules.iter().filter_map(|it| it.url.as_ref());
    for url in testcases.chain(modules) {
        if let Target::Missing(_) = manifest.target(&url.value) {
            renamed(corpus, manifest, url, &mut sync);
        }
    }
    sync
}

fn renamed(corpus: &Corpus, manifest: &Manifest, url: &Placed<String>, sync: &mut Sync) {
    let page = url.value.split('#').next().unwrap_or_default().trim_end_matches('/');
    let stem = page.rsplit('/').next().unwrap_or(page);
    // Where the name is right, something else of the address is wrong.
    let is_other = |it: &&Document| it.file_name().trim_end_matches(".md") != stem;
    let new = id_of(stem).and_then(|id| corpus.with_id(id).next()).filter(is_other);
    let at = url.span.of(&manifest.text).find(stem);
    let (Some(new), Some(at)) = (new, at) else {
        sync.left.push(format!("no document has the page {page}"));
        return;
    };
    let new = new.file_name().trim_end_matches(".md");
    let start = url.span.start + at;
    let span = Span::new(start, start + stem.len());
    sync.edits.push(Edit { path: manifest.path.clone(), span, text: new.to_owned() });
    let done = format!("the address of {stem} is that of {new}");
    if !sync.done.contains(&done) {
        sync.done.push(done);
    }
}

/// The document that the name of a page begins with.
fn id_of(stem: &str) -> Option<DocId> {
    let (at, named) = Named::all_in(stem).next()?;
    named.id().filter(|_| at == 0)
}
