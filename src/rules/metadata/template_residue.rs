//! `template-residue`: see `template_residue.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Span, normalized};
use crate::finding::{Fix, Level};
use crate::model::fields::Shape;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;

pub const RULE: Rule = Rule {
    id: "template-residue",
    level: Level::Warning,
    reference: "scs-0001-v1#proposal-of-a-new-document",
    templates: false,
    page: include_str!("template_residue.md"),
    check: Check::Document(check),
};

fn check(document: &Document, corpus: &Corpus, sink: &mut Sink<'_>) {
    for comment in &document.front.comments {
        if offers_choices(comment.of(document.text())) {
            let line =
                document.front.fields.iter().rfind(|field| field.key_span.start < comment.start);
            let subject = line.map_or("front matter", |field| field.key.as_str());
            let blanks = document
                .text()
                .get(..comment.start)
                .map_or(0, |before| before.len() - before.trim_end_matches([' ', '\t']).len());
            let whole = Span::new(comment.start - blanks, comment.end);
            let subject = format!("{subject} comment");
            sink.report(document, *comment, subject, "a comment of the template is left here")
                .help("remove it: the choice is made")
                .fix(Fix::one("remove the comment", false, document, whole, ""));
        }
    }
    for field in &document.front.fields {
        let is_left = |text: &str| {
            let emphasized = ['_', '*'].iter().any(|mark| {
                text.len() > 2 && text.starts_with(*mark) && text.trim_end().ends_with(*mark)
            });
            let known = || corpus.template_texts.values.contains(&normalized(text));
            emphasized || (text.contains('_') && known())
        };
        if let Some(text) = field.value.texts().find(|text| is_left(text)) {
            let (key, text) = (field.key.as_str(), shortened(&normalized(text), 80));
            let message = format!("`{key}` is `{text}`, a placeholder of the template");
            sink.report(document, field.value.span, key, message)
                .help("write what holds for this document");
        }
    }
    for comment in &document.body().comments {
        let normal = normalized(&comment.text);
        let from_template = normal.to_lowercase().starts_with("this is a template")
            || corpus.template_texts.comments.contains(&normal);
        if from_template {
            let message = "the instructions of the template are left here";
            sink.report(document, comment.span, "instructions", message).help("remove the comment");
        }
    }
    for heading in &document.outline.headings {
        if LEVELS.iter().any(|level| is_marked(&heading.text, level)) {
            let message = format!(
                "the heading `{}` still says how it was meant in the template",
                heading.text
            );
            sink.report(document, heading.span, heading.text.as_str(), message)
                .help("write the heading alone, or remove the section");
        }
    }
    let is_heading = |text: &str| document.outline.headings.iter().any(|it| it.text == text);
    for sentence in document.body().sentences() {
        let known = corpus.template_texts.has(&sentence);
        if known && !is_heading(sentence.text()) {
            let text = shortened(sentence.text(), 80);
            let message = format!("`{text}` is text of the template");
            sink.report(document, sentence.span(), text, message)
                .help("write what is meant in this document, or remove the section");
        }
    }
}

/// How templates mark a section.
const LEVELS: [&str; 3] = ["OPTIONAL", "RECOMMENDED", "REQUIRED"];

/// Whether a heading ends as in `Conformance Tests, OPTIONAL`.
fn is_marked(heading: &str, level: &str) -> bool {
    heading.trim_end().strip_suffix(level).is_some_and(|rest| rest.ends_with(", "))
}

/// Whether a comment lists values of `type` or `track` and nothing else.
fn offers_choices(comment: &str) -> bool {
    let mut words = comment
        .trim_start_matches('#')
        .split(['|', ','])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .peekable();
    let is_choice = |word: &str| {
        [Shape::Type, Shape::Track, Shape::Status]
            .into_iter()
            .filter_map(Shape::choices)
            .any(|choices| choices.contains(&word))
    };
    words.peek().is_some() && words.all(is_choice)
}
