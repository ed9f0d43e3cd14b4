//! What is known of the tests of documents.

use super::{Corpus, TestCases};
use crate::document::{Document, Heading};
use crate::model::sections::is_about_tests;
use crate::model::{DocType, Track};

/// What is known of the tests of a document.
#[derive(Debug, Clone, Copy)]
pub struct Tested<'c> {
    /// Whether they are automated.
    pub automated: Automated<'c>,
    /// Where they are described: the document and the section.
    pub described: Option<(&'c Document, &'c Heading)>,
}

/// Whether tests are automated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automated<'c> {
    /// A scope has none of its own: what it includes is tested.
    NotNeeded,
    /// This manifest names a test case.
    In(&'c str),
    /// No manifest names one.
    Missing,
}

impl Corpus {
    /// What is known of the tests of a document; none for one that needs no tests: only a Standard
    /// does.
    #[must_use]
    pub fn tested<'c>(
        &'c self,
        document: &'c Document,
        cases: &'c TestCases,
    ) -> Option<Tested<'c>> {
        let automated = match cases.of_document(document) {
            _ if !document.is_a(DocType::Standard) => return None,
            _ if document.meta.track == Some(Track::Scopes) => Automated::NotNeeded,
            Some(manifest) => Automated::In(manifest),
            None => Automated::Missing,
        };
        Some(Tested { automated, described: self.tests_of(document) })
    }

    /// The first section about tests with something in it, whatever it is called: of the document,
    /// else of one of its supplements.
    fn tests_of<'c>(&'c self, document: &'c Document) -> Option<(&'c Document, &'c Heading)> {
        let mut places = std::iter::once(document).chain(self.supplementing(document));
        places.find_map(|it| {
            it.outline.headings.iter().find(|it| describes_tests(it)).map(|at| (it, at))
        })
    }
}

fn describes_tests(heading: &Heading) -> bool {
    let text = heading.text.to_lowercase();
    let about =
        is_about_tests(&text) || text.contains("validation") || text.contains("conformance");
    about && !heading.is_empty
}
