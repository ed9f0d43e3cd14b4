//! Markdown for a comment on a pull request (GitHub flavored Markdown). Authors have no say in how
//! it is rendered: what they wrote appears as code or escaped, mentions nobody and links nowhere.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::change::MOST_LISTED;
use super::closing::Closing;
use super::json::{Findings, JsonChange, JsonFinding, JsonOperation, JsonText};
use super::{Report, View, could_not_be_judged};
use crate::change::OperationKind;
use crate::finding::{Level, Role};
use crate::gfm::{code, inline, longest_run};
use crate::model::Vocabulary as _;
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

/// Where the files of a change are shown.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// The address of the hosting service, without `/` at its end.
    pub host: &'p str,
    /// `owner/name` of the repository.
    pub repository: &'p str,
    /// The path of the configuration, as findings name it.
    pub config_path: &'p str,
}

pub(super) fn write(report: &Report<'_>, view: View, out: &mut dyn Write) -> io::Result<()> {
    let repository = report.change.map(|it| it.configs.target.repository.as_str());
    let place = Place {
        host: HOST,
        repository: repository.unwrap_or_default(),
        config_path: report.texts.config_path,
    };
    write!(out, "{}", Findings::of(report).markdown(view, place))
}

impl Findings {
    /// The findings in GitHub flavored Markdown, short enough for a comment: what does not fit is
    /// counted.
    #[must_use]
    pub fn markdown(&self, view: View, place: Place<'_>) -> String {
        Page { told: self, view, place }.text()
    }
}

/// Findings, and how they are shown.
struct Page<'p> {
    told: &'p Findings,
    view: View,
    place: Place<'p>,
}

