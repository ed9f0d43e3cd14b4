//! Reports that others hand over: a program may have written them, or anybody.

use super::Summary;
use super::json::{Findings, JsonChange, JsonFinding, SCHEMA};
use crate::finding::Level;
use crate::rules;
use crate::text::{nearest, shortened, shown};

/// The largest report that is read, in bytes.
const MOST_BYTES: usize = 16 << 20;

/// How many findings, documents, and items of other lists a report can have.
const MOST_ITEMS: usize = 20_000;

/// The longest text in a report, in bytes.
const LONGEST_TEXT: usize = 1 << 20;

/// Why a report is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForeignError {
    /// It is too large.
    #[error("is no report that is used: it has more than {MOST_BYTES} bytes")]
    Large,
    /// It is not in the format.
    #[error("is no report of `scs-doc pr --format json`: {0}")]
    Shape(String),
    /// It is in another version of the format.
    #[error("is a report in version {0} of the format; version {SCHEMA} is known")]
    Schema(u32),
    /// It is not about a change.
    #[error("is a report without a change: make it with `scs-doc pr --format json`")]
    NoChange,
    /// Its commit is none.
    #[error("is a report about no commit that was pushed: `change.head` is not the id of one")]
    Commit,
    /// It names a rule that is not there.
    #[error("names the rule `{rule}`, which is not there{hint}")]
    Rule {
        /// The rule.
        rule: String,
        /// What may be meant.
        hint: String,
    },
    /// Something is longer than a program makes it.
    #[error("is no report that is used: {0} is too long")]
    Long(&'static str),
    /// The counts are not those of the findings.
    #[error("is no report that is used: its summary counts other findings than it has")]
    Counts,
}

impl Findings {
    /// Reads a report that others hand over, about a change with a commit for its head.
    ///
    /// # Errors
    /// It is not what this program writes.
    pub fn parse(bytes: &[u8]) -> Result<Findings, ForeignError> {
        if bytes.len() > MOST_BYTES {
            return Err(ForeignError::Large);
        }
        let shape = |error: serde_json::Error| {
            ForeignError::Shape(shortened(&shown(&error.to_string()), 200))
        };
        let told: Findings = serde_json::from_slice(bytes).map_err(shape)?;
        if told.schema != SCHEMA {
            return Err(ForeignError::Schema(told.schema));
        }
        let change = told.change.as_ref().ok_or(ForeignError::NoChange)?;
        check_change(change)?;
        if told.findings.len() > MOST_ITEMS {
            return Err(ForeignError::Long("the list of findings"));
        }
        told.findings.iter().try_for_each(check_finding)?;
        let own = |level: Level| {
            let own = told.findings.iter().filter(|it| !it.is_inherited());
            own.filter(|it| it.level.level() == level).count()
        };
        let counted = Summary {
            errors: own(Level::Error),
            warnings: own(Level::Warning),
            notes: own(Level::Note),
            inherited: told.findings.iter().filter(|it| it.is_inherited()).count(),
            ..told.summary
        };
        if counted != told.summary || counted.documents.max(counted.excepted) > MOST_ITEMS {
            return Err(ForeignError::Counts);
        }
        Ok(told)
    }

    /// The commit that was judged.
    #[must_use]
    pub fn head(&self) -> Option<&str> {
        self.change.as_ref()?.head.as_deref()
    }

    /// The number of the pull request that was judged, where the report has it.
    #[must_use]
    pub fn pull_request(&self) -> Option<u64> {
        self.change.as_ref()?.pull_request
    }
}

fn check_change(change: &JsonChange) -> Result<(), ForeignError> {
    let is_id = |id: &String| {
        matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    if !change.head.as_ref().is_some_and(is_id) {
        return Err(ForeignError::Commit);
    }
    let lists = [&change.headlines, &change.next_steps, &change.unjudged];
    if lists.iter().any(|it| it.len() > MOST_ITEMS) || change.documents.len() > MOST_ITEMS {
        return Err(ForeignError::Long("a list of the change"));
    }
    let documents = change.documents.iter();
    let paths = documents.flat_map(|it| [Some(&it.path), it.from.as_ref()]).flatten();
    let texts = lists.into_iter().flatten().chain([&change.compared]).chain(paths);
    match texts.into_iter().all(|it| it.len() <= LONGEST_TEXT) {
        true => Ok(()),
        false => Err(ForeignError::Long("a text of the change")),
    }
}

fn check_finding(finding: &JsonFinding) -> Result<(), ForeignError> {
    let rule = &finding.rule;
    if rules::find(rule).is_none() {
        let hint = nearest(rule, rules::ids().iter().copied());
        let hint = hint.map(|it| format!("; perhaps `{it}` is meant")).unwrap_or_default();
        return Err(ForeignError::Rule { rule: shortened(&shown(rule), 80), hint });
    }
    if finding.related.len() > MOST_ITEMS {
        return Err(ForeignError::Long("a list of a finding"));
    }
    let related = finding.related.iter().map(|it| &it.message);
    let optional = [&finding.document, &finding.help, &finding.exempt].into_iter().flatten();
    let mut texts = [&finding.path, &finding.message].into_iter().chain(optional).chain(related);
    match texts.all(|it| it.len() <= LONGEST_TEXT) {
        true => Ok(()),
        false => Err(ForeignError::Long("a text of a finding")),
    }
}
