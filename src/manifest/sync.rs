//! A manifest that people keep, brought up to date: what follows from documents is edited in place,
//! everything else stays, byte for byte.

mod addresses;
mod lines;
mod timeline;

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::config::Config;
use crate::corpus::manifest::{Include, Manifest, Module, Version};
use crate::corpus::scope::{Describing, Difference, Included, Parameter, Scope};
use crate::corpus::{Corpus, Target};
use crate::document::{Document, Placed, Span};
use crate::finding::Edit;
use crate::index::url;
use crate::model::{CaseKind, CaseLevel, Status};

use super::build::raw_url;
use super::yaml::{scalar, scalar_in_flow};
pub use addresses::addresses;
use lines::Lines;

/// What is to be done with a manifest.
#[derive(Debug, Default)]
pub struct Sync {
    /// The edits.
    pub edits: Vec<Edit>,
    /// What they do, a line for each.
    pub done: Vec<String>,
    /// What follows from documents and cannot be edited, and why.
    pub left: Vec<String>,
}

/// Compares a manifest with the documents: versions that are not stable, the timeline.
/// Stable versions are frozen; where they differ, that is told and left.
#[must_use]
pub fn sync(corpus: &Corpus, config: &Config, manifest: &Manifest) -> Sync {
    let scopes = corpus.scopes();
    let lines = Lines::of(manifest);
    let modules = Rc::new(manifest.modules_by_id());
    let main =
        |it: &&Module| it.targets.is_empty() || it.targets.iter().any(|it| it.name.value == "main");
    let led_to = |it: &'_ Module| corpus.led_to(manifest, &it.url.as_ref()?.value);
    let mains = manifest.modules.iter().filter(main);
    let mains = mains.filter_map(|it| Some((led_to(it)?.path.as_str(), it.id.as_ref()?)));
    let mut keeper = Keeper {
        corpus,
        config,
        manifest,
        lines,
        modules,
        mains: mains.map(|(path, id)| (path, id.value.as_str())).collect(),
        sync: Sync::default(),
        added: BTreeSet::new(),
        included: 0,
    };
    let describing = Describing::of(&scopes, manifest);
    for version in &manifest.versions {
        let Some(name) = &version.version else { continue };
        if let Some(scope) = describing.version(&name.value) {
            keeper.version(version, name, scope);
        }
    }
    timeline::sync(&mut keeper, &describing);
    keeper.sync
}

/// The name of a parameter of a module that is added, from the text of a link.
fn parameter_named(parameter: &Parameter) -> String {
    parameter.name.split_whitespace().collect::<Vec<_>>().join("_")
}

/// The id of the module that a point has none of.
fn wanted(difference: &Difference<'_>) -> Option<String> {
    match difference {
        Difference::Lacking(point) | Difference::Other { point, .. } => {
            Some(point.module_id(point.document?.id()?))
        }
        _ => None,
    }
}

/// The id of the module that an item includes.
fn named(item: &[String]) -> &str {
    let first = item.first().map(String::as_str).unwrap_or_default();
    first.strip_prefix("ref: ").unwrap_or(first)
}

/// Where what is inserted later goes.
#[derive(Debug, Clone, Copy)]
enum Place {
    Above,
    Below,
}

struct Keeper<'k> {
    corpus: &'k Corpus,
    config: &'k Config,
    manifest: &'k Manifest,
    lines: Lines<'k>,
    modules: Rc<HashMap<&'k str, &'k Module>>,
    /// By the path of a document: the last module with the test cases that have to pass for it.
    mains: HashMap<&'k str, &'k str>,
    sync: Sync,
    /// The ids of modules that are added.
    added: BTreeSet<String>,
    /// How many modules the version has that is being compared, after the edits so far.
    included: usize,
}

impl<'k> Keeper<'k> {
    fn edit(&mut self, span: Span, text: impl Into<String>, done: String) {
        let path = self.manifest.path.clone();
        self.sync.edits.push(Edit { path, span, text: text.into() });
        self.sync.done.push(done);
    }

    /// Inserts lines; what is inserted at the same place before stays above, or below.
    fn insert(&mut self, (span, text): (Span, String), place: Place, done: String) {
        let known = self.sync.edits.iter_mut().find(|it| it.span == span);
        match (known, place) {
            (None, _) => return self.edit(span, text, done),
            (Some(edit), Place::Below) => edit.text.push_str(&text),
            (Some(edit), Place::Above) => edit.text.insert_str(0, &text),
        }
        self.sync.done.push(done);
    }

