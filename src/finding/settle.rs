//! Levels and exceptions of the configuration, applied in one place.

use std::collections::{HashMap, HashSet};

use super::{Finding, subjects};
use crate::config::{Config, Exception};

/// Findings after levels and exceptions.
#[derive(Debug, Default)]
pub struct Settled<'c> {
    /// What remains, sorted by path, place and rule.
    pub findings: Vec<Finding>,
    /// The paths of those that an exception took away.
    pub excepted: Vec<String>,
    /// Exceptions that took nothing away although their rule ran.
    pub unused: Vec<&'c Exception>,
}

/// Applies the levels and exceptions of the configuration.
#[must_use]
pub fn settle(findings: Vec<Finding>, config: &Config) -> Settled<'_> {
    // By their indices: they may come from two files.
    let mut used = HashSet::new();
    let mut by_place: HashMap<(&str, &str), Vec<(usize, &Exception)>> = HashMap::new();
    for (index, exception) in config.exceptions.iter().enumerate() {
        by_place.entry((&exception.rule, &exception.path)).or_default().push((index, exception));
    }
    let mut settled = Settled::default();
    for mut finding in findings {
        match config.levels.get(finding.rule) {
            None => {}
            Some(None) => continue,
            Some(Some(level)) if finding.mild => finding.level = finding.level.min(*level),
            Some(Some(level)) => finding.level = *level,
        }
        // Every exception that fits counts as used.
        let there = by_place.get(&(finding.rule, finding.path.as_str())).into_iter().flatten();
        let fitting = there.filter(|(_, exception)| takes_away(exception, &finding));
        let fitting: Vec<usize> = fitting.map(|(index, _)| *index).collect();
        if fitting.is_empty() {
            settled.findings.push(finding);
        } else {
            settled.excepted.push(finding.path);
            used.extend(fitting);
        }
    }
    let all = config.exceptions.iter().enumerate();
    let idle = all.filter(|(index, it)| !used.contains(index) && !config.is_off(&it.rule));
    settled.unused = idle.map(|(_, exception)| exception).collect();
    settled
}

/// Whether an exception for the rule and the file of a finding takes it away: one about several
/// things also where only a part of them is left.
fn takes_away(exception: &Exception, finding: &Finding) -> bool {
    exception.subject.as_ref().is_none_or(|accepted| {
        finding.subjects().all(|it| subjects(accepted).any(|accepted| accepted == it))
    })
}

/// Sorts findings by path, place, rule and subject.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (&a.path, a.span, a.rule, &a.subject).cmp(&(&b.path, b.span, b.rule, &b.subject))
    });
}
