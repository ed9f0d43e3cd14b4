//! Two states of a repository, compared: what happened to each document, and under which
//! circumstances.

mod conditions;
mod configuration;
mod context;
mod exemption;
mod kinds;
mod operation;
mod origin;
mod ownership;
mod pairing;
mod sentences;
mod steps;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::Config;
use crate::corpus::{Corpus, Shelf, TestCases};
use crate::document::Document;
use crate::model::{Date, DocId, DocName, Kind, Number, Status, Track};
use crate::source::{BlobId, Ends, Range, Snapshot, SourceError};

pub use conditions::{Condition, Fulfilment};
pub use context::{Approval, Context, OpenPull, Review, ReviewState};
pub use exemption::{APPROVAL, Exemption};
pub use kinds::ChangeKind;
pub use operation::{FieldChange, FieldValue, Operation, OperationKind, Sides};
pub use origin::Inherited;
pub(crate) use pairing::same_documents;
pub(crate) use sentences::compare as compare_sentences;
pub use sentences::{Said, TextChange};

use ownership::Ownership;

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

/// The configurations of a change: each side has its own, which says where its documents are.
#[derive(Debug, Clone, Default)]
pub struct Configs {
    /// That of the base.
    pub base: Config,
    /// That of the head. Its exceptions count for the rules on documents.
    pub head: Config,
    /// That of the target as it is now. It says which rules are in force and who approves: a change
    /// does not choose its own judge.
    pub target: Config,
}

impl Configs {
    /// What a change is judged by: the levels of the target, and its exceptions from the rules on
    /// changes; everything else, as after the merge, is that of the head.
    #[must_use]
    pub fn in_force(&self) -> Config {
        let own = self.head.exceptions.iter().filter(|it| !it.is_about_changes());
        let given = self.target.exceptions.iter().filter(|it| it.is_about_changes());
        let exceptions = own.chain(given).cloned().collect();
        Config { levels: self.target.levels.clone(), exceptions, ..self.head.clone() }
    }
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
    /// What it is judged by.
    pub in_force: Config,
    /// The commits at its ends.
    pub ends: Ends,
    ownership: Ownership,
    /// Which open pull requests add a number, kind and version.
    proposed: BTreeMap<DocId, Vec<u64>>,
}

