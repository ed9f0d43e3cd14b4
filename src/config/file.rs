//! The keys of the file: their shape, and what may stand there.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Config, ConfigProblem, Exception, IntroductionPaths};
use crate::document::Span;
use crate::finding::Level;
use crate::model::{Track, Vocabulary as _};
use crate::text::nearest;

/// The largest configuration that is read, in bytes.
const MAX_SIZE: usize = 4 << 20;

/// How many globs of manifests there may be, and how long each, in bytes.
const MOST_GLOBS: usize = 100;
const LONGEST_GLOB: usize = 500;

/// The keys of `scs-doc.toml`, all optional.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Configuration of scs-doc (scs-doc.toml)")]
pub struct ConfigFile {
    /// A requirement on the version of scs-doc itself, such as `>=0.1`.
    #[schemars(with = "Option<String>")]
    required_version: Option<Spanned<String>>,
    /// The folder with the documents; default `Standards`, else `standards`.
    #[schemars(with = "Option<String>")]
    standards: Option<Spanned<String>>,
    /// Globs of the test-suite manifests.
    #[schemars(with = "Option<Vec<String>>")]
    manifests: Option<Vec<Spanned<String>>>,
    /// Where the documents are published.
    site_url: Option<String>,
    /// `owner/name` of the repository on GitHub.
    repository: Option<String>,
    /// The branch that links into the repository are checked for.
    default_branch: Option<String>,
    /// Logins of those who may approve documents of the Global track.
    forum: Option<Vec<String>>,
    /// Hosts that only mirror what others publish: no sources of images.
    #[schemars(with = "Option<Vec<String>>")]
    mirrors: Option<Vec<Spanned<String>>>,
    /// Levels by rule id: `error`, `warning`, `note` or `off`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, LevelName>")]
    levels: BTreeMap<Spanned<String>, Spanned<String>>,
    /// What `scs-doc index` puts into the pages of a site.
    #[serde(default)]
    index: IndexFile,
    /// Accepted findings.
    #[serde(default)]
    #[schemars(with = "Vec<ExceptionFile>")]
    exception: Vec<Spanned<ExceptionFile>>,
}

/// The values of `[levels]`, for the schema.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[expect(dead_code, reason = "exists for the JSON Schema only")]
enum LevelName {
    Error,
    Warning,
    Note,
    Off,
}

/// What `scs-doc index` puts into the pages of a site.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IndexFile {
    /// The Markdown file with the introduction of the overview.
    #[schemars(with = "Option<String>")]
    overview: Option<Spanned<String>>,
    /// By track: the Markdown file with the introduction of its page.
    #[serde(default)]
    #[schemars(schema_with = "tracks_schema")]
    tracks: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Files by the names of tracks.
fn tracks_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let names: Vec<&str> = Track::ALL.iter().map(|track| track.name()).collect();
    schemars::json_schema!({
        "type": "object",
        "propertyNames": { "enum": names },
        "additionalProperties": { "type": "string" },
    })
}

/// An accepted finding.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExceptionFile {
    /// The id of a rule.
    #[schemars(with = "String")]
    rule: Spanned<String>,
    /// The document, relative to the repository.
    #[schemars(with = "String")]
    path: Spanned<String>,
    /// What the finding is about; without it every finding of the rule in the document.
    subject: Option<String>,
    /// Why it is accepted.
    #[schemars(with = "String")]
    reason: Spanned<String>,
}

/// Reads the text of the file at `path`; the problem does not name the file yet.
pub(super) fn read(path: &str, text: &str, rules: &[&str]) -> Result<Config, ConfigProblem> {
    if text.len() > MAX_SIZE {
        return Err(problem(Span::FILE, "", format!("the file is larger than {MAX_SIZE} bytes")));
    }
    let file: ConfigFile = toml::from_str(text).map_err(|error| unreadable(&error, text))?;
    let mut config = Config {
        path: path.to_owned(),
        text: text.to_owned(),
        set: keys_set(&file),
        ..Config::default()
    };
    if let Some(version) = &file.required_version {
        config.required_version =
            Some(semver::VersionReq::parse(version.as_ref()).map_err(|error| {
                let message = format!("`required-version` is no requirement on a version: {error}");
                problem(version.span().into(), "required-version", message)
            })?);
    }
    if let Some(folder) = &file.standards {
        config.standards = Some(folder_name(folder)?);
    }
    if let Some(globs) = file.manifests {
        config.manifests = manifest_globs(globs)?;
    }
    config.site_url = file.site_url.unwrap_or(config.site_url).trim_end_matches('/').to_owned();
    config.repository = file.repository.unwrap_or(config.repository);
    config.default_branch = file.default_branch.unwrap_or(config.default_branch);
    config.forum = file.forum.unwrap_or_default();
    let mirrors = file.mirrors.unwrap_or_default();
    config.mirrors = mirrors.iter().map(host).collect::<Result<_, _>>()?;
    for (rule, level) in &file.levels {
        known_rule(rule, rules)?;
        let name = level.as_ref().as_str();
        let level = match name {
            "off" => None,
            _ => Some(Level::parse(name).ok_or_else(|| {
                let message = format!("`{name}` is no level: expected error, warning, note or off");
                problem(level.span().into(), rule.as_ref(), message)
            })?),
        };
        config.levels.insert(rule.as_ref().clone(), level);
    }
    config.index = introduction_paths(&file.index)?;
    for table in file.exception {
        let span = table.span().into();
        let exception = table.into_inner();
        known_rule(&exception.rule, rules)?;
        if exception.reason.as_ref().trim().is_empty() {
            let message = "an exception needs a reason that others can read";
            return Err(problem(exception.reason.span().into(), "reason", message));
        }
        config.exceptions.push(Exception {
            rule: exception.rule.into_inner(),
            path_span: exception.path.span().into(),
            path: exception.path.into_inner(),
            subject: exception.subject,
            reason: exception.reason.into_inner(),
            file: path.to_owned(),
            span,
        });
    }
    Ok(config)
}

