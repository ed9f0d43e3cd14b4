//! The Markdown of a document: one pass over the events of the parser gives everything that rules
//! ask for.

mod anchor;
mod items;
mod prose;
mod tables;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, BrokenLinkCallback, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use super::Span;
use crate::text::{is_slip, percent_decoded};
use prose::Prose;

pub use anchor::anchor;
pub(crate) use anchor::explicit_id;
pub(crate) use items::items;
pub use items::{Code, Item, ItemLink};
pub use prose::{Keyword, KeywordForm, Sentence};
use tables::CellPlace;
pub use tables::{Cell, Row, Table, tables};

/// What other documents ask of a body; all ranges are bytes of the file.
#[derive(Debug, Default)]
pub struct Outline {
    /// Where the body begins.
    pub start: usize,
    /// Where the file ends.
    pub end: usize,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// Every name that a link's fragment may ask for.
    pub anchors: BTreeSet<String>,
    /// How many pieces the parser saw: beginnings, ends, texts.
    pub events: usize,
}

impl Outline {
    /// What a heading stands above: up to the next heading that is no deeper.
    #[must_use]
    pub fn section(&self, heading: &Heading) -> Span {
        let mut after = self.headings.iter().filter(|it| it.span.start > heading.span.start);
        let next = after.find(|it| it.level <= heading.level);
        Span::new(heading.span.end, next.map_or(self.end, |it| it.span.start))
    }
}

/// What a body consists of besides its [`Outline`]; all ranges are bytes of the file.
#[derive(Debug, Default)]
pub struct Body {
    /// Links and images in order, then the reference definitions.
    pub links: Vec<Link>,
    /// References and footnotes that have no definition.
    pub undefined: Vec<Undefined>,
    /// HTML comments.
    pub comments: Vec<CommentBlock>,
    /// The content of code blocks, without their fences; one block may have several.
    pub code: Vec<Span>,
    /// The rows of tables.
    pub rows: Vec<Row>,
    /// Tags and lines of HTML, comments left out.
    pub html: Vec<Span>,
    prose: Prose,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// The name that links ask for; one that the author gave stands in [`Outline::anchors`] besides.
    pub anchor: String,
    /// From the first character of the text or its marker to the last.
    pub span: Span,
    /// Whether neither text nor a subsection follows before the next heading.
    pub is_empty: bool,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](target)`
    Inline,
    /// `![text](target)`
    Image,
    /// `[text][label]`, `[label][]` or `[label]`; the target stands in a definition.
    Reference,
    /// `<https://…>` or `<mail@…>`
    Autolink,
    /// `[label]: target`
    Definition,
}

/// A link, an image or a definition.
#[derive(Debug)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Where its text begins and ends in the prose; see [`Body::text_of`].
    text: (u32, u32),
    /// Where it leads, escapes resolved.
    pub target: Box<str>,
    /// The whole of it.
    pub span: Span,
    /// The target alone; the whole link where it cannot be told.
    pub target_span: Span,
}

impl Link {
    /// The part of the target that is asked for: what follows `#`, percent-decoded, if anything.
    #[must_use]
    pub fn fragment(&self) -> Option<Cow<'_, str>> {
        let (_, fragment) = self.target.split_once('#')?;
        Some(percent_decoded(fragment)).filter(|it| !it.is_empty())
    }
}

/// A reference or a footnote without a definition.
#[derive(Debug)]
pub struct Undefined {
    /// The label, with `^` for a footnote.
    pub label: String,
    /// Where it is used.
    pub span: Span,
    /// The label with a definition that is most likely meant.
    pub meant: Option<String>,
}

/// An HTML comment in the body.
#[derive(Debug)]
pub struct CommentBlock {
    /// Its text without the delimiters.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// GitHub flavored Markdown as the site and GitHub read it.
pub(crate) const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Collects references that have no definition.
#[derive(Default)]
struct Broken {
    base: usize,
    found: Vec<Undefined>,
}

impl<'t> BrokenLinkCallback<'t> for &mut Broken {
    fn handle_broken_link(&mut self, link: BrokenLink<'t>) -> Option<(CowStr<'t>, CowStr<'t>)> {
        // A lone `[word]` is text.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            self.found.push(Undefined {
                label: link.reference.to_string(),
                span: Span::from(link.span).shifted(self.base),
                meant: None,
            });
        }
        None
    }
}

/// What is open while events pass by.
#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    outline: Outline,
    body: Body,
    anchors: anchor::Anchors,
    /// The heading that is open, and where its text begins in the prose.
    heading: Option<(Heading, u32)>,
    /// Links that are open.
    links: Vec<Link>,
    /// The end of the last HTML comment.
    comments_until: usize,
    /// Labels that have a definition, with `^` for footnotes.
    labels: Vec<String>,
    /// Depth of code blocks and other places whose text is no prose.
    code: usize,
    /// Depth of text that is struck out.
    struck: usize,
}