impl Change {
    /// Two states side by side, whatever lies between them.
    ///
    /// # Errors
    /// Neither has a standards folder, or a file cannot be read.
    pub fn between(
        base: Snapshot,
        head: Snapshot,
        configs: Configs,
        as_of: Date,
    ) -> Result<Change, SourceError> {
        let range = Range { base, head, ends: Ends::default(), target: None, commits: Vec::new() };
        let circumstances = Circumstances { as_of, stage: Stage::Proposal, context: None };
        Change::load(&Shelf::default(), &range, configs, circumstances)
    }

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
        let tests = if stabilized { TestCases::of(&head.manifests) } else { TestCases::default() };
        let folders = [Some(&base), Some(&head), target.as_ref()];
        let folders = folders.into_iter().flatten().map(|corpus| corpus.folder.as_str());
        let mut change = Change {
            ownership: Ownership::of(&operations, &head),
            proposed: proposed(context.as_ref(), &folders.collect()),
            exemptions: exemption::read(context.as_ref(), &range.commits),
            in_force: configs.in_force(),
            ends: range.ends.clone(),
            operations,
            tests,
            base,
            head,
            target,
            stage,
            context,
            configs,
        };
        let kinds: Vec<_> = change.operations.iter().map(|it| change.kinds_of(it)).collect();
        for (operation, kinds) in change.operations.iter_mut().zip(kinds) {
            operation.kinds = kinds;
        }
        Ok(change)
    }

    /// The same change, with what the hosting service knows of it.
    #[must_use]
    pub fn informed(self, context: Context, range: &Range) -> Change {
        let corpora = [Some(&self.base), Some(&self.head), self.target.as_ref()];
        let folders = corpora.into_iter().flatten().map(|corpus| corpus.folder.as_str());
        let proposed = proposed(Some(&context), &folders.collect());
        let exemptions = exemption::read(Some(&context), &range.commits);
        Change { proposed, exemptions, context: Some(context), ..self }
    }

    /// Whether reviews matter: a document of the Global track is touched.
    #[must_use]
    pub fn needs_reviews(&self) -> bool {
        self.global().next().is_some()
    }

    /// Whether the other open pull requests matter: a number is taken, or is to be taken soon.
    #[must_use]
    pub fn needs_open_pulls(&self) -> bool {
        let awaits = |document: &Document| document.placeholder().is_some();
        self.taking().next().is_some() || self.added_primaries().any(awaits)
    }

    /// The primary documents that are added.
    pub(crate) fn added_primaries(&self) -> impl Iterator<Item = &Document> {
        self.operations.iter().filter_map(Operation::added_primary)
    }

    /// The supplements that are added.
    pub(crate) fn added_supplements(&self) -> impl Iterator<Item = &Document> {
        self.operations.iter().filter_map(Operation::added_supplement)
    }

    /// The documents that take a number, kind and version, with these.
    pub(crate) fn taking(&self) -> impl Iterator<Item = (&Document, DocId)> {
        self.operations.iter().filter_map(|it| it.after().zip(it.taken_id()))
    }

    /// The documents that others have accepted already: those of the target as it is now.
    #[must_use]
    pub(crate) fn accepted(&self) -> &Corpus {
        self.target.as_ref().unwrap_or(&self.base)
    }

    /// The accepted versions of a number, and those of the base that the target has no more; in
    /// order.
    #[must_use]
    pub(crate) fn accepted_versions(&self, number: u16, kind: Kind) -> Vec<(DocId, &Document)> {
        let mut versions: Vec<_> = self.accepted().versions(number, kind).collect();
        let known = |id: DocId| self.accepted().with_id(id).next().is_some();
        versions.extend(self.base.versions(number, kind).filter(|(id, _)| !known(*id)));
        versions.sort_by_key(|(id, _)| *id);
        versions
    }

    /// The next number of a track that nobody has: no accepted document, and no open pull request
    /// that is known.
    #[must_use]
    pub(crate) fn next_number(&self, track: Track) -> Option<u16> {
        let sides = self.accepted().documents.iter().chain(&self.base.documents);
        let accepted = sides.filter_map(|document| document.id());
        let proposed = self.proposed.keys().map(|id| id.number);
        let numbers = accepted.map(|id| id.number).chain(proposed);
        let of_track =
            numbers.filter(|it| Number::Assigned(*it).track_digit() == Some(track.digit()));
        track.number_after(of_track.max())
    }

    /// The open pull requests that add this number, kind and version; `None` where they are not known.
    pub(crate) fn pulls_with(&self, id: DocId) -> Option<&[u64]> {
        self.context.as_ref()?.open_pulls.as_ref()?;
        Some(self.proposed.get(&id).map_or(&[], Vec::as_slice))
    }

    /// The documents that a supplement of the head extends, as far as they are there.
    pub(crate) fn supplemented<'c>(
        &'c self,
        supplement: &'c Document,
    ) -> impl Iterator<Item = &'c Document> {
        let named = supplement.meta.supplements.iter();
        named.filter_map(|reference| self.head.find(&reference.file))
    }

    /// The added documents that an added supplement belongs to.
    pub(crate) fn owners(&self, supplement: &Document) -> Vec<&Document> {
        let owners = self.ownership.owners(&supplement.path);
        owners.filter_map(|path| self.head.find(path.rsplit('/').next()?)).collect()
    }

    /// The added supplements that belong to an added document.
    pub(crate) fn companions(&self, primary: &Document) -> Vec<&Document> {
        let own = self.ownership.supplements(&primary.path);
        own.filter_map(|path| self.head.find(path.rsplit('/').next()?)).collect()
    }

    /// Who of the Forum approved the head or an earlier commit; `None` where reviews are not known.
    #[must_use]
    pub(crate) fn forum_approvals(&self) -> Option<Vec<(&str, Approval)>> {
        let approvals = self.context.as_ref()?.approvals(self.ends.head.as_deref())?;
        let forum = self.configs.target.forum.iter();
        let given = forum
            .filter_map(|login| Some((login.as_str(), *approvals.get(&login.to_lowercase())?)));
        Some(given.collect())
    }

    /// The documents of the Global track that the change touches.
    pub(crate) fn global(&self) -> impl Iterator<Item = &Document> {
        let touched = self.operations.iter().filter(|operation| operation.is_of(Track::Global));
        touched.map(Operation::document)
    }

    /// For the paths of documents that changed their name: where they are now.
    #[must_use]
    pub(crate) fn renamed(&self) -> HashMap<&str, &str> {
        let both = self.operations.iter().filter_map(Operation::both);
        both.map(|(before, after)| (before.path.as_str(), after.path.as_str())).collect()
    }
}

/// Which of the other open pull requests add a number, kind and version.
fn proposed(context: Option<&Context>, folders: &HashSet<&str>) -> BTreeMap<DocId, Vec<u64>> {
    let mut proposed: BTreeMap<DocId, Vec<u64>> = BTreeMap::new();
    for pull in context.and_then(Context::others).into_iter().flatten() {
        for path in &pull.added {
            let Some((folder, name)) = path.rsplit_once('/') else { continue };
            let name = DocName::parse(name).ok().filter(|_| folders.contains(folder));
            if let Some(id) = name.and_then(|name| name.id()) {
                proposed.entry(id).or_default().push(pull.number);
            }
        }
    }
    proposed
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
        for (path, blob) in side.files("")? {
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
        let blob = other.blob(&document.path).filter(|_| !document.text().trim().is_empty());
        let by_blob = || blob.and_then(|blob| self.by_blob.get(&blob));
        self.by_name.get(document.file_name()).or_else(by_blob).cloned()
    }
}
