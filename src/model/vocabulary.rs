//! The closed lists of scs-0001: kinds, types, statuses, tracks.

use std::fmt;

/// A closed list of values with one spelling each.
pub trait Vocabulary: Copy + Eq + 'static {
    /// All values, in the order of scs-0001.
    const ALL: &'static [Self];

    /// The one spelling of this value.
    fn name(self) -> &'static str;

    /// The value that is spelled exactly like `text`; case matters.
    #[must_use]
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name() == text)
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $value),+ }

        impl Vocabulary for $name {
            const ALL: &'static [Self] = &[$(Self::$value),+];

            fn name(self) -> &'static str {
                match self { $(Self::$value => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

pub(super) use vocabulary;

vocabulary! {
    /// The letter before the version in a file name (scs-0001, *Document format*).
    Kind {
        /// `v`: a Standard, a Procedural document or a Decision Record.
        Primary = "v",
        /// `w`: informative, never authoritative.
        Supplement = "w",
    }
}

vocabulary! {
    /// The field `type`.
    DocType {
        /// Describes a process, a policy or a guideline.
        Procedural = "Procedural",
        /// Describes a technical standard.
        Standard = "Standard",
        /// Records a decision and its reasons.
        DecisionRecord = "Decision Record",
        /// Extends other documents with what may change more often.
        Supplement = "Supplement",
    }
}

vocabulary! {
    /// The field `status`.
    Status {
        /// In development.
        Draft = "Draft",
        /// In effect after `stabilized_at`.
        Stable = "Stable",
        /// Out of effect after `deprecated_at`.
        Deprecated = "Deprecated",
        /// Removed from the normative corpus on `rejected_at`.
        Rejected = "Rejected",
    }
}

vocabulary! {
    /// The field `track`; the second digit of a number tells it too.
    Track {
        /// Concerns the whole community.
        Global = "Global",
        /// Infrastructure as a service.
        IaaS = "IaaS",
        /// Kubernetes as a service.
        KaaS = "KaaS",
        /// Identity and access management.
        Iam = "IAM",
        /// Operations.
        Ops = "Ops",
        /// Certificate scopes.
        Scopes = "Scopes",
    }
}

vocabulary! {
    /// How long the result of a test case counts (scs-0003, *Test-case descriptor*).
    Lifetime {
        /// To the end of the next day.
        Day = "day",
        /// To the end of the next week; so it is where nothing is said.
        Week = "week",
        /// To the end of the next month.
        Month = "month",
        /// To the end of the next quarter.
        Quarter = "quarter",
        /// A year and the rest of the next month.
        Year = "year",
    }
}

vocabulary! {
    /// What a version of a scope counts for in a period (scs-0003, *Timeline entry*).
    Validity {
        /// It can be tested, and no certificate is given.
        Draft = "draft",
        /// Certificates are given.
        Effective = "effective",
        /// Certificates are given, with a warning that it ends soon.
        Warn = "warn",
        /// No certificate is given any more.
        Deprecated = "deprecated",
    }
}

vocabulary! {
    /// Whether a test case has to pass (scs-0003, *Test cases*).
    CaseLevel {
        /// For a certificate.
        Main = "main",
        /// It tells more about a cloud, and decides nothing.
        Recommended = "recommended",
    }
}

vocabulary! {
    /// Who does a test case.
    CaseKind {
        /// A program.
        Automated = "automated",
        /// The operator states it.
        SelfAssessment = "self-assessment",
        /// An auditor looks.
        Audit = "audit",
    }
}

impl Kind {
    /// The kind that a document of this type has.
    #[must_use]
    pub fn of(doc_type: DocType) -> Kind {
        match doc_type {
            DocType::Supplement => Kind::Supplement,
            DocType::Procedural | DocType::Standard | DocType::DecisionRecord => Kind::Primary,
        }
    }
}

impl Track {
    /// The second digit of the numbers of this track.
    #[must_use]
    pub fn digit(self) -> char {
        match self {
            Track::Global => '0',
            Track::IaaS => '1',
            Track::KaaS => '2',
            Track::Iam => '3',
            Track::Ops => '4',
            Track::Scopes => '5',
        }
    }

    /// The track whose numbers have this second digit.
    #[must_use]
    pub fn from_digit(digit: char) -> Option<Track> {
        Self::ALL.iter().copied().find(|track| track.digit() == digit)
    }
}
