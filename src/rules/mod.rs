//! The rules: one file and one page each, grouped as the catalogue groups them.
//!
//! A rule is a pure function. It gets what has been read already and reports findings; it reads no
//! file, no clock and no git. To add one, write `<rule>.rs` and `<rule>.md` side by side and name
//! the rule in the `rules!` list of its group.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::change::{Change, Inherited};
use crate::config::{Config, ConfigProblem, Exception};
use crate::corpus::{Corpus, DataFile, Manifest, Scope};
use crate::document::{Document, Span};
use crate::finding::{Finding, Level, Settled, settle, sort};

/// Declares the modules of a group and the list of their rules.
macro_rules! rules {
    ($($rule:ident),+ $(,)?) => {
        $(mod $rule;)+
        /// The rules of this group, in the order of the catalogue.
        pub(super) const RULES: &[&crate::rules::Rule] = &[$(&$rule::RULE),+];
    };
}

mod change;
mod config;
mod data;
mod file_name;
mod language;
mod lifecycle;
mod links;
mod manifest;
mod metadata;
pub mod page;
mod relations;
mod sections;

/// A rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Its id: permanent, kebab case.
    pub id: &'static str,
    /// The level of its findings unless the configuration says otherwise.
    pub level: Level,
    /// The section that it enforces, such as `scs-0001-v1#document-format`.
    pub reference: &'static str,
    /// Whether templates are held to it too.
    pub templates: bool,
    /// Its page: why, source, examples, what to do.
    pub page: &'static str,
    /// What it looks at.
    pub check: Check,
}

