//! `scs-doc config`

use std::io::Write;

use clap::ValueEnum;

use super::{Failure, Global, Status};
use crate::config::{Config, FILE_NAME};
use crate::source::Snapshot;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format of the list
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Toml,
}

pub(super) fn run(global: &Global, args: &Args, out: &mut dyn Write) -> Result<Status, Failure> {
    let snapshot = Snapshot::work_tree(&global.root()?)?;
    let (config, _) = global.configuration(&snapshot)?;
    match args.format {
        Format::Human => human(&config, &snapshot, out)?,
        Format::Toml => write!(out, "{}", toml_of(&config, &snapshot))?,
    }
    Ok(Status::Clean)
}

/// The keys with one value each, in the order of the documentation.
fn values(config: &Config, snapshot: &Snapshot) -> Vec<(&'static str, toml::Value)> {
    let list = |items: &[String]| toml::Value::from(items.to_vec());
    let required =
        config.required_version.iter().map(|it| ("required-version", it.to_string().into()));
    let folder =
        crate::corpus::standards_folder(snapshot, config).ok().or(config.standards.clone());
    required
        .chain(folder.map(|folder| ("standards", folder.into())))
        .chain([
            ("manifests", list(&config.manifests)),
            ("site-url", config.site_url.clone().into()),
            ("repository", config.repository.clone().into()),
            ("default-branch", config.default_branch.clone().into()),
            ("forum", list(&config.forum)),
            ("mirrors", list(&config.mirrors)),
        ])
        .collect()
}

fn human(config: &Config, snapshot: &Snapshot, out: &mut dyn Write) -> Result<(), Failure> {
    for (key, value) in values(config, snapshot) {
        let set = config.set.contains(&key);
        let origin = match key {
            _ if set => config.path.as_str(),
            "standards" => "found",
            _ => "default",
        };
        writeln!(out, "{key:<17} {value}  ({origin})")?;
    }
    for (rule, level) in &config.levels {
        let level = level.map_or("off", |level| level.name());
        writeln!(out, "levels.{rule}: {level}  ({})", config.path)?;
    }
    for (key, path) in introductions(config) {
        let path = toml::Value::from(path.as_str());
        writeln!(out, "{key}: {path}  ({})", config.path)?;
    }
    let count = config.exceptions.len();
    let file = if config.text.is_empty() { FILE_NAME } else { &config.path };
    writeln!(out, "{}  ({file})", crate::text::counted(count, "exception"))?;
    Ok(())
}

/// The files with introductions, by key.
fn introductions(config: &Config) -> impl Iterator<Item = (String, &String)> {
    let overview = config.index.overview.iter().map(|path| ("index.overview".to_owned(), path));
    let tracks = config.index.tracks.iter();
    overview.chain(tracks.map(|(track, path)| (format!("index.tracks.{track}"), path)))
}

/// The effective configuration as a file that says the same.
fn toml_of(config: &Config, snapshot: &Snapshot) -> String {
    let mut text: String = values(config, snapshot)
        .into_iter()
        .map(|(key, value)| format!("{key} = {value}\n"))
        .collect();
    if !config.levels.is_empty() {
        text.push_str("\n[levels]\n");
    }
    for (rule, level) in &config.levels {
        text.push_str(&format!("{rule} = \"{}\"\n", level.map_or("off", |level| level.name())));
    }
    text.push_str(&index_of(config));
    for exception in &config.exceptions {
        text.push_str("\n[[exception]]\n");
        let subject = exception.subject.as_ref().map(|subject| ("subject", subject));
        let pairs = [("rule", &exception.rule), ("path", &exception.path)];
        for (key, value) in pairs.into_iter().chain(subject).chain([("reason", &exception.reason)])
        {
            text.push_str(&format!("{key} = {}\n", toml::Value::from(value.as_str())));
        }
    }
    text
}

fn index_of(config: &Config) -> String {
    let mut text = String::new();
    if let Some(path) = &config.index.overview {
        text.push_str(&format!("\n[index]\noverview = {}\n", toml::Value::from(path.as_str())));
    }
    if !config.index.tracks.is_empty() {
        text.push_str("\n[index.tracks]\n");
    }
    for (track, path) in &config.index.tracks {
        text.push_str(&format!("{track} = {}\n", toml::Value::from(path.as_str())));
    }
    text
}
