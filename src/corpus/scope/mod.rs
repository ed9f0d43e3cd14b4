//! Certificate scopes, as their documents describe them (scs-0003, *Scope documents*).

mod differences;
mod versions;

use std::collections::HashMap;

use super::{Corpus, Manifest, Target};
use crate::document::{Document, Heading, Item, ItemLink, Span};
use crate::model::{CaseKind, DocId, Kind, Lifetime, Named, Track};

pub use differences::{Difference, values_here, values_there};
pub use versions::{Describing, is_minor_of, regime_of};

/// A version of a certificate scope, as its document describes it.
#[derive(Debug)]
pub struct Scope<'c> {
    /// The document.
    pub document: &'c Document,
    /// What identifies it.
    pub id: DocId,
    /// What manifests call the version: `v5`, or `v5.1` where the introduction says so.
    pub version: String,
    /// The heading *Subject Matter*, if there is one.
    pub subject_matter: Option<&'c Heading>,
    /// What is listed below it.
    pub included: Vec<Included<'c>>,
    /// How often results have to be renewed.
    pub regime: Regime,
}

/// A point of the *Subject Matter*.
#[derive(Debug)]
pub struct Included<'c> {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// The document that it names, else the one that it links to; none for what is described
    /// elsewhere.
    pub document: Option<&'c Document>,
    /// The minor version that it asks for, such as `3.1`.
    pub minor: Option<String>,
    /// What it is included *with*.
    pub parameters: Vec<Parameter>,
}

impl Included<'_> {
    /// The id of the module for the document of this point: its name, with the minor version that is
    /// asked for, if that is one of the same version.
    #[must_use]
    pub fn module_id(&self, id: DocId) -> String {
        let minor = self.minor.as_deref().and_then(|it| it.split_once('.'));
        let minor = minor.filter(|(major, _)| *major == id.version.to_string());
        minor.map_or_else(|| id.to_string(), |(_, minor)| format!("{id}.{minor}"))
    }
}

/// A value that a point is included with: a link after the word *with*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The text of the link: the name of the parameter, or words for it.
    pub name: String,
    /// Where it leads.
    pub value: String,
    /// The file of the repository that it leads to, if it does.
    pub file: Option<String>,
    /// The link.
    pub span: Span,
}

/// How often results have to be renewed, at least.
#[derive(Debug, Default)]
pub struct Regime {
    /// In general.
    pub general: Option<General>,
    /// For single documents.
    pub special: Vec<(DocId, Lifetime, Span)>,
}

/// How often results are renewed in general.
#[derive(Debug, Clone, Copy)]
pub struct General {
    /// How long one counts.
    pub lifetime: Lifetime,
    /// Whether that is said of automated tests only.
    pub is_of_automated: bool,
    /// Where it is said.
    pub span: Span,
}

impl Regime {
    /// How long results of a kind of test cases count for a document, and where that is said.
    #[must_use]
    pub fn of(&self, id: DocId, kind: CaseKind) -> Option<(Lifetime, Span)> {
        let special = self.special.iter().find(|(it, ..)| *it == id);
        let is_automated = kind == CaseKind::Automated;
        let general = self.general.filter(|it| is_automated || !it.is_of_automated);
        let general = || general.map(|it| (it.lifetime, it.span));
        special.map(|(_, lifetime, span)| (*lifetime, *span)).or_else(general)
    }
}

