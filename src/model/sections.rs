//! The table of sections (scs-0001, *Sections*).

use super::DocType;

/// How a heading meets a required section. Case, numbering in front and punctuation at the end do
/// not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// The heading is the title of the section.
    Title,
    /// The heading contains the title as a word, in the singular or the plural.
    Word,
}

/// A section that documents of a type must have.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Its title as scs-0001 writes it.
    pub title: &'static str,
    /// How a heading meets it.
    pub matching: Match,
    /// Also met by a heading about tests in a supplement or a Scopes document.
    pub testing: bool,
}

const fn titled(title: &'static str) -> Section {
    Section { title, matching: Match::Title, testing: false }
}

const STANDARD: &[Section] = &[
    titled("Introduction"),
    titled("Motivation"),
    Section { title: "Conformance Tests", matching: Match::Title, testing: true },
];

const DECISION_RECORD: &[Section] = &[
    titled("Abstract"),
    titled("Context"),
    Section { title: "Decision", matching: Match::Word, testing: false },
];

/// The sections that a document of this type must have.
#[must_use]
pub fn required(doc_type: DocType) -> &'static [Section] {
    match doc_type {
        DocType::Standard => STANDARD,
        DocType::DecisionRecord => DECISION_RECORD,
        DocType::Procedural | DocType::Supplement => &[],
    }
}

impl Section {
    /// Whether a heading with this text meets the section.
    #[must_use]
    pub fn is_met_by(&self, heading: &str) -> bool {
        let is_title = |text: &str| text.eq_ignore_ascii_case(self.title);
        match self.matching {
            Match::Title => is_title(comparable(heading)),
            Match::Word => words(heading).any(|word| is_title(word.trim_end_matches('s'))),
        }
    }
}

/// Whether a heading speaks of tests: it has the word *test*, *tests* or *testing*.
#[must_use]
pub fn is_about_tests(heading: &str) -> bool {
    let forms = ["test", "tests", "testing"];
    words(heading).any(|word| forms.iter().any(|form| form.eq_ignore_ascii_case(word)))
}

/// Whether a heading begins with *Testing*, as in *Testing Regime* of a Scopes document.
#[must_use]
pub fn is_testing_regime(heading: &str) -> bool {
    words(comparable(heading)).next().is_some_and(|word| word.eq_ignore_ascii_case("testing"))
}

/// A heading without numbering in front and punctuation at the end. Markup is gone already: the
/// text of a heading is plain.
fn comparable(heading: &str) -> &str {
    let numbering = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ');
    heading.trim_start_matches(numbering).trim_end_matches([':', '.', ' '])
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_compare_without_case_and_numbering() {
        assert!(STANDARD[0].is_met_by("1.2. INTRODUCTION"));
        assert!(STANDARD[2].is_met_by("Conformance tests:"));
        assert!(!STANDARD[2].is_met_by("Conformance Tests, OPTIONAL"));
        assert!(DECISION_RECORD[2].is_met_by("Our decision, in short"));
        assert!(DECISION_RECORD[2].is_met_by("Decisions"));
        assert!(!DECISION_RECORD[2].is_met_by("Decisive"));
        assert!(
            is_about_tests("Implementation and Testing Notes") && !is_about_tests("Attestation")
        );
        assert!(is_testing_regime("Testing Regime") && !is_testing_regime("Regime of testing"));
    }
}
