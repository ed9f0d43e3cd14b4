//! Reports: whatever documents and findings say, each format is what its readers expect.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag};
use scs_doc::change::Stage;
use scs_doc::document::Span;
use scs_doc::finding::{Edit, Fix, Origin, Related, Role};
use scs_doc::report::{Format, JsonFindings, Report, Summary, View};
use scs_doc::rules::{self, check_change};
use scs_doc::{Finding, Level};
use serde_json::Value;

use super::pr::Sides;
use super::tree;

/// Findings with the words of a file `words`, besides those of the change.
pub fn reports(data: &[u8]) {
    let sides = Sides::read(data);
    let Some(change) = sides.load(Stage::Proposal) else { return };
    let mut findings = check_change(&change).unwrap().findings;
    let words = tree::files(data).remove("words").unwrap_or_default();
    let words = String::from_utf8_lossy(&words).into_owned();
    let words: Vec<String> =
        words.lines().take(24).map(|it| it.replace("\\n", "\n").replace("\\r", "\r")).collect();
    findings.extend((0..words.len()).map(|at| finding(&words, at)));
    let documents: Vec<&str> = change.head.documents.iter().map(|it| it.path.as_str()).collect();
    let summary = Summary::of(&findings, documents.len(), 0);
    let config = (change.in_force.path.as_str(), change.in_force.text.as_str());
    for about in [false, true] {
        let report = Report::new(&findings, summary, documents.clone(), Some(&change.head), config);
        let report = if about { report.about(&change) } else { report };
        for verbose in [false, true] {
            let view = View { color: false, quiet: false, verbose, fail_on: Level::Error };
            each_format(&report, view);
        }
    }
}

/// A finding of a stranger's words.
fn finding(words: &[String], at: usize) -> Finding {
    let word = |more: usize| words[(at + more) % words.len()].clone();
    let rule = rules::ids()[word(0).len() % rules::ids().len()];
    let level = Level::ALL[word(1).len() % 3];
    let span = Span::new(word(2).len(), word(2).len() + word(3).len());
    let related = |role| Related { path: word(1), span, message: word(2), role };
    Finding {
        rule,
        level,
        mild: false,
        path: format!("Standards/{}", word(1)),
        document: Some(word(2)),
        subject: word(3),
        span,
        message: word(0),
        label: Some(word(4)),
        help: Some(word(5)),
        reference: "scs-0001-v1#process",
        related: vec![related(Role::Place), related(Role::Added), related(Role::Removed)],
        fix: Some(Fix {
            title: word(6),
            safe: true,
            edits: vec![Edit { path: word(1), span, text: word(7) }],
        }),
        origin: Some([Origin::Introduced, Origin::Inherited][word(5).len() % 2]),
        exempt: (word(6).len() % 3 == 0).then(|| word(7)),
    }
}

