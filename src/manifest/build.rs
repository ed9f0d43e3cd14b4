//! From scope documents, the documents that they include and bindings to a manifest.

mod scripts;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use super::BuildError;
use super::bindings::{Bindings, Variable};
use super::cases::{Expanded, expanded};
use crate::config::Config;
use crate::corpus::scope::Included;
use crate::corpus::{Corpus, Scope};
use crate::document::{Document, Span};
use crate::index::url;
use crate::model::{CaseKind, CaseLevel, Date, DocId, Kind, State, Status, Track, Validity};
use crate::text::some_of;

pub use written::{Built, Module, Script, TestCase, Version};

/// Makes the manifest at `path` from what documents say and the bindings. The same documents and bindings give the same manifest, on any day.
///
/// # Errors
/// There is no scope document, one lists nothing, a table of test cases of a document that is
/// included is wrong, a point names neither a document nor a module of
/// the bindings, an id has a variable part without values, a test case has no script, or a parameter
/// is not known; with the place.
pub fn build(
    corpus: &Corpus,
    config: &Config,
    path: &str,
    bindings: &Bindings,
) -> Result<Built, BuildError> {
    let number = bindings.number().unwrap_or_default();
    let own = corpus.scopes().into_iter().filter(|it| it.id.number == number);
    let (mut scopes, left_out): (Vec<_>, Vec<_>) = own.partition(|it| {
        let is_rejected = it.document.meta.status == Some(Status::Rejected);
        it.id.version >= bindings.oldest && !is_rejected
    });
    scopes.sort_by_key(|it| std::cmp::Reverse(it.id.version));
    let Some(newest) = scopes.first() else {
        let mut versions = corpus.versions(number, Kind::Primary).map(|(_, it)| it);
        if let Some(document) = versions.find(|it| it.meta.track == Some(Track::Scopes)) {
            let message = "the document of the scope has no section *Subject Matter*".to_owned();
            return Err(BuildError::in_document(document, Span::FILE, message));
        }
        let message = format!("no scope document has the number scs-{number:04}");
        return Err(bindings.about_scope(message));
    };
    let name = newest.document.meta.title.clone().unwrap_or_default();
    let builder = Builder { corpus, config, bindings, scopes: &scopes };
    let members = builder.members()?;
    let expanded = builder.expanded(&members)?;
    let parts: Vec<String> = scopes.iter().map(|it| it.document.label()).collect();
    Ok(Built {
        comments: vec![
            "Made by `scs-doc manifest build`: what is changed here is lost with the next build."
                .to_owned(),
            format!(
                "It comes from {}, from the documents that they include,",
                some_of(&parts, parts.len())
            ),
            format!("and from {}.", bindings.path),
        ],
        name,
        uuid: bindings.uuid.as_ref().clone(),
        url: raw_url(config, path),
        prerequisite: bindings.prerequisite.clone(),
        variables: bindings.variables.iter().map(variable).collect(),
        scripts: builder.scripts(&expanded)?,
        modules: builder.modules(&members, &expanded),
        timeline: builder.timeline(),
        versions: builder.versions(&members)?,
        left_out: left_out.into_iter().map(|it| it.version).collect(),
    })
}

fn variable(variable: &Variable) -> (String, Option<String>) {
    match variable {
        Variable::Name(name) => (name.clone(), None),
        Variable::Default { name, default } => (name.clone(), Some(default.clone())),
    }
}

/// Where a file of the repository can be fetched.
pub(super) fn raw_url(config: &Config, path: &str) -> String {
    let Config { repository, default_branch, .. } = config;
    format!("https://raw.githubusercontent.com/{repository}/{default_branch}/{path}")
}

/// A document, or a module of the bindings, that versions include.
struct Member<'b> {
    /// The id of its module.
    id: String,
    /// The document, unless the bindings describe the module.
    document: Option<(&'b Document, DocId)>,
    /// The text of the point, for what the bindings describe.
    text: String,
    /// The minor version that is asked for.
    minor: Option<String>,
    /// The names of its parameters.
    parameters: BTreeSet<String>,
}

struct Builder<'b> {
    corpus: &'b Corpus,
    config: &'b Config,
    bindings: &'b Bindings,
    scopes: &'b [Scope<'b>],
}

