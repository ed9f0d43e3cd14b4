//! Markdown for a comment on a pull request (GitHub flavored Markdown). Authors have no say in how
//! it is rendered: what they wrote appears as code or escaped, mentions nobody and links nowhere.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::change::{self, MOST_LISTED};
use super::{Report, View};
use crate::change::{Change, Operation};
use crate::finding::{Finding, Level, Role};
use crate::text::{counted, shortened, shown};

/// How long a comment can be, in bytes: GitHub takes 65,536 characters.
const LONGEST: usize = 60_000;

/// What the parts at the end may need, in bytes: they are never left out.
const RESERVED: usize = 12_000;

/// The longest message and the longest sentence, in characters.
const LONGEST_TEXT: usize = 600;

/// Where files of a commit are shown.
const HOST: &str = "https://github.com";

pub(super) fn write(report: &Report<'_>, view: View, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::new();
    let _ = writeln!(text, "### {}\n", verdict(report, view));
    if let Some(change) = report.change {
        for line in change.headlines().into_iter().chain(change::configuration(change)) {
            let _ = writeln!(text, "- {}", inline(&line));
        }
        text.push('\n');
        write_documents(change, &mut text);
    }
    let findings: Vec<&Finding> = report.visible(view).collect();
    write_sentences(&findings, &mut text);
    write_findings(report, &findings, &mut text);
    if let Some(change) = report.change {
        let steps = change.next_steps();
        if !steps.is_empty() {
            text.push_str("#### Next steps\n\n");
        }
        for step in steps.iter().take(MOST_LISTED) {
            let _ = writeln!(text, "- {}", inline(&shortened(step, LONGEST_TEXT)));
        }
        if !steps.is_empty() {
            text.push('\n');
        }
    }
    let _ = writeln!(text, "{}", inline(&report.closing_line(view)));
    out.write_all(text.as_bytes())
}

/// What it comes to, in words.
fn verdict(report: &Report<'_>, view: View) -> String {
    let fails = |finding: &&Finding| finding.level >= view.fail_on && !finding.is_inherited();
    match report.findings.iter().filter(fails).count() {
        0 => "scs-doc: nothing stands in the way".to_owned(),
        count => format!(
            "scs-doc: {} in the way",
            match count {
                1 => "1 finding stands".to_owned(),
                count => format!("{} stand", counted(count, "finding")),
            }
        ),
    }
}

fn write_documents(change: &Change, text: &mut String) {
    if change.operations.is_empty() {
        return;
    }
    text.push_str("| Document | | Before | After | Text |\n| --- | --- | --- | --- | --- |\n");
    for operation in change.operations.iter().take(MOST_LISTED) {
        let (before, after) = operation.status();
        let status = |status: Option<crate::model::Status>| {
            status.map_or("–".to_owned(), |status| status.to_string())
        };
        let file = cell(&linked(change, operation));
        let _ = writeln!(
            text,
            "| {file} | {} | {} | {} | {} |",
            operation.kind().name(),
            status(before),
            status(after),
            changed_text(operation)
        );
    }
    if let Some(rest) = change.operations.len().checked_sub(MOST_LISTED).filter(|rest| *rest > 0) {
        let _ = writeln!(text, "\nand {} more", counted(rest, "document"));
    }
    text.push('\n');
}

fn changed_text(operation: &Operation) -> &'static str {
    match operation.both() {
        None => "",
        Some(_) if operation.text().normative().next().is_some() => "normative",
        Some(_) if !operation.text().is_empty() => "changed",
        Some(_) if operation.is_body_changed() => "markup only",
        Some(_) => "unchanged",
    }
}

/// The name of a document, leading to its file in the commit that is judged.
fn linked(change: &Change, operation: &Operation) -> String {
    let document = operation.document();
    let name = code(&shortened(&shown(document.file_name()), 120));
    let from = operation.from().map(|from| format!(" from {}", code(&shown(from))));
    let from = from.unwrap_or_default();
    match (&change.head_id, operation.after()) {
        (Some(commit), Some(document)) => {
            format!("[{name}]({}){from}", address(change, commit, &document.path))
        }
        _ => format!("{name}{from}"),
    }
}

/// The address of a file in a commit. Its parts are encoded, so that nothing ends the link.
fn address(change: &Change, commit: &str, path: &str) -> String {
    let repository = super::uri(&change.configs.target.repository);
    format!("{HOST}/{repository}/blob/{commit}/{}", super::uri(path))
}

