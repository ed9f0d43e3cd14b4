//! Bindings: what no document can know of a manifest (scs-0003, *Bindings*).

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::BuildError;
use crate::corpus::manifest::{is_id, is_uuid};
use crate::document::Span;
use crate::model::{CasePattern, Date};

/// The largest file that is read, in bytes.
const MAX_SIZE: usize = 4 << 20;

/// The bindings of a scope.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bindings {
    /// The file, relative to the repository.
    #[serde(skip)]
    pub path: String,
    /// What it says.
    #[serde(skip)]
    text: String,
    /// The number of the scope documents, such as `scs-0501`.
    pub scope: Spanned<String>,
    /// The id of the scope.
    pub uuid: Spanned<String>,
    /// The oldest version of the scope documents that the manifest still has; what was before is
    /// pruned.
    #[serde(default)]
    pub oldest: u32,
    /// By version: the day from which a result carries the warning that it ends soon.
    #[serde(default)]
    warn: BTreeMap<String, Spanned<String>>,
    /// The scope that has to be certified before.
    pub prerequisite: Option<Prerequisite>,
    /// What has to be said of the subject of the tests.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// By document: the file that is written from its tables of flavors.
    #[serde(default)]
    pub flavors: BTreeMap<String, String>,
    /// By id as it stands in a table: the values of its variable part.
    #[serde(default)]
    pub values: BTreeMap<String, Values>,
    /// What parameters of modules are, by name.
    #[serde(default)]
    pub parameters: BTreeMap<String, Parameter>,
    /// Modules for points of a scope that name no document, by the text of the point.
    #[serde(default)]
    pub modules: BTreeMap<String, External>,
    /// What runs test cases.
    #[serde(default, rename = "script")]
    pub scripts: Vec<Script>,
}

/// Another scope.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prerequisite {
    /// Its name.
    pub name: String,
    /// Where its manifest is.
    pub url: String,
}

/// A variable: a name, or a name with what it is where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected a name, or a table with `name` and `default`")]
pub enum Variable {
    /// It has to be said.
    Name(String),
    /// It may be said.
    Default {
        /// The name.
        name: String,
        /// What it is otherwise.
        default: String,
    },
}

/// What a variable part of an id stands for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Values {
    /// What has to pass.
    #[serde(default)]
    pub main: Vec<String>,
    /// What is recommended.
    #[serde(default)]
    pub recommended: Vec<String>,
}

/// A parameter of modules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// What it is.
    pub description: String,
}

/// A module that is about no document of this repository.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct External {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where it is described.
    pub url: String,
}

/// A script.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The program, relative to the one that runs it.
    pub executable: String,
    /// Its arguments.
    pub args: Option<String>,
    /// Variables of its environment.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// The part of the suite that its test cases belong to.
    pub section: Option<String>,
    /// Patterns of the ids of the test cases that it serves; `*` is any run of characters.
    pub testcases: Vec<String>,
}

