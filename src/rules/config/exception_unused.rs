//! `exception-unused`: see `exception_unused.md`.

use crate::config::Exception;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "exception-unused",
    level: Level::Warning,
    reference: "docs/configuration.md",
    templates: false,
    page: include_str!("exception_unused.md"),
    check: Check::Exception(check),
};

fn check(exception: &Exception, sink: &mut Sink<'_>) {
    let about = exception.subject.as_ref().map(|it| format!(" about `{it}`")).unwrap_or_default();
    let message = format!(
        "`{}` finds nothing{about} in `{}`: the exception is not needed",
        exception.rule, exception.path
    );
    let subject = format!("{} {}{about}", exception.rule, exception.path);
    sink.report_in(&exception.file, exception.span, &subject, message).help("remove it");
}
