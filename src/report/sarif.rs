//! SARIF 2.1.0 (OASIS), as far as code scanning reads it.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Report, uri};
use crate::document::Span;
use crate::finding::{Finding, Origin};
use crate::rules::{self, Rule};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<R>; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    column_kind: &'static str,
    original_uri_base_ids: Value,
    results: R,
    tool: Value,
}

/// Made one after the other while they are written: a result takes kilobytes.
struct Results<'r, 'f> {
    report: &'r Report<'f>,
    rules: &'r [&'static Rule],
}

impl Serialize for Results<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seen = HashMap::new();
        serializer.collect_seq(self.report.findings.iter().map(|finding| {
            let index = self.rules.iter().position(|rule| rule.id == finding.rule);
            let fingerprint = fingerprint(finding, &mut seen);
            result(self.report, finding, index, &fingerprint)
        }))
    }
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: Vec<&Rule> = rules::all().collect();
    rules.sort_by_key(|rule| rule.id);
    let run = Run {
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: json!({
            "%SRCROOT%": { "description": { "text": "The root of the repository." } }
        }),
        results: Results { report, rules: &rules },
        tool: json!({ "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        }}),
    };
    let log = Log { schema: SCHEMA, runs: [run], version: "2.1.0" };
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
