//! JUnit XML: a suite for the run, a test case for each document that is clean and for each
//! finding that is not a note.

use std::io::{self, Write};

use quick_xml::escape::escape;

use super::Report;
use crate::finding::{Finding, Level};

/// Characters that XML 1.0 does not allow even escaped (section 2.2) become U+FFFD.
fn xml(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    let plain: String =
        text.chars().map(|c| if allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
    // Line breaks in attributes would be read as blanks.
    escape(&plain).replace('\n', "&#10;")
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let listed: Vec<&Finding> =
        report.findings.iter().filter(|finding| finding.level > Level::Note).collect();
    let clean: Vec<&str> = report
        .documents
        .iter()
        .copied()
        .filter(|path| !listed.iter().any(|finding| finding.path == *path))
        .collect();
    let (tests, failures) = (clean.len() + listed.len(), report.summary.errors);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="scs-doc" tests="{tests}" failures="{failures}" errors="0">"#
    )?;
    writeln!(
        out,
        r#"  <testsuite name="scs-doc check" tests="{tests}" failures="{failures}" errors="0" skipped="0">"#
    )?;
    for path in clean {
        writeln!(out, r#"    <testcase name="clean" classname="{}"/>"#, xml(path))?;
    }
    for finding in listed {
        write_finding(report, finding, out)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn write_finding(report: &Report<'_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (start, _) = report.range(&finding.path, finding.span);
    let name = xml(&format!("{}: {}", finding.rule, finding.subject));
    let message = xml(&finding.message);
    let help = finding.help.as_deref().unwrap_or_default();
    let place = format!("{}:{}:{}", finding.path, start.line, start.column);
    let text = xml(&format!("{place}: {}\n{help}", finding.message));
    writeln!(out, r#"    <testcase name="{name}" classname="{}">"#, xml(&finding.path))?;
    match finding.level {
        Level::Error => {
            writeln!(
                out,
                r#"      <failure type="{}" message="{message}">{text}</failure>"#,
                finding.rule
            )?;
        }
        Level::Warning | Level::Note => writeln!(out, "      <system-out>{text}</system-out>")?,
    }
    writeln!(out, "    </testcase>")
}
