//! The text of a document.

mod admonitions;

use std::collections::{BTreeMap, HashMap};

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd, TextMergeWithOffset,
    html,
};

use super::Site;
use super::layout::{escaped, on_github};
use super::markup::{is_markup, is_on_the_web, pieces, sanitized};
use crate::corpus::Target;
use crate::document::{DIALECT, Document, Heading, Link, explicit_id};
use crate::gfm;
use admonitions::Source;

/// How many tags of HTML a document may have. Unclosed ones are dear to put in order: the time grows
/// with the third power of their number.
const MOST_TAGS: usize = 1000;

/// How deep quotes and lists are shown within each other.
const MOST_DEEP: usize = 100;

/// The Markdown of a document as HTML that may be on a page.
pub(super) fn body(site: &Site<'_, '_>, document: &Document) -> String {
    let source = Source::of(document);
    let events =
        TextMergeWithOffset::new(Parser::new_ext(&source.text, DIALECT).into_offset_iter());
    let mut writer = Writer::of(site, document, &source);
    for (event, range) in events {
        writer.take(event, range.start);
    }
    let mut raw = String::with_capacity(source.text.len() * 2);
    html::push_html(&mut raw, writer.finished().into_iter());
    sanitized(&raw, &site.pages)
}

/// Events of Markdown, with HTML in the place of what this program writes itself.
struct Writer<'w, 't> {
    site: &'w Site<'w, 'w>,
    document: &'w Document,
    source: &'w Source,
    /// By where they begin in the file.
    headings: HashMap<usize, &'w Heading>,
    links: HashMap<usize, (&'w Link, &'w Target)>,
    events: Vec<Event<'t>>,
    /// The levels of the headings above, as the author has them.
    levels: Vec<u8>,
    /// What ends the links and images that are open.
    open: Vec<&'static str>,
    in_link: bool,
    /// How many quotes and lists are open.
    depth: usize,
    /// How many tags of HTML there were.
    tags: usize,
    /// Whether a comment of HTML goes on.
    in_comment: bool,
    /// How the columns of the table are aligned, and the cell that is open.
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The numbers of footnotes, from 1, and whether a reference was seen.
    footnotes: HashMap<String, (usize, bool)>,
    /// The footnote that is open: its number, and where it begins among the events.
    note: Option<(usize, usize)>,
    /// The footnotes that are done, by number.
    notes: BTreeMap<usize, Vec<Event<'t>>>,
}

impl<'w, 't> Writer<'w, 't> {
    fn of(site: &'w Site<'w, 'w>, document: &'w Document, source: &'w Source) -> Writer<'w, 't> {
        let headings = document.outline.headings.iter().map(|it| (it.span.start, it)).collect();
        let links = site.index.corpus.links(document);
        let links = links.map(|(link, target)| (link.span.start, (link, target))).collect();
        Writer {
            site,
            document,
            source,
            headings,
            links,
            events: Vec::new(),
            levels: Vec::new(),
            open: Vec::new(),
            in_link: false,
            depth: 0,
            tags: 0,
            in_comment: false,
            columns: Vec::new(),
            column: 0,
            in_head: false,
            footnotes: HashMap::new(),
            note: None,
            notes: BTreeMap::new(),
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'t>>) {
        self.events.push(Event::Html(html.into()));
    }

    fn inline(&mut self, html: impl Into<CowStr<'t>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn take(&mut self, event: Event<'t>, at: usize) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.in_comment = false,
            Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Html(html) => match self.source.mark_in(at, html.len()) {
                Some(mark) => self.html(mark.to_owned()),
                None if self.too_many(&html) => self.events.push(Event::Text(html)),
                None => self.html_block(&html),
            },
            // `<name>` is what a placeholder looks like, far more often than an element.
            Event::InlineHtml(html) if !is_markup(&html) || self.too_many(&html) => {
                self.events.push(Event::Text(html));
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(done) => {
                self.events.push(Event::Text(if done { "☑ " } else { "☐ " }.into()));
            }
            event => self.events.push(event),
        }
    }

    /// A line of a block of HTML. A tag that may not be on a page is shown as text, like one within
    /// a line: what it would take along stays.
    fn html_block(&mut self, line: &str) {
        for (is_tag, piece) in pieces(line, &mut self.in_comment) {
            match is_tag && !is_markup(piece) {
                true => self.events.push(Event::Text(piece.to_owned().into())),
                false => self.html(piece.to_owned()),
            }
        }
    }

    /// Whether there were so many tags of HTML that what follows is shown as text.
    fn too_many(&mut self, html: &str) -> bool {
        self.tags += html.matches('<').count();
        self.tags > MOST_TAGS
    }

