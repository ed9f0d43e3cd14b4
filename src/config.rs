//! `scs-doc.toml`: what a repository says about itself.

mod file;

use std::collections::BTreeMap;

pub use file::ConfigFile;

use crate::document::Span;
use crate::finding::Level;
use crate::model::Track;

/// The name of the file, at the root of the repository.
pub const FILE_NAME: &str = "scs-doc.toml";

/// The effective configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the file is, as findings name it.
    pub path: String,
    /// The text of the file; empty if there is none.
    pub text: String,
    /// The keys that the file sets.
    pub set: Vec<&'static str>,
    /// The requirement on the version of the tool.
    pub required_version: Option<semver::VersionReq>,
    /// The folder with the documents, if the file names one.
    pub standards: Option<String>,
    /// Globs of the test-suite manifests.
    pub manifests: Vec<String>,
    /// Where the documents are published, without `/` at the end.
    pub site_url: String,
    /// `owner/name` on GitHub.
    pub repository: String,
    /// The branch that links are checked for.
    pub default_branch: String,
    /// Who may approve documents of the Global track.
    pub forum: Vec<String>,
    /// Hosts that only mirror what others publish.
    pub mirrors: Vec<String>,
    /// Levels by rule id; `None` is `off`.
    pub levels: BTreeMap<String, Option<Level>>,
    /// The files with the introductions of an index.
    pub index: IntroductionPaths,
    /// Accepted findings.
    pub exceptions: Vec<Exception>,
}

/// The files with the introductions of an index, relative to the repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntroductionPaths {
    /// That of the overview, if one is named.
    pub overview: Option<String>,
    /// Those of the tracks that have one named.
    pub tracks: BTreeMap<Track, String>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            path: FILE_NAME.to_owned(),
            text: String::new(),
            set: Vec::new(),
            required_version: None,
            standards: None,
            manifests: vec!["Tests/scs-*.yaml".to_owned()],
            site_url: "https://docs.scs.community/standards".to_owned(),
            repository: "SovereignCloudStack/standards".to_owned(),
            default_branch: "main".to_owned(),
            forum: Vec::new(),
            mirrors: Vec::new(),
            levels: BTreeMap::new(),
            index: IntroductionPaths::default(),
            exceptions: Vec::new(),
        }
    }
}

/// An accepted finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The id of a rule.
    pub rule: String,
    /// The file, relative to the repository.
    pub path: String,
    /// What the finding is about, if the exception says so.
    pub subject: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The file that the exception stands in.
    pub file: String,
    /// The table in the file.
    pub span: Span,
    /// The value of `path` in the file.
    pub path_span: Span,
}

impl Exception {
    /// Whether it is about a rule on changes.
    #[must_use]
    pub fn is_about_changes(&self) -> bool {
        self.rule.starts_with("change-")
    }
}

/// What is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConfigProblem {
    /// The file.
    pub file: String,
    /// Where in it.
    pub span: Span,
    /// The key or value in question.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Config {
    /// Reads the text of the file at `path`; `rules` are the ids that may occur in it.
    ///
    /// # Errors
    /// The first thing that is wrong: no TOML, an unknown key or rule id, a value that makes no
    /// sense.
    pub fn parse(path: &str, text: &str, rules: &[&str]) -> Result<Config, ConfigProblem> {
        file::read(path, text, rules)
            .map_err(|problem| ConfigProblem { file: path.to_owned(), ..problem })
    }

    /// Whether the file turns this rule off.
    #[must_use]
    pub fn is_off(&self, rule: &str) -> bool {
        self.levels.get(rule) == Some(&None)
    }
}
