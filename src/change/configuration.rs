//! What a change does to the configuration: whoever reads the verdict has to know.

use std::collections::{BTreeSet, HashSet};

use super::Change;
use crate::config::{Config, Exception};
use crate::finding::Level;
use crate::text::counted;

impl Change {
    /// How levels, exceptions and other keys change, a line each. They hold after the merge.
    #[must_use]
    pub fn configuration_changes(&self) -> Vec<String> {
        let (before, after) = (&self.configs.base, &self.configs.head);
        let lines = [keys(before, after), levels(before, after)].concat();
        let lines = lines.into_iter().chain(exceptions(before, after));
        lines.map(|line| format!("{}: {line}", after.path)).collect()
    }
}

fn keys(before: &Config, after: &Config) -> Vec<String> {
    let differ = [
        ("standards", before.standards != after.standards),
        ("manifests", before.manifests != after.manifests),
        ("site-url", before.site_url != after.site_url),
        ("repository", before.repository != after.repository),
        ("default-branch", before.default_branch != after.default_branch),
        ("forum", before.forum != after.forum),
        ("mirrors", before.mirrors != after.mirrors),
        ("index", before.index != after.index),
    ];
    let differ = differ.into_iter().filter(|(_, differs)| *differs);
    differ.map(|(key, _)| format!("`{key}` changes")).collect()
}

fn levels(before: &Config, after: &Config) -> Vec<String> {
    let name = |level: Option<&Option<Level>>| match level {
        None => "default",
        Some(None) => "off",
        Some(Some(level)) => level.name(),
    };
    let rules: BTreeSet<&String> = before.levels.keys().chain(after.levels.keys()).collect();
    let both =
        rules.into_iter().map(|rule| (rule, before.levels.get(rule), after.levels.get(rule)));
    let differ = both.filter(|(_, old, new)| old != new);
    let line = |(rule, old, new): (&String, _, _)| {
        format!("`{rule}` goes from {} to {}", name(old), name(new))
    };
    differ.map(line).collect()
}

fn exceptions(before: &Config, after: &Config) -> Option<String> {
    let key = |it: &Exception| (it.rule.clone(), it.path.clone(), it.subject.clone());
    let known: HashSet<_> = before.exceptions.iter().map(key).collect();
    let new: Vec<&Exception> =
        after.exceptions.iter().filter(|it| !known.contains(&key(it))).collect();
    let rules: BTreeSet<String> = new.iter().map(|it| format!("`{}`", it.rule)).collect();
    let rules: Vec<String> = rules.into_iter().collect();
    let line = format!("{} from {}", counted(new.len(), "new exception"), rules.join(", "));
    (!new.is_empty()).then_some(line)
}