impl Corpus {
    /// The versions of all certificate scopes: the primary documents of the track Scopes that list
    /// something as their subject matter or share their number with one that does.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope<'_>> {
        let documents = self.documents.iter().map(AsRef::as_ref);
        let is_scope = |it: &&Document| it.is_primary() && it.meta.track == Some(Track::Scopes);
        let scopes = documents.filter(is_scope);
        let scopes: Vec<Scope<'_>> = scopes.filter_map(|it| self.scope(it)).collect();
        let listing: Vec<u16> =
            scopes.iter().filter(|it| it.subject_matter.is_some()).map(|it| it.id.number).collect();
        let is_listed = |it: &Scope<'_>| {
            let named = || self.manifests.iter().any(|manifest| it.is_of(manifest));
            listing.contains(&it.id.number) || named()
        };
        scopes.into_iter().filter(is_listed).collect()
    }

    fn scope<'c>(&'c self, document: &'c Document) -> Option<Scope<'c>> {
        let id = document.id()?;
        let section = |title: &str| {
            let mut headings = document.outline.headings.iter();
            headings.find(|it| it.text.trim().eq_ignore_ascii_case(title))
        };
        let subject_matter = section("Subject Matter");
        let points = subject_matter.map(|it| document.items(it)).unwrap_or_default();
        let points = points.iter().filter(|it| it.depth == 1);
        let links: HashMap<Span, &Target> =
            self.links(document).map(|(link, target)| (link.span, target)).collect();
        let regime = section("Testing Regime").map(|it| regime(&document.items(it)));
        Some(Scope {
            document,
            id,
            version: version(document, id, section("Introduction")),
            subject_matter,
            included: points.map(|it| self.included(it, &links)).collect(),
            regime: regime.unwrap_or_default(),
        })
    }

    fn included(&self, item: &Item, links: &HashMap<Span, &Target>) -> Included<'_> {
        let named = Named::all_in(&item.text).find_map(|(_, named)| named.id());
        let named = named.and_then(|id| self.with_id(id).next());
        let target = |link: &ItemLink| links.get(&link.span).copied();
        let linked = || match target(item.links.first()?)? {
            Target::Document(index) => self.at(*index),
            _ => None,
        };
        let file = |link: &ItemLink| match target(link)? {
            Target::File(path) => Some(path.to_string()),
            _ => None,
        };
        Included {
            document: named.or_else(linked),
            minor: minor(&item.text),
            parameters: parameters(item, &file),
            text: item.text.clone(),
            span: item.span,
        }
    }
}

impl Scope<'_> {
    /// Whether a manifest is about this scope: its file is called as the slug of the document, or
    /// it has the title as its name.
    #[must_use]
    pub fn is_of(&self, manifest: &Manifest) -> bool {
        let slug = self.document.name.as_ref().is_ok_and(|name| name.slug == manifest.stem());
        let title = manifest.name.as_ref().zip(self.document.meta.title.as_ref());
        slug || title.is_some_and(|(name, title)| name.value == *title)
    }
}

/// The version in the introduction that belongs to the version of the document: `v5.1` of `v5`.
fn version(document: &Document, id: DocId, introduction: Option<&Heading>) -> String {
    let plain = format!("v{}", id.version);
    let items = introduction.map(|it| document.items(it)).unwrap_or_default();
    let words = items.iter().flat_map(|it| it.text.split_whitespace());
    let mut words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let fits = |word: &&str| {
        *word == plain
            || word.strip_prefix(&*plain).and_then(|it| it.strip_prefix('.')).is_some_and(is_minor)
    };
    words.find(fits).map_or_else(|| plain.clone(), str::to_owned)
}

/// The minor version that a text asks for in parentheses: `3.1` of `Flavor naming (v3.1)`.
fn minor(text: &str) -> Option<String> {
    let in_parentheses = text.split('(').skip(1).filter_map(|it| it.split_once(')'));
    let versions = in_parentheses.filter_map(|(inside, _)| inside.trim().strip_prefix('v'));
    versions.into_iter().find(|it| it.contains('.') && is_minor(it)).map(str::to_owned)
}

/// Numbers with dots between them.
fn is_minor(text: &str) -> bool {
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').all(is_number)
}

/// The links after the word *with*, joined by *and* where there are several.
fn parameters(item: &Item, file: &dyn Fn(&ItemLink) -> Option<String>) -> Vec<Parameter> {
    let mut found = Vec::new();
    let mut end = 0;
    for link in &item.links {
        let before = item.text.get(end..link.at.0).unwrap_or_default();
        let word = before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
        let goes_on = !found.is_empty() && word.is_none_or(|it| it == "and");
        if word == Some("with") || goes_on {
            let name = item.text_of(link).to_owned();
            let value = link.target.clone();
            found.push(Parameter { name, value, file: file(link), span: link.span });
        } else if !found.is_empty() {
            break;
        }
        end = link.at.1;
    }
    found
}

