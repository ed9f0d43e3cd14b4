//! Two states of a repository, compared: what happened to each document, and under which
//! circumstances.

mod context;
mod exemption;
mod kinds;
mod operation;
mod pairing;
mod sentences;
mod steps;

use std::collections::HashMap;

use crate::config::Config;
use crate::corpus::{Corpus, Shelf, TestCases};
use crate::document::Document;
use crate::model::{Date, DocId, Kind, Status, Track};
use crate::source::{BlobId, Range, Snapshot, SourceError};

pub use context::{Approval, Context, OpenPull, Review};
pub use exemption::Exemption;
pub use kinds::ChangeKind;
pub use operation::{FieldChange, FieldValue, Operation, OperationKind, Sides};
pub use sentences::{Said, TextChange};

/// At which point of its way a change is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// It is discussed.
    #[default]
    Proposal,
    /// It is about to be merged.
    Merge,
}

impl Stage {
    /// The name on the command line and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stage::Proposal => "proposal",
            Stage::Merge => "merge",
        }
    }
}

/// The configurations of a change: each side has its own.
#[derive(Debug, Clone, Default)]
pub struct Configs {
    /// That of the base: where its documents are.
    pub base: Config,
    /// That of the head: where its documents are, levels and exceptions.
    pub head: Config,
    /// That of the target as it is now: who approves. A change cannot appoint its own judge.
    pub target: Config,
}

/// What there is to know of a change besides its two states.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The day of the change.
    pub as_of: Date,
    /// The point on its way.
    pub stage: Stage,
    /// What the hosting service knows.
    pub context: Option<Context>,
}

/// A change: a base, a head, and what is different.
#[derive(Debug)]
pub struct Change {
    /// The documents where the head began.
    pub base: Corpus,
    /// The documents that are proposed.
    pub head: Corpus,
    /// The documents of the target as it is now, if it went on after the base.
    pub target: Option<Corpus>,
    /// What happened to each document, in the order of their paths.
    pub operations: Vec<Operation>,
    /// The test cases that the manifests of the head name, if a document becomes Stable.
    pub tests: TestCases,
    /// The point on its way.
    pub stage: Stage,
    /// What the hosting service knows.
    pub context: Option<Context>,
    /// What the community exempted it from.
    pub exemptions: Vec<Exemption>,
    /// The configurations of its sides.
    pub configs: Configs,
    /// The commit of the base.
    pub base_id: String,
    /// The commit of the head; none for the index.
    pub head_id: Option<String>,
}

impl Change {
    /// Reads both sides of a range, and the target as it is now. A side without a standards folder
    /// has no documents.
    ///
    /// # Errors
    /// No side has a standards folder.
    pub fn load(
        shelf: &Shelf,
        range: &Range,
        configs: Configs,
        circumstances: Circumstances,
    ) -> Result<Change, SourceError> {
        let Circumstances { as_of, stage, context } = circumstances;
        let side = |snapshot: &Snapshot, config: &Config| {
            Corpus::load_from(shelf, snapshot, config, as_of)
        };
        let base = side(&range.base, &configs.base);
        let (base, head) = match (base, side(&range.head, &configs.head)) {
            (Ok(base), Ok(head)) => (base, head),
            (Err(SourceError::NoStandards { .. }), Ok(head)) => {
                (Corpus::empty(head.folder.clone(), as_of), head)
            }
            (Ok(base), Err(SourceError::NoStandards { .. })) => {
                let folder = base.folder.clone();
                (base, Corpus::empty(folder, as_of))
            }
            (_, Err(error)) | (Err(error), _) => return Err(error),
        };
        let target = match range.target.as_ref().map(|tip| side(tip, &configs.target)) {
            Some(Err(SourceError::NoStandards { .. })) | None => None,
            Some(corpus) => Some(corpus?),
        };
        let mut operations = pairing::operations(&base, &head);
        for (kind, side, other, folder) in [
            (OperationKind::Added, &range.base, &range.head, &base.folder),
            (OperationKind::Deleted, &range.head, &range.base, &head.folder),
        ] {
            let mut concerned = operations.iter_mut().filter(|it| it.kind() == kind).peekable();
            if concerned.peek().is_some() {
                let outside = Outside::of(side, other, folder)?;
                concerned.for_each(|it| it.elsewhere = outside.find(it.document(), other));
            }
        }
        let stabilized = operations.iter().any(|it| it.becomes(Status::Stable));
        let tests = if stabilized {
            TestCases::read(&range.head, &configs.head.manifests)?
        } else {
            TestCases::default()
        };
        Ok(Change {
            operations,
            tests,
            exemptions: exemption::read(context.as_ref(), &range.commits),
            base,
            head,
            target,
            stage,
            context,
            configs,
            base_id: range.base_id.clone(),
            head_id: range.head_id.clone(),
        })
    }