impl<'b> Builder<'b> {
    /// What all versions include, each once, by id.
    fn members(&self) -> Result<Vec<Member<'b>>, BuildError> {
        let mut members: BTreeMap<String, Member<'b>> = BTreeMap::new();
        let mut points = Vec::new();
        for scope in self.scopes {
            if let Some(twin) = self.twin_of(scope) {
                let message = format!("{} is {} of this scope too", twin.label(), scope.version);
                return Err(BuildError::in_document(scope.document, Span::FILE, message));
            }
            if scope.included.is_empty() {
                let span = scope.subject_matter.map_or(Span::FILE, |it| it.span);
                let message = "the scope lists nothing in a section *Subject Matter*".to_owned();
                return Err(BuildError::in_document(scope.document, span, message));
            }
            for point in &scope.included {
                let id = self.module_id(scope, point)?;
                let member = members.entry(id.clone()).or_insert_with(|| Member {
                    id,
                    document: point.document.and_then(|it| Some((it, it.id()?))),
                    text: point.text.clone(),
                    minor: point.minor.clone(),
                    parameters: BTreeSet::new(),
                });
                let given = point.parameters.iter();
                let mut names = BTreeSet::new();
                for parameter in given {
                    let name = self.parameter(scope, &parameter.name, parameter.span)?;
                    if !names.insert(name.clone()) {
                        let message = format!("the parameter `{name}` has two values here");
                        return Err(BuildError::in_document(
                            scope.document,
                            parameter.span,
                            message,
                        ));
                    }
                }
                let given = names;
                member.parameters.extend(given.iter().cloned());
                points.push((scope, point, member.id.clone(), given));
            }
        }
        for (scope, point, id, given) in points {
            let wanted = members.get(&id).map(|it| &it.parameters);
            if let Some(missing) = wanted.and_then(|it| it.difference(&given).next()) {
                let message = format!(
                    "another version gives `{id}` a value for the parameter `{missing}`, this one does not: add it *with* a link"
                );
                return Err(BuildError::in_document(scope.document, point.span, message));
            }
        }
        Ok(members.into_values().collect())
    }

    /// Another document that describes the same version.
    fn twin_of(&self, scope: &Scope<'_>) -> Option<&'b Document> {
        let mut others = self.scopes.iter().map(|it| (it.version.as_str(), it.document));
        let is_twin = |(version, document): &(&str, &Document)| {
            *version == scope.version && document.path != scope.document.path
        };
        others.find(is_twin).map(|(_, document)| document)
    }

    /// The id of the module of a point: the name of the document, with the minor version.
    fn module_id(&self, scope: &Scope<'_>, point: &Included<'_>) -> Result<String, BuildError> {
        let wrong = |message: String| BuildError::in_document(scope.document, point.span, message);
        if let Some(document) = point.document {
            let label = document.label();
            return match document.id() {
                Some(id) if id.kind == Kind::Primary => Ok(point.module_id(id)),
                Some(_) => Err(wrong(format!("{label} is a supplement, and nothing to fulfil"))),
                None => Err(wrong(format!("{label} has no number yet: see `scs-doc assign`"))),
            };
        }
        let external = self.bindings.modules.get(&point.text);
        external.map(|it| it.id.clone()).ok_or_else(|| {
            wrong(format!(
                "this point names no document that is there; link to one, or describe the module in the bindings: [modules.\"{}\"]",
                point.text
            ))
        })
    }

    /// The parameter that the text of a link means: the one with this name, or the only one.
    fn parameter(&self, scope: &Scope<'_>, text: &str, span: Span) -> Result<String, BuildError> {
        let known = &self.bindings.parameters;
        let mut names = known.keys();
        match (known.contains_key(text), names.next(), names.next()) {
            (true, ..) => Ok(text.to_owned()),
            (false, Some(only), None) => Ok(only.clone()),
            _ => {
                let message =
                    format!("the bindings have no parameter `{text}`: [parameters.{text}]");
                Err(BuildError::in_document(scope.document, span, message))
            }
        }
    }

    /// The test cases of the documents that are included, with variable parts filled in.
    fn expanded(
        &self,
        members: &[Member<'b>],
    ) -> Result<BTreeMap<DocId, Vec<Expanded<'b>>>, BuildError> {
        let mut all = BTreeMap::new();
        let included = || members.iter().filter_map(|it| it.document);
        let numbers: BTreeSet<u16> = included().map(|(_, id)| id.number).collect();
        // What a table says wrongly would be left out, or made up.
        for problem in &self.corpus.cases().problems {
            let Some(document) = self.corpus.at(problem.document) else { continue };
            if document.id().is_some_and(|id| numbers.contains(&id.number)) {
                let message = problem.message.clone();
                return Err(BuildError::in_document(document, problem.span, message));
            }
        }
        for (document, id) in included() {
            all.insert(id, expanded(self.corpus, self.bindings, document, id)?);
        }
        Ok(all)
    }

    fn modules(
        &self,
        members: &[Member<'b>],
        expanded: &BTreeMap<DocId, Vec<Expanded<'b>>>,
    ) -> Vec<Module> {
        let mut modules = Vec::new();
        for member in members {
            let parameters: Vec<(String, String)> = member
                .parameters
                .iter()
                .map(|name| {
                    let known = self.bindings.parameters.get(name);
                    (name.clone(), known.map(|it| it.description.clone()).unwrap_or_default())
                })
                .collect();
            let Some((document, id)) = member.document else {
                modules.extend(self.bindings.modules.get(&member.text).map(|it| Module {
                    comment: format!("from the bindings: {}", member.text),
                    id: it.id.clone(),
                    name: it.name.clone(),
                    url: it.url.clone(),
                    parameters,
                    targets: Vec::new(),
                }));
                continue;
            };
            let cases = expanded.get(&id).map(Vec::as_slice).unwrap_or_default();
            let sources: BTreeSet<String> = cases
                .iter()
                .filter_map(|it| Some(self.corpus.at(it.case.document)?.label()))
                .collect();
            let tested = match sources.is_empty() {
                true => "no test cases".to_owned(),
                false => format!("test cases from {}", listed(&sources)),
            };
            let title = document.meta.title.clone().unwrap_or_default();
            let minor = member.minor.as_ref().map(|it| format!(" v{it}")).unwrap_or_default();
            let module = |suffix: &str, targets| Module {
                comment: format!("{}; {tested}", document.file_name()),
                id: format!("{}{suffix}", member.id),
                name: format!("{title}{minor}"),
                url: url(&self.config.site_url, document),
                parameters: parameters.clone(),
                targets,
            };
            let ids = |wanted: &dyn Fn(&Expanded<'_>) -> bool| -> Vec<String> {
                cases.iter().filter(|it| wanted(it)).map(|it| it.id.clone()).collect()
            };
            let automated = |level| {
                move |it: &Expanded<'_>| it.case.kind == CaseKind::Automated && it.level == level
            };
            let main = ids(&automated(CaseLevel::Main));
            let target =
                |name, ids: Vec<String>| if ids.is_empty() { vec![] } else { vec![(name, ids)] };
            modules.push(module("", target("main", main)));
            let recommended = ids(&automated(CaseLevel::Recommended));
            let manual = ids(&|it| it.case.kind != CaseKind::Automated);
            for (suffix, name, ids) in
                [("-rec", "recommended", recommended), ("-manual", "preview", manual)]
            {
                if !ids.is_empty() {
                    modules.push(module(suffix, target(name, ids)));
                }
            }
        }
        modules
    }

    /// A period from each date of a scope document on. What is still a Draft has no date; it stands
    /// in the newest period.
    fn timeline(&self) -> Vec<(Date, Vec<(String, Validity)>)> {
        let dates = self.scopes.iter().flat_map(|it| {
            let meta = &it.document.meta;
            [meta.stabilized_at, meta.deprecated_at, self.bindings.warned(&it.version)]
        });
        let days: BTreeSet<Date> = dates.flatten().collect();
        let newest = days.last().copied();
        days.iter()
            .rev()
            .map(|day| {
                let versions = self.scopes.iter().filter_map(|scope| {
                    let validity = match scope.document.state_on(*day)? {
                        State::Effective => {
                            let warned = self.bindings.warned(&scope.version);
                            let is_warned = warned.is_some_and(|from| from <= *day);
                            if is_warned { Validity::Warn } else { Validity::Effective }
                        }
                        State::Deprecated => Validity::Deprecated,
                        State::Draft if Some(*day) == newest => Validity::Draft,
                        State::Draft | State::Upcoming | State::Rejected => return None,
                    };
                    Some((scope.version.clone(), validity))
                });
                (*day, versions.collect())
            })
            .collect()
    }

    fn versions(&self, members: &[Member<'b>]) -> Result<Vec<Version>, BuildError> {
        let known: BTreeSet<&str> = members.iter().map(|it| it.id.as_str()).collect();
        let mut versions = Vec::new();
        for scope in self.scopes {
            let mut include = Vec::new();
            for point in &scope.included {
                let id = self.module_id(scope, point)?;
                let mut parameters = Vec::new();
                for parameter in &point.parameters {
                    let value = match &parameter.file {
                        Some(path) => raw_url(self.config, path),
                        None => parameter.value.clone(),
                    };
                    parameters
                        .push((self.parameter(scope, &parameter.name, parameter.span)?, value));
                }
                if known.contains(id.as_str()) {
                    include.push((id, parameters));
                }
            }
            let meta = &scope.document.meta;
            versions.push(Version {
                comment: format!("{}, Subject Matter", scope.document.file_name()),
                name: scope.version.clone(),
                stabilized_at: meta.stabilized_at,
                include,
            });
        }
        Ok(versions)
    }
}

fn listed(labels: &BTreeSet<String>) -> String {
    let labels: Vec<String> = labels.iter().cloned().collect();
    some_of(&labels, labels.len())
}
