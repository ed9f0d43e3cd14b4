//! Test-suite manifests: which test cases show that a cloud fulfils a certificate scope (scs-0003,
//! *Manifest*).

mod files;
pub mod format;
mod read;
mod text;

use std::collections::HashMap;

use super::Target as LinkTarget;
use crate::document::{Placed, Problem, Span};
use crate::model::{Date, Lifetime, Validity};

pub use files::BINDINGS;
pub(crate) use files::{MAX_MANIFEST, manifest_paths};
pub(crate) use read::{is_id, is_uuid};
pub(crate) use text::ManifestText;
pub use text::TestCases;

/// A manifest, as far as it could be read.
#[derive(Debug, Default)]
pub struct Manifest {
    /// The file, relative to the repository.
    pub path: String,
    /// What it says.
    pub text: String,
    /// The id of the scope.
    pub uuid: Option<Placed<String>>,
    /// The name of the scope.
    pub name: Option<Placed<String>>,
    /// Where the newest form of the manifest is.
    pub url: Option<Placed<String>>,
    /// The scope that a certificate has to be held of before.
    pub prerequisite: Option<Prerequisite>,
    /// What has to be said of the subject of the tests.
    pub variables: Vec<Variable>,
    /// What runs test cases.
    pub scripts: Vec<Script>,
    /// Which test cases a version of a standard means.
    pub modules: Vec<Module>,
    /// Which versions count when.
    pub timeline: Vec<Period>,
    /// The versions of the scope.
    pub versions: Vec<Version>,
    /// What does not fit the format.
    pub problems: Vec<Problem>,
    /// Where the addresses in it lead, by address.
    pub(in crate::corpus) leads: HashMap<String, LinkTarget>,
}

impl Manifest {
    /// The file name without folders and extension, such as `scs-compatible-iaas`.
    #[must_use]
    pub fn stem(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    }

    /// Where an address in it leads.
    #[must_use]
    pub fn target(&self, url: &str) -> &LinkTarget {
        self.leads.get(url).unwrap_or(&LinkTarget::External)
    }

    /// The addresses in it: those of test cases and modules, and the values of parameters.
    pub(in crate::corpus) fn addresses(&self) -> impl Iterator<Item = &Placed<String>> {
        let testcases = self.testcases().filter_map(|(_, it)| it.url.as_ref());
        let modules = self.modules.iter().filter_map(|it| it.url.as_ref());
        let included = self.versions.iter().flat_map(|it| &it.include);
        let values = included.flat_map(|it| &it.parameters).map(|(_, value)| value);
        testcases.chain(modules).chain(values)
    }

    /// Where all addresses in it lead.
    pub(in crate::corpus) fn targets(&self) -> impl Iterator<Item = &LinkTarget> {
        self.leads.values()
    }

    /// All test cases, each with the script that it belongs to.
    pub fn testcases(&self) -> impl Iterator<Item = (&Script, &TestCase)> {
        self.scripts.iter().flat_map(|script| script.testcases.iter().map(move |it| (script, it)))
    }

    /// The modules by their ids; of several with one id the first.
    #[must_use]
    pub fn modules_by_id(&self) -> HashMap<&str, &Module> {
        let named = self.modules.iter().rev();
        named.filter_map(|it| Some((it.id.as_ref()?.value.as_str(), it))).collect()
    }
}

/// Another scope.
#[derive(Debug)]
pub struct Prerequisite {
    /// Its name.
    pub name: Option<Placed<String>>,
    /// Where its manifest is.
    pub url: Option<Placed<String>>,
}

/// A variable of the subject.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: Placed<String>,
    /// What it is where nothing is said.
    pub default: Option<Placed<String>>,
}

/// A script and its test cases. Without an executable, people do the tests.
#[derive(Debug)]
pub struct Script {
    /// Where it stands.
    pub span: Span,
    /// The program, relative to the one that runs it.
    pub executable: Option<Placed<String>>,
    /// Variables of the environment: name and value.
    pub env: Vec<(Placed<String>, Placed<String>)>,
    /// The arguments.
    pub args: Option<Placed<String>>,
    /// What it tests.
    pub testcases: Vec<TestCase>,
}

/// A test case.
#[derive(Debug)]
pub struct TestCase {
    /// Where it stands.
    pub span: Span,
    /// Its id.
    pub id: Option<Placed<String>>,
    /// How long a result counts.
    pub lifetime: Option<Placed<Lifetime>>,
    /// The part of the suite that it belongs to.
    pub section: Option<Placed<String>>,
    /// What it tests, in a line.
    pub description: Option<Placed<String>>,
    /// Where it is documented.
    pub url: Option<Placed<String>>,
}

/// What modules have behind the id of the one that they go with, and their target: what is
/// recommended, and what people do. No version has to include them (scs-0003, *Modules*).
pub const COMPANIONS: [(&str, &str); 2] = [("-rec", "recommended"), ("-manual", "preview")];

/// The target that has to be passed.
pub const MAIN: &str = "main";

/// A module: what a version of a standard means in test cases.
#[derive(Debug)]
pub struct Module {
    /// Where it stands.
    pub span: Span,
    /// Its id.
    pub id: Option<Placed<String>>,
    /// What it is called.
    pub name: Option<Placed<String>>,
    /// The document.
    pub url: Option<Placed<String>>,
    /// The names of what has to be said where it is included.
    pub parameters: Vec<Placed<String>>,
    /// Its targets.
    pub targets: Vec<Target>,
}

/// A named collection of test cases; `main` has to be passed.
#[derive(Debug)]
pub struct Target {
    /// Its name.
    pub name: Placed<String>,
    /// The ids of its test cases.
    pub testcases: Vec<Placed<String>>,
}

/// A period, from a day on to the next one.
#[derive(Debug)]
pub struct Period {
    /// Where it stands.
    pub span: Span,
    /// The day on which it begins.
    pub date: Option<Placed<Date>>,
    /// What versions count for in it.
    pub versions: Vec<(Placed<String>, Placed<Validity>)>,
}

/// A version of the scope.
#[derive(Debug)]
pub struct Version {
    /// Where it stands.
    pub span: Span,
    /// What it is called.
    pub version: Option<Placed<String>>,
    /// The day from which it is stable.
    pub stabilized_at: Option<Placed<Date>>,
    /// Its modules.
    pub include: Vec<Include>,
}

/// A module of a version.
#[derive(Debug)]
pub struct Include {
    /// Where it stands.
    pub span: Span,
    /// The id of the module.
    pub module: Placed<String>,
    /// The values of its parameters.
    pub parameters: Vec<(Placed<String>, Placed<String>)>,
}
