//! Where every document stands, since when, and what it waits for.

mod chronicle;
mod json;
mod view;

use crate::corpus::{Corpus, TestCases};
use crate::document::Document;
use crate::model::{Date, DocType, State, Status, Track, Vocabulary as _};
use crate::text::some_of;

pub use chronicle::{Chronicle, Event, Happening, Life, written_status};
pub use json::Json;
pub use view::Format;

/// How many days ahead a date is told.
const SOON: i32 = 30;

/// How many documents a line names one by one.
const MOST_NAMED: usize = 3;

/// Where a document stands on a day.
#[derive(Debug)]
pub struct Standing<'c> {
    /// The document.
    pub document: &'c Document,
    /// Its state; none for a supplement, and where the status is not valid.
    pub state: Option<State>,
    /// The day since which it is in that state; none where nothing tells.
    pub since: Option<Date>,
    /// What it waits for.
    pub waits_for: Vec<Wait>,
    /// What its history tells; nothing for a file that is not in git.
    pub life: Life,
}

/// What a document waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// In words.
    pub what: String,
    /// The arguments of `scs-doc` that bring it about, where that is all there is to do.
    pub run: Option<String>,
}

impl Wait {
    fn new(what: impl Into<String>) -> Wait {
        Wait { what: what.into(), run: None }
    }

    fn run(self, arguments: String) -> Wait {
        Wait { run: Some(arguments), ..self }
    }
}

/// Where all documents stand.
#[derive(Debug)]
pub struct Overview<'c> {
    /// The day.
    pub as_of: Date,
    /// The documents in the order of their paths.
    pub standings: Vec<Standing<'c>>,
    /// Whether history goes back to its beginning; none without git.
    pub complete: Option<bool>,
    /// If only drafts are left that nobody touched for so many days: how many.
    pub stale: Option<i32>,
}

impl<'c> Overview<'c> {
    /// Looks at all documents. `tests` are the test cases of the manifests, `chronicle` is the
    /// history of the repository, if it has one.
    #[must_use]
    pub fn of(corpus: &'c Corpus, tests: &TestCases, chronicle: Option<&Chronicle>) -> Self {
        let standing = |document: &'c Document| {
            let life = chronicle.and_then(|it| it.life(document.file_name()));
            standing(corpus, tests, document, life.cloned().unwrap_or_default())
        };
        Overview {
            as_of: corpus.as_of,
            standings: corpus.documents.iter().map(|it| standing(it)).collect(),
            complete: chronicle.map(|it| it.complete),
            stale: None,
        }
    }

    /// Keeps the drafts that nobody touched for so many days.
    pub fn keep_stale(&mut self, days: i32) {
        self.stale = Some(days);
        let as_of = self.as_of;
        self.standings.retain(|it| {
            let untouched = it.life.touched.map(|touched| touched.days_until(as_of));
            it.state == Some(State::Draft) && untouched.is_some_and(|untouched| untouched >= days)
        });
    }

    /// The documents by track, those without a valid one last.
    fn by_track(&self) -> Vec<(Option<Track>, Vec<&Standing<'c>>)> {
        let tracks = Track::ALL.iter().copied().map(Some).chain([None]);
        let of = |track| self.standings.iter().filter(move |it| it.document.meta.track == track);
        let groups = tracks.map(|track| (track, of(track).collect::<Vec<_>>()));
        groups.filter(|(_, standings)| !standings.is_empty()).collect()
    }

    /// How many documents are in each state, which is none for supplements.
    fn counts(&self) -> Vec<(&'static str, usize)> {
        let states =
            [State::Effective, State::Upcoming, State::Draft, State::Deprecated, State::Rejected];
        let names = states.map(State::name).into_iter().chain([SUPPLEMENT, UNKNOWN]);
        let count = |name| self.standings.iter().filter(|it| it.state_name() == name).count();
        names.map(|name| (name, count(name))).filter(|(_, count)| *count > 0).collect()
    }
}

/// What stands for the state of a supplement.
const SUPPLEMENT: &str = "supplement";

/// What stands for the state where the status is not valid.
const UNKNOWN: &str = "unknown";

impl Standing<'_> {
    /// The state in one word.
    fn state_name(&self) -> &'static str {
        match self.state {
            Some(state) => state.name(),
            None if self.document.is_primary() => UNKNOWN,
            None => SUPPLEMENT,
        }
    }
}

