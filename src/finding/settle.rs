//! Levels and exceptions of the configuration, applied in one place.

use std::collections::{HashMap, HashSet};

use super::{Finding, subjects};
use crate::config::{Config, Exception};

/// Findings after levels and exceptions.
#[derive(Debug, Default)]
pub struct Settled<'c> {
    /// What remains, sorted by path, place and rule.
    pub findings: Vec<Finding>,
    /// The rules and the paths of those that an exception took away.
    pub excepted: Vec<(&'static str, String)>,
    /// Exceptions that took nothing away although their rule ran.
    pub unused: Vec<&'c Exception>,
}

/// Applies the levels and exceptions of the configuration.
#[must_use]
pub fn settle(findings: Vec<Finding>, config: &Config) -> Settled<'_> {
    let mut exceptions = Exceptions::of(config);
    let mut settled = Settled::default();
    for mut finding in findings {
        match config.levels.get(finding.rule) {
            None => {}
            Some(None) => continue,
            Some(Some(level)) if finding.mild => finding.level = finding.level.min(*level),
            Some(Some(level)) => finding.level = *level,
        }
        if exceptions.take_away(&finding) {
            settled.excepted.push((finding.rule, finding.path));
        } else {
            settled.findings.push(finding);
        }
    }
    let all = config.exceptions.iter().enumerate();
    let idle = all.filter(|(at, it)| !exceptions.used.contains(at) && !config.is_off(&it.rule));
    settled.unused = idle.map(|(_, exception)| exception).collect();
    settled
}

/// An exception, and its index in the configuration.
type Numbered<'c> = (usize, &'c Exception);

/// Exceptions, to be found by what they are about. They are known by their indices.
#[derive(Default)]
struct Exceptions<'c> {
    /// By rule and path: those about the whole document.
    whole: HashMap<(&'c str, &'c str), Vec<usize>>,
    /// By rule, path and each thing that they are about.
    by_subject: HashMap<(&'c str, &'c str, &'c str), Vec<Numbered<'c>>>,
    /// By rule, path and subject: whether there is one that fits. Every one that does is used.
    known: HashMap<(&'static str, String, String), bool>,
    used: HashSet<usize>,
}

impl<'c> Exceptions<'c> {
    fn of(config: &'c Config) -> Exceptions<'c> {
        let mut all = Exceptions::default();
        for (at, exception) in config.exceptions.iter().enumerate() {
            let (rule, path) = (exception.rule.as_str(), exception.path.as_str());
            match &exception.subject {
                None => all.whole.entry((rule, path)).or_default().push(at),
                Some(subject) => {
                    for subject in subjects(subject) {
                        let there = all.by_subject.entry((rule, path, subject)).or_default();
                        there.push((at, exception));
                    }
                }
            }
        }
        all
    }

    /// Whether an exception takes a finding away: one about several things also where only a part of
    /// them is left.
    fn take_away(&mut self, finding: &Finding) -> bool {
        if self.whole.is_empty() && self.by_subject.is_empty() {
            return false;
        }
        let key = (finding.rule, finding.path.clone(), finding.subject.clone());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let whole = self.whole.get(&(finding.rule, finding.path.as_str()));
        let mut fitting: Vec<usize> = whole.into_iter().flatten().copied().collect();
        if let Some(first) = finding.subjects().next() {
            let there = self.by_subject.get(&(finding.rule, finding.path.as_str(), first));
            let covers = |exception: &Exception| {
                let accepted = exception.subject.as_deref().unwrap_or_default();
                finding.subjects().all(|it| subjects(accepted).any(|accepted| accepted == it))
            };
            let there = there.into_iter().flatten().filter(|(_, exception)| covers(exception));
            fitting.extend(there.map(|(at, _)| *at));
        }
        let fits = !fitting.is_empty();
        self.used.extend(fitting);
        self.known.insert(key, fits);
        fits
    }
}

/// Sorts findings by path, place, rule and subject.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (&a.path, a.span, a.rule, &a.subject).cmp(&(&b.path, b.span, b.rule, &b.subject))
    });
}
