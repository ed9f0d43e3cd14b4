//! File names of documents, and the other names that have a grammar.

use std::sync::LazyLock;

use regex::Regex;
use scs_doc::model::flavor::Flavor;
use scs_doc::model::{CasePattern, DocName, Kind, Number, is_template_name, looks_like_document};

/// scs-0001, *Document format*.
static GRAMMAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\Ascs-([0-9xX]{4})-(v|w)([1-9][0-9]*)-([^\s]+)\.md\z").unwrap());

/// Exactly what the grammar has is read, and what is read says the name again.
pub fn file_name(data: &[u8]) {
    let Ok(name) = std::str::from_utf8(data) else { return };
    let grammar = GRAMMAR.captures(name).filter(|it| it[3].parse::<u32>().is_ok());
    assert_eq!(DocName::parse(name).is_ok(), grammar.is_some(), "{name:?}");
    if let (Ok(parsed), Some(grammar)) = (DocName::parse(name), grammar) {
        let DocName { number, kind, version, slug } = &parsed;
        assert_eq!(format!("scs-{number}-{kind}{version}-{slug}.md"), name);
        assert_eq!(*kind == Kind::Supplement, &grammar[2] == "w");
        let is_assigned = grammar[1].bytes().all(|byte| byte.is_ascii_digit());
        assert_eq!(matches!(number, Number::Assigned(_)), is_assigned);
        assert_eq!(parsed.id().is_some(), is_assigned);
        if let Some(id) = parsed.id() {
            assert!(name.starts_with(&format!("{id}-")), "{id} {name:?}");
        }
        assert!(looks_like_document(name) && !is_template_name(name));
    }
    match Flavor::parse(name) {
        Ok(flavor) => _ = flavor.properties(),
        Err(error) => {
            assert!(name.is_char_boundary(error.at().min(name.len())), "{error} {name:?}");
            assert!(error.at() <= name.len() && !error.to_string().is_empty());
        }
    }
    let pattern = CasePattern::new(name);
    assert_eq!(pattern.to_string(), name);
    assert!(pattern.matches(&pattern.with("a")), "{name:?}");
}
