//! The block of fields: places that say what they mean, and the same answers as other readers give.

use gray_matter::engine::YAML;
use gray_matter::{Matter, Pod};
use scs_doc::document::{Document, Field, FrontMatter, Node, Scalar, ScalarType, Span, Value};
use serde_yaml::Value as Other;

use super::assert_fits;
use super::tree::PATH;

/// The longest text that the other readers are asked about: some inputs take them long.
const LONGEST: usize = 1500;

pub fn front_matter(data: &[u8]) {
    let document = Document::parse(PATH, data.to_vec());
    let text = document.text();
    assert_eq!(text.len(), data.len());
    if let Ok(same) = std::str::from_utf8(data) {
        assert_eq!(text, same);
    }
    let front = &document.front;
    assert_fits(front.opening, text, front);
    assert_fits(front.content, text, front);
    assert!(
        front.opening.end <= front.content.start && front.content.end <= document.outline.start
    );
    assert!(text.is_char_boundary(document.outline.start));
    for comment in &front.comments {
        let comment = comment.of(text);
        assert!(comment.starts_with('#') && !comment.contains('\n'), "{comment:?} of {text:?}");
    }
    in_order(&front.fields, front.content, text);
    if front.is_readable() {
        let before = text.trim_start_matches('\u{feff}');
        assert!(before.starts_with("---"), "{text:?}");
        front.fields.iter().for_each(|field| says_so(field, text));
        others_agree(front, text);
    } else {
        assert!(front.fields.is_empty() && front.comments.is_empty());
    }
}

/// Keys and values stand in the order of the list, one behind the other, within `around`.
fn in_order(fields: &[Field], around: Span, text: &str) {
    let mut at = around.start;
    for field in fields {
        let (key, value) = (field.key_span, field.value.span);
        assert_fits(key, text, field);
        assert!(at <= key.start && key.end <= value.start, "{field:?} of {text:?}");
        node_in_order(&field.value, text);
        at = value.end;
    }
    assert!(at <= around.end, "{fields:?} of {text:?}");
}

fn node_in_order(node: &Node, text: &str) {
    assert_fits(node.span, text, node);
    match &node.value {
        Value::Scalar(_) => {}
        Value::Mapping(fields) => in_order(fields, node.span, text),
        Value::List { items, flow } => {
            let mut at = node.span.start;
            for item in items {
                assert!(at <= item.span.start && item.span.end <= node.span.end, "{text:?}");
                node_in_order(item, text);
                at = item.span.end;
            }
            let whole = node.span.of(text);
            assert!(!flow || whole.starts_with('[') && whole.ends_with(']'), "{whole:?}");
        }
    }
}

/// What stands at the place of a key or a value says the same where it stands alone, on one line.
fn says_so(field: &Field, text: &str) {
    let is_line = |it: &str| !it.contains(['\n', '\r']);
    let key = field.key_span.of(text);
    if is_line(key) && !key.is_empty() {
        let (alone, _) = FrontMatter::parse(&format!("---\n {key}: x\n---\n"));
        let keys: Vec<&str> = alone.fields.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, [field.key.as_str()], "{key:?} of {text:?}");
    }
    let value = field.value.span.of(text);
    match &field.value.value {
        // What is a text within brackets begins something else in a line of its own.
        Value::Scalar(_) if value.starts_with(['?', '-', ':']) => {}
        Value::Scalar(scalar) if is_line(value) && is_one_line(scalar) => {
            let (alone, _) = FrontMatter::parse(&format!("---\nkey: {value}\n---\n"));
            let alone = alone.get("key").map(|it| &it.value.value);
            let Some(Value::Scalar(alone)) = alone else {
                panic!("{value:?} of {text:?}: {alone:?}")
            };
            assert_eq!((&alone.text, alone.style), (&scalar.text, scalar.style), "{text:?}");
        }
        Value::Mapping(fields) => fields.iter().for_each(|field| says_so(field, text)),
        Value::List { items, .. } => {
            for item in items {
                if let Value::Mapping(fields) = &item.value {
                    fields.iter().for_each(|field| says_so(field, text));
                }
            }
        }
        Value::Scalar(_) => {}
    }
}

fn is_one_line(scalar: &Scalar) -> bool {
    use scs_doc::document::ScalarStyle::{DoubleQuoted, Plain, SingleQuoted};
    matches!(scalar.style, Plain | DoubleQuoted | SingleQuoted)
}

/// Other readers, where they accept the block, read the same fields.
fn others_agree(front: &FrontMatter, text: &str) {
    let content = front.content.of(text);
    // YAML 1.1 has other line breaks, and a byte order mark is none of the content.
    let differs = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\r');
    // In it, a question mark within brackets begins a key, whatever follows.
    let is_key = content.contains('?') && content.contains(['[', '{']);
    if content.len() > LONGEST || content.contains(differs) || is_key {
        return;
    }
    if let Ok(other) = serde_yaml::from_str::<Other>(content) {
        match &other {
            Other::Mapping(map) => same_fields(&front.fields, map, text),
            Other::Null => assert!(front.fields.is_empty(), "{text:?}"),
            _ => panic!("{other:?} of {text:?}"),
        }
    }
    let plain = text.starts_with("---\n") && front.opening.of(text) == "---";
    if plain && text.len() < LONGEST {
        let read = Matter::<YAML>::new().parse::<Pod>(text).ok().and_then(|it| it.data);
        if let Some(Pod::Hash(hash)) = read {
            let mut ours: Vec<&str> = front.fields.iter().map(|it| it.key.as_str()).collect();
            let mut theirs: Vec<&str> = hash.keys().map(String::as_str).collect();
            ours.sort_unstable();
            ours.dedup();
            theirs.sort_unstable();
            // A key that is no text has another name there.
            let is_text = |it: &&str| it.len() > 5 && it.bytes().all(|it| it.is_ascii_lowercase());
            if ours.iter().all(is_text) {
                assert_eq!(ours, theirs, "{text:?}");
            }
        }
    }
}

fn same_fields(fields: &[Field], map: &serde_yaml::Mapping, text: &str) {
    assert_eq!(fields.len(), map.len(), "{text:?}");
    for (field, (key, value)) in fields.iter().zip(map) {
        if let Other::String(key) = key {
            assert_eq!(field.key, *key, "{text:?}");
        }
        same(&field.value, value, text);
    }
}

fn same(node: &Node, other: &Other, text: &str) {
    match (&node.value, other) {
        (Value::Scalar(scalar), Other::String(string)) => {
            assert_eq!(scalar.text, *string, "{text:?}");
        }
        (Value::Scalar(scalar), Other::Null) => {
            assert_eq!(scalar.core_type(), ScalarType::Null, "{text:?}");
        }
        (Value::Scalar(scalar), Other::Bool(_)) => {
            assert_eq!(scalar.core_type(), ScalarType::Bool, "{text:?}");
        }
        (Value::Scalar(scalar), Other::Number(_)) => {
            assert_eq!(scalar.core_type(), ScalarType::Number, "{scalar:?} of {text:?}");
        }
        (Value::List { items, .. }, Other::Sequence(others)) => {
            assert_eq!(items.len(), others.len(), "{text:?}");
            items.iter().zip(others).for_each(|(item, other)| same(item, other, text));
        }
        (Value::Mapping(fields), Other::Mapping(map)) => same_fields(fields, map, text),
        (value, other) => panic!("{value:?} and {other:?} of {text:?}"),
    }
}