fn each_format(report: &Report<'_>, view: View) {
    let write = |format| {
        let mut out = Vec::new();
        report.write(format, view, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    json(&write(Format::Json), report.findings);
    sarif(&write(Format::Sarif), report.findings);
    github(&write(Format::Github), report.findings);
    junit(&write(Format::Junit));
    markdown(&write(Format::Markdown));
    for format in [Format::Human, Format::Concise, Format::Github] {
        nothing_moves_the_cursor(&write(format));
    }
    concise(&write(Format::Concise));
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} of {value}"))
}

fn json(out: &str, findings: &[Finding]) {
    let all: Value = serde_json::from_str(out).unwrap();
    let told = all["findings"].as_array().unwrap();
    assert_eq!(told.len(), findings.len());
    for (told, finding) in told.iter().zip(findings) {
        assert_eq!(text(told, "rule"), finding.rule);
        assert_eq!(text(told, "path"), finding.path);
        assert_eq!(text(told, "message"), finding.message);
        assert_eq!(text(told, "level"), finding.level.name());
    }
    // The program takes from others what it writes itself.
    let read = JsonFindings::parse(out.as_bytes());
    assert_eq!(read.is_ok(), all["change"].is_object(), "{read:?}");
}

fn sarif(out: &str, findings: &[Finding]) {
    let log: Value = serde_json::from_str(out).unwrap();
    assert_eq!(text(&log, "version"), "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    let mut fingerprints = BTreeSet::new();
    for (result, finding) in results.iter().zip(findings) {
        assert!(text(&result["message"], "text").starts_with(&finding.message));
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(text(&run["tool"]["driver"]["rules"][index], "id"), finding.rule);
        assert!(["error", "warning", "note"].contains(&text(result, "level")));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = text(&place["artifactLocation"], "uri");
        assert_eq!(percent_decoded(uri), finding.path);
        assert!(uri.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~/%".contains(&it)));
        let number = |key: &str| place["region"][key].as_u64().unwrap();
        let start = (number("startLine"), number("startColumn"));
        assert!((1, 1) <= start && start <= (number("endLine"), number("endColumn")));
        let fingerprint = &result["partialFingerprints"]["ruleDocumentSubject/v1"];
        assert!(fingerprints.insert(fingerprint.as_str().unwrap().to_owned()), "{fingerprint}");
    }
}

fn percent_decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = String::from_utf8(rest.by_ref().take(2).collect()).unwrap();
            bytes.push(u8::from_str_radix(&digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// A command to the runner of GitHub Actions.
struct Command {
    name: String,
    properties: Vec<(String, String)>,
    message: String,
}

/// A line as the runner reads it (actions/runner, *ActionCommand.cs*); `None` for other output.
fn command(line: &str) -> Option<Command> {
    let rest = line.trim_start().strip_prefix("::")?;
    let (head, message) = rest.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let unescaped = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let property =
        |text: &str| unescaped(text).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
    let properties = properties.split(',').filter_map(|it| it.split_once('='));
    let properties = properties.map(|(key, value)| (key.to_owned(), property(value)));
    let message = unescaped(message).replace("%25", "%");
    Some(Command { name: name.to_owned(), properties: properties.collect(), message })
}

fn github(out: &str, findings: &[Finding]) {
    // What is shown of a text where it has nothing that could move the cursor.
    let is_plain =
        |it: &str| it.chars().all(|c| c == ' ' || c.is_alphanumeric() || c.is_ascii_graphic());
    for line in out.lines() {
        assert!(!line.contains('\r'), "{line:?}");
        let Some(Command { name, properties, message }) = command(line) else {
            // The older form is looked for anywhere in a line.
            assert!(!line.contains("##["), "{line:?}");
            assert!(line.starts_with(|c: char| c.is_ascii_alphanumeric()), "{line:?}");
            continue;
        };
        assert!(["error", "warning", "notice"].contains(&name.as_str()), "{line:?}");
        let get = |key: &str| {
            let mut found =
                properties.iter().filter(|(it, _)| it == key).map(|(_, it)| it.as_str());
            let first = found.next().unwrap_or_default();
            assert_eq!(found.next(), None, "{line:?}");
            first
        };
        let known = ["file", "line", "col", "endColumn", "title"];
        assert!(properties.iter().all(|(key, _)| known.contains(&key.as_str())), "{line:?}");
        assert!(get("line").parse::<usize>().is_ok_and(|it| it > 0), "{line:?}");
        let rule = get("title");
        let mut fitting = findings.iter().filter(|it| it.rule == rule).peekable();
        assert!(fitting.peek().is_some(), "{line:?}");
        let said = message.split('\n').next().unwrap_or_default();
        let is_it = |it: &Finding| {
            (!is_plain(&it.path) || it.path == get("file"))
                && (!is_plain(&it.message) || it.message == said)
        };
        assert!(fitting.any(is_it), "{line:?}");
    }
}

fn junit(out: &str) {
    let document = roxmltree::Document::parse(out).unwrap_or_else(|error| panic!("{error}: {out}"));
    let of = |name: &'static str| document.descendants().filter(move |it| it.has_tag_name(name));
    let suites = document.root_element();
    let count = |key: &str| suites.attribute(key).and_then(|it| it.parse::<usize>().ok());
    assert_eq!(count("tests"), Some(of("testcase").count()), "{out}");
    assert_eq!(count("failures"), Some(of("failure").count()), "{out}");
    let known = ["testsuites", "testsuite", "testcase", "failure", "system-out"];
    let mut elements = document.descendants().filter(|it| it.is_element());
    assert!(elements.all(|it| known.contains(&it.tag_name().name())), "{out}");
}

/// Nothing of an author is alive: no HTML, no image, no mention, and links only into GitHub.
fn markdown(out: &str) {
    assert!(out.chars().count() <= 65_536);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH;
    let mut in_code = false;
    for event in Parser::new_ext(out, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_code = false,
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html:?} in {out}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://github.com/"), "{dest_url} in {out}");
            }
            Event::Start(
                tag @ (Tag::Image { .. } | Tag::FootnoteDefinition(_) | Tag::BlockQuote(_)),
            ) => {
                panic!("{tag:?} in {out}")
            }
            Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::TaskListMarker(_) => {
                panic!("{event:?} in {out}")
            }
            Event::Text(text) if !in_code => {
                let next = |sign: char| {
                    let mut at = text.match_indices(sign);
                    at.any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_alphanumeric()))
                };
                assert!(!next('@') && !next('#'), "{text:?} in {out}");
            }
            _ => {}
        }
    }
}

/// No control characters, and none that reorder text.
fn nothing_moves_the_cursor(out: &str) {
    let moves = |c: char| {
        c != '\n'
            && c != '\t'
            && (c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'))
    };
    assert!(!out.contains(moves), "{out:?}");
}

/// A line for each finding, and one at the end.
fn concise(out: &str) {
    let mut lines: Vec<&str> = out.lines().collect();
    lines.pop();
    assert!(lines.iter().all(|it| it.contains("[") && it.contains("] ")), "{out}");
}
