//! A manifest as it is written.

use std::collections::BTreeMap;

use crate::manifest::bindings::Prerequisite;
use crate::model::{Date, Lifetime, Validity};

/// A manifest as it is written.
#[derive(Debug)]
pub struct Built {
    /// Lines at the top.
    pub comments: Vec<String>,
    /// The name of the scope.
    pub name: String,
    /// The id of the scope.
    pub uuid: String,
    /// Where the newest form of the manifest is.
    pub url: String,
    /// The scope that has to be certified before.
    pub prerequisite: Option<Prerequisite>,
    /// What has to be said of the subject of the tests, with what it is otherwise.
    pub variables: Vec<(String, Option<String>)>,
    /// What runs test cases, and at the end what people do.
    pub scripts: Vec<Script>,
    /// By document.
    pub modules: Vec<Module>,
    /// The newest period first.
    pub timeline: Vec<(Date, Vec<(String, Validity)>)>,
    /// The newest version first.
    pub versions: Vec<Version>,
    /// What the versions are called that are left out: those before the oldest that the bindings
    /// keep, and rejected ones.
    pub left_out: Vec<String>,
}

/// A script.
#[derive(Debug)]
pub struct Script {
    /// Where it comes from.
    pub comment: String,
    /// The program; none where people do the test cases.
    pub executable: Option<String>,
    /// Variables of its environment.
    pub env: BTreeMap<String, String>,
    /// Its arguments.
    pub args: Option<String>,
    /// What it tests.
    pub testcases: Vec<TestCase>,
}

/// A test case.
#[derive(Debug)]
pub struct TestCase {
    /// Its id.
    pub id: String,
    /// How long a result counts, if that is not a week.
    pub lifetime: Option<Lifetime>,
    /// The part of the suite that it belongs to.
    pub section: Option<String>,
    /// What it tests.
    pub description: String,
    /// Where it is documented.
    pub url: String,
}

/// A module.
#[derive(Debug)]
pub struct Module {
    /// Where it comes from.
    pub comment: String,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The document.
    pub url: String,
    /// What has to be said where it is included.
    pub parameters: Vec<(String, String)>,
    /// By target the ids of test cases.
    pub targets: Vec<(&'static str, Vec<String>)>,
}

/// A version.
#[derive(Debug)]
pub struct Version {
    /// Where it comes from.
    pub comment: String,
    /// What it is called.
    pub name: String,
    /// Since when it is stable.
    pub stabilized_at: Option<Date>,
    /// The ids of its modules with the values of their parameters.
    pub include: Vec<(String, Vec<(String, String)>)>,
}

impl Built {
    /// The manifest as YAML.
    #[must_use]
    pub fn yaml(&self) -> String {
        crate::manifest::yaml::manifest(self)
    }
}
