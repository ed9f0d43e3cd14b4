//! New documents: a proposal, the next version of a document, a supplement (scs-0001, *Proposal
//! phase*).

use super::{Change, FieldError, Fields, scalar, slug};
use crate::corpus::{Corpus, built_in_template};
use crate::document::{Document, normalized};
use crate::model::{DocId, DocType, Kind, Number, Status, Track, Vocabulary as _};

/// What stands for the number of a proposal (scs-0001, *Proposal of a new document*).
const PLACEHOLDER: &str = "xxxx";

/// What a supplement is called after its document, if nothing else is said.
const SUPPLEMENT: &str = "Implementation and Testing Notes";

/// Said of a document whose versions are all given.
const NO_VERSION: &str = "has no version left";

/// What is proposed.
#[derive(Debug, Clone, Copy)]
pub enum Proposal<'p> {
    /// A document of its own.
    Document {
        /// Its type; no supplement.
        doc_type: DocType,
        /// Its track.
        track: Track,
        /// Its title.
        title: &'p str,
    },
    /// The next version of a document.
    Version {
        /// The document.
        of: &'p Document,
        /// Another title, if it gets one.
        title: Option<&'p str>,
    },
    /// A supplement to a document.
    Supplement {
        /// The document.
        to: &'p Document,
        /// What it is called after its document.
        title: Option<&'p str>,
    },
}

/// Why there is no proposal.
#[derive(Debug, thiserror::Error)]
pub enum ProposeError {
    /// The title gives no name of a file.
    #[error("the title `{0}` has no letter that a file name could be made of")]
    Title(String),
    /// A supplement stands for no document of its own.
    #[error("a supplement belongs to a document: `--supplement-to DOC`")]
    LoneSupplement,
    /// The document cannot have what is asked for.
    #[error("{label} {why}")]
    Unfit {
        /// The document.
        label: String,
        /// Why not, and what to do instead.
        why: String,
    },
    /// The process does not allow another version yet.
    #[error("{label} {why}")]
    TooEarly {
        /// The document.
        label: String,
        /// Why not, and what to do instead.
        why: String,
    },
    /// A proposal has that slug already.
    #[error("{0}: is there already: take another title, or go on with that document")]
    Taken(String),
    /// The front matter of the former version cannot be edited.
    #[error(transparent)]
    Field(#[from] FieldError),
}

impl ProposeError {
    /// Whether it is a condition of scs-0001 that is not fulfilled.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        matches!(self, ProposeError::TooEarly { .. })
    }
}

/// The file of a proposal.
///
/// # Errors
/// The title has no letter, the name is taken, or the document that it builds on does not allow it.
pub fn propose(corpus: &Corpus, proposal: Proposal<'_>) -> Result<Change, ProposeError> {
    let change = match proposal {
        Proposal::Document { doc_type, track, title } => document(corpus, doc_type, track, title)?,
        Proposal::Version { of, title } => version(corpus, of, title)?,
        Proposal::Supplement { to, title } => supplement(corpus, to, title)?,
    };
    let name = change.path.to_ascii_lowercase();
    let taken = corpus.documents.iter().find(|it| it.path.to_ascii_lowercase() == name);
    match taken {
        Some(other) => Err(ProposeError::Taken(other.path.clone())),
        None => Ok(change),
    }
}

fn slug_of(title: &str) -> Result<String, ProposeError> {
    slug(title).ok_or_else(|| ProposeError::Title(title.to_owned()))
}

fn new_file(corpus: &Corpus, name: &str, text: String) -> Change {
    Change { path: format!("{}/{name}", corpus.folder), from: None, before: None, after: text }
}

fn document(
    corpus: &Corpus,
    doc_type: DocType,
    track: Track,
    title: &str,
) -> Result<Change, ProposeError> {
    if doc_type == DocType::Supplement {
        return Err(ProposeError::LoneSupplement);
    }
    let title = normalized(title);
    let slug = slug_of(&title)?;
    let fields = [
        ("title", scalar(&title)),
        ("type", doc_type.to_string()),
        ("status", Status::Draft.to_string()),
        ("track", track.to_string()),
    ];
    let text = from_template(corpus, doc_type, &fields);
    Ok(new_file(corpus, &format!("scs-{PLACEHOLDER}-v1-{slug}.md"), text))
}

fn supplement(corpus: &Corpus, to: &Document, title: Option<&str>) -> Result<Change, ProposeError> {
    let unfit = |why: &str| ProposeError::Unfit { label: to.label(), why: why.to_owned() };
    let name = to.name.as_ref().map_err(|_| unfit("has a file name that cannot be read"))?;
    if !to.is_primary() {
        return Err(unfit("is a supplement itself: name the document that it supplements"));
    }
    let main = to.meta.title.as_deref().map(normalized);
    let main = main.ok_or_else(|| unfit("has no title that the supplement could begin with"))?;
    let track =
        to.meta.track.ok_or_else(|| unfit("has no track that the supplement could have"))?;
    let own = normalized(title.unwrap_or(SUPPLEMENT));
    // Who writes the whole title out means the same.
    let rest = own.strip_prefix(&main).filter(|rest| rest.starts_with([':', ' ']));
    let own = rest.map_or(own.as_str(), |rest| rest.trim_start_matches([':', ' ']));
    let slug = format!("{}-{}", name.slug, slug_of(own)?);
    let version = next_supplement(corpus, to, &name.number).ok_or_else(|| unfit(NO_VERSION))?;
    let fields = [
        ("title", scalar(&format!("{main}: {own}"))),
        ("type", DocType::Supplement.to_string()),
        ("track", track.to_string()),
        ("supplements", format!("\n  - {}", scalar(to.file_name()))),
    ];
    let text = from_template(corpus, DocType::Supplement, &fields);
    Ok(new_file(corpus, &format!("scs-{}-w{version}-{slug}.md", name.number), text))
}

