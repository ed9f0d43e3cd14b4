//! Configuration and bindings: what is wrong has a place, and exceptions that are added are there.

use scs_doc::config::{Config, FILE_NAME};
use scs_doc::document::Span;
use scs_doc::edit::accept;
use scs_doc::finding::{Finding, settle};
use scs_doc::manifest::bindings::Bindings;
use scs_doc::rules::{self, judge_config};
use scs_doc::{Corpus, Level, check};

use super::{assert_fits, today, tree};

const BINDINGS: &str = "Tests/scs-a.bindings.toml";

pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Bindings::read(BINDINGS, text) {
        Ok(bindings) => assert_eq!(bindings.path, BINDINGS),
        Err(error) => {
            let line = text.split('\n').nth(error.line - 1);
            let line = line.unwrap_or_else(|| panic!("{error} of {text:?}"));
            assert!((1..=line.chars().count() + 1).contains(&error.column), "{error} of {text:?}");
            assert!(!error.message.trim().is_empty());
        }
    }
    match Config::parse(FILE_NAME, text, rules::ids()) {
        Ok(config) => accepted(&config),
        Err(problem) => {
            assert_fits(problem.span, text, &problem);
            assert!(!problem.message.trim().is_empty(), "{problem:?}");
            assert_eq!(problem.file, FILE_NAME);
            let found = judge_config(&problem);
            let place = found.first().map(|it| (it.path.as_str(), it.span));
            assert_eq!(place, Some((FILE_NAME, problem.span)));
        }
    }
}

/// Exceptions for all findings, whatever their words: they are added behind what is there, and they
/// take the findings away.
fn accepted(config: &Config) {
    for exception in &config.exceptions {
        assert_fits(exception.span, &config.text, exception);
        assert_fits(exception.path_span, &config.text, exception);
        assert!(rules::find(&exception.rule).is_some() && !exception.reason.trim().is_empty());
    }
    // The repository is whatever the configuration says that it is.
    let folder = config.standards.as_deref().unwrap_or("Standards");
    let files = [(format!("{folder}/scs-0100-v1-a.md"), config.text.clone().into_bytes())];
    let files = files.into_iter().collect();
    let corpus = Corpus::load(&tree::snapshot(&files), config, today()).unwrap();
    let mut findings = check(&corpus, config).unwrap().findings;
    findings.retain(|it| it.path != config.path);
    // Words as they may stand in a path or a subject of a stranger's file.
    let words = config.text.lines().map(|line| Finding {
        path: line.chars().rev().collect(),
        ..findings.first().cloned().unwrap_or_else(|| finding(line))
    });
    let words: Vec<Finding> =
        words.take(4).chain(config.text.lines().take(4).map(finding)).collect();
    findings.extend(words);
    findings
        .retain(|it| it.level > Level::Note && !config.is_off(it.rule) && it.path != config.path);
    let reason = match config.text.trim().is_empty() {
        true => "a reason",
        false => config.text.as_str(),
    };
    let Ok((changes, count)) = accept(&findings, config, true, reason) else { return };
    assert_eq!(changes.is_empty(), findings.is_empty());
    let Some(change) = changes.iter().next() else { return };
    assert!(change.after.starts_with(&config.text));
    let after = Config::parse(FILE_NAME, &change.after, rules::ids()).unwrap();
    assert_eq!(after.exceptions.len(), config.exceptions.len() + count);
    let known = |it: &scs_doc::config::Exception| {
        (it.rule.clone(), it.path.clone(), it.subject.clone(), it.reason.clone())
    };
    assert!(
        after
            .exceptions
            .iter()
            .map(known)
            .take(config.exceptions.len())
            .eq(config.exceptions.iter().map(known))
    );
    assert_eq!(after.levels, config.levels);
    let left = settle(findings, &after).findings;
    assert!(left.iter().all(|it| it.level == Level::Note), "{left:?}");
}

fn finding(words: &str) -> Finding {
    Finding {
        rule: "title-prefix",
        level: Level::Warning,
        mild: false,
        path: format!("Standards/{words}"),
        document: None,
        subject: words.to_owned(),
        span: Span::FILE,
        message: words.to_owned(),
        label: None,
        help: None,
        reference: "",
        related: Vec::new(),
        fix: None,
        origin: None,
        exempt: None,
    }
}