impl Body {
    /// Reads the Markdown that begins at the byte offset `start` of `text`.
    #[must_use]
    pub fn parse(text: &str, start: usize) -> (Outline, Body) {
        let mut broken = Broken { base: start, ..Broken::default() };
        let markdown = text.get(start..).unwrap_or_default();
        let parser = Parser::new_with_broken_link_callback(markdown, DIALECT, Some(&mut broken));
        let mut builder = Builder {
            text,
            outline: Outline { start, end: text.len(), ..Outline::default() },
            body: Body { prose: Prose::with_capacity(markdown.len()), ..Body::default() },
            ..Builder::default()
        };
        let mut events = parser.into_offset_iter();
        for (event, range) in events.by_ref() {
            builder.take(event, Span::from(range).shifted(start));
        }
        let definitions: Vec<Link> = events
            .reference_definitions()
            .iter()
            .map(|(_, definition)| {
                let span = Span::from(definition.span.clone()).shifted(start);
                let target_span = place_of(&definition.dest, text).unwrap_or(span);
                let target = definition.dest.as_ref().into();
                Link { kind: LinkKind::Definition, text: (0, 0), target, span, target_span }
            })
            .collect();
        let labels = events.reference_definitions().iter().map(|(label, _)| label.to_owned());
        builder.labels.extend(labels);
        drop(events);
        builder.finish(definitions, broken.found)
    }

    /// The text of a link or an image of this body, without markup; empty for a definition.
    #[must_use]
    pub fn text_of(&self, link: &Link) -> &str {
        self.prose.slice(link.text)
    }