impl Rule {
    /// The first paragraph of the page, on one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let paragraph = self.page.split("\n\n").nth(1).unwrap_or_default();
        paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Check {
    /// One document, with the others at hand.
    Document(fn(&Document, &Corpus, &mut Sink<'_>)),
    /// All documents at once.
    Corpus(fn(&Corpus, &mut Sink<'_>)),
    /// All certificate scopes at once.
    Scopes(fn(&[Scope<'_>], &Corpus, &mut Sink<'_>)),
    /// One manifest, with the documents at hand.
    Manifest(fn(&Manifest, &Corpus, &mut Sink<'_>)),
    /// One file of normative data, with the documents at hand.
    Data(fn(&DataFile, &Corpus, &mut Sink<'_>)),
    /// A configuration that cannot be used.
    Config(fn(&ConfigProblem, &mut Sink<'_>)),
    /// What a change did.
    Change(fn(&Change, &mut Sink<'_>)),
    /// An exception that took no finding away.
    Exception(fn(&Exception, &mut Sink<'_>)),
}

/// A group of the catalogue.
#[derive(Debug)]
pub struct Group {
    /// Its name, which is also its folder.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Its rules.
    pub rules: &'static [&'static Rule],
}

/// All groups, in the order of the catalogue.
pub const GROUPS: &[Group] = &[
    Group { name: "file_name", title: "File names", rules: file_name::RULES },
    Group { name: "metadata", title: "Metadata", rules: metadata::RULES },
    Group { name: "lifecycle", title: "Lifecycle", rules: lifecycle::RULES },
    Group { name: "relations", title: "Relations", rules: relations::RULES },
    Group { name: "sections", title: "Sections", rules: sections::RULES },
    Group { name: "links", title: "Links", rules: links::RULES },
    Group { name: "language", title: "Language", rules: language::RULES },
    Group { name: "manifest", title: "Manifests", rules: manifest::RULES },
    Group { name: "data", title: "Normative data", rules: data::RULES },
    Group { name: "change", title: "Change sets", rules: change::RULES },
    Group { name: "config", title: "Configuration", rules: config::RULES },
];

/// All rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.rules.iter().copied())
}

/// The rule with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// The ids of all rules.
pub fn ids() -> &'static [&'static str] {
    static IDS: LazyLock<Vec<&str>> = LazyLock::new(|| all().map(|rule| rule.id).collect());
    &IDS
}

/// How many findings of one rule in one file are told one by one.
pub const MOST_OF_A_RULE: usize = 1000;

/// How many findings there may be altogether. Only documents that are made for it have more, and
/// those would take any memory.
pub const MOST: usize = 250_000;

/// There are more than [`MOST`] findings. Which of them were seen is chance, so none is told.
#[derive(Debug, thiserror::Error)]
#[error(
    "there are more than {MOST} findings, too many to tell: turn off the rules that say most in scs-doc.toml, and look again"
)]
pub struct TooMany;

/// Where a rule puts its findings: [`MOST_OF_A_RULE`] in a file, and one that says that there are
/// more; hardly more than [`MOST`] altogether.
#[derive(Debug)]
pub struct Sink<'f> {
    rule: &'static Rule,
    findings: &'f mut Vec<Finding>,
    /// How many there are, by path.
    told: HashMap<String, usize>,
    /// The last one that is not told.
    untold: Option<Finding>,
}

impl<'f> Sink<'f> {
    fn new(rule: &'static Rule, findings: &'f mut Vec<Finding>) -> Sink<'f> {
        Sink { rule, findings, told: HashMap::new(), untold: None }
    }

    /// Reports a finding about `subject` at a place of a document. The message is a sentence
    /// without a full stop.
    pub fn report(
        &mut self,
        document: &Document,
        span: Span,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Finding {
        let label = Some(document.label());
        self.push(document.path.clone(), label, span, subject.into(), message.into())
    }

    /// Reports a finding in a file that is no document: a manifest, data, the configuration.
    pub fn report_in(
        &mut self,
        path: &str,
        span: Span,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.push(path.to_owned(), None, span, subject.into(), message.into())
    }

    fn push(
        &mut self,
        path: String,
        document: Option<String>,
        span: Span,
        subject: String,
        message: String,
    ) -> &mut Finding {
        let told = match self.told.get_mut(&path) {
            Some(told) => told,
            None => self.told.entry(path.clone()).or_default(),
        };
        *told += 1;
        let told = *told;
        let finding = Finding {
            rule: self.rule.id,
            level: self.rule.level,
            mild: false,
            path,
            document,
            subject,
            span,
            message,
            label: None,
            help: None,
            reference: self.rule.reference,
            related: Vec::new(),
            fix: None,
            origin: None,
            exempt: None,
        };
        if told == MOST_OF_A_RULE + 1 {
            self.findings.push(more_of(&finding));
        }
        if told > MOST_OF_A_RULE || self.findings.len() > MOST {
            return self.untold.insert(finding);
        }
        self.findings.push(finding);
        // The list is not empty: the finding was pushed just now.
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }
}

/// Says that a file has more findings of a rule, of which this is the first that is not told.
fn more_of(finding: &Finding) -> Finding {
    Finding {
        subject: "more".to_owned(),
        message: format!(
            "more than {MOST_OF_A_RULE} findings of this rule in this file: this one and those that follow are not told"
        ),
        help: Some("repair the others first, then look again".to_owned()),
        ..finding.clone()
    }
}

/// Judges a corpus by all rules that the configuration does not turn off; levels and exceptions
/// are applied.
///
/// # Errors
/// There are more findings than can be told.
pub fn check<'c>(corpus: &Corpus, config: &'c Config) -> Result<Settled<'c>, TooMany> {
    Ok(settled(judge(corpus, config)?, config))
}

/// Judges a change: what `check` says of its head, and what the rules on changes say. Each finding
/// is introduced or inherited; what the change is exempted from becomes a note.
///
/// # Errors
/// There are more findings than can be told, before the change or after it.
pub fn check_change(change: &Change) -> Result<Settled<'_>, TooMany> {
    let config = &change.in_force;
    let mut found = judge(&change.head, config)?;
    for rule in active(config) {
        if let Check::Change(check) = rule.check {
            check(change, &mut Sink::new(rule, &mut found));
        }
    }
    if found.len() > MOST {
        return Err(TooMany);
    }
    let before = judge(&change.base, config)?;
    let mut inherited = Inherited::new(change.renamed());
    inherited.add(&before);
    // What is said about exceptions comes up only once they have been applied.
    inherited.add(&settled(before, &change.configs.base).findings);
    let mut settled = settled(found, config);
    inherited.mark(&mut settled.findings, &change.exemptions);
    Ok(settled)
}

fn active(config: &Config) -> impl Iterator<Item = &'static Rule> {
    all().filter(|rule| !config.is_off(rule.id))
}

/// What the rules on documents and on all of them say.
fn judge(corpus: &Corpus, config: &Config) -> Result<Vec<Finding>, TooMany> {
    let count = AtomicUsize::new(0);
    // Where there are too many already, nobody judges any more.
    let counted = |judge: &dyn Fn() -> Vec<Finding>| match count.load(Ordering::Relaxed) > MOST {
        true => Vec::new(),
        false => {
            let findings = judge();
            count.fetch_add(findings.len(), Ordering::Relaxed);
            findings
        }
    };
    let active: Vec<&'static Rule> = active(config).collect();
    let everything = corpus.documents.par_iter().chain(&corpus.templates);
    let judged = everything.flat_map_iter(|it| counted(&|| judge_document(it, corpus, &active)));
    let mut findings: Vec<Finding> = judged.collect();
    let scopes = corpus.scopes();
    let across = active.par_iter();
    let across = across.flat_map_iter(|rule| counted(&|| judge_across(rule, corpus, &scopes)));
    findings.extend(across.collect::<Vec<_>>());
    if count.into_inner() > MOST { Err(TooMany) } else { Ok(findings) }
}

fn judge_across(rule: &'static Rule, corpus: &Corpus, scopes: &[Scope]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut sink = Sink::new(rule, &mut findings);
    match rule.check {
        Check::Corpus(check) => check(corpus, &mut sink),
        Check::Scopes(check) => check(scopes, corpus, &mut sink),
        Check::Manifest(check) => {
            corpus.manifests.iter().for_each(|it| check(it, corpus, &mut sink));
        }
        Check::Data(check) => corpus.data.iter().for_each(|it| check(it, corpus, &mut sink)),
        _ => {}
    }
    findings
}

/// Applies levels and exceptions, and says which exceptions are not needed.
fn settled(findings: Vec<Finding>, config: &Config) -> Settled<'_> {
    let mut settled = settle(findings, config);
    // An exception for what is said here has had nothing to take away yet; one for a change has
    // something to take away only in that change.
    settled.unused.retain(|exception| {
        find(&exception.rule)
            .is_none_or(|rule| !matches!(rule.check, Check::Exception(_) | Check::Change(_)))
    });
    let unused: Vec<Finding> =
        active(config).flat_map(|rule| judge_unused(rule, &settled)).collect();
    // What these say is subject to levels and exceptions like anything else.
    let about_exceptions = settle(unused, config);
    settled.findings.extend(about_exceptions.findings);
    settled.excepted.extend(about_exceptions.excepted);
    sort(&mut settled.findings);
    settled
}

fn judge_document(document: &Document, corpus: &Corpus, rules: &[&'static Rule]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let whole = document.whole();
    for rule in rules {
        if let Check::Document(check) = rule.check
            && let Some(document) = &whole
            && (rule.templates || !document.is_template)
        {
            check(document, corpus, &mut Sink::new(rule, &mut findings));
        }
    }
    findings
}

fn judge_unused(rule: &'static Rule, settled: &Settled<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Check::Exception(check) = rule.check {
        for exception in &settled.unused {
            check(exception, &mut Sink::new(rule, &mut findings));
        }
    }
    findings
}

/// The findings about a configuration that cannot be used.
#[must_use]
pub fn judge_config(problem: &ConfigProblem) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in all() {
        if let Check::Config(check) = rule.check {
            check(problem, &mut Sink::new(rule, &mut findings));
        }
    }
    findings
}