/// The sentences of Stable documents that changed, as a diff.
fn write_sentences(findings: &[&Finding], text: &mut String) {
    let has_any = |finding: &&&Finding| finding.related.iter().any(|it| it.role != Role::Place);
    for finding in findings.iter().filter(has_any) {
        let document = finding.document.as_deref().unwrap_or(&finding.path);
        let mut block = String::new();
        for related in &finding.related {
            let sign = match related.role {
                Role::Place => continue,
                Role::Removed => '-',
                Role::Added => '+',
            };
            let sentence = shortened(&shown(&related.message), LONGEST_TEXT);
            let _ = writeln!(block, "{sign} {sentence}");
        }
        let fence = "`".repeat(longest_run(&block, '`').max(2) + 1);
        let heading = format!("#### Sentences of {}\n\n", code(&shown(document)));
        let part = format!("{heading}{fence}diff\n{block}{fence}\n\n");
        if text.len() + part.len() > LONGEST - 2 * RESERVED {
            let _ = writeln!(text, "{heading}Too many to be shown here.\n");
        } else {
            text.push_str(&part);
        }
    }
}

fn write_findings(report: &Report<'_>, findings: &[&Finding], text: &mut String) {
    let mut left_out = 0;
    for (level, title) in
        [(Level::Error, "Errors"), (Level::Warning, "Warnings"), (Level::Note, "Notes")]
    {
        let mut of_level = findings.iter().filter(|finding| finding.level == level).peekable();
        if of_level.peek().is_some() {
            let _ = writeln!(text, "#### {title}\n");
        }
        for finding in of_level {
            let part = item(report, finding);
            if text.len() + part.len() > LONGEST - RESERVED {
                left_out += 1;
            } else {
                text.push_str(&part);
            }
        }
        text.push('\n');
    }
    if left_out > 0 {
        let _ = writeln!(text, "{} not shown here\n", counted(left_out, "more finding"));
    }
}

fn item(report: &Report<'_>, finding: &Finding) -> String {
    let (start, _) = report.range(&finding.path, finding.span);
    let place = code(&format!("{}:{}", shown(&finding.path), start.line));
    let in_head = |change: &&Change| {
        let name = finding.path.rsplit('/').next().unwrap_or_default();
        change.head.find(name).is_some() || finding.document.is_none()
    };
    let place = match report.change.filter(in_head).and_then(|it| Some((it, it.head_id.as_ref()?)))
    {
        // Rendered Markdown has no lines.
        Some((change, commit)) => {
            let address = address(change, commit, &finding.path);
            format!("[{place}]({address}?plain=1#L{})", start.line)
        }
        None => place,
    };
    let message = inline(&shortened(&finding.message, LONGEST_TEXT));
    let mut item = format!("- {place} {message} ({})\n", code(finding.rule));
    if let Some(help) = &finding.help {
        let _ = writeln!(item, "  *{}*", inline(&shortened(help, LONGEST_TEXT)));
    }
    if let Some(reason) = &finding.exempt {
        let _ = writeln!(item, "  exempted: {}", code(&shortened(&shown(reason), LONGEST_TEXT)));
    }
    item
}

/// A message: what stands between backticks is code, everything else is plain text. That holds also
/// where an author has put backticks into what a message quotes.
fn inline(message: &str) -> String {
    let message = shown(message);
    let mut text = String::new();
    let mut parts = message.split('`').peekable();
    let mut is_code = false;
    while let Some(part) = parts.next() {
        match is_code && parts.peek().is_some() {
            true => text.push_str(&code(part)),
            // The last backtick of an odd number opens nothing.
            false if is_code => text.push_str(&format!("'{}", plain(part))),
            false => text.push_str(&plain(part)),
        }
        is_code = !is_code;
    }
    text
}

/// Text in which no character means anything to Markdown, HTML or GitHub.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            // A joiner without width: neither a mention nor a reference nor an address.
            '@' | '#' => safe.extend([c, '\u{2060}']),
            ':' => safe.extend([c, '\u{2060}']),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '|' | '~' | '!' | '$' => {
                safe.extend(['\\', c]);
            }
            c => safe.push(c),
        }
    }
    // `www.` is an address without a scheme.
    safe.replace("www.", "www\u{2060}.")
}

/// Code in which no character means anything (CommonMark 0.31, *Code spans*).
fn code(text: &str) -> String {
    if text.trim().is_empty() {
        return plain(text);
    }
    let ticks = "`".repeat(longest_run(text, '`') + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// A cell of a table: a bar would end it, also in code.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_author_is_alive() {
        assert_eq!(inline("a `b` c"), "a `b` c");
        assert_eq!(inline("`<b>` <b> @you #1"), "`<b>` &lt;b&gt; @\u{2060}you #\u{2060}1");
        assert_eq!(inline("`status` is ``<img>`; @all"), "`status` is &lt;img&gt;'; @\u{2060}all");
        assert_eq!(inline("[a](https://x.y)"), "\\[a\\]\\(https:\u{2060}//x.y\\)");
        assert_eq!(code("a``b`"), "``` a``b` ```");
        assert_eq!(cell("`a|b`"), "`a\\|b`");
    }
}
