//! `date-order`: see `date_order.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "date-order",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("date_order.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let meta = &document.meta;
    // In the order in which a document goes through them.
    let dates = [
        ("stabilized_at", meta.stabilized_at),
        ("deprecated_at", meta.deprecated_at),
        ("rejected_at", meta.rejected_at),
    ];
    let known: Vec<_> = dates.iter().filter_map(|(key, date)| Some((*key, (*date)?))).collect();
    for pair in known.windows(2) {
        let &[(earlier, before), (later, after)] = pair else { continue };
        let (true, Some(field)) = (after < before, document.front.get(later)) else { continue };
        let message = format!("`{later}` ({after}) is before `{earlier}` ({before})");
        let finding = sink.report(document, field.value.span, later, message);
        finding.help("correct the date that is wrong");
        if let Some(other) = document.front.get(earlier) {
            finding.related(document, other.value.span, format!("`{earlier}`"));
        }
    }
}
