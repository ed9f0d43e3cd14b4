//! JUnit XML: a suite for the run, a test case for each document that is clean and for each
//! finding that is shown; one that makes the command fail is a failure.

use std::collections::HashSet;
use std::io::{self, Write};

use super::{Report, View};
use crate::finding::{Finding, Level};
use crate::xml::xml;

pub(super) fn write(report: &Report<'_>, view: View, out: &mut dyn Write) -> io::Result<()> {
    let listed: Vec<&Finding> =
        report.visible(View { quiet: false, verbose: false, ..view }).collect();
    let concerned: HashSet<&str> = listed.iter().map(|finding| finding.path.as_str()).collect();
    let clean: Vec<&str> =
        report.documents.iter().copied().filter(|path| !concerned.contains(path)).collect();
    let fails = |finding: &&&Finding| finding.fails(view.fail_on);
    let command = if report.change.is_some() { "pr" } else { "check" };
    let (tests, failures) = (clean.len() + listed.len(), listed.iter().filter(fails).count());
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="scs-doc" tests="{tests}" failures="{failures}" errors="0">"#
    )?;
    writeln!(
        out,
        r#"  <testsuite name="scs-doc {command}" tests="{tests}" failures="{failures}" errors="0" skipped="0">"#
    )?;
    for path in clean {
        writeln!(out, r#"    <testcase name="clean" classname="{}"/>"#, xml(path))?;
    }
    for finding in listed {
        write_finding(report, finding, view.fail_on, out)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn write_finding(
    report: &Report<'_>,
    finding: &Finding,
    fail_on: Level,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (start, _) = report.range(&finding.path, finding.span);
    let name = xml(&format!("{}: {}", finding.rule, finding.subject));
    let message = xml(&finding.message);
    let help = finding.help.as_deref().unwrap_or_default();
    let place = format!("{}:{}:{}", finding.path, start.line, start.column);
    let exempt = finding.exempt.as_ref().map(|it| format!("\nexempted: {it}")).unwrap_or_default();
    let text = xml(&format!("{place}: {}\n{help}{exempt}", finding.message));
    writeln!(out, r#"    <testcase name="{name}" classname="{}">"#, xml(&finding.path))?;
    if finding.fails(fail_on) {
        let kind = finding.rule;
        writeln!(out, r#"      <failure type="{kind}" message="{message}">{text}</failure>"#)?;
    } else {
        writeln!(out, "      <system-out>{text}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}
