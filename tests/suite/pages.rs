//! Every rule's page is executed: what fires fires, what does not does not.

use std::collections::BTreeSet;
use std::fs;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use scs_doc::Finding;
use scs_doc::change::{Context, Stage};
use scs_doc::document::LineIndex;
use scs_doc::rules::page::{Info, Role};
use scs_doc::rules::{self, Check, GROUPS, Rule, check_change};

use crate::helpers::{Files, Sides, judge, own};

const SECTIONS: [&str; 5] = ["Why", "Source", "Fires", "Does not fire", "What to do"];

/// The headings of a page, and its two examples.
#[derive(Default)]
struct Page {
    title: String,
    sections: Vec<String>,
    fires: Example,
    silent: Example,
}

/// A repository, or the sides of a change and its circumstances.
#[derive(Default)]
struct Example {
    files: Vec<(Role, String, Vec<u8>)>,
    context: Option<Context>,
    stage: Stage,
}

impl Page {
    fn read(text: &str) -> Page {
        let mut page = Page::default();
        let (mut heading, mut block) = (None::<String>, None::<(String, String)>);
        for event in Parser::new(text) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(it) | Event::Code(it) if heading.is_some() => {
                    heading.as_mut().unwrap().push_str(&it);
                }
                Event::End(TagEnd::Heading(_)) => match heading.take().unwrap() {
                    title if page.title.is_empty() => page.title = title,
                    section => page.sections.push(section),
                },
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    block = Some((info.to_string(), String::new()));
                }
                Event::Text(it) if block.is_some() => block.as_mut().unwrap().1.push_str(&it),
                Event::End(TagEnd::CodeBlock) => {
                    let (info, text) = block.take().unwrap();
                    match page.sections.last().map(String::as_str) {
                        Some("Fires") => page.fires.add(&info, text),
                        Some("Does not fire") => page.silent.add(&info, text),
                        other => panic!("an example in {other:?}"),
                    }
                }
                _ => {}
            }
        }
        page
    }
}

impl Example {
    fn add(&mut self, info: &str, text: String) {
        let info = Info::parse(info).unwrap_or_else(|| panic!("a block says what it is: {info}"));
        match info.role {
            Role::Context => self.context = Some(Context::parse(text.as_bytes()).unwrap()),
            Role::Command => {
                let stage = text.trim().strip_prefix("scs-doc pr --stage ").unwrap();
                let stages = [Stage::Proposal, Stage::Merge];
                self.stage = stages.into_iter().find(|it| it.name() == stage).unwrap();
            }
            _ => {
                let bytes = if info.escapes { unescaped(&text) } else { text.into_bytes() };
                self.files.push((info.role, info.path.to_owned(), bytes));
            }
        }
    }

    /// The files of a side.
    fn side(&self, roles: &[Role]) -> Files {
        let of_side = self.files.iter().filter(|(role, ..)| roles.contains(role));
        of_side.map(|(_, path, bytes)| (path.clone(), bytes.clone())).collect()
    }

    /// What `check`, or for a rule on changes what `pr` says.
    fn judged(&self, rule: &Rule) -> Vec<Finding> {
        let files = match rule.check {
            Check::Change(_) => return self.judged_as_change(),
            _ => self.side(&[Role::File]),
        };
        assert_eq!(files.len(), self.files.len(), "{}: sides without a change", rule.id);
        judge(files)
    }

    fn judged_as_change(&self) -> Vec<Finding> {
        let has_target = self.files.iter().any(|(role, ..)| *role == Role::Target);
        let target = self.side(&[Role::File, Role::Base, Role::Target]);
        let change = Sides {
            base: self.side(&[Role::File, Role::Base]),
            head: self.side(&[Role::File, Role::Head]),
            target: has_target.then_some(target),
            context: self.context.clone(),
            stage: self.stage,
            ..Sides::default()
        };
        check_change(&change.load()).unwrap().findings
    }
}

/// Characters that a page cannot show, written as escapes.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = text.to_owned();
    for (escape, character) in
        [("\\u{FEFF}", "\u{feff}"), ("\\t", "\t"), ("\\r", "\r"), ("\\x00", "\0"), ("\\s", " ")]
    {
        bytes = bytes.replace(escape, character);
    }
    let parts: Vec<&[u8]> = bytes.split("\\xFF").map(str::as_bytes).collect();
    parts.join(&0xff)
}