/// The words for how often something is done.
const FREQUENCIES: [(&[&str], Lifetime); 5] = [
    (&["daily", "day"], Lifetime::Day),
    (&["weekly", "week"], Lifetime::Week),
    (&["monthly", "month"], Lifetime::Month),
    (&["quarterly", "quarter"], Lifetime::Quarter),
    (&["yearly", "annually", "year"], Lifetime::Year),
];

/// What sentences say of how often tests are done: for the documents that they name, or in general.
fn regime(items: &[Item]) -> Regime {
    let mut regime = Regime::default();
    for item in items {
        for sentence in item.text.split_inclusive(". ") {
            let Some(lifetime) = frequency(sentence) else { continue };
            let documents: Vec<DocId> =
                Named::all_in(sentence).filter_map(|(_, named)| named.id()).collect();
            if documents.is_empty() && item.depth == 0 {
                let is_of_automated = sentence.to_lowercase().contains("automated tests");
                let said = General { lifetime, is_of_automated, span: item.span };
                regime.general = regime.general.or(Some(said));
            }
            let primary = documents.into_iter().filter(|id| id.kind == Kind::Primary);
            regime.special.extend(primary.map(|id| (id, lifetime, item.span)));
        }
    }
    regime
}

fn frequency(sentence: &str) -> Option<Lifetime> {
    let lower = sentence.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| {
        let found = FREQUENCIES.iter().find(|(words, _)| words.contains(&word));
        found.map(|(_, lifetime)| *lifetime)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::Date;
    use crate::source::Snapshot;

    #[test]
    fn a_scope_says_what_it_includes_and_how_often_it_is_tested() {
        let scope = "---\ntitle: S\ntype: Standard\nstatus: Draft\ntrack: Scopes\n---\n\n\
            ## Introduction\n\nThis is v2.1 of S.\n\n## Subject Matter\n\n\
            - [scs-0100-v1: Names (v1.2)](scs-0101-v1-b.md) with [new spec](b.yaml) and [more](c)\n  \
            instead of [old spec](a.yaml)\n- Compute v2022.11\n- [B](scs-0101-v1-b.md)\n\n\
            ## Testing Regime\n\nIn general, automated tests are run at least weekly.\n\n\
            - Tests for scs-0101-v1 are run daily.\n";
        let file = |path: &str, text: &str| (format!("standards/{path}"), text.into());
        let snapshot = Snapshot::memory([
            file("scs-0501-v2-s.md", scope),
            file("scs-0500-v1-what.md", "---\ntrack: Scopes\n---\n"),
            file("scs-0100-v1-a.md", ""),
            file("scs-0101-v1-b.md", ""),
        ]);
        let day = Date::parse("2026-08-21").unwrap();
        let corpus = Corpus::load(&snapshot, &Config::default(), day).unwrap();
        let scopes = corpus.scopes();
        let [scope] = scopes.as_slice() else { panic!("{scopes:?}") };
        assert_eq!(scope.version, "v2.1");
        let included: Vec<_> = scope
            .included
            .iter()
            .map(|it| (it.document.map(Document::label), it.minor.as_deref(), it.parameters.len()))
            .collect();
        let label = |text: &str| Some(text.to_owned());
        assert_eq!(
            included,
            [
                (label("scs-0100-v1"), Some("1.2"), 2),
                (None, None, 0),
                (label("scs-0101-v1"), None, 0)
            ]
        );
        assert_eq!(scope.included[0].parameters[0].value, "b.yaml");
        let id = |text: &str| corpus.named(text).unwrap().id().unwrap();
        assert_eq!(
            scope.regime.of(id("scs-0100-v1"), CaseKind::Automated).unwrap().0,
            Lifetime::Week
        );
        assert_eq!(scope.regime.of(id("scs-0101-v1"), CaseKind::Audit).unwrap().0, Lifetime::Day);
    }
}