fn standing<'c>(
    corpus: &'c Corpus,
    tests: &TestCases,
    document: &'c Document,
    mut life: Life,
) -> Standing<'c> {
    let meta = &document.meta;
    let status = meta.status.filter(|_| document.is_primary());
    let as_of = corpus.as_of;
    let state = status.map(|it| it.state_on(as_of, meta.stabilized_at, meta.deprecated_at));
    uncommitted(document, as_of, &mut life);
    let since = match state {
        Some(State::Effective | State::Upcoming) => meta.stabilized_at,
        Some(State::Deprecated) => meta.deprecated_at,
        Some(State::Rejected) => meta.rejected_at,
        Some(State::Draft) => life.since(),
        None => None,
    };
    let waits_for = waits_for(corpus, tests, document, state);
    Standing { document, state, since, waits_for, life }
}

fn waits_for(
    corpus: &Corpus,
    tests: &TestCases,
    document: &Document,
    state: Option<State>,
) -> Vec<Wait> {
    let mut waits = Vec::new();
    if document.placeholder().is_some() {
        waits.push(Wait::new("a number").run(format!("assign {}", document.file_name())));
    }
    match document.meta.status.filter(|_| document.is_primary()) {
        None if document.is_primary() => waits.push(Wait::new("a valid status")),
        None => {}
        Some(Status::Draft) => of_draft(corpus, tests, document, &mut waits),
        Some(Status::Stable) => of_stable(corpus, document, &mut waits),
        Some(Status::Deprecated | Status::Rejected) => {
            let missing = corpus.unlisted_replacements(document);
            let missing: Vec<String> = missing.into_iter().map(Document::label).collect();
            if !missing.is_empty() {
                let missing = some_of(&missing, MOST_NAMED);
                waits.push(Wait::new(format!("{missing} in `replaced_by`")));
            }
        }
    }
    waits.extend(date_to_come(document, state, corpus.as_of).map(Wait::new));
    waits
}

/// A status that is not committed yet is the newest event.
fn uncommitted(document: &Document, as_of: Date, life: &mut Life) {
    let now = written_status(&document.text);
    let committed = life.events.iter().rev().find_map(|event| match &event.what {
        Happening::Added(status) | Happening::Status(_, status) => Some(status.clone()),
        Happening::Renamed(_) => None,
    });
    if let Some(committed) = committed.filter(|it| *it != now) {
        let what = Happening::Status(committed, now);
        life.events.push(Event { date: as_of, commit: None, what });
        life.touched = Some(as_of);
    }
}

fn of_draft(corpus: &Corpus, tests: &TestCases, document: &Document, waits: &mut Vec<Wait>) {
    if document.is_a(DocType::Standard) {
        let number = document.id().map(|id| id.number);
        let tested = number.is_some_and(|number| tests.manifest_for(number).is_some());
        if document.has_test_cases() && !tested {
            waits.push(Wait::new("automated tests that a manifest names"));
        }
        if corpus.tests_of(document).is_none() {
            waits.push(Wait::new("a description of its tests"));
        }
    }
    if waits.is_empty() {
        let alone = stable_predecessors(corpus, document).is_empty();
        let with = if alone { "" } else { " --with-predecessor" };
        let group = document.meta.track.map_or("the group of its track", Track::decided_by);
        let decision = Wait::new(format!("a decision of {group}"));
        waits.push(decision.run(format!("promote {}{with}", document.label())));
    }
}

fn of_stable(corpus: &Corpus, document: &Document, waits: &mut Vec<Wait>) {
    for predecessor in stable_predecessors(corpus, document) {
        let label = predecessor.label();
        let wait = Wait::new(format!("{label}, which is Stable too, to be deprecated"));
        waits.push(wait.run(format!("promote {label} --to deprecated")));
    }
}

/// The earlier versions that are Stable.
fn stable_predecessors<'c>(corpus: &'c Corpus, document: &Document) -> Vec<&'c Document> {
    let Some(id) = document.id() else { return Vec::new() };
    let versions = corpus.versions(id.number, id.kind);
    let earlier = versions.filter(|(other, _)| other.version < id.version).map(|(_, it)| it);
    earlier.filter(|it| it.meta.status == Some(Status::Stable)).collect()
}

/// A date of the coming days on which a document comes into effect, or goes out of it.
fn date_to_come(document: &Document, state: Option<State>, as_of: Date) -> Option<String> {
    let (date, what) = match state? {
        State::Upcoming => (document.meta.stabilized_at?, "comes into effect then"),
        State::Effective => (document.meta.deprecated_at?, "goes out of effect then"),
        State::Draft | State::Deprecated | State::Rejected => return None,
    };
    let days = as_of.days_until(date);
    let when = if days == 1 { "tomorrow".to_owned() } else { format!("in {days} days") };
    (1..=SOON).contains(&days).then(|| format!("{date} ({when}): it {what}"))
}