    /// The sentences of the text, in order; code and HTML are no text.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        self.prose.sentences()
    }

    /// Whether a keyword of RFC 2119 is written in this form somewhere.
    #[must_use]
    pub fn has_keyword(&self, form: KeywordForm) -> bool {
        self.prose.has_keyword(form)
    }

    /// The keywords of RFC 2119 in all sentences, in order.
    pub fn keywords(&self) -> impl Iterator<Item = Keyword<'_>> {
        self.prose.keywords()
    }
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        self.outline.events += 1;
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code == 0 => match self.struck {
                0 => self.body.prose.push(&text, span),
                _ => self.body.prose.push_struck(&text, span),
            },
            Event::Text(_) => match self.body.code.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => self.body.code.push(span),
            },
            // Code is a part of a sentence, but its words are no keywords.
            Event::Code(code) => match self.struck {
                0 => self.body.prose.push_opaque(&code, span),
                _ => self.body.prose.push_struck(&code, span),
            },
            Event::SoftBreak | Event::HardBreak => {
                self.body.prose.push(" ", span);
            }
            Event::Html(html) => self.html(&html, span),
            Event::InlineHtml(html) => {
                match html.as_ref() {
                    "<del>" | "<s>" | "<strike>" => self.struck += 1,
                    "</del>" | "</s>" | "</strike>" => self.struck = self.struck.saturating_sub(1),
                    html if html.starts_with("<br") => self.body.prose.push(" ", span),
                    _ => {}
                }
                self.html(&html, span);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let is_inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        if !is_inline {
            self.body.prose.end_block();
            // A tag that is never closed ends with its block.
            self.struck = 0;
        }
        if !is_inline && !matches!(tag, Tag::Heading { .. } | Tag::HtmlBlock) {
            self.mark_as_filled(0);
        }
        match tag {
            Tag::Strikethrough => self.struck += 1,
            Tag::Heading { level, .. } => {
                let level = level as u8;
                self.mark_as_filled(level);
                let span = Span::new(span.start, span.start + span.of(self.text).trim_end().len());
                let heading = Heading {
                    level,
                    text: String::new(),
                    anchor: String::new(),
                    span,
                    is_empty: true,
                };
                self.heading = Some((heading, self.body.prose.length()));
            }
            Tag::FootnoteDefinition(label) => self.labels.push(format!("^{label}")),
            Tag::CodeBlock(_) => self.code += 1,
            Tag::TableHead | Tag::TableRow => {
                let is_header = tag == Tag::TableHead;
                self.body.rows.push(Row { span, is_header, cells: Vec::new() });
            }
            Tag::TableCell => {
                let text = (self.body.prose.length(), 0);
                if let Some(row) = self.body.rows.last_mut() {
                    row.cells.push(CellPlace { text, span });
                }
            }
            Tag::Link { link_type, dest_url, .. } => {
                let kind = match link_type {
                    LinkType::Inline => LinkKind::Inline,
                    LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
                    _ => LinkKind::Reference,
                };
                self.link(kind, &dest_url, span);
            }
            Tag::Image { link_type, dest_url, .. } => {
                let inline = link_type == LinkType::Inline;
                self.link(
                    if inline { LinkKind::Image } else { LinkKind::Reference },
                    &dest_url,
                    span,
                );
            }
            _ => {}
        }
    }

    /// The last heading has something below it, if that is text (level 0) or a deeper heading.
    fn mark_as_filled(&mut self, level: u8) {
        if let Some(last) = self.outline.headings.last_mut()
            && (level == 0 || level > last.level)
        {
            last.is_empty = false;
        }
    }

    fn link(&mut self, kind: LinkKind, target: &CowStr<'_>, span: Span) {
        let target_span = place_of(target, self.text).filter(|place| span.contains(*place));
        let target_span = target_span.unwrap_or(span);
        let text = (self.body.prose.length(), 0);
        self.links.push(Link { kind, text, target: target.as_ref().into(), span, target_span });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => {}
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                let end = self.body.prose.length();
                let closed = self.links.pop();
                self.body
                    .links
                    .extend(closed.map(|link| Link { text: (link.text.0, end), ..link }));
            }
            TagEnd::CodeBlock => self.code = self.code.saturating_sub(1),
            TagEnd::TableCell => {
                let rows = self.body.rows.last_mut();
                if let Some(cell) = rows.and_then(|row| row.cells.last_mut()) {
                    cell.text.1 = self.body.prose.length();
                }
                self.body.prose.end_block();
            }
            TagEnd::Heading(_) => {
                if let Some((mut heading, start)) = self.heading.take() {
                    let text = self.body.prose.slice((start, self.body.prose.length()));
                    heading.text = text.to_owned();
                    if let Some((text, id)) = explicit_id(&heading.text) {
                        self.anchors.names.push(id.to_owned());
                        heading.text.truncate(text.len());
                    }
                    heading.anchor = self.anchors.add_heading(&heading.text);
                    self.outline.headings.push(heading);
                }
                self.body.prose.end_block();
            }
            _ => self.body.prose.end_block(),
        }
    }

    fn html(&mut self, html: &str, span: Span) {
        anchor::html_names(html, &mut self.anchors.names);
        let in_comment = span.start < self.comments_until;
        // A comment may pass by line for line; it is collected from the text when it begins.
        for (at, _) in html.match_indices("<!--") {
            let start = span.start + at;
            if start < self.comments_until {
                continue;
            }
            let rest = self.text.get(start..).unwrap_or_default();
            let Some(length) = rest.find("-->").map(|at| at + "-->".len()) else {
                // It is never closed, and so is none after it.
                self.comments_until = usize::MAX;
                break;
            };
            let span = Span::new(start, start + length);
            self.comments_until = span.end;
            let text = span.of(self.text).trim_start_matches("<!--").trim_end_matches("-->");
            let text = text.trim_matches(|c: char| c == '-' || c.is_whitespace()).to_owned();
            self.body.comments.push(CommentBlock { text, span });
        }
        let is_text = !html.trim().is_empty() && !html.trim_start().starts_with("<!--");
        if is_text && !in_comment {
            self.mark_as_filled(0);
            self.body.html.push(span);
        }
    }

    fn finish(mut self, mut definitions: Vec<Link>, undefined: Vec<Undefined>) -> (Outline, Body) {
        definitions.sort_by_key(|definition| definition.span);
        self.body.links.extend(definitions);
        self.outline.anchors = self.anchors.finish();
        self.body.undefined = undefined;
        let footnotes = self.body.prose.undefined_footnotes(self.text);
        self.body.undefined.extend(footnotes);
        for undefined in &mut self.body.undefined {
            let is_meant = |label: &&String| is_slip(&undefined.label, label);
            undefined.meant = self.labels.iter().find(is_meant).cloned();
        }
        self.body.undefined.sort_by_key(|undefined| undefined.span);
        self.body.prose.finish();
        self.body.links.shrink_to_fit();
        (self.outline, self.body)
    }
}

/// Where in the file a piece of it stands, if it was borrowed from there.
fn place_of(piece: &str, text: &str) -> Option<Span> {
    let file: Range<usize> = (text.as_ptr() as usize)..(text.as_ptr() as usize + text.len());
    let start = piece.as_ptr() as usize;
    (!piece.is_empty() && file.contains(&start)).then(|| {
        let start = start - file.start;
        Span::new(start, start + piece.len())
    })
}

#[cfg(test)]
mod tests;
