//! What the templates of a repository say.

use std::collections::HashSet;
use std::sync::Arc;

use crate::document::{Document, Sentence, normalized};
use crate::model::{DocType, Vocabulary as _};

/// The shortest sentence, in words, that a document cannot have come up with by itself.
const SHORTEST: usize = 3;

/// The body of the template for a type, where a repository has none.
#[must_use]
pub fn built_in_template(doc_type: DocType) -> &'static str {
    match doc_type {
        DocType::Standard => include_str!("templates/standard.md"),
        DocType::Procedural => include_str!("templates/procedural.md"),
        DocType::DecisionRecord => include_str!("templates/decision-record.md"),
        DocType::Supplement => include_str!("templates/supplement.md"),
    }
}

/// Texts of the templates that no finished document has.
#[derive(Debug, Default)]
pub struct TemplateTexts {
    /// HTML comments, white space normalized.
    pub comments: HashSet<String>,
    /// Values of the front matter that are placeholders: with a part in italics.
    pub values: HashSet<String>,
    /// Sentences without markup. Headings are no such text, nor is what a document is meant to
    /// keep: the sentence that cites an RFC.
    sentences: HashSet<String>,
    /// Which lengths in bytes they have: most sentences need no look at the set.
    lengths: Vec<bool>,
}

impl TemplateTexts {
    pub(super) fn read(templates: &[Arc<Document>]) -> TemplateTexts {
        let mut texts = TemplateTexts::default();
        let built_in = DocType::ALL.iter().map(|it| built_in_template(*it).as_bytes().to_vec());
        let built_in = built_in.map(|text| Arc::new(Document::parse("template.md", text)));
        let built_in: Vec<Arc<Document>> = built_in.collect();
        for template in templates.iter().chain(&built_in) {
            let values = template.front.fields.iter().flat_map(|field| field.value.texts());
            texts.values.extend(values.filter(|text| has_italics(text)).map(normalized));
            let headings: HashSet<&str> =
                template.outline.headings.iter().map(|heading| heading.text.as_str()).collect();
            let comments = template.body().comments.iter().map(|comment| normalized(&comment.text));
            texts.comments.extend(comments);
            let sentences = template.body().sentences().map(|sentence| sentence.text());
            let own = sentences.filter(|sentence| {
                sentence.split_whitespace().count() >= SHORTEST
                    && !sentence.contains("RFC")
                    && !headings.contains(sentence)
            });
            texts.sentences.extend(own.map(str::to_owned));
        }
        let longest = texts.sentences.iter().map(String::len).max().unwrap_or_default();
        texts.lengths = vec![false; longest + 1];
        for sentence in &texts.sentences {
            texts.lengths[sentence.len()] = true;
        }
        texts
    }

    /// Whether a template has this sentence.
    #[must_use]
    pub fn has(&self, sentence: &Sentence<'_>) -> bool {
        let length = sentence.length();
        self.lengths.get(length) == Some(&true) && self.sentences.contains(sentence.text())
    }
}

/// Whether a part of the text stands between two underscores.
fn has_italics(text: &str) -> bool {
    let marks = text.match_indices('_').map(|(at, _)| at);
    let bounds = |at: usize| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    marks.clone().any(bounds) && marks.count() > 1
}
