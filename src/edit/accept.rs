//! Exceptions for the findings of today, added at the end of the configuration.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Change, Changes, EditError};
use crate::config::Config;
use crate::finding::{Finding, Level};
use crate::rules;

/// The configuration with an exception for each error and warning. Returns the change and how many
/// exceptions it adds. What is there stays as it is.
///
/// # Errors
/// The file has its exceptions in a form that tables at its end cannot go on with.
pub fn accept(
    findings: &[Finding],
    config: &Config,
    exists: bool,
    reason: &str,
) -> Result<(Changes, usize), EditError> {
    let accepted: BTreeSet<(&str, &str, &str)> = findings
        .iter()
        .filter(|finding| finding.level > Level::Note && finding.path != config.path)
        .map(|finding| (finding.path.as_str(), finding.rule, finding.subject.as_str()))
        .collect();
    let mut text = config.text.clone();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for (path, rule, subject) in &accepted {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(
            text,
            "{gap}[[exception]]\nrule = {}\npath = {}\nsubject = {}\nreason = {}",
            quoted(rule),
            quoted(path),
            quoted(subject),
            quoted(reason),
        );
    }
    Config::parse(&config.path, &text, rules::ids()).map_err(|problem| EditError::Config {
        file: config.path.clone(),
        reason: problem.message,
    })?;
    let mut changes = Changes::default();
    if !accepted.is_empty() {
        let before = exists.then(|| config.text.clone());
        changes.push(Change { path: config.path.clone(), from: None, before, after: text });
    }
    Ok((changes, accepted.len()))
}

/// A basic string of TOML on one line (TOML 1.0, *String*).
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