fn problem(span: Span, subject: &str, message: impl Into<String>) -> ConfigProblem {
    ConfigProblem {
        file: String::new(),
        span,
        subject: subject.to_owned(),
        message: message.into(),
        help: None,
    }
}

fn folder_name(folder: &Spanned<String>) -> Result<String, ConfigProblem> {
    inner_path(folder.as_ref()).ok_or_else(|| {
        let message = format!("`{}` is no folder of this repository", folder.as_ref());
        problem(folder.span().into(), "standards", message)
    })
}

/// The name of a host, such as `mirror.example.org`.
fn host(name: &Spanned<String>) -> Result<String, ConfigProblem> {
    let host = name.as_ref();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if host.chars().all(is_part) && !host.is_empty() {
        return Ok(host.clone());
    }
    let message =
        format!("`{host}` is no name of a host: write `mirror.example.org`, for instance");
    Err(problem(name.span().into(), "mirrors", message))
}

/// Globs that a stranger may have written: each becomes a program, and each is held against all files.
fn manifest_globs(globs: Vec<Spanned<String>>) -> Result<Vec<String>, ConfigProblem> {
    let long = globs.iter().find(|glob| glob.as_ref().len() > LONGEST_GLOB);
    if let Some(glob) = long.or_else(|| globs.get(MOST_GLOBS)) {
        let message = format!(
            "`manifests` has more than {MOST_GLOBS} globs, or one of more than {LONGEST_GLOB} bytes"
        );
        return Err(problem(glob.span().into(), "manifests", message));
    }
    Ok(globs.into_iter().map(Spanned::into_inner).collect())
}

/// A path within the repository, without what means nothing in it.
fn inner_path(path: &str) -> Option<String> {
    let name = path.trim_end_matches('/').trim_start_matches("./");
    let plain = |part: &str| {
        let is_name = !part.is_empty() && part != "." && part != ".." && !part.contains('\\');
        // What git keeps there is no document.
        is_name && !part.eq_ignore_ascii_case(".git")
    };
    name.split('/').all(plain).then(|| name.to_owned())
}

fn introduction_paths(file: &IndexFile) -> Result<IntroductionPaths, ConfigProblem> {
    let inner = |path: &Spanned<String>, key: &str| {
        inner_path(path.as_ref()).ok_or_else(|| {
            let message = format!("`{}` is no file of this repository", path.as_ref());
            problem(path.span().into(), key, message)
        })
    };
    let overview = file.overview.as_ref().map(|path| inner(path, "overview")).transpose()?;
    let mut tracks = BTreeMap::new();
    for (track, path) in &file.tracks {
        tracks.insert(known_track(track)?, inner(path, track.as_ref())?);
    }
    Ok(IntroductionPaths { overview, tracks })
}

fn known_track(track: &Spanned<String>) -> Result<Track, ConfigProblem> {
    let name = track.as_ref().as_str();
    Track::parse(name).ok_or_else(|| {
        let mut unknown = problem(track.span().into(), name, format!("there is no track `{name}`"));
        let names: Vec<&str> = Track::ALL.iter().map(|track| track.name()).collect();
        unknown.help = Some(match nearest(name, names.iter().copied()) {
            Some(track) => format!("did you mean `{track}`?"),
            None => format!("expected one of {}", names.join(", ")),
        });
        unknown
    })
}

fn known_rule(rule: &Spanned<String>, rules: &[&str]) -> Result<(), ConfigProblem> {
    let id = rule.as_ref().as_str();
    if rules.contains(&id) {
        return Ok(());
    }
    let mut unknown = problem(rule.span().into(), id, format!("there is no rule `{id}`"));
    unknown.help = Some(match nearest(id, rules.iter().copied()) {
        Some(rule) => format!("did you mean `{rule}`?"),
        None => "`scs-doc rules` lists all rules".to_owned(),
    });
    Err(unknown)
}

/// The keys that may stand where an unknown one was found, by the schema of the file.
fn expected_keys(message: &str) -> Vec<&str> {
    message.split('`').skip(3).step_by(2).collect()
}