#[test]
fn examples_behave() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        let page = Page::read(rule.page);
        if page.title != rule.id || page.sections != SECTIONS {
            wrong.push(format!("{}: headings {:?} {:?}", rule.id, page.title, page.sections));
        }
        if page.fires.files.is_empty() || page.silent.files.is_empty() {
            wrong.push(format!("{}: an example is missing", rule.id));
            continue;
        }
        let fired = |example: &Example| {
            let all = example.judged(rule);
            all.into_iter().filter(|finding| finding.rule == rule.id).collect::<Vec<_>>()
        };
        let findings = fired(&page.fires);
        if findings.is_empty() {
            wrong.push(format!("{}: what should fire does not", rule.id));
        }
        for finding in findings {
            let sentence = !finding.message.ends_with('.') && !finding.message.contains('\n');
            if !sentence || finding.subject.is_empty() {
                wrong.push(format!(
                    "{}: message {:?}, subject {:?}",
                    rule.id, finding.message, finding.subject
                ));
            }
        }
        for finding in fired(&page.silent) {
            wrong.push(format!("{}: fires where it should not: {}", rule.id, finding.message));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What each rule says of its own example: place, message, what stands below the excerpt, help,
/// related places.
#[test]
fn what_the_examples_get_to_hear() {
    let mut text = String::new();
    for rule in rules::all() {
        let example = Page::read(rule.page).fires;
        for finding in example.judged(rule).into_iter().filter(|it| it.rule == rule.id) {
            // That of the head, where there are sides.
            let file = example.files.iter().rfind(|(_, path, _)| *path == finding.path).unwrap();
            let file = String::from_utf8_lossy(&file.2);
            let index = LineIndex::new(&*file);
            let (start, end) =
                (index.position(finding.span.start), index.position(finding.span.end));
            let place = format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column);
            text.push_str(&format!(
                "{}[{}] {}:{place}\n",
                finding.level.name(),
                rule.id,
                finding.path
            ));
            text.push_str(&format!("  {} | {}\n", finding.subject, finding.message));
            let label = finding.label.iter().map(|it| format!("  label: {it}\n"));
            let help = finding.help.iter().map(|it| format!("  help: {it}\n"));
            let fix =
                finding.fix.iter().map(|it| format!("  fix: {} (safe: {})\n", it.title, it.safe));
            let related = finding
                .related
                .iter()
                .map(|it| format!("  related: {} {:?} {it}\n", it.path, it.span));
            text.extend(label.chain(help).chain(fix).chain(related));
        }
    }
    insta::assert_snapshot!("what_the_examples_get_to_hear", text);
}

#[test]
fn every_rule_file_is_registered_and_has_a_page() {
    for group in GROUPS {
        let registered: BTreeSet<String> =
            group.rules.iter().map(|rule| rule.id.replace('-', "_")).collect();
        let folder = own().join("src/rules").join(group.name);
        let stems = |extension: &str| -> BTreeSet<String> {
            let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
            files
                .filter(|file| file.extension().is_some_and(|it| it == extension))
                .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
                .filter(|stem| stem != "mod")
                .collect()
        };
        assert_eq!(stems("rs"), registered, "{}", group.name);
        assert_eq!(stems("md"), registered, "{}", group.name);
    }
}

/// Ids are permanent: whoever changes this list changes other people's configuration.
#[test]
fn ids_are_unique_and_known() {
    let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len());
    let listed: String =
        rules::all().map(|rule| format!("{} {}\n", rule.id, rule.level.name())).collect();
    insta::assert_snapshot!("rule_ids", listed);
}

/// A citation that leads nowhere is no citation.
#[test]
fn every_reference_is_a_heading_of_this_repository() {
    use scs_doc::document::{Body, Document};
    let documents: Vec<Document> = fs::read_dir(own().join("standards"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .map(|path| Document::parse(&path.to_string_lossy(), fs::read(&path).unwrap()))
        .collect();
    let mut missing = Vec::new();
    for rule in rules::all() {
        let found = match rule.reference.split_once('#') {
            Some((label, anchor)) => documents
                .iter()
                .any(|it| it.label() == label && it.outline.anchors.contains(anchor)),
            None => {
                let text = fs::read_to_string(own().join(rule.reference)).unwrap();
                !Body::parse(&text, 0).0.headings.is_empty()
            }
        };
        if !found {
            missing.push(format!("{}: {}", rule.id, rule.reference));
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
