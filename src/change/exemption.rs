//! Exemptions that the community granted (scs-0001, *Exemptions*).

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Context;
use crate::source::Commit;
use crate::text::shortened;

/// How many exemptions are read, and how much of a reason, in characters.
const MOST: usize = 100;
const LONGEST: usize = 400;

/// The key of the line.
const KEY: &str = "SCS-Exempt:";

/// The rule on the approval of the Forum SCS-Standards.
pub const APPROVAL: &str = "change-approval";

/// A line `SCS-Exempt: <rule> <reason>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The id of a rule, as it is written.
    pub rule: String,
    /// Why; empty if nobody says so.
    pub reason: String,
    /// Where it stands: `pull request`, or `commit` with the beginning of its id.
    pub place: String,
}

impl Exemption {
    /// Whether it can take effect: it has a reason, and the rule is not the approval of the Forum,
    /// for which nobody else can speak.
    #[must_use]
    pub fn is_granted(&self) -> bool {
        !self.reason.is_empty() && self.rule != APPROVAL
    }
}

/// The exemptions in the text of the pull request and in the messages of its commits.
pub(super) fn read(context: Option<&Context>, commits: &[Commit]) -> Vec<Exemption> {
    let body = context.and_then(|context| context.body.as_deref()).map(visible);
    let mut found: Vec<Exemption> = Vec::new();
    let mut add = |place: &str, line: &str| {
        let line = line.trim();
        let is_key = |key: &&str| key.eq_ignore_ascii_case(KEY);
        let Some(key) = line.get(..KEY.len()).filter(is_key) else { return };
        let rest = line.get(key.len()..).unwrap_or_default().trim();
        let (rule, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let place = place.to_owned();
        let (rule, reason) = (shortened(rule, LONGEST), shortened(reason.trim(), LONGEST));
        // A squashed commit repeats the text of the pull request.
        let known = found.iter().any(|it| it.rule == rule && it.reason == reason);
        if !known && found.len() < MOST {
            found.push(Exemption { rule, reason, place });
        }
    };
    body.iter().flat_map(|body| body.lines()).for_each(|line| add("pull request", line));
    for commit in commits {
        let place = format!("commit {}", commit.id.get(..7).unwrap_or(&commit.id));
        commit.message.lines().for_each(|line| add(&place, line));
    }
    found
}

/// The lines that a reader of Markdown sees as text: comments, code and quotations say nothing.
fn visible(markdown: &str) -> String {
    let mut text = String::new();
    let mut hidden = 0_usize;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::BlockQuote(_)) => hidden += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::BlockQuote(_)) => {
                hidden = hidden.saturating_sub(1);
            }
            Event::Text(it) | Event::Code(it) if hidden == 0 => text.push_str(&it),
            // Markup within a line does not end it.
            Event::Start(tag) if is_inline(&tag) => {}
            Event::SoftBreak | Event::HardBreak | Event::Start(_) => text.push('\n'),
            _ => {}
        }
    }
    text
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<(String, String)> {
        let context = Context { body: Some(body.to_owned()), ..Context::default() };
        read(Some(&context), &[]).into_iter().map(|it| (it.rule, it.reason)).collect()
    }

    #[test]
    fn what_a_reader_sees_counts() {
        let granted = [("change-slug".to_owned(), "it was a slip".to_owned())];
        for body in [
            "Hello.\r\nSCS-Exempt: change-slug it was a slip\r\nBye.",
            "- scs-exempt: change-slug it was *a* slip",
            "# A\n\nSCS-Exempt: `change-slug` it was a [slip](x)\n",
        ] {
            assert_eq!(found(body), granted, "{body}");
        }
        for body in [
            "<!--\nSCS-Exempt: change-slug it was a slip\n-->",
            "```\nSCS-Exempt: change-slug it was a slip\n```",
            "> SCS-Exempt: change-slug it was a slip",
            "    SCS-Exempt: change-slug it was a slip",
            "Write `SCS-Exempt: change-slug it was a slip`.",
        ] {
            assert_eq!(found(body), [], "{body}");
        }
    }
}
