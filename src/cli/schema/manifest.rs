//! The table of the format of manifests as a JSON Schema.

use serde_json::{Map, Value, json};

use crate::corpus::manifest::format::{MANIFEST, Of, Shape};
use crate::model::{Lifetime, Validity, Vocabulary};

/// A manifest as YAML 1.2 core reads it; a date may be a string.
pub(super) fn manifest() -> Value {
    let mut schema = mapping(&MANIFEST);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), json!(super::DRAFT));
        schema.insert("title".to_owned(), json!("Test-suite manifest (scs-0003)"));
    }
    schema
}

fn mapping(shape: &Shape) -> Value {
    let properties: Map<String, Value> =
        shape.keys.iter().map(|key| (key.name.to_owned(), value(key.of))).collect();
    let required: Vec<&str> =
        shape.keys.iter().filter(|it| it.required).map(|it| it.name).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn value(of: Of) -> Value {
    let text = json!({ "type": "string", "pattern": "\\S" });
    let id = json!({ "type": "string", "pattern": "^[^\\s\\p{Cc}]+$" });
    let scalar = json!({ "type": ["string", "number", "boolean"] });
    let list = |items: &Value| json!({ "type": "array", "items": items });
    let names = |values: &Value| json!({ "type": "object", "additionalProperties": values });
    match of {
        Of::Text => text,
        Of::Id => id,
        Of::Uuid => json!({ "type": "string", "format": "uuid" }),
        Of::Date => {
            json!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
        }
        Of::Lifetime => words::<Lifetime>(),
        Of::One(shape) => mapping(shape),
        Of::Each(shape) => list(&mapping(shape)),
        Of::Variables => {
            let with_default = json!({
                "type": "object", "additionalProperties": text, "minProperties": 1, "maxProperties": 1,
            });
            list(&json!({ "anyOf": [text, with_default] }))
        }
        Of::Includes(shape) => list(&json!({ "anyOf": [id, mapping(shape)] })),
        Of::Values => names(&scalar),
        Of::Parameters => json!({ "anyOf": [list(&text), names(&json!(true))] }),
        Of::Lists => names(&list(&text)),
        Of::Validities => names(&words::<Validity>()),
    }
}

fn words<V: Vocabulary>() -> Value {
    json!({ "enum": V::ALL.iter().map(|it| it.name()).collect::<Vec<_>>() })
}
