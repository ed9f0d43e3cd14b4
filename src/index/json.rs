//! The index as JSON, version 1 of the schema. The structs here are that schema and nothing else.

use schemars::JsonSchema;
use serde::Serialize;

use super::Index;
use crate::document::{Document, Reference};
use crate::model::{Date, State, Track, Vocabulary as _};
use crate::status::{Chronicle, JsonTransition};

/// All documents of a repository.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Index of scs-doc")]
pub struct Json {
    /// The version of this format.
    schema: u32,
    /// The day of the states, `YYYY-MM-DD`.
    as_of: String,
    /// Whether the histories go back to their beginning: not in a shallow clone, nor without git.
    complete: bool,
    /// The tracks that have documents, in the order of scs-0001.
    tracks: Vec<&'static str>,
    /// By path.
    documents: Vec<JsonDocument>,
}

/// A document.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Document")]
struct JsonDocument {
    /// Number, kind and version; the file name without `.md` where there is no number.
    id: String,
    /// Four digits; null as long as none is assigned.
    number: Option<String>,
    /// `v` or `w`; null where the file name does not follow the pattern. So are `version`, `slug`.
    kind: Option<String>,
    version: Option<u32>,
    slug: Option<String>,
    /// Relative to the repository.
    path: String,
    /// Where it is published.
    url: String,
    title: Option<String>,
    description: Option<String>,
    /// Null where there is no valid one; so are `track`, `status` and the dates.
    r#type: Option<String>,
    track: Option<String>,
    status: Option<String>,
    /// `draft`, `upcoming`, `effective`, `deprecated` or `rejected` on the day; null for a
    /// supplement.
    state: Option<&'static str>,
    stabilized_at: Option<String>,
    deprecated_at: Option<String>,
    rejected_at: Option<String>,
    /// Ids of documents, as far as they are there; else file names.
    replaces: Vec<String>,
    replaced_by: Vec<String>,
    supplements: Vec<String>,
    supplemented_by: Vec<String>,
    /// The transitions of its status that are in the history of git, the oldest first.
    history: Vec<JsonTransition>,
}

impl Json {
    /// The index as it is written.
    #[must_use]
    pub fn of(index: &Index<'_>, chronicle: Option<&Chronicle>) -> Json {
        let documents = index.corpus.documents.iter();
        let has = |track: &&Track| documents.clone().any(|it| it.meta.track == Some(**track));
        let tracks = Track::ALL.iter().filter(has);
        Json {
            schema: 1,
            as_of: index.corpus.as_of.to_string(),
            complete: chronicle.is_some_and(|it| it.complete),
            tracks: tracks.map(|it| it.name()).collect(),
            documents: documents.clone().map(|it| JsonDocument::of(index, it, chronicle)).collect(),
        }
    }
}

impl JsonDocument {
    fn of(index: &Index<'_>, document: &Document, chronicle: Option<&Chronicle>) -> JsonDocument {
        let corpus = index.corpus;
        let meta = &document.meta;
        let name = document.name.as_ref().ok();
        let text = |date: Option<Date>| date.map(|date| date.to_string());
        let state = index.state_of(document);
        let labels = |references: &[Reference]| -> Vec<String> {
            let label = |it: &Reference| corpus.find(&it.file).map(Document::label);
            references.iter().map(|it| label(it).unwrap_or_else(|| it.file.clone())).collect()
        };
        let life = chronicle.and_then(|it| it.life(&document.path));
        // What is not committed has not happened yet.
        let events = life.into_iter().flat_map(|life| &life.events);
        let events = events.filter(|event| event.commit.is_some());
        JsonDocument {
            id: document.label(),
            number: document.id().map(|id| format!("{:04}", id.number)),
            kind: name.map(|name| name.kind.to_string()),
            version: name.map(|name| name.version),
            slug: name.map(|name| name.slug.clone()),
            path: document.path.clone(),
            url: index.url_of(document),
            title: meta.title.clone(),
            description: meta.description.clone(),
            r#type: meta.doc_type.map(|it| it.to_string()),
            track: meta.track.map(|it| it.to_string()),
            status: meta.status.map(|it| it.to_string()),
            state: state.map(State::name),
            stabilized_at: text(meta.stabilized_at),
            deprecated_at: text(meta.deprecated_at),
            rejected_at: text(meta.rejected_at),
            replaces: labels(&meta.replaces),
            replaced_by: labels(&meta.replaced_by),
            supplements: labels(&meta.supplements),
            supplemented_by: corpus.supplementing(document).map(Document::label).collect(),
            history: events.filter_map(JsonTransition::of).collect(),
        }
    }
}
