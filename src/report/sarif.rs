//! SARIF 2.1.0 (OASIS), as far as code scanning reads it.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Report, uri};
use crate::document::Span;
use crate::finding::{Finding, Origin};
use crate::rules::{self, Rule};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: Vec<&Rule> = rules::all().collect();
    rules.sort_by_key(|rule| rule.id);
    let mut seen = HashMap::new();
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let index = rules.iter().position(|rule| rule.id == finding.rule);
            let fingerprint = fingerprint(finding, &mut seen);
            result(report, finding, index, &fingerprint)
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": {
                "description": { "text": "The root of the repository." }
            }},
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary() },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": rule.level.name() },
        "properties": { "reference": rule.reference },
    })
}

fn result(report: &Report<'_>, finding: &Finding, rule: Option<usize>, fingerprint: &str) -> Value {
    let help = finding.help.as_ref().map(|help| format!(". {help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": finding.rule,
        "level": finding.level.name(),
        "message": { "text": format!("{}{help}", finding.message) },
        "locations": [{ "physicalLocation": location(report, &finding.path, finding.span) }],
        "partialFingerprints": { "ruleDocumentSubject/v1": fingerprint },
    });
    if let Some(index) = rule {
        result["ruleIndex"] = json!(index);
    }
    if let Some(origin) = finding.origin {
        result["baselineState"] = json!(match origin {
            Origin::Introduced => "new",
            Origin::Inherited => "unchanged",
        });
    }
    if let Some(reason) = &finding.exempt {
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(id, related)| {
            json!({
                "id": id,
                "physicalLocation": location(report, &related.path, related.span),
                "message": { "text": related.to_string() },
            })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix {
        let changes = fix.edits.iter().map(|edit| {
            json!({
                "artifactLocation": artifact(&edit.path),
                "replacements": [{
                    "deletedRegion": region(report, &edit.path, edit.span),
                    "insertedContent": { "text": edit.text },
                }],
            })
        });
        result["fixes"] = json!([{
            "description": { "text": fix.title },
            "artifactChanges": changes.collect::<Vec<_>>(),
        }]);
    }
    result
}

fn location(report: &Report<'_>, path: &str, span: Span) -> Value {
    json!({ "artifactLocation": artifact(path), "region": region(report, path, span) })
}

fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path), "uriBaseId": "%SRCROOT%" })
}

fn region(report: &Report<'_>, path: &str, span: Span) -> Value {
    let (start, end) = report.range(path, span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The same for the same rule, document and subject, wherever in the file; numbered where a
/// document has several such findings.
fn fingerprint(finding: &Finding, seen: &mut HashMap<u64, usize>) -> String {
    let document = finding.document.as_deref().unwrap_or(&finding.path);
    let identity = [finding.rule, document, &finding.subject].join("\0");
    let hash = fnv1a(identity.as_bytes());
    let count = seen.entry(hash).and_modify(|count| *count += 1).or_default();
    format!("{hash:016x}:{count}")
}

/// FNV-1a with 64 bits: a hash that is the same in every release and on every machine.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
