//! Certificate scopes as people name them: a series of documents, and the manifest of it.

use std::collections::{BTreeMap, HashSet};

use crate::corpus::manifest::Version;
use crate::corpus::scope::{Describing, is_minor_of};
use crate::corpus::{Corpus, Manifest, Scope};
use crate::document::normalized;
use crate::index::title_of;
use crate::text::some_of;

/// How many candidates are listed.
const MOST_LISTED: usize = 12;

/// A certificate scope with all its versions.
#[derive(Debug)]
pub struct ScopeSeries<'c> {
    /// The documents.
    pub corpus: &'c Corpus,
    /// The versions that documents describe, in order.
    pub scopes: Vec<Scope<'c>>,
    /// The manifest, if there is one.
    pub manifest: Option<&'c Manifest>,
}

/// A version of a scope: in the manifest, in a document, or in both.
#[derive(Debug, Clone)]
pub struct Candidate<'s> {
    /// What it is called: `v5.1`, `next`.
    pub label: &'s str,
    /// What the manifest says.
    pub version: Option<&'s Version>,
    /// What the document says.
    pub scope: Option<&'s Scope<'s>>,
}

/// Why a name does not lead to a scope or to a version of one.
#[derive(Debug, thiserror::Error)]
pub enum ScopeError {
    /// There are no scopes at all.
    #[error(
        "there is no certificate scope: no document of the track Scopes has a section *Subject Matter*, and no manifest is there"
    )]
    None,
    /// No scope has this name.
    #[error(
        "{name}: there is no such scope; there {} {}",
        are(candidates),
        some_of(candidates, MOST_LISTED)
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// What is there.
        candidates: Vec<String>,
    },
    /// Several scopes have it.
    #[error("{name}: may be {}: say which", some_of(candidates, MOST_LISTED))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// What it may be.
        candidates: Vec<String>,
    },
    /// The scope has no such version.
    #[error(
        "{name}: {scope} has no such version; there {} {}",
        are(candidates),
        some_of(candidates, MOST_LISTED)
    )]
    NoVersion {
        /// What was asked for.
        name: String,
        /// The title of the scope.
        scope: String,
        /// The versions that are there.
        candidates: Vec<String>,
    },
    /// The scope has no version at all.
    #[error("{scope} has no versions")]
    NoVersions {
        /// The title of the scope.
        scope: String,
    },
}

fn are(candidates: &[String]) -> &'static str {
    if candidates.len() == 1 { "is" } else { "are" }
}

impl<'c> ScopeSeries<'c> {
    /// All scopes: by the number of their documents, then manifests that have none.
    #[must_use]
    pub fn all(corpus: &'c Corpus) -> Vec<ScopeSeries<'c>> {
        let mut numbers: BTreeMap<u16, Vec<Scope<'c>>> = BTreeMap::new();
        for scope in corpus.scopes() {
            numbers.entry(scope.id.number).or_default().push(scope);
        }
        let mut taken = HashSet::new();
        let mut all = Vec::new();
        for mut scopes in numbers.into_values() {
            scopes.sort_by_key(|it| (it.id, &it.document.path));
            let is_own = |it: &&Manifest| {
                !taken.contains(it.path.as_str()) && scopes.iter().any(|scope| scope.is_of(it))
            };
            let manifest = corpus.manifests.iter().find(is_own);
            taken.extend(manifest.map(|it| it.path.as_str()));
            all.push(ScopeSeries { corpus, scopes, manifest });
        }
        let others = corpus.manifests.iter().filter(|it| !taken.contains(it.path.as_str()));
        all.extend(others.map(|it| ScopeSeries { corpus, scopes: vec![], manifest: Some(it) }));
        all
    }

    /// The scope that a name means: the number (`scs-0501`), the slug, the path of the manifest, or
    /// the title. Case does not matter.
    ///
    /// # Errors
    /// There is no such scope, or more than one.
    pub fn named(corpus: &'c Corpus, name: &str) -> Result<ScopeSeries<'c>, ScopeError> {
        let all = ScopeSeries::all(corpus);
        if all.is_empty() {
            return Err(ScopeError::None);
        }
        let candidates = all.iter().map(ScopeSeries::told).collect();
        let of_path = |it: &ScopeSeries<'_>| {
            let path = name.strip_prefix("./").unwrap_or(name);
            it.manifest.is_some_and(|it| it.path == path)
        };
        let (exact, others): (Vec<_>, Vec<_>) = all.into_iter().partition(of_path);
        let named = match exact.is_empty() {
            true => others.into_iter().filter(|it| it.is_called(name)).collect(),
            false => exact,
        };
        let told = named.iter().map(ScopeSeries::told).collect();
        match <[_; 1]>::try_from(named) {
            Ok([one]) => Ok(one),
            Err(none) if none.is_empty() => {
                Err(ScopeError::Unknown { name: name.to_owned(), candidates })
            }
            Err(_) => Err(ScopeError::Ambiguous { name: name.to_owned(), candidates: told }),
        }
    }

    fn is_called(&self, name: &str) -> bool {
        let slug = |it: &Scope<'_>| it.document.name.as_ref().ok().map(|it| it.slug.clone());
        let scopes = self.scopes.iter();
        let mut names: Vec<String> = scopes.clone().filter_map(slug).collect();
        names.extend(scopes.map(|it| title_of(it.document)));
        names.extend([self.label(), self.label().replacen("scs-", "", 1), self.title()]);
        if let Some(manifest) = self.manifest {
            let file = manifest.path.rsplit('/').next().unwrap_or_default();
            names.extend([manifest.stem().to_owned(), file.to_owned()]);
            names.extend(manifest.name.as_ref().map(|it| normalized(&it.value)));
        }
        let wanted = [normalized(name), name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()];
        names.iter().any(|it| wanted.iter().any(|name| name.to_lowercase() == it.to_lowercase()))
    }

    /// `scs-0501`; what the manifest is called where there is no document.
    #[must_use]
    pub fn label(&self) -> String {
        match self.scopes.first() {
            Some(scope) => format!("scs-{:04}", scope.id.number),
            None => self.manifest.map(Manifest::stem).unwrap_or_default().to_owned(),
        }
    }

    /// The title of the newest document, else the name in the manifest, on one line.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.scopes.last().map(|it| title_of(it.document));
        let name = || Some(normalized(&self.manifest?.name.as_ref()?.value));
        title.or_else(name).filter(|it| !it.is_empty()).unwrap_or_else(|| self.label())
    }