/// The next version of the supplements of a number. Proposals share their placeholder: there, those
/// count that name the document.
fn next_supplement(corpus: &Corpus, to: &Document, number: &Number) -> Option<u32> {
    let versions = |document: &Document| document.name.as_ref().ok().map(|name| name.version);
    let highest = match number {
        Number::Assigned(number) => {
            corpus.versions(*number, Kind::Supplement).map(|(id, _)| id.version).max()
        }
        Number::Placeholder(_) => {
            let own = corpus.supplementing(to).filter(|it| it.placeholder().is_some());
            own.filter_map(versions).max()
        }
    };
    highest.map_or(Some(1), |highest| highest.checked_add(1))
}

fn version(corpus: &Corpus, of: &Document, title: Option<&str>) -> Result<Change, ProposeError> {
    let label = of.label();
    let too_early = |why: String| ProposeError::TooEarly { label: label.clone(), why };
    let (Some(id), Ok(name), true) = (of.id(), &of.name, of.is_primary()) else {
        let why = match of.placeholder() {
            Some(_) => "has no number yet: it has to be accepted before it has another version",
            None if !of.is_primary() => "is a supplement, which is edited in place",
            None => "has a file name that cannot be read",
        };
        return Err(ProposeError::Unfit { label, why: why.to_owned() });
    };
    let later = corpus.versions(id.number, id.kind).map(|(_, other)| other).next_back();
    if let Some(later) = later.filter(|it| it.path != of.path) {
        let why = match later.meta.status {
            Some(Status::Draft) => {
                format!("has a later version, {}, which is a Draft: edit that", later.label())
            }
            _ => format!("has a later version: start from {}", later.label()),
        };
        return Err(too_early(why));
    }
    if of.meta.status != Some(Status::Stable) {
        let why = match of.meta.status {
            Some(Status::Draft) => "is a Draft: it can still be edited, and needs no other version",
            _ => {
                "is not Stable: only a Stable document gets another version; propose a new one with --type"
            }
        };
        return Err(too_early(why.to_owned()));
    }
    let next = id.version.checked_add(1).map(|version| DocId { version, ..id });
    let next = next.ok_or_else(|| too_early(NO_VERSION.to_owned()))?;
    let mut fields = Fields::of(of)?;
    fields.set("status", &Status::Draft.to_string(), "type")?;
    let dates = Status::ALL.iter().filter_map(|it| it.date_field());
    for key in dates.chain(["replaced_by", "replaces"]) {
        fields.remove(key)?;
    }
    fields.set_list("replaces", &[of.file_name().to_owned()], "status")?;
    let slug = match title.map(normalized) {
        None => name.slug.clone(),
        Some(title) => {
            fields.set("title", &title, "status")?;
            slug_of(&title)?
        }
    };
    Ok(new_file(corpus, &format!("{next}-{slug}.md"), fields.into_text()))
}

/// A text from the template of a type: the body as it is, and a front matter with these fields and
/// nothing of the template.
fn from_template(corpus: &Corpus, doc_type: DocType, fields: &[(&str, String)]) -> String {
    let template = template(corpus, doc_type);
    let newline = template.map_or("\n", Document::newline);
    let body = template.map_or_else(|| built_in_template(doc_type), Document::markdown);
    // In the order of the template, as far as it has them.
    let place = |key: &str| {
        let there = template.map(|it| it.front.fields.iter().position(|field| field.key == key));
        there.flatten().unwrap_or(usize::MAX)
    };
    let mut fields: Vec<&(&str, String)> = fields.iter().collect();
    fields.sort_by_key(|(key, _)| place(key));
    let line = |(key, value): &(&str, String)| match value.starts_with('\n') {
        true => format!("{key}:{value}\n"),
        false => format!("{key}: {value}\n"),
    };
    let front: String = fields.into_iter().map(line).collect();
    format!("---\n{front}---\n").replace('\n', newline) + body
}

/// The template of the repository for a type: one of that type, or one whose comment beside the
/// type offers it.
#[must_use]
pub fn template(corpus: &Corpus, doc_type: DocType) -> Option<&Document> {
    let usable = |it: &&Document| it.is_faithful() && it.front.is_readable();
    let templates = || corpus.templates.iter().map(AsRef::as_ref).filter(usable);
    let offers = |template: &&Document| {
        let Some(field) = template.front.get("type") else { return false };
        let after = template.text().get(field.value.span.end..).unwrap_or_default();
        let line = after.lines().next().unwrap_or_default();
        let mut words = line.split(['#', '|', ',']).map(str::trim);
        words.any(|word| word == doc_type.to_string())
    };
    templates().find(|it| it.is_a(doc_type)).or_else(|| templates().find(offers))
}
