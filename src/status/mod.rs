//! Where every document stands, since when, and what it waits for.

mod chronicle;
mod json;
mod view;

use std::collections::HashMap;

use crate::corpus::{Automated, Corpus, TestCases};
use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::model::{Date, State, Status, Track, Vocabulary as _};
use crate::text::{MOST_NAMED, counted, some_of};

pub(crate) use chronicle::NO_STATUS;
pub use chronicle::{Chronicle, Event, Happening, Life};
pub use json::Json;
pub(crate) use json::JsonTransition;
pub use view::{Format, Look};

/// How many days ahead a date is told.
const SOON: i32 = 30;

/// Where a document stands on a day.
#[derive(Debug)]
pub struct Standing<'c> {
    /// The document.
    pub document: &'c Document,
    /// Its state; none for a supplement, and where the status is not valid.
    pub state: Option<State>,
    /// The day since which it is in that state; none where nothing tells.
    pub since: Option<Date>,
    /// The day from which on it is not in effect any more, if that is told and still to come.
    pub until: Option<Date>,
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

/// How far a history goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To its beginning.
    Complete,
    /// To where a shallow clone is cut off.
    Shallow,
    /// There is none.
    NoGit,
}

/// Where all documents stand.
#[derive(Debug)]
pub struct Overview<'c> {
    /// The day.
    pub as_of: Date,
    /// The documents in the order of their paths.
    pub standings: Vec<Standing<'c>>,
    /// Whether documents were asked for one by one.
    pub in_full: bool,
    /// How far history goes back.
    pub reach: Reach,
    /// If only drafts are left that nobody touched for so many days: how many.
    pub stale: Option<i32>,
}

impl<'c> Overview<'c> {
    /// Looks at all documents. `tests` are the test cases of the manifests, `findings` what the
    /// rules say, `chronicle` is the history of the repository, if it has one.
    #[must_use]
    pub fn of(
        corpus: &'c Corpus,
        tests: &'c TestCases,
        findings: &'c [Finding],
        chronicle: Option<&Chronicle>,
    ) -> Self {
        let mut errors: HashMap<&str, usize> = HashMap::new();
        for finding in findings.iter().filter(|it| it.level == Level::Error) {
            *errors.entry(&finding.path).or_default() += 1;
        }
        let known = Known { corpus, tests, errors };
        let standing = |document: &'c Document| {
            let life = chronicle.and_then(|it| it.life(&document.path));
            known.standing(document, life.cloned().unwrap_or_default())
        };
        Overview {
            as_of: corpus.as_of,
            standings: corpus.documents.iter().map(|it| standing(it)).collect(),
            in_full: false,
            reach: match chronicle {
                Some(chronicle) if chronicle.complete => Reach::Complete,
                Some(_) => Reach::Shallow,
                None => Reach::NoGit,
            },
            stale: None,
        }
    }

    /// Keeps some documents, and tells them in full.
    pub fn keep(&mut self, wanted: &[&Document]) {
        self.in_full = true;
        self.standings.retain(|it| wanted.iter().any(|wanted| wanted.path == it.document.path));
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

/// What is known of the documents.
struct Known<'c> {
    corpus: &'c Corpus,
    tests: &'c TestCases,
    /// How many errors are found in a file.
    errors: HashMap<&'c str, usize>,
}

impl<'c> Known<'c> {
    fn standing(&self, document: &'c Document, life: Life) -> Standing<'c> {
        let meta = &document.meta;
        let state = document.state_on(self.corpus.as_of);
        let since = match state {
            Some(State::Effective | State::Upcoming) => meta.stabilized_at,
            Some(State::Deprecated) => meta.deprecated_at,
            Some(State::Rejected) => meta.rejected_at,
            Some(State::Draft) => life.since(),
            None => None,
        };
        let until = meta.deprecated_at.filter(|_| state == Some(State::Effective));
        let waits_for = self.waits(document, state);
        Standing { document, state, since, until, waits_for, life }
    }

    fn waits(&self, document: &Document, state: Option<State>) -> Vec<Wait> {
        let mut waits = Vec::new();
        if document.placeholder().is_some() {
            waits.push(Wait::new("a number").run(format!("assign {}", document.file_name())));
        }
        match document.meta.status.filter(|_| document.is_primary()) {
            None if document.is_primary() => waits.push(Wait::new("a valid status")),
            None => {}
            Some(Status::Draft) => self.of_draft(document, &mut waits),
            Some(Status::Stable) => self.of_stable(document, &mut waits),
            Some(status @ (Status::Deprecated | Status::Rejected)) => {
                let missing = self.corpus.unlisted_replacements(document);
                let missing: Vec<String> = missing.into_iter().map(Document::label).collect();
                if !missing.is_empty() {
                    let missing = some_of(&missing, MOST_NAMED);
                    let wait = Wait::new(format!("{missing} in `replaced_by`"));
                    let to = status.to_string().to_lowercase();
                    waits.push(wait.run(format!("promote {} --to {to}", document.label())));
                }
            }
        }
        waits.extend(date_to_come(document, state, self.corpus.as_of).map(Wait::new));
        waits
    }

    fn of_draft(&self, document: &Document, waits: &mut Vec<Wait>) {
        let label = document.label();
        if let Some(later) = self.corpus.later_stable(document) {
            let wait = Wait::new(format!("its rejection, since {} is Stable", later.label()));
            waits.push(wait.run(format!("promote {label} --to rejected")));
            return;
        }
        if let Some(count) = self.errors.get(document.path.as_str()) {
            let wait = Wait::new(format!("a repair of {}", counted(*count, "error")));
            waits.push(wait.run(format!("check {}", document.path)));
        }
        if let Some(tested) = self.corpus.tested(document, self.tests) {
            if tested.automated == Automated::Missing {
                waits.push(Wait::new("automated tests that a manifest names"));
            }
            if tested.described.is_none() {
                waits.push(Wait::new("a description of its tests"));
            }
        }
        if waits.is_empty() {
            let alone = self.stable_predecessors(document).next().is_none();
            let with = if alone { "" } else { " --with-predecessor" };
            let group = document.meta.track.map_or("the group of its track", Track::decided_by);
            let decision = Wait::new(format!("a decision of {group}"));
            waits.push(decision.run(format!("promote {label}{with}")));
        }
    }

    fn of_stable(&self, document: &Document, waits: &mut Vec<Wait>) {
        for predecessor in self.stable_predecessors(document) {
            let label = predecessor.label();
            let wait = Wait::new(format!("{label}, which is Stable too, to be deprecated"));
            // Nothing is in effect between the two otherwise.
            let date = document.meta.stabilized_at.filter(|date| *date > self.corpus.as_of);
            let date = date.map(|date| format!(" --date {date}")).unwrap_or_default();
            waits.push(wait.run(format!("promote {label} --to deprecated{date}")));
        }
    }

    /// What a document takes the place of although it is Stable.
    fn stable_predecessors<'d>(
        &'d self,
        document: &'d Document,
    ) -> impl Iterator<Item = &'d Document> {
        let predecessors = self.corpus.predecessors(document);
        predecessors.filter(|it| it.meta.status == Some(Status::Stable))
    }
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
