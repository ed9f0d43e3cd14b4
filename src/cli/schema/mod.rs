//! `scs-doc schema`

mod manifest;

use std::io::Write;

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::{Failure, Status, write_json};
use crate::config::ConfigFile;
use crate::index::Json as IndexJson;
use crate::model::fields::{FIELDS, Field, Presence, Shape};
use crate::model::{Kind, Status as DocumentStatus, Vocabulary};
use crate::report::JsonFindings;
use crate::status::Json as StatusJson;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What the schema describes
    #[arg(value_enum)]
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The front matter of a document
    FrontMatter,
    /// The report of `check --format json`
    Findings,
    /// The overview of `status --format json`
    Status,
    /// The index of `index --format json`
    Index,
    /// A test-suite manifest
    Manifest,
    /// scs-doc.toml
    Config,
}

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Failure> {
    let schema = match args.what {
        What::FrontMatter => front_matter(),
        What::Findings => schemars::schema_for!(JsonFindings).to_value(),
        What::Status => schemars::schema_for!(StatusJson).to_value(),
        What::Index => schemars::schema_for!(IndexJson).to_value(),
        What::Manifest => manifest::manifest(),
        What::Config => schemars::schema_for!(ConfigFile).to_value(),
    };
    write_json(&schema, out)?;
    Ok(Status::Clean)
}

/// The table of scs-0001 as a JSON Schema. Which letter the file name has is not in the front
/// matter: `type` stands for it.
fn front_matter() -> Value {
    let properties: Map<String, Value> =
        FIELDS.iter().map(|field| (field.name.to_owned(), shape(field.shape))).collect();
    let status = |status: &DocumentStatus| {
        json!({
            "if": { "properties": { "status": { "const": status.name() } }, "required": ["status"] },
            "then": presence(|field| match field.primary {
                Presence::ByStatus { required, .. } if required.contains(status) => Need::Required,
                Presence::ByStatus { allowed, .. } if !allowed.contains(status) => Need::Forbidden,
                _ => Need::Open,
            }),
        })
    };
    let by_kind = |kind| {
        presence(move |field| match field.presence(kind) {
            Presence::Required => Need::Required,
            Presence::Forbidden => Need::Forbidden,
            Presence::Optional | Presence::ByStatus { .. } => Need::Open,
        })
    };
    json!({
        "$schema": DRAFT,
        "title": "Front matter of a document (scs-0001)",
        "type": "object",
        "properties": properties,
        "if": { "properties": { "type": { "const": "Supplement" } }, "required": ["type"] },
        "then": by_kind(Kind::Supplement),
        "else": by_kind(Kind::Primary),
        "allOf": DocumentStatus::ALL.iter().map(status).collect::<Vec<_>>(),
    })
}

enum Need {
    Required,
    Forbidden,
    Open,
}

fn presence(need: impl Fn(&Field) -> Need) -> Value {
    let mut required = Vec::new();
    let mut forbidden = Map::new();
    for field in FIELDS {
        match need(field) {
            Need::Required => required.push(field.name),
            Need::Forbidden => {
                forbidden.insert(field.name.to_owned(), json!(false));
            }
            Need::Open => {}
        }
    }
    json!({ "required": required, "properties": forbidden })
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string", "pattern": "\\S" }),
        Shape::Type | Shape::Status | Shape::Track => json!({ "enum": shape.choices() }),
        Shape::Date => {
            json!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
        }
        Shape::Documents => json!({
            "type": "array",
            "minItems": 1,
            "items": { "type": "string", "pattern": "\\.md$" },
        }),
    }
}
