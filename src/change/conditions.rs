//! What scs-0001 asks for before a document gets another status, and what is known of it.

use super::steps::deprecate;
use super::{Approval, Change, Operation};
use crate::corpus::Automated;
use crate::document::Document;
use crate::model::{Date, Status, Track};
use crate::text::{MOST_NAMED, some_of};

/// One condition of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What has to be so.
    pub what: String,
    /// Whether it is.
    pub state: Fulfilment,
    /// What to do about it where it is not; none where a rule says so already.
    pub ask: Option<String>,
}

/// Whether a condition is fulfilled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fulfilment {
    /// It is; with how that is known.
    Fulfilled(String),
    /// It is not; with what is missing.
    Missing(String),
    /// A person has to say.
    Undecided,
}

use Fulfilment::{Fulfilled, Missing, Undecided};

impl Condition {
    fn new(what: impl Into<String>, state: Fulfilment) -> Condition {
        Condition { what: what.into(), state, ask: None }
    }

    fn ask(self, ask: String) -> Condition {
        Condition { ask: Some(ask), ..self }
    }
}

impl Change {
    /// The conditions of the step that a document takes, in the order in which they come about;
    /// none where the status stays or the process does not know the step.
    #[must_use]
    pub fn conditions(&self, operation: &Operation) -> Vec<Condition> {
        let (Some(document), Some(to)) = (operation.after(), operation.new_status()) else {
            return Vec::new();
        };
        if operation.step().is_some_and(|(from, to)| from.step_to(to).is_none()) {
            return Vec::new();
        }
        let mut conditions = Vec::new();
        match to {
            Status::Draft => {}
            Status::Stable => {
                conditions.extend(self.on_tests(document));
                conditions.push(self.alone(document));
                conditions.extend(self.no_later(document));
            }
            Status::Deprecated => {
                conditions.push(self.announced(document));
                conditions.push(self.replacement(document));
            }
            Status::Rejected => conditions.push(self.replacement(document)),
        }
        conditions.extend(date(document, to, self.head.as_of));
        conditions.extend(self.approval(operation));
        conditions.push(decision(document, to));
        conditions
    }

    fn on_tests(&self, document: &Document) -> Vec<Condition> {
        let Some(tested) = self.head.tested(document, &self.tests) else { return Vec::new() };
        let label = document.label();
        let described = tested.described.map_or_else(
            || Missing("neither it nor a supplement has a section about them".to_owned()),
            |(at, heading)| Fulfilled(format!("section {} of {}", heading.text, at.label())),
        );
        let described = Condition::new("its tests are described", described)
            .ask(format!("describe the tests for {label}, in it or in a supplement"));
        let automated = match tested.automated {
            Automated::NotNeeded => return vec![described],
            Automated::In(file) => Fulfilled(format!("`{file}` names a test case for its number")),
            Automated::Missing => Missing("no manifest names a test case for it".to_owned()),
        };
        vec![
            Condition::new("its tests are automated", automated)
                .ask(format!("write automated tests for {label}, and name them in a manifest")),
            described,
            Condition::new("its tests work with the reference implementation", Undecided).ask(
                format!("show that the tests for {label} work with the reference implementation"),
            ),
        ]
    }

    /// What a document takes the place of is out of use.
    fn alone(&self, document: &Document) -> Condition {
        let (mut stable, mut deprecated) = (Vec::new(), Vec::new());
        for it in self.head.predecessors(document) {
            let becomes = |it: &Document| {
                let mut operations = self.operations.iter();
                operations.any(|operation| {
                    operation.becomes(Status::Deprecated) && operation.document().path == it.path
                })
            };
            match it.meta.status {
                Some(Status::Stable) => stable.push(it.label()),
                Some(Status::Deprecated) if becomes(it) => deprecated.push(it.label()),
                _ => {}
            }
        }
        let what = "what it takes the place of is not Stable any more";
        if !stable.is_empty() {
            let stable = some_of(&stable, MOST_NAMED);
            return Condition::new(what, Missing(format!("{stable} is"))).ask(deprecate(&stable));
        }
        let known = match deprecated.as_slice() {
            [] => "nothing else is Stable".to_owned(),
            several => {
                format!("{} becomes Deprecated along with it", some_of(several, MOST_NAMED))
            }
        };
        Condition::new(what, Fulfilled(known))
    }

    fn no_later(&self, document: &Document) -> Option<Condition> {
        let later = self.head.later_stable(document)?.label();
        let what = "no later version of it is Stable";
        Some(Condition::new(what, Missing(format!("{later} is"))))
    }

    fn announced(&self, document: &Document) -> Condition {
        let state = match document.meta.deprecated_at {
            Some(date) if date > self.head.as_of => {
                Fulfilled(format!("it is in effect until {date}"))
            }
            Some(date) => Missing(format!("`deprecated_at` is {date}, not a day to come")),
            None => Missing("there is no `deprecated_at`".to_owned()),
        };
        Condition::new("it is announced ahead", state)
    }

    fn replacement(&self, document: &Document) -> Condition {
        let label_of =
            |file: &str| self.head.find(file).map_or_else(|| file.to_owned(), Document::label);
        let listed: Vec<String> =
            document.meta.replaced_by.iter().map(|it| label_of(&it.file)).collect();
        let unlisted: Vec<String> =
            self.head.unlisted_replacements(document).into_iter().map(Document::label).collect();
        let state = if !unlisted.is_empty() {
            Missing(format!("it lacks {}", some_of(&unlisted, MOST_NAMED)))
        } else if listed.is_empty() {
            Fulfilled("nothing says that it replaces it".to_owned())
        } else {
            Fulfilled(some_of(&listed, MOST_NAMED))
        };
        Condition::new("`replaced_by` lists what replaces it", state)
    }

    /// The approval that documents of the Global track need.
    fn approval(&self, operation: &Operation) -> Option<Condition> {
        let approvals = self.forum_approvals();
        let given = approvals.iter().flatten().find(|(_, it)| *it == Approval::Given);
        let state = match (given, &approvals) {
            (Some((login, _)), _) => Fulfilled(format!("{login} did")),
            (None, Some(_)) => Missing("nobody did yet".to_owned()),
            (None, None) => Undecided,
        };
        let what = "a representative of the Forum SCS-Standards approves it";
        operation.is_of(Track::Global).then(|| Condition::new(what, state))
    }
}

fn decision(document: &Document, to: Status) -> Condition {
    let group = document.meta.track.map_or("the group of its track", Track::decided_by);
    Condition::new(format!("loose consensus of {group}"), Undecided)
        .ask(format!("have {group} decide that {} becomes {to}", document.label()))
}

fn date(document: &Document, to: Status, as_of: Date) -> Option<Condition> {
    let key = to.date_field()?;
    let state = match document.meta.date(key) {
        None => Missing("it does not".to_owned()),
        Some(date) if date > as_of && to == Status::Rejected => {
            Missing(format!("{date} is a day to come, but what is rejected is so at once"))
        }
        Some(date) if date > as_of && to == Status::Stable => {
            Fulfilled(format!("{date}, a day to come: it is not in effect before"))
        }
        Some(date) => Fulfilled(date.to_string()),
    };
    Some(Condition::new(format!("`{key}` says from when on"), state))
}