    fn version(&mut self, version: &'k Version, name: &Placed<String>, scope: &Scope<'_>) {
        let (corpus, manifest) = (self.corpus, self.manifest);
        let modules = Rc::clone(&self.modules);
        let differences = corpus.differences(manifest, version, scope, &modules);
        if let Some(date) = &version.stabilized_at {
            let date_differs = scope.document.meta.stabilized_at != Some(date.value);
            if date_differs || !differences.is_empty() {
                let name = &name.value;
                let why = format!(
                    "{name} is stable since {} and frozen; it differs from {}",
                    date.value,
                    scope.document.label()
                );
                self.sync.left.push(why);
            }
            return;
        }
        if scope.subject_matter.is_some() {
            self.included = version.include.len();
            // What a point is looked for in vain under its own id is not superfluous.
            let wanted: BTreeSet<String> = differences.iter().filter_map(wanted).collect();
            let is_wanted = |it: &Difference<'_>| match it {
                Difference::Extra { include, .. } => wanted.contains(&include.module.value),
                _ => false,
            };
            for difference in differences.into_iter().filter(|it| !is_wanted(it)) {
                self.difference(version, name, difference);
            }
        }
        let stable = scope.document.meta.status != Some(Status::Draft);
        if let Some(date) = scope.document.meta.stabilized_at.filter(|_| stable) {
            let text = format!("stabilized_at: {date}");
            match self.lines.after(name.span, &text) {
                Some((span, text)) => {
                    self.edit(span, text, format!("{} is stable since {date}", name.value));
                }
                None => self.leave(&name.value, &text),
            }
        }
    }

    fn leave(&mut self, version: &str, what: &str) {
        self.sync.left.push(format!(
            "{version}: {what}: this is not written one item a line, or has a comment within"
        ));
    }

    fn difference(
        &mut self,
        version: &'k Version,
        name: &Placed<String>,
        difference: Difference<'_>,
    ) {
        let name = name.value.as_str();
        match difference {
            Difference::Lacking(point) => {
                if let Some(include) = self.waiting(version, point) {
                    return self.complete(name, include, point);
                }
                let label = point.document.map_or_else(|| point.text.clone(), Document::label);
                let what = format!("{name} includes {label}");
                let last = version.include.last().map(|it| it.span);
                let Some(last) = last.filter(|it| self.lines.is_item(*it)) else {
                    return self.leave(name, &what);
                };
                let item = self.item(point);
                if let Some(place) = item.and_then(|item| self.lines.below(last, &item)) {
                    self.insert(place, Place::Below, what);
                    self.included += 1;
                }
            }
            Difference::Other { include, point, .. } => {
                let Some(item) = self.item(point) else { return };
                let what =
                    format!("{name} includes {} instead of {}", named(&item), include.module.value);
                self.replace(name, include, &item, what);
            }
            Difference::Extra { include, .. } => {
                let what = format!("{name} does not include {} any more", include.module.value);
                match self.lines.without(include.span) {
                    Some(span) if self.included > 1 => {
                        self.edit(span, "", what);
                        self.included -= 1;
                    }
                    _ => self.leave(name, &what),
                }
            }
            Difference::Minor { include, point, minor } => {
                let Some(item) = self.item(point) else { return };
                let what = format!("{name} includes v{minor}: {}", named(&item));
                self.replace(name, include, &item, what);
            }
            Difference::Parameters { include, point } => {
                let Some(item) = self.item_as(&include.module.value, point) else { return };
                let what =
                    format!("{name} includes {} with other parameters", include.module.value);
                if !self.values(include, point, &what) {
                    self.replace(name, include, &item, what);
                }
            }
        }
    }

    /// The item that includes the module of a point, which is not there yet.
    fn waiting(&self, version: &'k Version, point: &Included<'_>) -> Option<&'k Include> {
        let id = point.module_id(point.document?.id()?);
        let mut includes = version.include.iter();
        includes.find(|it| it.module.value == id && !self.modules.contains_key(id.as_str()))
    }

    /// Makes such an item what it is to be; mostly it is, once its module is there.
    fn complete(&mut self, name: &str, include: &Include, point: &Included<'_>) {
        let Some(item) = self.item(point) else { return };
        let module = &include.module.value;
        let what = format!("{name} includes {}", named(&item));
        if named(&item) != scalar(module) || !self.values(include, point, &what) {
            self.replace(name, include, &item, what);
        }
    }

    /// Puts other values in the place of those that are there, if the parameters are the same.
    fn values(&mut self, include: &Include, point: &Included<'_>, what: &str) -> bool {
        let (there, wanted) = (&include.parameters, &point.parameters);
        let pairs: Vec<(&Placed<String>, &Parameter)> = there
            .iter()
            .zip(wanted)
            .filter(|((name, _), it)| {
                self.parameter_name(&include.module.value, it).as_deref() == Some(&*name.value)
            })
            .map(|((_, value), it)| (value, it))
            .collect();
        if pairs.len() != wanted.len() || wanted.len() != there.len() {
            return false;
        }
        for (value, parameter) in pairs {
            // Two addresses of one file are the same.
            let same = match self.manifest.target(&value.value) {
                Target::File(path) => Some(&**path) == parameter.file.as_deref(),
                _ => false,
            };
            let wanted = self.value(parameter);
            if !same && value.value != wanted {
                self.edit(value.span, scalar_in_flow(&wanted), what.to_owned());
            }
        }
        true
    }

    /// The value of a parameter: a file of the repository by its address.
    fn value(&self, parameter: &Parameter) -> String {
        let address = parameter.file.as_ref().map(|path| raw_url(self.config, path));
        address.unwrap_or_else(|| parameter.value.clone())
    }

    /// Puts an item in the place of another.
    fn replace(&mut self, name: &str, include: &Include, item: &[String], what: String) {
        match self.lines.instead(include.span, item) {
            Some((span, text)) => self.edit(span, text, what),
            None => self.leave(name, &what),
        }
    }

    /// The item for a point: the lines below the dash. Its module is added if there is none.
    fn item(&mut self, point: &Included<'_>) -> Option<Vec<String>> {
        let Some(document) = point.document else {
            let text = &point.text;
            self.sync.left.push(format!("`{text}` names no document; its module is up to people"));
            return None;
        };
        let id = document.id()?;
        let wanted = point.module_id(id);
        let minor = point.minor.as_ref();
        let known = self.modules.contains_key(wanted.as_str());
        if self.modules.get(wanted.as_str()).is_some_and(|it| !self.is_of(it, document)) {
            let label = document.label();
            self.sync.left.push(format!(
                "the module {wanted} has not the address of {label}: correct its `url` first"
            ));
            return None;
        }
        let other = self.mains.get(document.path.as_str()).filter(|_| minor.is_none());
        let module = match (known, other) {
            (true, _) => wanted,
            (false, Some(module)) => (*module).to_owned(),
            (false, None) => {
                self.add_module(&wanted, document, point)?;
                wanted
            }
        };
        self.item_as(&module, point)
    }

    /// Whether the address of a module is that of a document.
    fn is_of(&self, module: &Module, document: &Document) -> bool {
        let url = module.url.as_ref();
        let led = url.and_then(|it| self.corpus.led_to(self.manifest, &it.value));
        led.is_some_and(|it| it.path == document.path)
    }

    fn item_as(&mut self, module: &str, point: &Included<'_>) -> Option<Vec<String>> {
        if point.parameters.is_empty() {
            return Some(vec![scalar(module)]);
        }
        let mut lines = vec![format!("ref: {}", scalar(module)), "parameters:".to_owned()];
        for parameter in &point.parameters {
            let Some(name) = self.parameter_name(module, parameter) else {
                let why = format!("the module {module} has no parameter `{}`", parameter.name);
                self.sync.left.push(why);
                return None;
            };
            let value = self.value(parameter);
            lines.push(format!("  {}: {}", scalar(&name), scalar(&value)));
        }
        Some(lines)
    }

    /// The parameter that the text of a link means: the one with this name, or the only one. A module
    /// that is added has those of its point.
    fn parameter_name(&self, module: &str, parameter: &Parameter) -> Option<String> {
        if self.added.contains(module) {
            return Some(parameter_named(parameter));
        }
        let known = self.modules.get(module).map(|it| it.parameters.as_slice()).unwrap_or_default();
        let named = known.iter().find(|it| it.value == parameter.name);
        let only = <&[_; 1]>::try_from(known).ok().map(|[only]| only);
        named.or(only).map(|it| it.value.clone())
    }

    /// The head of a module, and those of its test cases that the manifest has.
    fn add_module(&mut self, id: &str, document: &Document, point: &Included<'_>) -> Option<()> {
        if self.added.contains(id) {
            return Some(());
        }
        let own = document.id()?;
        let cases = self.corpus.cases().for_version(own);
        let cases =
            cases.filter(|it| it.level == CaseLevel::Main && it.kind == CaseKind::Automated);
        let cases: Vec<_> = cases.collect();
        let there = self.manifest.testcases().filter_map(|(_, it)| it.id.as_ref());
        let main = there.filter(|id| cases.iter().any(|it| it.id.matches(&id.value)));
        let main: Vec<String> = main.map(|id| format!("    - {}", scalar(&id.value))).collect();
        let title = document.meta.title.clone().unwrap_or_default();
        let mut item = vec![
            format!("id: {}", scalar(id)),
            format!("name: {}", scalar(&title)),
            format!("url: {}", scalar(&url(&self.config.site_url, document))),
        ];
        if !point.parameters.is_empty() {
            item.push("parameters:".to_owned());
            let names = point.parameters.iter().map(parameter_named);
            item.extend(names.map(|name| format!("  {}: value for this version", scalar(&name))));
        }
        match main.is_empty() {
            true => item.push("targets: {}".to_owned()),
            false => {
                item.extend(["targets:".to_owned(), "  main:".to_owned()]);
                item.extend(
                    main.iter()
                        .map(|line| line.trim_start_matches("  ").to_owned())
                        .map(|it| format!("  {it}")),
                );
            }
        }
        let last = self.manifest.modules.last().map(|it| self.lines.below(it.span, &item));
        match last.flatten() {
            Some(place) => {
                self.insert(place, Place::Below, format!("the module {id} is new"));
                self.added.insert(id.to_owned());
                Some(())
            }
            None => {
                self.leave(id, "the module is missing");
                None
            }
        }
    }
}
