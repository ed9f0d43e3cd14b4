//! `type-kind`: see `type_kind.md`.

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::model::Kind;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "type-kind",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("type_kind.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let (Ok(name), Some(doc_type), Some(field)) =
        (&document.name, document.meta.doc_type, document.front.get("type"))
    else {
        return;
    };
    let expected = Kind::of(doc_type);
    if expected == name.kind {
        return;
    }
    let message =
        format!("`type` is `{doc_type}`, but the file name says `{}{}`", name.kind, name.version);
    let help = match expected {
        Kind::Supplement => "a supplement has a `w` before its version; or correct `type`",
        Kind::Primary => {
            "only a supplement has a `w` before its version; or write `type: Supplement`"
        }
    };
    sink.report(document, field.value.span, "type", message).help(help);
}
