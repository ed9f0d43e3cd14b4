//! What changes, for programs. The structs here are the schema, version 1, and nothing else.

use serde::Serialize;

use super::{Changed, Upgrade};
use crate::document::Document;
use crate::manifest::markup::address;
use crate::manifest::{Edition, Part, Test, phases};

/// What changes from one version of a scope to another.
#[derive(Debug, Serialize)]
pub struct Json<'u> {
    schema: u32,
    as_of: String,
    scope: String,
    title: String,
    from: JsonEdition<'u>,
    to: JsonEdition<'u>,
    added: Vec<JsonPart<'u>>,
    removed: Vec<JsonPart<'u>>,
    changed: Vec<JsonChanged<'u>>,
    unchanged: Vec<String>,
}

#[derive(Debug, Serialize)]
struct JsonEdition<'u> {
    version: &'u str,
    document: Option<String>,
    stabilized_at: Option<String>,
    timeline: Vec<JsonPhase>,
}

#[derive(Debug, Serialize)]
struct JsonPhase {
    from: String,
    until: Option<String>,
    validity: String,
}

#[derive(Debug, Serialize)]
struct JsonPart<'u> {
    document: Option<String>,
    name: &'u str,
    modules: &'u [&'u str],
    parameters: Vec<JsonParameter<'u>>,
    testcases: Vec<JsonTest<'u>>,
}

#[derive(Debug, Serialize)]
struct JsonParameter<'u> {
    name: &'u str,
    from: Option<&'u str>,
    to: Option<&'u str>,
}

#[derive(Debug, Serialize)]
struct JsonTest<'u> {
    id: &'u str,
    target: &'u str,
    kind: String,
    level: Option<String>,
    lifetime: Option<String>,
    description: &'u str,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct JsonChanged<'u> {
    document: JsonPair<Option<String>>,
    minor: JsonPair<Option<&'u str>>,
    modules: JsonPair<&'u [&'u str]>,
    name: &'u str,
    parameters: Vec<JsonParameter<'u>>,
    added: Vec<JsonTest<'u>>,
    removed: Vec<JsonTest<'u>>,
    moved: Vec<JsonMoved<'u>>,
}

#[derive(Debug, Serialize)]
struct JsonPair<T> {
    from: T,
    to: T,
}

#[derive(Debug, Serialize)]
struct JsonMoved<'u> {
    id: &'u str,
    from: &'u str,
    to: &'u str,
}

impl<'u> Upgrade<'u, '_> {
    /// The same for programs. `site` is where documents are published.
    #[must_use]
    pub fn json(&'u self, site: &str) -> Json<'u> {
        let part = |it: &&'u Part<'u>| JsonPart {
            document: it.document.map(Document::label),
            name: &it.name,
            modules: &it.modules,
            parameters: it
                .parameters
                .iter()
                .map(|(name, value)| JsonParameter { name, from: None, to: Some(value) })
                .collect(),
            testcases: it.tests.iter().map(|it| test(it, site)).collect(),
        };
        let label = |it: &&Part<'_>| it.document.map_or_else(|| it.name.clone(), Document::label);
        Json {
            schema: 1,
            as_of: self.series.corpus.as_of.to_string(),
            scope: self.series.label(),
            title: self.series.title(),
            from: edition(self.old),
            to: edition(self.new),
            added: self.added.iter().map(part).collect(),
            removed: self.removed.iter().map(part).collect(),
            changed: self.changed.iter().map(|it| changed(it, site)).collect(),
            unchanged: self.unchanged.iter().map(label).collect(),
        }
    }
}

fn edition<'u>(it: &'u Edition<'u>) -> JsonEdition<'u> {
    let phases = it.manifest.map(|manifest| phases(manifest, it.version)).unwrap_or_default();
    let timeline = phases.iter().map(|it| JsonPhase {
        from: it.from.to_string(),
        until: it.until.map(|it| it.to_string()),
        validity: it.validity.to_string(),
    });
    JsonEdition {
        version: it.version,
        document: it.scope.map(|it| it.document.label()),
        stabilized_at: it.stabilized_at.map(|it| it.to_string()),
        timeline: timeline.collect(),
    }
}

fn test<'u>(it: &'u Test<'u>, site: &str) -> JsonTest<'u> {
    JsonTest {
        id: &it.id,
        target: &it.target,
        kind: it.kind.to_string(),
        level: it.level.map(|it| it.to_string()),
        lifetime: it.lifetime.map(|it| it.to_string()),
        description: &it.description,
        url: it.place.as_ref().map(|it| address(site, it)),
    }
}

fn changed<'u>(it: &'u Changed<'u>, site: &str) -> JsonChanged<'u> {
    let both =
        |of: &dyn Fn(&'u Part<'u>) -> Option<String>| JsonPair { from: of(it.old), to: of(it.new) };
    let minor = |of: &'u Part<'u>| of.point.and_then(|it| it.minor.as_deref());
    JsonChanged {
        document: both(&|it| it.document.map(Document::label)),
        minor: JsonPair { from: minor(it.old), to: minor(it.new) },
        modules: JsonPair { from: &it.old.modules, to: &it.new.modules },
        name: &it.new.name,
        parameters: it
            .parameters
            .iter()
            .map(|it| JsonParameter { name: it.name, from: it.old, to: it.new })
            .collect(),
        added: it.added.iter().map(|it| test(it, site)).collect(),
        removed: it.removed.iter().map(|it| test(it, site)).collect(),
        moved: it
            .moved
            .iter()
            .map(|(old, new)| JsonMoved { id: &new.id, from: &old.target, to: &new.target })
            .collect(),
    }
}
