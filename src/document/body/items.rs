//! The paragraphs and bullets of a piece of Markdown, each with its code and its links. Few rules
//! ask for them, so they are read when they are asked for.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::DIALECT;
use crate::document::Span;

/// A paragraph, or a bullet without the bullets below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// How deep a bullet or a numbered point is: 1 is the outermost list, 0 a paragraph.
    pub depth: usize,
    /// Its text without markup.
    pub text: String,
    /// The bytes of the file that it takes up.
    pub span: Span,
    /// What stands in backticks.
    pub codes: Vec<Code>,
    /// Its links, in order.
    pub links: Vec<ItemLink>,
}

/// A text in backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The text.
    pub text: String,
    /// Where, backticks included.
    pub span: Span,
}

/// A link of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLink {
    /// Where it begins and ends in the text of the item.
    pub at: (usize, usize),
    /// Where it leads.
    pub target: String,
    /// The whole link in the file.
    pub span: Span,
}

impl Item {
    /// Whether it is a bullet, or a numbered point.
    #[must_use]
    pub fn is_bullet(&self) -> bool {
        self.depth > 0
    }

    /// The text of a link of it.
    #[must_use]
    pub fn text_of(&self, link: &ItemLink) -> &str {
        self.text.get(link.at.0..link.at.1).unwrap_or_default()
    }
}

/// The items in a range of a text that is Markdown, in order.
#[must_use]
pub(crate) fn items(text: &str, range: Span) -> Vec<Item> {
    let mut read = Items { text, ..Items::default() };
    for (event, at) in Parser::new_ext(range.of(text), DIALECT).into_offset_iter() {
        read.take(&event, Span::from(at).shifted(range.start));
    }
    read.done.sort_by_key(|item| item.span);
    read.done
}

/// What is open while events pass by.
#[derive(Default)]
struct Items<'t> {
    text: &'t str,
    done: Vec<Item>,
    open: Vec<Item>,
    links: Vec<ItemLink>,
}

impl Items<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(Tag::Item) => self.open(self.open.len() + 1, span),
            // A paragraph within a bullet belongs to it.
            Event::Start(Tag::Paragraph) if self.open.is_empty() => self.open(0, span),
            Event::Start(Tag::Paragraph) | Event::SoftBreak | Event::HardBreak => self.push(" "),
            Event::End(TagEnd::Item) => self.close(),
            Event::End(TagEnd::Paragraph) if self.open.last().is_some_and(|it| !it.is_bullet()) => {
                self.close();
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let at = self.open.last().map_or(0, |it| it.text.len());
                self.links.push(ItemLink { at: (at, at), target: dest_url.to_string(), span });
            }
            Event::End(TagEnd::Link) => {
                if let Some((link, item)) = self.links.pop().zip(self.open.last_mut()) {
                    item.links.push(ItemLink { at: (link.at.0, item.text.len()), ..link });
                }
            }
            Event::Text(text) => self.push(text),
            Event::Code(text) => {
                self.push(text);
                if let Some(item) = self.open.last_mut() {
                    item.codes.push(Code { text: text.to_string(), span });
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, depth: usize, span: Span) {
        let (codes, links) = (Vec::new(), Vec::new());
        self.open.push(Item { depth, text: String::new(), span, codes, links });
    }

    fn push(&mut self, text: &str) {
        if let Some(item) = self.open.last_mut()
            && !(item.text.is_empty() && text.trim().is_empty())
        {
            item.text.push_str(text);
        }
    }

    fn close(&mut self) {
        if let Some(mut item) = self.open.pop() {
            item.text.truncate(item.text.trim_end().len());
            item.span.end -= trailing_blanks(item.span.of(self.text));
            self.done.push(item);
        }
    }
}

/// The parser counts the blank lines after a bullet as a part of it.
fn trailing_blanks(text: &str) -> usize {
    text.len() - text.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_have_their_own_text_code_and_links() {
        let text = "x\n\nText `a`.\n\n- one [l](t) with\n  [m](u)\n  - `two`\n- [ ] three\n";
        let found = items(text, Span::new(3, text.len()));
        let told: Vec<(usize, &str)> = found.iter().map(|it| (it.depth, &*it.text)).collect();
        assert_eq!(told, [(0, "Text a."), (1, "one l with m"), (2, "two"), (1, "three")]);
        let links: Vec<(&str, &str)> =
            found[1].links.iter().map(|it| (found[1].text_of(it), &*it.target)).collect();
        assert_eq!(links, [("l", "t"), ("m", "u")]);
        assert_eq!(found[2].codes[0].span.of(text), "`two`");
    }
}
