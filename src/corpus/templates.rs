//! What the templates of a repository say.

use std::collections::HashSet;
use std::sync::Arc;

use crate::document::{Document, Sentence, normalized};

/// The shortest sentence, in words, that a document cannot have come up with by itself.
const SHORTEST: usize = 3;

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
        for template in templates {
            let values = template.front.fields.iter().flat_map(|field| field.value.texts());
            texts.values.extend(values.filter(|text| has_italics(text)).map(normalized));
            let headings: HashSet<&str> =
                template.body.headings.iter().map(|heading| heading.text.as_str()).collect();
            let comments = template.body.comments.iter().map(|comment| normalized(&comment.text));
            texts.comments.extend(comments);
            let sentences = template.body.sentences().map(|sentence| sentence.text());
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
