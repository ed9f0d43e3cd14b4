//! `field-list`: see `field_list.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Field, Span};
use crate::finding::{Fix, Level};
use crate::model::fields::{self, Shape};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "field-list",
    level: Level::Warning,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("field_list.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    for field in &document.front.fields {
        let is_list = fields::field(&field.key).is_some_and(|row| row.shape == Shape::Documents);
        // What is no text at all is for `field-type`, nothing for `field-empty`.
        if !is_list || field.value.string().is_none() {
            continue;
        }
        let message = format!("`{}` is a list in scs-0001; here it is a single text", field.key);
        sink.report(document, field.value.span, field.key.as_str(), message)
            .label("one item of a list")
            .help("write `- ` and the file name on a line of its own, also for one document")
            .fix(as_list(document, field));
    }
}

/// The text becomes the only item of a list: only what is certainly one file name, after a key that
/// begins its line (not in a flow mapping, not indented).
fn as_list(document: &Document, field: &Field) -> Option<Fix> {
    let one_name = field.value.string()?;
    let gap = Span::new(field.key_span.end, field.value.span.start);
    let begins_line = document.text().get(..field.key_span.start)?.ends_with('\n');
    let plain = !one_name.contains([',', ' ', '\n']) && !gap.of(document.text()).contains('\n');
    if !plain || !begins_line {
        return None;
    }
    let colon = gap.start + gap.of(document.text()).find(':')? + 1;
    let item = format!("{}  - ", document.newline());
    let before = Span::new(colon, field.value.span.start);
    // A tag would be lost.
    if !before.of(document.text()).trim().is_empty() {
        return None;
    }
    Fix::one("make it a list of one", true, document, before, item)
}
