//! What a change brought, what its base had to hear already, and what it is exempted from.

use std::collections::{HashMap, HashSet};

use super::Exemption;
use crate::finding::{Finding, Level, Origin};

/// What the base of a change has to hear, by rule and document.
#[derive(Debug)]
pub struct Inherited<'c> {
    renamed: HashMap<&'c str, &'c str>,
    subjects: HashMap<(&'static str, String), HashSet<String>>,
}

impl<'c> Inherited<'c> {
    /// Nothing so far. `renamed` tells, by their paths in the base, where documents are in the head:
    /// a document keeps its identity when its file gets another name.
    #[must_use]
    pub fn new(renamed: HashMap<&'c str, &'c str>) -> Inherited<'c> {
        Inherited { renamed, subjects: HashMap::new() }
    }

    /// Adds what the base has to hear.
    pub fn add(&mut self, findings: &[Finding]) {
        for finding in findings {
            let path = self.renamed.get(finding.path.as_str()).copied().unwrap_or(&finding.path);
            let there = self.subjects.entry((finding.rule, path.to_owned())).or_default();
            there.extend(finding.subjects().map(str::to_owned));
        }
    }

    /// Tells the findings about the head where they come from. Those that the change brought and
    /// is exempted from become notes.
    pub fn mark(&self, findings: &mut [Finding], exemptions: &[Exemption]) {
        for finding in findings {
            if self.has(finding) {
                finding.origin = Some(Origin::Inherited);
                continue;
            }
            finding.origin = Some(Origin::Introduced);
            let granted = |it: &&Exemption| it.rule == finding.rule && it.is_granted();
            if let Some(exemption) = exemptions.iter().find(granted) {
                finding.level = Level::Note;
                finding.exempt = Some(exemption.reason.clone());
            }
        }
    }

    /// Whether the base has to hear the same, of all that the finding is about.
    fn has(&self, finding: &Finding) -> bool {
        let there = self.subjects.get(&(finding.rule, finding.path.clone()));
        there.is_some_and(|there| finding.subjects().all(|subject| there.contains(subject)))
    }
}