impl Bindings {
    /// Reads a file.
    ///
    /// # Errors
    /// It is no TOML, has an unknown key, or a value that makes no sense; with its place.
    pub fn read(path: &str, text: &str) -> Result<Bindings, BuildError> {
        let located = |span: Span, message: String| BuildError::at(path, text, span, message);
        if text.len() > MAX_SIZE {
            return Err(located(Span::FILE, format!("the file is larger than {MAX_SIZE} bytes")));
        }
        let mut bindings: Bindings = toml::from_str(text).map_err(|error| {
            let span = error.span().map_or(Span::FILE, Span::from);
            located(span, error.message().trim_end_matches('.').to_owned())
        })?;
        if bindings.number().is_none() {
            let message = "`scope` has to be the number of scope documents, such as `scs-0501`";
            return Err(located(bindings.scope.span().into(), message.to_owned()));
        }
        if !is_uuid(bindings.uuid.as_ref()) {
            let message = format!("`{}` is no UUID", bindings.uuid.as_ref());
            return Err(located(bindings.uuid.span().into(), message));
        }
        for (name, value) in &bindings.flavors {
            if !is_inner(value) {
                let span = text.find(value.as_str()).map_or(Span::FILE, |at| Span::new(at, at));
                let message = format!(
                    "the file of {name} has to be the path of a YAML file in the repository, with `/`"
                );
                return Err(located(span, message));
            }
        }
        for (version, day) in &bindings.warn {
            if Date::parse(day.as_ref()).is_none() {
                let message = format!("`{}` for {version} is no day as YYYY-MM-DD", day.as_ref());
                return Err(located(day.span().into(), message));
            }
        }
        for (id, values) in &bindings.values {
            let mut all = values.main.iter().chain(&values.recommended);
            let wrong = all.clone().find(|it| it.is_empty() || !is_id(it));
            let message = match (wrong, all.next()) {
                (Some(value), _) => format!("`{value}` cannot stand for a part of `{id}`"),
                (None, None) => format!("`{id}` has no values"),
                _ => continue,
            };
            let span = text.find(id.as_str()).map_or(Span::FILE, |at| Span::new(at, at));
            return Err(located(span, message));
        }
        (bindings.path, bindings.text) = (path.to_owned(), text.to_owned());
        Ok(bindings)
    }

    /// What is wrong with the scope that they name.
    pub(super) fn about_scope(&self, message: String) -> BuildError {
        BuildError::at(&self.path, &self.text, self.scope.span().into(), message)
    }

    /// The day from which a version ends soon.
    #[must_use]
    pub fn warned(&self, version: &str) -> Option<Date> {
        Date::parse(self.warn.get(version)?.as_ref())
    }

    /// The number of the scope documents.
    #[must_use]
    pub fn number(&self) -> Option<u16> {
        let digits = self.scope.as_ref().strip_prefix("scs-")?;
        let fits = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| fits)
    }

    /// What the variable part of an id stands for, if they say so.
    #[must_use]
    pub fn values_of(&self, id: &CasePattern) -> Option<&Values> {
        self.values.get(&id.to_string())
    }

    /// The script that serves a test case: the first with a pattern that fits.
    #[must_use]
    pub fn script_of(&self, id: &str) -> Option<usize> {
        self.scripts.iter().position(|it| it.testcases.iter().any(|pattern| fits(pattern, id)))
    }
}

/// Whether a path is that of a YAML file in the repository, on any system.
fn is_inner(path: &str) -> bool {
    let is_name = |part: &str| {
        let plain = part.trim_end_matches(['.', ' ']);
        !plain.is_empty() && plain == part && !part.starts_with(".git")
    };
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    let is_plain = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    is_yaml && path.chars().all(is_plain) && path.split('/').all(is_name)
}

/// Whether a pattern with `*` for any run of characters fits a whole text. Time grows with the
/// product of the lengths at most.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part).and_then(|at| rest.get(at + part.len()..)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_run_of_characters() {
        for (pattern, text, expected) in [
            ("scs-01*", "scs-0103-flavor-1v-4", true),
            ("scs-01*", "scs-0210-x", false),
            ("*-check", "scs-0100-syntax-check", true),
            ("scs-*-image-*", "scs-0104-image-x", true),
            ("scs-0100", "scs-0100-x", false),
            ("a*a", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let read = |text: &str| Bindings::read("a.bindings.toml", text).unwrap_err().to_string();
        let uuid = "uuid = \"e2fd7830-9e3d-4875-94ed-af8b52b73434\"\n";
        assert_eq!(
            read(&format!("scope = \"0501\"\n{uuid}")),
            "a.bindings.toml:1:9: `scope` has to be the number of scope documents, such as `scs-0501`"
        );
        assert_eq!(
            read("scope = \"scs-0501\"\nuuid = \"x\"\n"),
            "a.bindings.toml:2:8: `x` is no UUID"
        );
        assert!(
            read(&format!("{uuid}colour = 1\n")).starts_with("a.bindings.toml:2:1: unknown field")
        );
        assert!(read("scope = ").starts_with("a.bindings.toml:1:9: "));
    }
}
