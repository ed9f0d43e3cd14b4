//! A proposal gets its number (scs-0001, *Proposal of a new document*).

use std::collections::BTreeSet;

use super::Changes;
use super::references::{Renames, RewriteError, rewrite};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::model::{DocId, DocName, Kind, Number, Track};
use crate::source::Snapshot;
use crate::text::{MOST_NAMED, some_of};

/// A document that somebody else has, elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its file name.
    pub name: DocName,
    /// Who has it: a branch, or a pull request.
    pub who: String,
}

/// A proposal with its number.
#[derive(Debug)]
pub struct Assigned {
    /// The files that get other names, and those that name them.
    pub changes: Changes,
    /// The number.
    pub number: u16,
    /// Numbers that were passed over, with who holds them.
    pub passed_over: Vec<String>,
    /// Places that still have the old name: `path:line:column`.
    pub left: Vec<String>,
}

/// Why a proposal gets no number.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// The document cannot have one.
    #[error("{label} {why}")]
    Unfit {
        /// The document.
        label: String,
        /// Why not, and what to do instead.
        why: String,
    },
    /// The number is somebody else's, or of another track.
    #[error("{number:04} {why}")]
    Number {
        /// The number.
        number: u16,
        /// Why it cannot be taken.
        why: String,
    },
    /// References could not be rewritten.
    #[error(transparent)]
    Rewrite(#[from] RewriteError),
}

impl AssignError {
    /// Whether it is a condition of scs-0001 that is not fulfilled.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        matches!(self, AssignError::Number { .. })
    }
}

/// Gives a proposal and its supplements a number, and every reference to them their new names. The
/// number is the one that is asked for, or the next of the track that nobody holds.
///
/// # Errors
/// The document has a number or no track, the number is taken or of another track, or a reference
/// cannot be rewritten.
pub fn assign(
    snapshot: &Snapshot,
    corpus: &Corpus,
    config: &Config,
    document: &Document,
    wanted: Option<u16>,
    held: &[Holder],
) -> Result<Assigned, AssignError> {
    let unfit = |why: String| AssignError::Unfit { label: document.label(), why };
    let Ok(name) = &document.name else {
        return Err(unfit("has a file name that cannot be read".to_owned()));
    };
    let Number::Placeholder(placeholder) = &name.number else {
        return Err(unfit("has a number already, and keeps it".to_owned()));
    };
    let mut passed_over = Vec::new();
    let number = match document.kind() {
        Kind::Supplement => number_of_target(corpus, document, wanted)?,
        Kind::Primary => {
            let track = document.meta.track.ok_or_else(|| {
                unfit("has no valid `track`, which the number depends on: add it first".to_owned())
            })?;
            match wanted {
                Some(number) => free(corpus, track, number, name, held)?,
                None => next(corpus, track, name, held, &mut passed_over).ok_or_else(|| {
                    unfit(format!("gets no number: all of the track {track} are given"))
                })?,
            }
        }
    };
    let own = corpus.supplementing(document).filter(|it| it.placeholder().is_some());
    let mut documents = Vec::new();
    let mut given: BTreeSet<DocId> = BTreeSet::new();
    for document in std::iter::once(document).chain(own) {
        let Ok(name) = &document.name else { continue };
        let id = id_of(corpus, number, name, held, &given)
            .ok_or_else(|| unfit("gets no number: it has no version left".to_owned()))?;
        given.insert(id);
        documents.push((document, format!("{id}-{}.md", name.slug)));
    }
    let is_other = |other: &Document| {
        other.placeholder().is_some_and(|it| it.eq_ignore_ascii_case(placeholder))
            && !documents.iter().any(|(own, _)| own.path == other.path)
    };
    let alone = !corpus.documents.iter().any(|other| is_other(other));
    let number_pair = (placeholder.clone(), format!("{number:04}"));
    let renames = Renames { documents, number: number_pair, alone };
    let rewritten = rewrite(snapshot, corpus, config, &renames)?;
    let mut changes = Changes::default();
    rewritten.changes.into_iter().for_each(|change| changes.push(change));
    Ok(Assigned { changes, number, passed_over, left: rewritten.left })
}

