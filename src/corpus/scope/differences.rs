//! How a version of a manifest and the document of the scope differ.

use std::collections::{HashMap, VecDeque};

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
        let mut left = Left::of(version.include.iter().filter_map(listed));
        let mut differences = Vec::new();
        let mut missing = Vec::new();
        for point in &scope.included {
            match left.take(point) {
                Some((include, module, _)) => {
                    differences.extend(minor(include, module, point));
                    if values_here(manifest, include) != values_there(point) {
                        differences.push(Difference::Parameters { include, point });
                    }
                }
                None => missing.push(point),
            }
        }
        for point in missing {
            differences.push(match left.take_other(point) {
                Some((include, _, Some(document))) => {
                    Difference::Other { include, document, point }
                }
                _ => Difference::Lacking(point),
            });
        }
        let extra = left.all.into_iter().flatten();
        let extra = extra.map(|(include, _, document)| Difference::Extra { include, document });
        differences.extend(extra);
        differences
    }
}

/// With how many includes a point is compared that names no document.
const MOST_COMPARED: usize = 1000;

/// The includes that no point stands for yet.
struct Left<'d> {
    all: Vec<Option<Listed<'d>>>,
    by_path: HashMap<&'d str, VecDeque<usize>>,
    by_number: HashMap<u16, VecDeque<usize>>,
}

impl<'d> Left<'d> {
    fn of(listed: impl Iterator<Item = Listed<'d>>) -> Left<'d> {
        let all: Vec<Option<Listed<'d>>> = listed.map(Some).collect();
        let mut left = Left { all: vec![], by_path: HashMap::new(), by_number: HashMap::new() };
        for (at, listed) in all.iter().enumerate() {
            let Some((.., Some(document))) = listed else { continue };
            left.by_path.entry(document.path.as_str()).or_default().push_back(at);
            if let Some(id) = document.id() {
                left.by_number.entry(id.number).or_default().push_back(at);
            }
        }
        // A module of what is recommended, or of what people do, goes with the main one.
        let is_other =
            |at: &usize| all.get(*at).is_some_and(|it| it.is_some_and(|it| is_companion(it.0)));
        for places in left.by_path.values_mut() {
            places.make_contiguous().sort_by_key(is_other);
        }
        left.all = all;
        left
    }

    /// The first one that a point stands for.
    fn take(&mut self, point: &Included<'_>) -> Option<Listed<'d>> {
        let Some(document) = point.document else {
            let mut left = self.all.iter_mut().filter(|it| it.is_some()).take(MOST_COMPARED);
            let found = left.find(|it| it.as_ref().is_some_and(|it| is_named(it, &point.text)));
            return found.and_then(Option::take);
        };
        let places = self.by_path.get_mut(document.path.as_str())?;
        let found = next(&mut self.all, places);
        for at in places.iter() {
            if let Some(place) = self.all.get_mut(*at) {
                place.take_if(|(include, ..)| is_companion(include));
            }
        }
        found
    }

    /// The first one with another version of the document of a point.
    fn take_other(&mut self, point: &Included<'_>) -> Option<Listed<'d>> {
        let number = point.document.and_then(Document::id)?.number;
        next(&mut self.all, self.by_number.get_mut(&number)?)
    }
}

fn is_companion(include: &Include) -> bool {
    COMPANIONS.iter().any(|(suffix, _)| include.module.value.ends_with(suffix))
}

fn next<'d>(all: &mut [Option<Listed<'d>>], places: &mut VecDeque<usize>) -> Option<Listed<'d>> {
    std::iter::from_fn(|| places.pop_front()).find_map(|at| all.get_mut(at)?.take())
}

/// Whether a module is what a point of the subject matter means that names no document: its name has
/// the text without the version.
fn is_named((_, module, _): &Listed<'_>, text: &str) -> bool {
    let is_version = |word: &str| {
        let rest = word.strip_prefix('v');
        rest.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
    };
    let words = text.split_whitespace().filter(|it| !is_version(it));
    let text = words.collect::<Vec<_>>().join(" ").to_lowercase();
    let name = module.name.as_ref().map(|it| it.value.to_lowercase());
    !text.is_empty() && name.is_some_and(|it| it.contains(&text))
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
