//! Where tests are described.

use super::Corpus;
use crate::document::{Document, Heading};
use crate::model::sections::is_about_tests;

impl Corpus {
    /// The first section about tests with something in it, whatever it is called: of the document,
    /// else of one of its supplements.
    #[must_use]
    pub fn tests_of<'c>(&'c self, document: &'c Document) -> Option<(&'c Document, &'c Heading)> {
        let mut places = std::iter::once(document).chain(self.supplementing(document));
        places.find_map(|it| {
            it.body.headings.iter().find(|it| describes_tests(it)).map(|at| (it, at))
        })
    }
}

fn describes_tests(heading: &Heading) -> bool {
    let text = heading.text.to_lowercase();
    let about =
        is_about_tests(&text) || text.contains("validation") || text.contains("conformance");
    about && !heading.is_empty
}
