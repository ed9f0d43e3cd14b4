//! The coverage for programs. The structs here are the schema, version 1, and nothing else.

use serde::Serialize;

use super::{Coverage, Untested};
use crate::document::Document;
use crate::index::title_of;
use crate::manifest::markup::address;
use crate::model::State;

/// Which standards are tested by what.
#[derive(Debug, Serialize)]
pub struct Json<'j> {
    schema: u32,
    as_of: String,
    standards: Vec<JsonRow<'j>>,
    testcases: Vec<JsonTest<'j>>,
    /// Described in a document, and in no manifest.
    not_implemented: Vec<JsonMissing>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct JsonRow<'j> {
    document: String,
    title: String,
    state: Option<&'static str>,
    testcases: Vec<JsonLink<'j>>,
    described: usize,
    included: Vec<JsonIncluded<'j>>,
    /// How it is Stable and without an automated test case: `manual`, `described` or `none`.
    untested: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct JsonLink<'j> {
    id: &'j str,
    level: Option<String>,
    kind: String,
}

#[derive(Debug, Serialize)]
struct JsonIncluded<'j> {
    scope: &'j str,
    versions: &'j [String],
}

#[derive(Debug, Serialize)]
struct JsonTest<'j> {
    id: &'j str,
    manifest: &'j str,
    kind: String,
    target: &'j str,
    standards: Vec<String>,
    documented: bool,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct JsonMissing {
    id: String,
    document: String,
    level: String,
    kind: String,
}

#[derive(Debug, Serialize)]
struct Summary {
    standards: usize,
    untested: usize,
    testcases: usize,
    undocumented: usize,
    not_implemented: usize,
}

impl Coverage<'_> {
    /// The same for programs. `site` is where documents are published.
    #[must_use]
    pub fn json(&self, site: &str) -> Json<'_> {
        let rows = self.rows.iter().map(|row| {
            let tests = row.tests.iter().filter_map(|(at, level)| {
                let test = &self.tests.get(*at)?.test;
                let level = level.map(|it| it.to_string());
                Some(JsonLink { id: &test.id, level, kind: test.kind.to_string() })
            });
            let included = row.included.iter();
            let included = included.map(|(scope, versions)| JsonIncluded { scope, versions });
            JsonRow {
                document: row.document.label(),
                title: title_of(row.document),
                state: row.state.map(State::name),
                testcases: tests.collect(),
                described: row.described,
                included: included.collect(),
                untested: self.untested(row).map(|it| match it {
                    Untested::OnlyManual => "manual",
                    Untested::OnlyDescribed => "described",
                    Untested::NoTestCase => "none",
                }),
            }
        });
        let tests = self.tests.iter().map(|it| JsonTest {
            id: &it.test.id,
            manifest: &it.manifest.path,
            kind: it.test.kind.to_string(),
            target: &it.test.target,
            standards: it.documents.iter().copied().map(Document::label).collect(),
            documented: it.is_documented,
            url: it.test.place.as_ref().map(|it| address(site, it)),
        });
        let missing = self.missing.iter().map(|it| JsonMissing {
            id: it.case.id.to_string(),
            document: it.document.label(),
            level: it.case.level.to_string(),
            kind: it.case.kind.to_string(),
        });
        Json {
            schema: 1,
            as_of: self.as_of.to_string(),
            standards: rows.collect(),
            testcases: tests.collect(),
            not_implemented: missing.collect(),
            summary: Summary {
                standards: self.rows.len(),
                untested: self.rows.iter().filter(|it| self.untested(it).is_some()).count(),
                testcases: self.tests.len(),
                undocumented: self.undocumented().count(),
                not_implemented: self.missing.len(),
            },
        }
    }
}
