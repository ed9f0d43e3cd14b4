//! Markdown for a comment on a pull request (GitHub flavored Markdown). Authors have no say in how
//! it is rendered: what they wrote appears as code or escaped, mentions nobody and links nowhere.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::change::{self, MOST_LISTED};
use super::{Report, View};
use crate::change::{Change, Operation};
use crate::finding::{Finding, Level, Role};
use crate::gfm::{code, inline, longest_run};
use crate::model::{Status, Vocabulary as _};
use crate::text::{counted, shortened, shown};

/// How long a comment can be, in bytes: GitHub takes 65,536 characters.
const LONGEST: usize = 60_000;

/// How much of it is for what the change is, and for what comes next.
const SHARE: usize = 12_000;

/// The longest message and the longest sentence, in characters.
const LONGEST_TEXT: usize = 600;

/// The longest name of a file that is shown, in characters.
const LONGEST_NAME: usize = 120;

/// Where files of a commit are shown.
const HOST: &str = "https://github.com";

pub(super) fn write(report: &Report<'_>, view: View, out: &mut dyn Write) -> io::Result<()> {
    let mut parts = vec![format!("### {}", verdict(report, view))];
    let mut room = LONGEST - 2 * SHARE;
    if let Some(change) = report.change {
        let mut share = SHARE;
        let lines = change.headlines().into_iter().chain(change.configuration_changes());
        let lines: Vec<String> = lines.map(|line| short_inline(&line)).collect();
        parts.push(list(lines, "line", &mut share));
        parts.push(code(&shortened(&shown(&change::compared(&change.ends)), LONGEST_TEXT)));
        parts.extend(documents(change, &mut share));
    }
    let findings: Vec<&Finding> = report.visible(view).collect();
    parts.extend(sentences(&findings, &mut room));
    parts.extend(items(report, &findings, &mut room));
    let steps = report.change.map(Change::next_steps).unwrap_or_default();
    if !steps.is_empty() {
        parts.push("#### Next steps".to_owned());
        let steps = steps.iter().map(|step| short_inline(step)).collect();
        parts.push(list(steps, "step", &mut { SHARE }));
    }
    parts.extend(report.unjudged());
    parts.push(inline(&report.closing_line(view)));
    writeln!(out, "{}", parts.join("\n\n"))
}

/// A list of as many items as there is room for, and of how many there are more.
fn list(items: Vec<String>, noun: &str, room: &mut usize) -> String {
    let count = items.len();
    let mut lines: Vec<String> = items
        .into_iter()
        .take_while(|item| fits(item, 0, room))
        .map(|item| format!("- {item}"))
        .collect();
    let rest = count - lines.len();
    if rest > 0 {
        lines.push(format!("- and {}", counted(rest, &format!("more {noun}"))));
    }
    lines.join("\n")
}

fn short_inline(text: &str) -> String {
    inline(&shortened(text, LONGEST_TEXT))
}

/// What it comes to, in words.
fn verdict(report: &Report<'_>, view: View) -> String {
    let known = if report.unjudged().is_some() { ", as far as it could be judged" } else { "" };
    match report.findings.iter().filter(|finding| finding.fails(view.fail_on)).count() {
        0 => format!("scs-doc: nothing stands in the way{known}"),
        1 => "scs-doc: 1 finding stands in the way".to_owned(),
        count => format!("scs-doc: {count} findings stand in the way"),
    }
}

/// A table of the documents with their statuses before and after.
fn documents(change: &Change, room: &mut usize) -> Vec<String> {
    if change.operations.is_empty() {
        return Vec::new();
    }
    let status = |status: Option<Status>| status.map_or("–", |status| status.name());
    let mut rows = vec![
        "| Document | | Before | After | Text |".to_owned(),
        "| --- | --- | --- | --- | --- |".to_owned(),
    ];
    let all = change.operations.iter().take(MOST_LISTED).map(|operation| {
        let (before, after) = operation.status();
        let (before, after) = (status(before), status(after));
        let (file, kind) = (cell(&linked(change, operation)), operation.kind().name());
        format!("| {file} | {kind} | {before} | {after} | {} |", changed_text(operation))
    });
    rows.extend(all.take_while(|row| fits(row, 0, room)));
    let rest = change.operations.len() - (rows.len() - 2);
    let more = (rest > 0).then(|| format!("and {}", counted(rest, "more document")));
    std::iter::once(rows.join("\n")).chain(more).collect()
}

fn changed_text(operation: &Operation) -> &'static str {
    match operation.both() {
        None => "",
        Some((_, after)) if after.is_primary() && operation.text().normative().next().is_some() => {
            "normative"
        }
        Some(_) if !operation.text().is_empty() => "changed",
        Some(_) if operation.is_body_changed() => "markup only",
        Some(_) => "unchanged",
    }
}

