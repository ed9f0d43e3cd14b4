//! A document takes a step along the lattice of statuses (scs-0001, *Process*).

use super::{Change, Changes, FieldError, Fields};
use crate::corpus::Corpus;
use crate::document::Document;
use crate::model::lifecycle::TRANSITIONS;
use crate::model::{Date, Status};
use crate::text::{any_of, some_of};

/// How many documents a sentence names one by one.
const MOST_NAMED: usize = 3;

/// A step of a document.
#[derive(Debug, Clone)]
pub struct Step {
    /// The status that it gets; none for Stable, where it is a Draft.
    pub to: Option<Status>,
    /// The day from which on it has that.
    pub date: Date,
    /// The file names of the documents that replace it; if there are none, those that say so.
    pub replaced_by: Vec<String>,
    /// Whether the versions that it replaces are deprecated along with it.
    pub with_predecessor: bool,
}

/// Why a document does not take a step.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// The process does not know the step.
    #[error("{label} is {from}{since}: {way_out}")]
    NoStep {
        /// The document.
        label: String,
        /// Its status.
        from: Status,
        /// ` since …`, or nothing.
        since: String,
        /// Which steps there are.
        way_out: String,
    },
    /// Another version of the number is Stable.
    #[error("{label} cannot become Stable while {others} is: {way_out}")]
    NotAlone {
        /// The document.
        label: String,
        /// The Stable versions.
        others: String,
        /// What to do about them.
        way_out: &'static str,
    },
    /// A document without status takes no steps.
    #[error("{label} {why}")]
    NoStatus {
        /// The document.
        label: String,
        /// Why it has none.
        why: String,
    },
    /// Something was asked for that does not go with the step.
    #[error("{0}")]
    Unfit(String),
    /// The front matter cannot be edited.
    #[error(transparent)]
    Field(#[from] FieldError),
}

impl StepError {
    /// Whether it is a condition of scs-0001 that is not fulfilled.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        matches!(self, StepError::NoStep { .. } | StepError::NotAlone { .. })
    }
}

/// The edits of a step: status, date directly below it, references; of the document and, if that is
/// wanted, of the versions that it replaces.
///
/// # Errors
/// The process does not know the step, another version would be Stable too, or the front matter
/// cannot be edited.
pub fn promote(corpus: &Corpus, document: &Document, step: &Step) -> Result<Changes, StepError> {
    let to = step_of(document, step.to, corpus.as_of)?;
    let unfit = |what: &str| Err(StepError::Unfit(what.to_owned()));
    if to != Status::Stable && step.with_predecessor {
        return unfit("--with-predecessor goes with a step to Stable only");
    }
    if to == Status::Stable && !step.replaced_by.is_empty() {
        return unfit("--replaced-by goes with --to deprecated and --to rejected only");
    }
    if step.replaced_by.iter().any(|file| file == document.file_name()) {
        return unfit("a document does not replace itself: name another one with --replaced-by");
    }
    let mut changes = Changes::default();
    if to == Status::Stable {
        alone(corpus, document, step.with_predecessor)?;
        changes.push(edited(document, to, step.date, &[])?);
        let predecessors = predecessors(corpus, document).filter(|_| step.with_predecessor);
        for predecessor in predecessors {
            let to = match predecessor.meta.status {
                Some(Status::Stable) => Status::Deprecated,
                Some(status) => status,
                None => continue,
            };
            let by = [document.file_name().to_owned()];
            changes.push(edited(predecessor, to, step.date, &by)?);
        }
    } else {
        let unlisted = corpus.unlisted_replacements(document).into_iter();
        let known = || unlisted.map(|it| it.file_name().to_owned()).collect();
        let given = step.replaced_by.clone();
        let by: Vec<String> = if given.is_empty() { known() } else { given };
        changes.push(edited(document, to, step.date, &by)?);
    }
    Ok(changes)
}