impl Page<'_> {
    fn text(&self) -> String {
        let mut parts = vec![format!("### {}", self.verdict())];
        let mut room = LONGEST - 2 * SHARE;
        let change = self.told.change.as_ref();
        if let Some(change) = change {
            let mut share = SHARE;
            let lines = change.headlines.iter().map(|line| short_inline(line)).collect();
            parts.push(list(lines, "line", &mut share));
            parts.push(code(&shortened(&shown(&change.compared), LONGEST_TEXT)));
            parts.extend(self.documents(change, &mut share));
        }
        let findings = self.visible();
        parts.extend(sentences(&findings, &mut room));
        parts.extend(self.items(&findings, &mut room));
        let steps = change.map(|it| it.next_steps.as_slice()).unwrap_or_default();
        if !steps.is_empty() {
            parts.push("#### Next steps".to_owned());
            let steps = steps.iter().map(|step| short_inline(step)).collect();
            parts.push(list(steps, "step", &mut { SHARE }));
        }
        parts.extend(self.unjudged().map(|line| short_inline(&line)));
        parts.push(inline(&self.closing_line()));
        format!("{}\n", parts.join("\n\n"))
    }

    /// What a person is shown; what the change brought comes first.
    fn visible(&self) -> Vec<&JsonFinding> {
        let shown = |it: &&JsonFinding| {
            self.view.shows(it.level.level(), it.is_inherited(), it.exempt.is_some())
        };
        let mut visible: Vec<&JsonFinding> = self.told.findings.iter().filter(shown).collect();
        visible.sort_by_key(|it| it.is_inherited());
        visible
    }

    fn unjudged(&self) -> Option<String> {
        could_not_be_judged(self.told.change.as_ref().map(|it| it.unjudged.as_slice())?)
    }

    fn closing_line(&self) -> String {
        let findings = &self.told.findings;
        let is_repaired =
            |it: &&JsonFinding| it.fix.as_ref().is_some_and(|fix| fix.safe) && !it.is_inherited();
        let closing = Closing {
            summary: self.told.summary,
            is_empty: findings.is_empty(),
            exempted: findings.iter().filter(|it| it.exempt.is_some()).count(),
            repaired: findings.iter().filter(is_repaired).count(),
            changed: self.told.change.as_ref().map(|it| it.documents.len()),
            config_path: self.place.config_path,
        };
        closing.line(self.view)
    }

    /// What it comes to, in words.
    fn verdict(&self) -> String {
        let known = if self.unjudged().is_some() { ", as far as it could be judged" } else { "" };
        let fails = |it: &&JsonFinding| {
            it.level.level() >= self.view.fail_on && !it.is_inherited() && it.exempt.is_none()
        };
        match self.told.findings.iter().filter(fails).count() {
            0 => format!("scs-doc: nothing stands in the way{known}"),
            1 => "scs-doc: 1 finding stands in the way".to_owned(),
            count => format!("scs-doc: {count} findings stand in the way"),
        }
    }

    /// A table of the documents with their statuses before and after.
    fn documents(&self, change: &JsonChange, room: &mut usize) -> Vec<String> {
        if change.documents.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![
            "| Document | | Before | After | Text |".to_owned(),
            "| --- | --- | --- | --- | --- |".to_owned(),
        ];
        let all = change.documents.iter().take(MOST_LISTED).map(|operation| {
            let [before, after] = [&operation.status.0, &operation.status.1]
                .map(|it| it.map_or("–", |status| status.status().name()));
            let (file, kind) = (cell(&self.linked(operation)), operation.operation.kind().name());
            format!("| {file} | {kind} | {before} | {after} | {} |", changed_text(operation))
        });
        rows.extend(all.take_while(|row| fits(row, 0, room)));
        let rest = change.documents.len() - (rows.len() - 2);
        let more = (rest > 0).then(|| format!("and {}", counted(rest, "more document")));
        std::iter::once(rows.join("\n")).chain(more).collect()
    }

    /// The name of a document, leading to its file in the commit that is judged.
    fn linked(&self, operation: &JsonOperation) -> String {
        let file = operation.path.rsplit('/').next().unwrap_or_default();
        let name = code(&shortened(&shown(file), LONGEST_NAME));
        let from = operation.from.as_ref().map(|from| shortened(&shown(from), LONGEST_NAME));
        let from = from.map(|from| format!(" from {}", code(&from)));
        let from = from.unwrap_or_default();
        let is_there = operation.operation.kind() != OperationKind::Deleted;
        match self.address(&operation.path).filter(|_| is_there) {
            Some(address) => format!("[{name}]({address}){from}"),
            None => format!("{name}{from}"),
        }
    }

    /// The address of a file in the commit that is judged, if it is one and the address is not too
    /// long to be of use. Its parts are encoded, so that nothing ends the link.
    fn address(&self, path: &str) -> Option<String> {
        let change = self.told.change.as_ref().filter(|it| !it.merged)?;
        let [repository, commit, path] =
            [self.place.repository, change.head.as_ref()?, path].map(super::uri);
        let address = format!("{}/{repository}/blob/{commit}/{path}", self.place.host);
        (address.len() <= LONGEST_TEXT).then_some(address)
    }

    /// The findings by level, those of the base at the end.
    fn items(&self, findings: &[&JsonFinding], room: &mut usize) -> Vec<String> {
        let gone = self.gone();
        let of = |level: Option<Level>| -> Vec<String> {
            let wanted = findings.iter().filter(|finding| match level {
                Some(level) => finding.level.level() == level && !finding.is_inherited(),
                None => finding.is_inherited(),
            });
            wanted.map(|finding| self.item(finding, &gone)).collect()
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

    /// The paths of the documents that the head does not have any more.
    fn gone(&self) -> HashSet<&str> {
        let operations = || self.told.change.iter().flat_map(|it| &it.documents);
        let deleted = operations().filter(|it| it.operation.kind() == OperationKind::Deleted);
        let renamed = operations().filter_map(|it| it.from.as_deref());
        let mut gone: HashSet<&str> = deleted.map(|it| it.path.as_str()).chain(renamed).collect();
        for it in operations().filter(|it| it.operation.kind() != OperationKind::Deleted) {
            gone.remove(it.path.as_str());
        }
        gone
    }

    fn item(&self, finding: &JsonFinding, gone: &HashSet<&str>) -> String {
        let line = finding.start.line;
        let path = shortened(&shown(&finding.path), LONGEST_NAME);
        let place = code(&format!("{path}:{line}"));
        let is_there = !gone.contains(finding.path.as_str());
        let place = match self.address(&finding.path).filter(|_| is_there) {
            // Rendered Markdown has no lines.
            Some(address) => format!("[{place}]({address}?plain=1#L{line})"),
            None => place,
        };
        let rule = code(&shown(&finding.rule));
        let mut item = format!("{place} {} ({rule})", short_inline(&finding.message));
        if let Some(help) = &finding.help {
            let _ = write!(item, "  \n  {}", short_inline(help));
        }
        if let Some(reason) = &finding.exempt {
            let reason = shortened(&shown(reason), LONGEST_TEXT);
            let _ = write!(item, "  \n  exempted: {}", code(&reason));
        }
        item
    }
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

fn changed_text(operation: &JsonOperation) -> &'static str {
    match operation.text {
        None => "",
        Some(JsonText::Normative) => "normative",
        Some(JsonText::Changed) => "changed",
        Some(JsonText::Markup) => "markup only",
        Some(JsonText::Unchanged) => "unchanged",
    }
}

/// The sentences of Stable documents that changed, as a diff for each document.
fn sentences(findings: &[&JsonFinding], room: &mut usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut left_out = 0;
    for finding in findings.iter().filter(|finding| !finding.is_inherited()) {
        let mut lines = String::new();
        for related in &finding.related {
            let (sign, sentence) = match Role::of_told(&related.message) {
                (Role::Place, _) => continue,
                (Role::Removed, sentence) => ('-', sentence),
                (Role::Added, sentence) => ('+', sentence),
            };
            let sentence = shortened(&shown(sentence), LONGEST_TEXT);
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