/// The name of a document, leading to its file in the commit that is judged.
fn linked(change: &Change, operation: &Operation) -> String {
    let document = operation.document();
    let name = code(&shortened(&shown(document.file_name()), LONGEST_NAME));
    let from = operation.from().map(|from| shortened(&shown(from), LONGEST_NAME));
    let from = from.map(|from| format!(" from {}", code(&from)));
    let from = from.unwrap_or_default();
    match operation.after().and_then(|after| address(change, &after.path)) {
        Some(address) => format!("[{name}]({address}){from}"),
        None => format!("{name}{from}"),
    }
}

/// The address of a file in the commit that is judged, if it is one and the address is not too long
/// to be of use. Its parts are encoded, so that nothing ends the link.
fn address(change: &Change, path: &str) -> Option<String> {
    let commit = change.ends.judged.as_ref()?;
    let (repository, path) = (super::uri(&change.configs.target.repository), super::uri(path));
    let address = format!("{HOST}/{repository}/blob/{commit}/{path}");
    (address.len() <= LONGEST_TEXT).then_some(address)
}

/// The sentences of Stable documents that changed, as a diff for each document.
fn sentences(findings: &[&Finding], room: &mut usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut left_out = 0;
    for finding in findings.iter().filter(|finding| !finding.is_inherited()) {
        let mut lines = String::new();
        for related in &finding.related {
            let sign = match related.role {
                Role::Place => continue,
                Role::Removed => '-',
                Role::Added => '+',
            };
            let sentence = shortened(&shown(&related.message), LONGEST_TEXT);
            let _ = writeln!(lines, "{sign} {sentence}");
        }
        if lines.is_empty() {
            continue;
        }
        let document = finding.document.as_deref().unwrap_or(&finding.path);
        let title =
            format!("#### Sentences of {}", code(&shortened(&shown(document), LONGEST_NAME)));
        let fence = "`".repeat(longest_run(&lines, '`').max(2) + 1);
        let part = format!("{title}\n\n{fence}diff\n{lines}{fence}");
        // Half of the room is for the findings themselves.
        if fits(&part, LONGEST / 2 - SHARE, room) {
            parts.push(part);
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let count = counted(left_out, "more document");
        parts.push(format!("Sentences of {count} are too many to be shown here."));
    }
    parts
}

/// Takes the room that a text needs, if so much and `spare` more is there.
fn fits(text: &str, spare: usize, room: &mut usize) -> bool {
    let left = room.checked_sub(text.len() + 2);
    if let Some(left) = left.filter(|left| *left >= spare) {
        *room = left;
        return true;
    }
    false
}

/// The findings by level, those of the base at the end.
fn items(report: &Report<'_>, findings: &[&Finding], room: &mut usize) -> Vec<String> {
    let of = |level: Option<Level>| -> Vec<String> {
        let wanted = findings.iter().filter(|finding| match level {
            Some(level) => finding.level == level && !finding.is_inherited(),
            None => finding.is_inherited(),
        });
        wanted.map(|finding| item(report, finding)).collect()
    };
    let sections = [
        ("Errors", Some(Level::Error)),
        ("Warnings", Some(Level::Warning)),
        ("Notes", Some(Level::Note)),
        ("Inherited from the base", None),
    ];
    let mut parts = Vec::new();
    for (title, level) in sections {
        let items = of(level);
        if !items.is_empty() {
            parts.extend([format!("#### {title}"), list(items, "finding", room)]);
        }
    }
    parts
}

fn item(report: &Report<'_>, finding: &Finding) -> String {
    let (start, _) = report.range(&finding.path, finding.span);
    let path = shortened(&shown(&finding.path), LONGEST_NAME);
    let place = code(&format!("{path}:{}", start.line));
    let in_head = |change: &&Change| {
        let name = finding.path.rsplit('/').next().unwrap_or_default();
        change.head.find(name).is_some() || finding.document.is_none()
    };
    let place = match report.change.filter(in_head).and_then(|it| address(it, &finding.path)) {
        // Rendered Markdown has no lines.
        Some(address) => format!("[{place}]({address}?plain=1#L{})", start.line),
        None => place,
    };
    let mut item = format!("{place} {} ({})", short_inline(&finding.message), code(finding.rule));
    if let Some(help) = &finding.help {
        let _ = write!(item, "  \n  {}", short_inline(help));
    }
    if let Some(reason) = &finding.exempt {
        let reason = shortened(&shown(reason), LONGEST_TEXT);
        let _ = write!(item, "  \n  exempted: {}", code(&reason));
    }
    item
}

/// A cell of a table: a bar would end it, in code too, and an escaped one after a backslash.
fn cell(text: &str) -> String {
    text.replace('|', "¦")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_ends_no_cell() {
        assert_eq!(cell("`a\\|b`"), "`a\\¦b`");
    }
}