/// Who holds a number elsewhere. The same document under the same number is no other.
fn holders(number: u16, own: &DocName, held: &[Holder]) -> Vec<String> {
    let is_own = |name: &DocName| {
        (name.kind, name.version, &name.slug) == (own.kind, own.version, &own.slug)
    };
    let others = held.iter().filter(|it| it.name.number == Number::Assigned(number));
    let others = others.filter(|it| it.name.kind == Kind::Primary && !is_own(&it.name));
    others
        .map(|it| format!("{} (scs-{number:04}-v{}-{})", it.who, it.name.version, it.name.slug))
        .collect()
}

fn is_in(corpus: &Corpus, number: u16) -> Option<&Document> {
    let mut kinds = [Kind::Primary, Kind::Supplement].into_iter();
    kinds.find_map(|kind| corpus.versions(number, kind).next()).map(|(_, document)| document)
}

/// A number that is asked for, if nobody has it.
fn free(
    corpus: &Corpus,
    track: Track,
    number: u16,
    own: &DocName,
    held: &[Holder],
) -> Result<u16, AssignError> {
    let refused = |why: String| Err(AssignError::Number { number, why });
    if Number::Assigned(number).track_digit() != Some(track.digit()) {
        return refused(format!(
            "is no number of the track {track}: its second digit has to be {}",
            track.digit()
        ));
    }
    if let Some(other) = is_in(corpus, number) {
        return refused(format!("is taken by {}", other.file_name()));
    }
    match holders(number, own, held).as_slice() {
        [] => Ok(number),
        who => refused(format!("is held by {}", some_of(who, MOST_NAMED))),
    }
}

/// The next number of a track that nobody has.
fn next(
    corpus: &Corpus,
    track: Track,
    own: &DocName,
    held: &[Holder],
    passed_over: &mut Vec<String>,
) -> Option<u16> {
    let numbers = corpus.documents.iter().filter_map(|document| Some(document.id()?.number));
    let of_track = numbers.filter(|it| Number::Assigned(*it).track_digit() == Some(track.digit()));
    let mut number = track.number_after(of_track.max())?;
    loop {
        let who = holders(number, own, held);
        if who.is_empty() {
            return Some(number);
        }
        passed_over.push(format!("{number:04} is held by {}", some_of(&who, MOST_NAMED)));
        number = track.number_after(Some(number))?;
    }
}

/// The number of what a supplement extends.
fn number_of_target(
    corpus: &Corpus,
    supplement: &Document,
    wanted: Option<u16>,
) -> Result<u16, AssignError> {
    let unfit = |why: String| AssignError::Unfit { label: supplement.label(), why };
    let named = supplement.meta.supplements.iter();
    let targets: Vec<&Document> = named.filter_map(|it| corpus.find(&it.file)).collect();
    let numbers: BTreeSet<u16> = targets.iter().filter_map(|it| Some(it.id()?.number)).collect();
    let waiting = targets.iter().find(|it| it.placeholder().is_some());
    match (numbers.first(), numbers.len(), waiting) {
        (Some(number), 1, _) if wanted.is_none_or(|wanted| wanted == *number) => Ok(*number),
        (Some(number), 1, _) => Err(unfit(format!(
            "has the number of what it supplements, {number:04}: leave --number out"
        ))),
        (None, _, Some(target)) => Err(unfit(format!(
            "gets its number together with what it supplements: assign {}",
            target.label()
        ))),
        (None, ..) => {
            Err(unfit("supplements nothing that is there: correct `supplements` first".to_owned()))
        }
        (Some(_), ..) => Err(unfit(
            "supplements documents of several numbers: correct `supplements` first".to_owned(),
        )),
    }
}

/// What a document is called under its number. The version of a supplement is the next one, where
/// it is taken.
fn id_of(
    corpus: &Corpus,
    number: u16,
    name: &DocName,
    held: &[Holder],
    given: &BTreeSet<DocId>,
) -> Option<DocId> {
    let is_free = |id: &DocId| {
        let is_other = |other: &DocName| other.id() == Some(*id) && other.slug != name.slug;
        !given.contains(id)
            && corpus.with_id(*id).next().is_none()
            && !held.iter().any(|it| is_other(&it.name))
    };
    let id = |version| DocId { number, kind: name.kind, version };
    match name.kind {
        Kind::Primary => Some(id(name.version)),
        Kind::Supplement => (name.version..=u32::MAX).map(id).find(is_free),
    }
}