    /// The primary documents that are added.
    pub fn added_primaries(&self) -> impl Iterator<Item = &Document> {
        self.operations.iter().filter_map(Operation::added_primary)
    }

    /// The supplements that are added.
    pub fn added_supplements(&self) -> impl Iterator<Item = &Document> {
        self.operations.iter().filter_map(Operation::added_supplement)
    }

    /// The documents that others have accepted already: those of the target as it is now.
    #[must_use]
    pub fn accepted(&self) -> &Corpus {
        self.target.as_ref().unwrap_or(&self.base)
    }

    /// The accepted versions of a number, and those of the base that the target has no more; in
    /// order.
    #[must_use]
    pub fn accepted_versions(&self, number: u16, kind: Kind) -> Vec<(DocId, &Document)> {
        let mut versions: Vec<_> = self.accepted().versions(number, kind).collect();
        let known = |id: DocId| self.accepted().with_id(id).next().is_some();
        versions.extend(self.base.versions(number, kind).filter(|(id, _)| !known(*id)));
        versions.sort_by_key(|(id, _)| *id);
        versions
    }

    /// The highest number of a track that is given away.
    #[must_use]
    pub fn highest_number(&self, track: Track) -> Option<u16> {
        let sides = self.accepted().documents.iter().chain(&self.base.documents);
        let of_track = sides.filter(|document| {
            document.name.as_ref().is_ok_and(|name| name.track() == Some(track))
        });
        of_track.filter_map(|document| document.id()).map(|id| id.number).max()
    }

    /// The documents that a supplement of the head extends, as far as they are there.
    pub fn supplemented<'c>(
        &'c self,
        supplement: &'c Document,
    ) -> impl Iterator<Item = &'c Document> {
        let named = supplement.meta.supplements.iter();
        named.filter_map(|reference| self.head.find(&reference.file))
    }

    /// Whether a supplement that is added belongs to a document: it names it, or it names nothing
    /// that is there and has the same number.
    #[must_use]
    pub fn belongs(&self, supplement: &Document, primary: &Document) -> bool {
        let number = |document: &Document| document.name.as_ref().ok().map(|it| it.number.clone());
        let mut named = self.supplemented(supplement).peekable();
        match named.peek() {
            Some(_) => named.any(|it| it.path == primary.path),
            None => number(supplement).is_some() && number(supplement) == number(primary),
        }
    }

    /// Whether a representative of the Forum approved the head, as far as reviews are known.
    #[must_use]
    pub fn is_approved_by_forum(&self) -> bool {
        let approvals = self.context.as_ref().and_then(|it| it.approvals(self.head_id.as_deref()));
        let given = |login: &String| {
            let approvals = approvals.as_ref()?;
            approvals.get(&login.to_lowercase()).filter(|it| **it == Approval::Given)
        };
        self.configs.target.forum.iter().any(|login| given(login).is_some())
    }

    /// For the paths of documents that changed their name: where they are now.
    #[must_use]
    pub fn renamed(&self) -> HashMap<&str, &str> {
        let both = self.operations.iter().filter_map(Operation::both);
        both.map(|(before, after)| (before.path.as_str(), after.path.as_str())).collect()
    }
}

/// The files that one side has outside its standards folder and the other side has not, by name and
/// by bytes.
struct Outside {
    by_name: HashMap<String, String>,
    by_blob: HashMap<BlobId, String>,
}

impl Outside {
    fn of(side: &Snapshot, other: &Snapshot, folder: &str) -> Result<Outside, SourceError> {
        let mut outside = Outside { by_name: HashMap::new(), by_blob: HashMap::new() };
        for (path, blob) in side.files()? {
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", &path));
            if parent == folder || other.kind(&path).is_some() {
                continue;
            }
            // Of several, the first by path.
            outside.by_name.entry(name.to_owned()).or_insert_with(|| path.clone());
            if let Some(blob) = blob {
                outside.by_blob.entry(blob).or_insert(path);
            }
        }
        Ok(outside)
    }

    /// Where a document of the other side is here.
    fn find(&self, document: &Document, other: &Snapshot) -> Option<String> {
        // An empty file is the same everywhere.
        let blob = other.blob(&document.path).filter(|_| !document.text.trim().is_empty());
        let by_blob = || blob.and_then(|blob| self.by_blob.get(&blob));
        self.by_name.get(document.file_name()).or_else(by_blob).cloned()
    }
}
