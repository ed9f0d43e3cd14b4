//! `scs-doc explain`: a rule's page, set for a terminal.

use std::io::Write;

use anstyle::Style;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{Failure, Global, Status, colors};
use crate::rules::{self, page::Info};
use crate::text::nearest;

/// Columns that a page takes.
const WIDTH: usize = 90;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The id of a rule
    rule: String,
}

pub(super) fn run(global: &Global, args: &Args, out: &mut dyn Write) -> Result<Status, Failure> {
    // As it stands in a report: `error[field-date]`.
    let id = args.rule.rsplit('[').next().unwrap_or_default().trim_end_matches(']').to_lowercase();
    let rule = rules::find(&id).ok_or_else(|| {
        let hint = nearest(&id, rules::ids().iter().copied())
            .map_or("`scs-doc rules` lists all rules".to_owned(), |id| {
                format!("did you mean `{id}`?")
            });
        Failure::Usage(format!("there is no rule `{id}`; {hint}"))
    })?;
    let bold = if colors(global.color) { Style::new().bold() } else { Style::new() };
    writeln!(out, "{}", render(rule.page, bold).trim_end())?;
    writeln!(out, "\nlevel: {}\nenforces: {}", rule.level.name(), rule.reference)?;
    Ok(Status::Clean)
}

/// Markdown as text: headings in the given style, code indented.
fn render(page: &str, heading: Style) -> String {
    let mut text = String::new();
    let mut paragraph = String::new();
    let (mut code, mut title) = (false, false);
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { .. }) => title = true,
            Event::End(TagEnd::Heading(_)) => {
                title = false;
                text.push_str(&format!(
                    "{heading}{}{heading:#}\n\n",
                    std::mem::take(&mut paragraph)
                ));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                code = true;
                if let CodeBlockKind::Fenced(info) = kind
                    && let Some(info) = Info::parse(&info)
                {
                    text.push_str(&format!("  {}\n", info.caption()));
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                code = false;
                text.push('\n');
            }
            Event::Text(it) if code => {
                for line in it.lines() {
                    text.push_str(format!("    {line}").trim_end());
                    text.push('\n');
                }
            }
            Event::Text(it) => paragraph.push_str(&it),
            Event::Code(it) if title => paragraph.push_str(&it),
            Event::Code(it) => paragraph.push_str(&format!("`{it}`")),
            Event::SoftBreak | Event::HardBreak => paragraph.push(' '),
            Event::Start(Tag::Item) => paragraph.push_str("- "),
            Event::End(TagEnd::Paragraph | TagEnd::Item) if !paragraph.is_empty() => {
                text.push_str(&textwrap::fill(&std::mem::take(&mut paragraph), WIDTH));
                text.push_str("\n\n");
            }
            _ => {}
        }
    }
    text
}
