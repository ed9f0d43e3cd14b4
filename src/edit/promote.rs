//! A document takes a step along the lattice of statuses (scs-0001, *Process*).

use super::{Change, Changes, FieldError, Fields};
use crate::corpus::Corpus;
use crate::document::{Document, Reference};
use crate::model::lifecycle::TRANSITIONS;
use crate::model::{Date, Status};
use crate::text::{MOST_NAMED, any_of, some_of};

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
    /// There is no number yet.
    #[error("{label} has no number yet: give it one first with `scs-doc assign {file}`")]
    NoNumber {
        /// The document.
        label: String,
        /// Its file name.
        file: String,
    },
    /// Another version of the number is Stable, or a document that is replaced does not say so.
    #[error("{label} cannot become Stable {obstacle}: {way_out}")]
    NotAlone {
        /// The document.
        label: String,
        /// What stands in the way.
        obstacle: String,
        /// What to do about it.
        way_out: String,
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
        match self {
            StepError::NoStep { .. } | StepError::NoNumber { .. } | StepError::NotAlone { .. } => {
                true
            }
            StepError::NoStatus { .. } | StepError::Unfit(_) | StepError::Field(_) => false,
        }
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
    let named = step.replaced_by.iter().filter_map(|file| corpus.find(file));
    if let Some(other) = named.into_iter().find(|it| !it.is_primary()) {
        return unfit(&format!("{} is a supplement, which replaces nothing", other.label()));
    }
    let mut changes = Changes::default();
    if to == Status::Stable {
        if document.placeholder().is_some() {
            let (label, file) = (document.label(), document.file_name().to_owned());
            return Err(StepError::NoNumber { label, file });
        }
        no_later_version(corpus, document)?;
        let predecessors = predecessors(corpus, document);
        if !step.with_predecessor {
            alone(document, &predecessors)?;
        }
        let mut fields = advanced(document, to, step.date)?;
        let by = [document.file_name().to_owned()];
        let predecessors = predecessors.iter().filter(|_| step.with_predecessor);
        let mut replaces = files(&document.meta.replaces);
        let mut others = Changes::default();
        for predecessor in predecessors {
            let to = match predecessor.meta.status {
                Some(Status::Stable) => Status::Deprecated,
                Some(status) => status,
                None => continue,
            };
            // The next version of a document that says nothing else replaces it.
            if to == Status::Deprecated && !replaces.iter().any(|it| it == predecessor.file_name())
            {
                replaces.push(predecessor.file_name().to_owned());
            }
            let mut fields = advanced(predecessor, to, step.date)?;
            list_replacements(&mut fields, predecessor, to, &by)?;
            others.push(change(predecessor, fields));
        }
        if replaces.len() > document.meta.replaces.len() {
            fields.set_list("replaces", &replaces, "stabilized_at")?;
        }
        changes.push(change(document, fields));
        others.iter().for_each(|it| changes.push(it.clone()));
    } else {
        let given = step.replaced_by.clone();
        let by = if given.is_empty() { unlisted(corpus, document) } else { given };
        let mut fields = advanced(document, to, step.date)?;
        list_replacements(&mut fields, document, to, &by)?;
        changes.push(change(document, fields));
    }
    if changes.is_empty() {
        // Where nothing changes, it has that status already.
        return Err(no_step(document, to, corpus.as_of, "there is nothing to do".to_owned()));
    }
    Ok(changes)
}

/// The file names of the documents that `replaced_by` of one lacks.
fn unlisted(corpus: &Corpus, document: &Document) -> Vec<String> {
    let unlisted = corpus.unlisted_replacements(document).into_iter();
    unlisted.map(|it| it.file_name().to_owned()).collect()
}

fn files(references: &[Reference]) -> Vec<String> {
    references.iter().map(|reference| reference.file.clone()).collect()
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
                let status = field.value.span.of(document.text());
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
    let no_step = |way_out| Err(no_step(document, from, as_of, way_out));
    match to {
        _ if next.is_empty() => no_step("from there no step leads on".to_owned()),
        None if from == Status::Draft => Ok(Status::Stable),
        None => no_step(format!("say which step it takes with {}", any_of(&next))),
        // Where it has that status already, only references can be missing.
        Some(to) if from.step_to(to).is_some() || to == from => Ok(to),
        Some(to) => {
            no_step(format!("it cannot become {to}; the steps from there are {}", any_of(&next)))
        }
    }
}