fn unreadable(error: &toml::de::Error, text: &str) -> ConfigProblem {
    let span = error.span().map_or(Span::FILE, Span::from);
    let message = error.message().trim();
    if message.starts_with("unknown field") {
        let key = message.split('`').nth(1).unwrap_or_default();
        let expected = expected_keys(message);
        let mut unknown = problem(span, key, format!("unknown key `{key}`"));
        unknown.help = Some(match nearest(key, expected.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("expected one of {}", expected.join(", ")),
        });
        return unknown;
    }
    problem(span, span.of(text), message.replace('\n', ", "))
}

fn keys_set(file: &ConfigFile) -> Vec<&'static str> {
    let keys = [
        ("required-version", file.required_version.is_some()),
        ("standards", file.standards.is_some()),
        ("manifests", file.manifests.is_some()),
        ("site-url", file.site_url.is_some()),
        ("repository", file.repository.is_some()),
        ("default-branch", file.default_branch.is_some()),
        ("forum", file.forum.is_some()),
        ("mirrors", file.mirrors.is_some()),
    ];
    keys.into_iter().filter(|(_, set)| *set).map(|(key, _)| key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::FILE_NAME;

    const RULES: &[&str] = &["slug-style", "field-date"];

    fn wrong(text: &str) -> (String, String, Option<String>) {
        let problem = Config::parse(FILE_NAME, text, RULES).unwrap_err();
        (problem.message, problem.span.of(text).to_owned(), problem.help)
    }

    #[test]
    fn a_mirror_is_a_host() {
        let (message, place, _) = wrong("mirrors = ['m.example.org', 'https://e.org/']\n");
        let expected =
            "`https://e.org/` is no name of a host: write `mirror.example.org`, for instance";
        assert_eq!((message.as_str(), place.as_str()), (expected, "'https://e.org/'"));
        assert!(Config::parse(FILE_NAME, "mirrors = ['']", RULES).is_err());
    }

    #[test]
    fn globs_are_few_and_short() {
        let long = format!("'{}'", "*a".repeat(300));
        assert_eq!(wrong(&format!("manifests = ['a', {long}]\n")).1, long);
        assert_eq!(wrong(&format!("manifests = [{}'last']\n", "'a', ".repeat(100))).1, "'last'");
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place_and_the_nearest() {
        let (message, place, help) = wrong("site-url = 'x'\nstandrads = 'y'\n");
        assert_eq!((message.as_str(), place.as_str()), ("unknown key `standrads`", "standrads"));
        assert_eq!(help.as_deref(), Some("did you mean `standards`?"));
    }

    #[test]
    fn rules_levels_folders_and_reasons_are_looked_at() {
        let (message, place, help) = wrong("[levels]\nslug-stile = 'off'\n");
        assert_eq!(
            (message.as_str(), place.as_str()),
            ("there is no rule `slug-stile`", "slug-stile")
        );
        assert_eq!(help.as_deref(), Some("did you mean `slug-style`?"));
        assert_eq!(wrong("[levels]\nslug-style = 'of'\n").1, "'of'");
        assert_eq!(wrong("standards = '../x'\n").1, "'../x'");
        assert_eq!(wrong("standards = '.git/hooks'\n").1, "'.git/hooks'");
        assert_eq!(wrong("required-version = 'new'\n").1, "'new'");
        let empty = "[[exception]]\nrule = 'field-date'\npath = 'a'\nreason = ' '\n";
        assert_eq!(wrong(empty).1, "' '");
    }

    #[test]
    fn introductions_are_files_of_this_repository_and_of_tracks() {
        let (message, place, help) = wrong("[index.tracks]\nIaas = 'a.md'\n");
        assert_eq!((message.as_str(), place.as_str()), ("there is no track `Iaas`", "Iaas"));
        assert_eq!(help.as_deref(), Some("did you mean `IaaS`?"));
        let (message, place, help) = wrong("[index]\noverviw = 'a.md'\n");
        assert_eq!((message.as_str(), place.as_str()), ("unknown key `overviw`", "overviw"));
        assert_eq!(help.as_deref(), Some("did you mean `overview`?"));
        for path in ["'../a.md'", "'/etc/passwd'", "''", "'.git/config'", "'a/./b.md'"] {
            assert_eq!(wrong(&format!("[index]\noverview = {path}\n")).1, path);
            assert_eq!(wrong(&format!("[index.tracks]\nOps = {path}\n")).1, path);
        }
        let text = "[index]\noverview = './docs/a.md'\ntracks = { IAM = 'docs/iam.md' }\n";
        let index = Config::parse(FILE_NAME, text, RULES).unwrap().index;
        assert_eq!(index.overview.as_deref(), Some("docs/a.md"));
        assert_eq!(index.tracks, [(Track::Iam, "docs/iam.md".to_owned())].into());
    }

    #[test]
    fn values_override_defaults() {
        let config = Config::parse(
            FILE_NAME,
            "site-url = 'https://e.org/s/'\n[levels]\nslug-style='off'",
            RULES,
        )
        .unwrap();
        assert_eq!(config.site_url, "https://e.org/s");
        assert_eq!(config.default_branch, "main");
        assert!(config.is_off("slug-style"));
        assert_eq!(config.levels, [("slug-style".to_owned(), None)].into());
        assert_eq!(config.set, ["site-url"]);
    }
}
