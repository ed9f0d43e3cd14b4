//! The overview as JSON, version 1 of the schema. The structs here are that schema and nothing else.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Event, Happening, Overview, Reach, Standing, Wait};
use crate::model::{Date, State};

/// Where all documents stand on a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Overview of scs-doc")]
pub struct Json {
    /// The version of this format.
    schema: u32,
    /// The day, `YYYY-MM-DD`.
    as_of: String,
    /// Whether the history goes back to its beginning: not in a shallow clone, nor without git.
    complete: bool,
    documents: Vec<JsonStanding>,
}

/// Where a document stands.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Standing")]
struct JsonStanding {
    /// Number, kind and version; the file name without `.md` where there is no number.
    document: String,
    /// Relative to the repository.
    path: String,
    title: Option<String>,
    /// Null where there is no valid one; so are `track` and `status`.
    r#type: Option<String>,
    track: Option<String>,
    status: Option<String>,
    /// `draft`, `upcoming`, `effective`, `deprecated` or `rejected` on the day; null for a
    /// supplement.
    state: Option<&'static str>,
    /// The first day of the state, as far as anything tells.
    since: Option<String>,
    /// How many days ago that was; negative for days to come.
    days: Option<i32>,
    /// The day on which it goes out of effect, if that is told and still to come.
    until: Option<String>,
    /// The day of the last commit that changed the file.
    touched: Option<String>,
    waits_for: Vec<JsonWait>,
    /// The transitions of its status that are in the history of git, the oldest first.
    history: Vec<JsonTransition>,
}

/// What a document waits for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Wait")]
struct JsonWait {
    what: String,
    /// The arguments of `scs-doc` that bring it about.
    run: Option<String>,
}

/// Another status of a document.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Transition")]
pub(crate) struct JsonTransition {
    /// The day of the commit.
    date: String,
    /// Null for what is not committed yet.
    commit: Option<String>,
    /// As they are written; null for none. A document comes from null.
    from: Option<String>,
    to: Option<String>,
}

impl Json {
    pub(super) fn of(overview: &Overview<'_>) -> Json {
        let standing = |it| JsonStanding::of(it, overview.as_of);
        Json {
            schema: 1,
            as_of: overview.as_of.to_string(),
            complete: overview.reach == Reach::Complete,
            documents: overview.standings.iter().map(standing).collect(),
        }
    }
}

impl JsonStanding {
    fn of(it: &Standing<'_>, as_of: Date) -> JsonStanding {
        let meta = &it.document.meta;
        let text = |date: Option<Date>| date.map(|date| date.to_string());
        JsonStanding {
            document: it.document.label(),
            path: it.document.path.clone(),
            title: meta.title.clone(),
            r#type: meta.doc_type.map(|it| it.to_string()),
            track: meta.track.map(|it| it.to_string()),
            status: meta.status.map(|it| it.to_string()),
            state: it.state.map(State::name),
            since: text(it.since),
            days: it.since.map(|since| since.days_until(as_of)),
            until: text(it.until),
            touched: text(it.life.touched),
            waits_for: it.waits_for.iter().map(JsonWait::of).collect(),
            history: it.life.events.iter().filter_map(JsonTransition::of).collect(),
        }
    }
}

impl JsonWait {
    fn of(wait: &Wait) -> JsonWait {
        JsonWait { what: wait.what.clone(), run: wait.run.clone() }
    }
}

impl JsonTransition {
    pub(crate) fn of(event: &Event) -> Option<JsonTransition> {
        let (from, to) = match &event.what {
            Happening::Added(status) => (None, status.clone()),
            Happening::Status(from, to) => (from.clone(), to.clone()),
            Happening::Renamed(_) => return None,
        };
        Some(JsonTransition {
            date: event.date.to_string(),
            commit: event.commit.clone(),
            from,
            to,
        })
    }
}