fn no_step(document: &Document, from: Status, as_of: Date, way_out: String) -> StepError {
    let since = from.date_field().and_then(|key| document.meta.date(key));
    let since = since.map(|date| match date > as_of {
        true => format!(" from {date} on"),
        false => format!(" since {date}"),
    });
    StepError::NoStep { label: document.label(), from, since: since.unwrap_or_default(), way_out }
}

/// An earlier version does not take the place of a later one.
fn no_later_version(corpus: &Corpus, document: &Document) -> Result<(), StepError> {
    let Some(later) = corpus.later_stable(document) else { return Ok(()) };
    let label = document.label();
    let way_out = format!("reject it with `scs-doc promote {label} --to rejected`");
    let obstacle = format!("beside the later version {}, which is", later.label());
    Err(StepError::NotAlone { label, obstacle, way_out })
}

/// Each number has one Stable version, and what is out of use says what replaced it.
fn alone(document: &Document, predecessors: &[&Document]) -> Result<(), StepError> {
    let number = |it: &Document| it.id().map(|id| id.number);
    let is_version = |it: &&&Document| number(it) == number(document);
    let stable = |it: &&&Document| it.meta.status == Some(Status::Stable);
    let labels = |of: &[&&Document]| {
        let labels: Vec<String> = of.iter().map(|it| it.label()).collect();
        some_of(&labels, MOST_NAMED)
    };
    let versions: Vec<_> = predecessors.iter().filter(is_version).filter(stable).collect();
    let silent: Vec<_> = predecessors.iter().filter(|it| !stable(it)).collect();
    let label = document.label();
    let go = "in the same go with --with-predecessor".to_owned();
    if let Some(first) = versions.first() {
        let is = if versions.len() == 1 { "is" } else { "are" };
        let obstacle = format!("while {} {is}", labels(&versions));
        let way_out = format!(
            "deprecate it {go}, or before, from a later day on: `scs-doc promote {} --to deprecated --date DATE --replaced-by {label}`",
            first.label()
        );
        return Err(StepError::NotAlone { label, obstacle, way_out });
    }
    if !silent.is_empty() {
        let obstacle = format!("as long as `replaced_by` of {} lacks it", labels(&silent));
        return Err(StepError::NotAlone { label, obstacle, way_out: format!("list it {go}") });
    }
    Ok(())
}

/// What a document takes the place of and has to say so: what is Stable, and what is out of use
/// without naming it.
fn predecessors<'c>(corpus: &'c Corpus, document: &'c Document) -> Vec<&'c Document> {
    let lacks_it = |other: &Document| {
        let lacking = corpus.unlisted_replacements_with(other, Some(document));
        lacking.iter().any(|it| it.path == document.path)
    };
    let concerned = corpus.predecessors(document).filter(|other| match other.meta.status {
        Some(Status::Stable) => true,
        Some(Status::Deprecated | Status::Rejected) => lacks_it(other),
        Some(Status::Draft) | None => false,
    });
    concerned.collect()
}

/// A front matter with another status, and its date directly below. Where the status stays, so
/// does the date.
fn advanced(document: &Document, to: Status, date: Date) -> Result<Fields, StepError> {
    let mut fields = Fields::of(document)?;
    if let Some(key) = to.date_field().filter(|_| document.meta.status != Some(to)) {
        fields.set("status", &to.to_string(), "type")?;
        fields.set(key, &date.to_string(), "status")?;
    }
    Ok(fields)
}

/// Adds to `replaced_by` what is not there yet.
fn list_replacements(
    fields: &mut Fields,
    document: &Document,
    status: Status,
    replaced_by: &[String],
) -> Result<(), StepError> {
    let mut all = files(&document.meta.replaced_by);
    let new = replaced_by
        .iter()
        .filter(|file| !document.meta.replaced_by.iter().any(|it| it.file == **file));
    all.extend(new.cloned());
    if all.len() > document.meta.replaced_by.len() {
        fields.set_list("replaced_by", &all, status.date_field().unwrap_or("status"))?;
    }
    Ok(())
}

fn change(document: &Document, fields: Fields) -> Change {
    Change {
        path: document.path.clone(),
        from: None,
        before: Some(document.text().to_owned()),
        after: fields.into_text(),
    }
}
