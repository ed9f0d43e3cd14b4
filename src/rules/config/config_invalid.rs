//! `config-invalid`: see `config_invalid.md`.

use crate::config::ConfigProblem;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "config-invalid",
    level: Level::Error,
    reference: "docs/configuration.md",
    templates: false,
    page: include_str!("config_invalid.md"),
    check: Check::Config(check),
};

fn check(problem: &ConfigProblem, sink: &mut Sink<'_>) {
    let finding =
        sink.report_in(&problem.file, problem.span, &problem.subject, problem.message.as_str());
    finding.help.clone_from(&problem.help);
}
