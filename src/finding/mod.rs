//! What the tool has to say: findings, their places and their repairs.

mod settle;

use crate::document::{Document, Span};

pub use settle::{Settled, settle, sort};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; shown with `-v`.
    Note,
    /// A SHOULD of scs-0001, or a certain defect that the text does not forbid.
    Warning,
    /// A MUST of scs-0001.
    Error,
}

impl Level {
    /// All levels, the worst first.
    pub const ALL: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

    /// The name in configuration and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }

    /// The level of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// Something that a person should know. Rule, document and subject identify it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How bad.
    pub level: Level,
    /// Whether its rule itself holds it to be milder than its other findings.
    pub mild: bool,
    /// The file, relative to the repository.
    pub path: String,
    /// What people call the document, if it is one.
    pub document: Option<String>,
    /// What the finding is about: a field, heading, link target. Stable under edits elsewhere.
    pub subject: String,
    /// Where; [`Span::FILE`] for the file as such.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What stands below the place in the excerpt.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// The section that the rule enforces, such as `scs-0001-v1#document-format`.
    pub reference: &'static str,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// A repair.
    pub fix: Option<Fix>,
    /// Whether a change brought it, where a change is judged.
    pub origin: Option<Origin>,
    /// Why the change is exempted from the rule, if it is.
    pub exempt: Option<String>,
}

/// Where a finding about a change comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The base does not have it.
    Introduced,
    /// The base has it too: the same rule, document and subject.
    Inherited,
}

/// Another place that has to do with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The file, relative to the repository.
    pub path: String,
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
    /// What it is to the finding.
    pub role: Role,
}

/// What another place is to a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A place to look at; the message says why.
    Place,
    /// A text that a change removed; the place is where it stood.
    Removed,
    /// A text that a change added.
    Added,
}

/// How a text that was removed is told.
const REMOVED: &str = "removed: ";

/// How a text that was added is told.
const ADDED: &str = "added: ";

/// The single things that a subject names.
fn subjects(subject: &str) -> impl Iterator<Item = &str> {
    subject.split(", ")
}

impl std::fmt::Display for Related {
    /// The message, and whether it is a text that was removed or added.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.role {
            Role::Place => f.write_str(&self.message),
            Role::Removed => write!(f, "{REMOVED}{}", self.message),
            Role::Added => write!(f, "{ADDED}{}", self.message),
        }
    }
}

impl Role {
    /// What a related place that is told like this is to the finding, and its message alone.
    pub(crate) fn of_told(told: &str) -> (Role, &str) {
        let removed = || told.strip_prefix(REMOVED).map(|text| (Role::Removed, text));
        let added = || told.strip_prefix(ADDED).map(|text| (Role::Added, text));
        removed().or_else(added).unwrap_or((Role::Place, told))
    }
}

/// A repair of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "write `Draft`".
    pub title: String,
    /// Whether the meaning is certain to stay; only such repairs are applied by `--fix`.
    pub safe: bool,
    /// What is written.
    pub edits: Vec<Edit>,
}

/// A range of a file that becomes another text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The file, relative to the repository.
    pub path: String,
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

impl Fix {
    /// A repair at one place. None for a document whose bytes are not its text: offsets would do,
    /// but what could not be read would be lost.
    #[must_use]
    pub fn one(
        title: impl Into<String>,
        safe: bool,
        document: &Document,
        span: Span,
        text: impl Into<String>,
    ) -> Option<Fix> {
        let edit = Edit { path: document.path.clone(), span, text: text.into() };
        document.is_faithful().then(|| Fix { title: title.into(), safe, edits: vec![edit] })
    }
}

impl Finding {
    /// Whether the base of the change has it too.
    #[must_use]
    pub fn is_inherited(&self) -> bool {
        self.origin == Some(Origin::Inherited)
    }

    /// Whether it makes a command fail that fails from a level on: what the base has too and what
    /// the change is exempted from does not.
    #[must_use]
    pub fn fails(&self, from: Level) -> bool {
        self.level >= from && !self.is_inherited() && self.exempt.is_none()
    }

    /// The things that it is about. A subject that names several of them separates them by `, `, so
    /// that a finding about a part of them is known again.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        subjects(&self.subject)
    }

    /// Adds what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Finding {
        self.help = Some(help.into());
        self
    }

    /// Adds what stands below the place in the excerpt.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Finding {
        self.label = Some(label.into());
        self
    }

    /// Adds a place in a document that has to do with the finding.
    pub fn related(
        &mut self,
        document: &Document,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.push_related(document, span, message.into(), Role::Place)
    }

    /// Adds a place in any file that has to do with the finding.
    pub fn related_in(
        &mut self,
        path: &str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Finding {
        let (path, message) = (path.to_owned(), message.into());
        self.related.push(Related { path, span, message, role: Role::Place });
        self
    }

    /// Adds a text that a change added to a document.
    pub fn added(&mut self, document: &Document, span: Span, text: &str) -> &mut Finding {
        self.push_related(document, span, text.to_owned(), Role::Added)
    }

    /// Adds a text that a change removed from a document; `span` is where it stood.
    pub fn removed(&mut self, document: &Document, span: Span, text: &str) -> &mut Finding {
        self.push_related(document, span, text.to_owned(), Role::Removed)
    }

    fn push_related(
        &mut self,
        document: &Document,
        span: Span,
        message: String,
        role: Role,
    ) -> &mut Finding {
        self.related.push(Related { path: document.path.clone(), span, message, role });
        self
    }

    /// Makes it milder than the other findings of its rule. A level of the configuration can make it
    /// milder still, and not worse.
    pub fn milder(&mut self, level: Level) -> &mut Finding {
        self.mild = level < self.level;
        self.level = level.min(self.level);
        self
    }

    /// Adds a repair, if there is one.
    pub fn fix(&mut self, fix: Option<Fix>) -> &mut Finding {
        self.fix = fix;
        self
    }
}