    fn start(&mut self, tag: Tag<'t>, at: usize) {
        match tag {
            Tag::Heading { level, .. } => self.heading(level as u8, at),
            Tag::Link { link_type, dest_url, .. } => {
                let target = match link_type {
                    LinkType::Email => Some(format!("mailto:{dest_url}")),
                    _ => self.target(&dest_url, at),
                };
                self.link(target, "");
            }
            // Nothing is loaded from elsewhere, so an image is a link with the text that it has.
            Tag::Image { dest_url, .. } => {
                let target = self.target(&dest_url, at);
                self.link(target, " class=\"image\"");
                self.events.push(Event::Text("Image: ".into()));
            }
            Tag::Table(columns) => {
                self.columns = columns;
                self.html("<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                (self.in_head, self.column) = (true, 0);
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::FootnoteDefinition(label) => self.footnote(&label),
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item => {
                self.depth += 1;
                if self.depth <= MOST_DEEP {
                    self.events.push(Event::Start(tag));
                }
            }
            tag => self.events.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.heading_end(),
            TagEnd::Link | TagEnd::Image => {
                let end = self.open.pop().unwrap_or_default();
                self.in_link &= end != "</a>";
                self.inline(end);
            }
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => {
                self.column += 1;
                // A head of nothing is no head.
                if let Some(Event::Html(html)) = self.events.last_mut()
                    && html.starts_with("<th")
                {
                    *html = "<td>".into();
                    self.html("</td>");
                } else {
                    self.html(if self.in_head { "</th>" } else { "</td>" });
                }
            }
            TagEnd::CodeBlock => self.html("</code></pre>\n"),
            TagEnd::FootnoteDefinition => {
                self.html("</div></div>\n");
                if let Some((number, start)) = self.note.take() {
                    let note = self.events.split_off(start);
                    self.notes.entry(number).or_default().extend(note);
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                if self.depth <= MOST_DEEP {
                    self.events.push(Event::End(tag));
                }
                self.depth -= 1;
            }
            tag => self.events.push(Event::End(tag)),
        }
    }

    /// The title of the page is the heading of level 1; no level is left out below it.
    fn heading(&mut self, level: u8, at: usize) {
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        let level = self.level();
        let heading = self.headings.get(&self.source.original(at));
        let id = heading.map_or_else(String::new, |it| format!(" id=\"{}\"", escaped(&it.anchor)));
        self.html(format!("<h{level}{id}>"));
    }

    fn level(&self) -> usize {
        (self.levels.len() + 1).min(6)
    }

    /// All events; footnotes stand at the end, in the order of their numbers.
    fn finished(self) -> Vec<Event<'t>> {
        self.events.into_iter().chain(self.notes.into_values().flatten()).collect()
    }

    fn heading_end(&mut self) {
        // The name that the author gave is the last of the text.
        if let Some(Event::Text(text)) = self.events.last_mut()
            && let Some((before, id)) = explicit_id(text)
        {
            let (before, id) = (before.to_owned(), format!("<a id=\"{}\"></a>", escaped(id)));
            *text = before.into();
            self.inline(id);
        }
        let level = self.level();
        self.html(format!("</h{level}>\n"));
    }

    /// A link, as far as it leads somewhere; there is no link within a link.
    fn link(&mut self, target: Option<String>, class: &str) {
        if self.in_link {
            self.open.push("");
        } else if let Some(target) = target {
            self.inline(format!("<a{class} href=\"{}\">", escaped(&target)));
            self.open.push("</a>");
            self.in_link = true;
        } else {
            self.inline("<span class=\"missing\">");
            self.open.push("</span>");
        }
    }

    /// Where a link leads from the page; `None` where nothing is there, or nothing good.
    fn target(&self, target: &str, at: usize) -> Option<String> {
        let Some((link, found)) = self.links.get(&self.source.original(at)) else {
            return self.away(target);
        };
        let fragment = link.fragment().map(|it| format!("#{}", gfm::address(&it)));
        let fragment = fragment.unwrap_or_default();
        let page = match found {
            Target::External => return self.away(target),
            Target::Document(index) => match self.site.index.corpus.at(*index)? {
                own if own.path == self.document.path && !fragment.is_empty() => "",
                other => self.site.page_of(other),
            },
            Target::NumberPage(number) => {
                return self.site.page_of_number(*number).map(str::to_owned);
            }
            Target::File(path) => return Some(on_github(self.site, "blob", path) + &fragment),
            Target::Folder(path) => return Some(on_github(self.site, "tree", path)),
            Target::Missing(_) => return None,
        };
        Some(format!("{page}{fragment}"))
    }

    /// A target out of the repository.
    fn away(&self, target: &str) -> Option<String> {
        let site = self.site.index.site_url;
        let host = site.split('/').take(3).collect::<Vec<_>>().join("/");
        let target = match target {
            target if target.starts_with("//") => format!("https:{target}"),
            target if target.starts_with('/') => format!("{host}{target}"),
            target => target.to_owned(),
        };
        is_on_the_web(&target).then_some(target)
    }

    fn cell(&mut self) {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let tag = if self.in_head { "th scope=\"col\"" } else { "td" };
        self.html(format!("<{tag}{class}>"));
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let is_diagram = matches!(kind, CodeBlockKind::Fenced(info) if info.split_whitespace().next() == Some("mermaid"));
        if is_diagram {
            self.html("<p class=\"caption\">A diagram, in the words of Mermaid:</p>\n<pre class=\"diagram\" tabindex=\"0\"><code>");
        } else {
            self.html("<pre tabindex=\"0\"><code>");
        }
    }

    /// A footnote: its number, and whether a reference was seen.
    fn numbered(&mut self, label: &str) -> &mut (usize, bool) {
        let next = self.footnotes.len() + 1;
        self.footnotes.entry(label.to_lowercase()).or_insert((next, false))
    }

    fn footnote_reference(&mut self, label: &str) {
        let (number, seen) = self.numbered(label);
        let (number, is_first) = (*number, !std::mem::replace(seen, true));
        let id = if is_first { format!(" id=\"fnref.{number}\"") } else { String::new() };
        self.inline(format!(
            "<sup{id}><a href=\"#fn.{number}\" aria-label=\"Footnote {number}\">[{number}]</a></sup>"
        ));
    }

    fn footnote(&mut self, label: &str) {
        let (number, is_asked) = *self.numbered(label);
        let back = if is_asked {
            format!(
                "<a href=\"#fnref.{number}\" aria-label=\"Back to footnote reference {number}\">{number}</a>"
            )
        } else {
            number.to_string()
        };
        self.note = Some((number, self.events.len()));
        self.html(format!(
            "<div class=\"footnote\" id=\"fn.{number}\"><span class=\"number\">{back}</span><div>"
        ));
    }
}