/// The status that a document gets.
fn step_of(document: &Document, to: Option<Status>, as_of: Date) -> Result<Status, StepError> {
    let label = document.label();
    if !document.is_primary() {
        let why = "is a supplement: it has no status and takes no steps".to_owned();
        return Err(StepError::NoStatus { label, why });
    }
    // What cannot be read has no status either, for another reason.
    let mut fields = Fields::of(document)?;
    let Some(from) = document.meta.status else {
        let why = match document.front.get("status") {
            Some(field) => {
                // A form that no line can tell comes before what it says.
                fields.set("status", "Draft", "status")?;
                let status = field.value.span.of(&document.text);
                format!("has the status `{status}`, which is none of scs-0001: correct it first")
            }
            None => "has no field `status`: add it first".to_owned(),
        };
        return Err(StepError::NoStatus { label, why });
    };
    let next: Vec<String> = TRANSITIONS
        .iter()
        .filter(|it| it.from == from)
        .map(|it| format!("--to {}", it.to.to_string().to_lowercase()))
        .collect();
    let since = from.date_field().and_then(|key| document.meta.date(key));
    let since = since.map(|date| match date > as_of {
        true => format!(" from {date} on"),
        false => format!(" since {date}"),
    });
    let since = since.unwrap_or_default();
    let no_step = |way_out| Err(StepError::NoStep { label, from, since, way_out });
    match to {
        _ if next.is_empty() => no_step("from there no step leads on".to_owned()),
        None if from == Status::Draft => Ok(Status::Stable),
        None => no_step(format!("say which step it takes with {}", any_of(&next))),
        Some(to) if from.step_to(to).is_some() => Ok(to),
        Some(to) if to == from => no_step("there is nothing to do".to_owned()),
        Some(to) => {
            no_step(format!("it cannot become {to}; the steps from there are {}", any_of(&next)))
        }
    }
}

/// Each number has one Stable version.
fn alone(corpus: &Corpus, document: &Document, with_predecessor: bool) -> Result<(), StepError> {
    let Some(id) = document.id() else { return Ok(()) };
    let stable = corpus.versions(id.number, id.kind).filter(|(_, other)| {
        other.path != document.path && other.meta.status == Some(Status::Stable)
    });
    let stable: Vec<_> = stable.collect();
    let later = stable.iter().any(|(other, _)| other.version >= id.version);
    if stable.is_empty() || (with_predecessor && !later) {
        return Ok(());
    }
    let labels: Vec<String> = stable.iter().map(|(_, other)| other.label()).collect();
    Err(StepError::NotAlone {
        label: document.label(),
        others: some_of(&labels, MOST_NAMED),
        way_out: match later {
            false => "deprecate it in the same go with --with-predecessor",
            true => "an earlier version does not take the place of a later one",
        },
    })
}

/// The documents that a document takes the place of: earlier versions and what it says it replaces,
/// as far as they are Stable, or out of use without naming it.
fn predecessors<'c>(
    corpus: &'c Corpus,
    document: &'c Document,
) -> impl Iterator<Item = &'c Document> {
    let is_named = |other: &Document| {
        document.meta.replaces.iter().any(|reference| reference.file == other.file_name())
    };
    let is_earlier = |other: &Document| {
        let ids = other.id().zip(document.id());
        ids.is_some_and(|(it, own)| it.number == own.number && it.version < own.version)
    };
    let names_it = |other: &Document| {
        other.meta.replaced_by.iter().any(|reference| reference.file == document.file_name())
    };
    let others = corpus.documents.iter().map(AsRef::as_ref);
    others.filter(move |other: &&Document| {
        let concerned = other.path != document.path && other.is_primary();
        concerned
            && match other.meta.status {
                Some(Status::Stable) => is_named(other) || is_earlier(other),
                Some(Status::Deprecated | Status::Rejected) => is_named(other) && !names_it(other),
                Some(Status::Draft) | None => false,
            }
    })
}

/// A document with another status, its date directly below, and its replacements. Where the status
/// stays, so does the date.
fn edited(
    document: &Document,
    to: Status,
    date: Date,
    replaced_by: &[String],
) -> Result<Change, StepError> {
    let mut fields = Fields::of(document)?;
    let mut below = "status";
    if let Some(key) = to.date_field() {
        if document.meta.status != Some(to) {
            fields.set("status", &to.to_string(), "type")?;
            fields.set(key, &date.to_string(), "status")?;
        }
        below = key;
    }
    if !replaced_by.is_empty() {
        let listed = document.meta.replaced_by.iter().map(|reference| reference.file.clone());
        let mut all: Vec<String> = listed.collect();
        for file in replaced_by {
            if !all.contains(file) {
                all.push(file.clone());
            }
        }
        fields.set_list("replaced_by", &all, below)?;
    }
    Ok(Change {
        path: document.path.clone(),
        from: None,
        before: Some(document.text.clone()),
        after: fields.into_text(),
    })
}