    /// `scs-0501 (SCS-compatible IaaS)`
    fn told(&self) -> String {
        format!("{} ({})", self.label(), self.title())
    }

    /// The versions: those of the manifest in its order, then those that only documents describe,
    /// the newest first.
    #[must_use]
    pub fn versions(&self) -> Vec<Candidate<'_>> {
        let describing = self.manifest.map(|it| Describing::of(&self.scopes, it));
        let versions = self.manifest.into_iter().flat_map(|it| &it.versions);
        let mut found: Vec<Candidate<'_>> = versions
            .filter_map(|version| {
                let label = version.version.as_ref()?.value.as_str();
                Some(Candidate {
                    label,
                    version: Some(version),
                    scope: describing.as_ref().and_then(|it| it.version(label)),
                })
            })
            .collect();
        let joined: HashSet<&str> =
            found.iter().filter_map(|it| Some(it.scope?.document.path.as_str())).collect();
        let others = self.scopes.iter().rev();
        let others = others.filter(|it| !joined.contains(it.document.path.as_str()));
        let others =
            others.map(|it| Candidate { label: &it.version, version: None, scope: Some(it) });
        found.extend(others);
        found
    }

    /// The version that a label means: itself, or the only one that it is the beginning of (`v5` of
    /// `v5.1`).
    ///
    /// # Errors
    /// There is none, or more than one.
    pub fn version(&self, wanted: &str) -> Result<Candidate<'_>, ScopeError> {
        let all = self.versions();
        if all.is_empty() {
            return Err(ScopeError::NoVersions { scope: self.title() });
        }
        let is_fitting = |it: &&Candidate<'_>| is_minor_of(it.label, wanted);
        let fitting: Vec<&Candidate<'_>> = all.iter().filter(is_fitting).collect();
        let exact = all.iter().find(|it| it.label == wanted);
        let only = <&[_; 1]>::try_from(fitting.as_slice()).map(|[it]| *it).ok();
        let labels = |of: &[&Candidate<'_>]| of.iter().map(|it| it.label.to_owned()).collect();
        match (exact.or(only), fitting.as_slice()) {
            (Some(one), _) => Ok(one.clone()),
            (None, []) => Err(ScopeError::NoVersion {
                name: wanted.to_owned(),
                scope: self.title(),
                candidates: labels(&all.iter().collect::<Vec<_>>()),
            }),
            (None, several) => {
                Err(ScopeError::Ambiguous { name: wanted.to_owned(), candidates: labels(several) })
            }
        }
    }
}
