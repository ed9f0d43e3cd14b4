//! How a version of a manifest and the document of the scope differ.

use std::collections::HashMap;

use super::{Included, Scope};
use crate::corpus::manifest::{COMPANIONS, Include, Manifest, Module, Version};
use crate::corpus::{Corpus, Target};
use crate::document::Document;

/// A difference between what a version includes and what its document lists.
#[derive(Debug)]
pub enum Difference<'d> {
    /// The version lacks a point.
    Lacking(&'d Included<'d>),
    /// The version has another version of the document that a point means.
    Other {
        /// What it has.
        include: &'d Include,
        /// The document of that.
        document: &'d Document,
        /// What it should have.
        point: &'d Included<'d>,
    },
    /// The document does not list what the version includes.
    Extra {
        /// What it includes.
        include: &'d Include,
        /// The document of that.
        document: Option<&'d Document>,
    },
    /// The module does not name the minor version that is asked for.
    Minor {
        /// What is included.
        include: &'d Include,
        /// What asks for another minor version.
        point: &'d Included<'d>,
        /// The minor version.
        minor: &'d str,
    },
    /// The values of parameters are others.
    Parameters {
        /// What is included.
        include: &'d Include,
        /// What has other values.
        point: &'d Included<'d>,
    },
}

/// An include whose module is known, and the document that the module is about.
type Listed<'d> = (&'d Include, &'d Module, Option<&'d Document>);

impl Corpus {
    /// How a version and its document differ, in the order of the points, then of the includes.
    /// `modules` are those of the manifest, by id; what names none of them is not compared.
    #[must_use]
    pub fn differences<'d>(
        &'d self,
        manifest: &'d Manifest,
        version: &'d Version,
        scope: &'d Scope<'d>,
        modules: &HashMap<&str, &'d Module>,
    ) -> Vec<Difference<'d>> {
        let listed = |include: &'d Include| -> Option<Listed<'d>> {
            let module = *modules.get(include.module.value.as_str())?;
            let url = module.url.as_ref();
            Some((include, module, url.and_then(|it| self.led_to(manifest, &it.value))))
        };
        let mut left: Vec<Listed<'d>> = version.include.iter().filter_map(listed).collect();
        let mut differences = Vec::new();
        let mut missing = Vec::new();
        for point in &scope.included {
            // A module of what is recommended, or of what people do, goes with the main one.
            let fits = |it: &Listed<'_>| stands_for(it, point);
            let main = left.iter().position(|it| fits(it) && !is_companion(it.0));
            match main.or_else(|| left.iter().position(fits)) {
                Some(at) => {
                    let (include, module, _) = left.remove(at);
                    left.retain(|it| !(fits(it) && is_companion(it.0)));
                    differences.extend(minor(include, module, point));
                    if values_here(manifest, include) != values_there(point) {
                        differences.push(Difference::Parameters { include, point });
                    }
                }
                None => missing.push(point),
            }
        }
        for point in missing {
            let number = point.document.and_then(Document::id).map(|id| id.number);
            let same = |document: Option<&Document>| {
                number.is_some() && document.and_then(Document::id).map(|id| id.number) == number
            };
            let at = left.iter().position(|(.., document)| same(*document));
            let other = at.map(|at| left.remove(at));
            differences.push(match other {
                Some((include, _, Some(document))) => {
                    Difference::Other { include, document, point }
                }
                _ => Difference::Lacking(point),
            });
        }
        let extra = left.into_iter().map(|(include, _, document)| (include, document));
        differences
            .extend(extra.map(|(include, document)| Difference::Extra { include, document }));
        differences
    }
}

fn is_companion(include: &Include) -> bool {
    COMPANIONS.iter().any(|(suffix, _)| include.module.value.ends_with(suffix))
}

/// Whether a module is what a point of the subject matter means: the document is the same; where the
/// point names none, the name of the module has its text without the version.
fn stands_for((_, module, document): &Listed<'_>, point: &Included<'_>) -> bool {
    match (point.document, document) {
        (Some(point), Some(document)) => point.path == document.path,
        (Some(_), None) => false,
        (None, _) => {
            let is_version = |word: &str| {
                let rest = word.strip_prefix('v');
                rest.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
            };
            let words = point.text.split_whitespace().filter(|it| !is_version(it));
            let text = words.collect::<Vec<_>>().join(" ").to_lowercase();
            let name = module.name.as_ref().map(|it| it.value.to_lowercase());
            !text.is_empty() && name.is_some_and(|it| it.contains(&text))
        }
    }
}

fn minor<'d>(
    include: &'d Include,
    module: &Module,
    point: &'d Included<'d>,
) -> Option<Difference<'d>> {
    let minor = point.minor.as_deref()?;
    let wanted = format!("v{minor}");
    let is_word = |c: char| c.is_alphanumeric() || c == '.';
    let mut words = [&module.id, &module.name]
        .into_iter()
        .flatten()
        .flat_map(|it| it.value.split(move |c| !is_word(c)));
    let named = words.any(|word| word == wanted);
    (!named).then_some(Difference::Minor { include, point, minor })
}

/// The values of the parameters of an include, sorted. Two addresses of one file are the same.
#[must_use]
pub fn values_here(manifest: &Manifest, include: &Include) -> Vec<String> {
    let value = |value: &str| match manifest.target(value) {
        Target::File(path) => path.to_string(),
        _ => value.to_owned(),
    };
    let mut values: Vec<String> =
        include.parameters.iter().map(|(_, it)| value(&it.value)).collect();
    values.sort_unstable();
    values
}

/// The values of the parameters of a point, sorted.
#[must_use]
pub fn values_there(point: &Included<'_>) -> Vec<String> {
    let values = point.parameters.iter();
    let mut values: Vec<String> =
        values.map(|it| it.file.clone().unwrap_or_else(|| it.value.clone())).collect();
    values.sort_unstable();
    values
}
