//! The scripts of a manifest: by binding what it serves, and at the end what people do.

use std::collections::{BTreeMap, BTreeSet};

use super::{Builder, Script, TestCase, listed};
use crate::corpus::scope::regime_of;
use crate::index::url;
use crate::manifest::BuildError;
use crate::manifest::cases::Expanded;
use crate::model::{CaseKind, DocId, Lifetime};
use crate::text::some_of;

impl<'b> Builder<'b> {
    pub(super) fn scripts(
        &self,
        expanded: &BTreeMap<DocId, Vec<Expanded<'b>>>,
    ) -> Result<Vec<Script>, BuildError> {
        let scripts = &self.bindings.scripts;
        let mut served: Vec<Vec<TestCase>> = scripts.iter().map(|_| Vec::new()).collect();
        let mut sources: Vec<BTreeSet<String>> = scripts.iter().map(|_| BTreeSet::new()).collect();
        let (mut manual, mut manual_sources) = (Vec::new(), BTreeSet::new());
        let mut places: BTreeMap<&str, (Option<usize>, usize)> = BTreeMap::new();
        for (id, cases) in expanded {
            for case in cases {
                let at = match case.case.kind {
                    CaseKind::Automated => {
                        Some(self.bindings.script_of(&case.id).ok_or_else(|| {
                            let message =
                                format!("no script serves the test case `{}` of {id}", case.id);
                            self.bindings.about_scope(message)
                        })?)
                    }
                    CaseKind::SelfAssessment | CaseKind::Audit => None,
                };
                let (list, sources) = match at {
                    Some(at) => match (served.get_mut(at), sources.get_mut(at)) {
                        (Some(list), Some(sources)) => (list, sources),
                        _ => continue,
                    },
                    None => (&mut manual, &mut manual_sources),
                };
                let lifetime = case
                    .case
                    .lifetime
                    .or_else(|| {
                        regime_of(self.scopes.iter(), *id, case.case.kind)
                            .map(|(lifetime, ..)| lifetime)
                    })
                    .unwrap_or(Lifetime::Week);
                if let Some((before, index)) = places.get(case.id.as_str()).copied() {
                    // Another version has it too: the stricter counts.
                    if before == at
                        && let Some(there) = list.get_mut(index)
                    {
                        let shortest = there.lifetime.unwrap_or(Lifetime::Week).min(lifetime);
                        there.lifetime = Some(shortest).filter(|it| *it != Lifetime::Week);
                    }
                    continue;
                }
                let Some(document) = self.corpus.at(case.case.document) else { continue };
                places.insert(&case.id, (at, list.len()));
                sources.insert(document.label());
                list.push(TestCase {
                    id: case.id.clone(),
                    lifetime: Some(lifetime).filter(|it| *it != Lifetime::Week),
                    section: at.and_then(|at| scripts.get(at)?.section.clone()),
                    description: case.description.clone(),
                    url: format!("{}#{}", url(&self.config.site_url, document), case.case.anchor),
                });
            }
        }
        let automated =
            scripts.iter().zip(served).zip(sources).map(|((script, testcases), sources)| {
                let patterns: Vec<String> =
                    script.testcases.iter().map(|it| format!("`{it}`")).collect();
                Script {
                    comment: format!(
                        "serves {}; test cases from {}",
                        some_of(&patterns, patterns.len()),
                        listed(&sources)
                    ),
                    executable: Some(script.executable.clone()),
                    env: script.env.clone(),
                    args: script.args.clone(),
                    testcases,
                }
            });
        let mut all: Vec<Script> = automated.filter(|it| !it.testcases.is_empty()).collect();
        if !manual.is_empty() {
            let comment = format!("what people do; from {}", listed(&manual_sources));
            all.push(Script {
                comment,
                executable: None,
                env: BTreeMap::new(),
                args: None,
                testcases: manual,
            });
        }
        Ok(all)
    }
}
