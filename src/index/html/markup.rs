//! What of HTML may be on a page.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ammonia::{Builder, UrlRelative};

/// The elements that a document may have; the tags of others vanish.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that vanish with all that is in them.
const WITH_CONTENT: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "title",
    "textarea", "select",
];

/// Attributes of one element or another.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "name", "aria-label"]),
    ("div", &["role", "aria-label", "tabindex"]),
    ("ol", &["start"]),
    ("pre", &["tabindex", "aria-label"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
];

/// The classes that this program gives.
const CLASSES: &[(&str, &[&str])] = &[
    ("a", &["image"]),
    (
        "div",
        &[
            "admonition",
            "note",
            "tip",
            "info",
            "warning",
            "danger",
            "caution",
            "scroll",
            "footnote",
        ],
    ),
    ("p", &["heading", "caption"]),
    ("pre", &["diagram"]),
    ("span", &["missing", "number"]),
    ("td", &["center", "right"]),
    ("th", &["center", "right"]),
];

/// Names that pages have for themselves begin so; those of headings cannot.
const OWN: &str = "site.";

/// Whether a piece of inline HTML is a tag that may be on a page, or a comment.
pub(super) fn is_markup(html: &str) -> bool {
    let Some(rest) = html.strip_prefix('<') else { return false };
    let name = rest.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let ends = rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
    html.starts_with("<!--") || (ends && ELEMENTS.contains(&name.to_ascii_lowercase().as_str()))
}

/// The tags of a line of HTML, and what stands between them. A comment may go on over several
/// lines; it is no tag.
pub(super) fn pieces<'h>(line: &'h str, in_comment: &mut bool) -> Vec<(bool, &'h str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        if *in_comment || rest.starts_with("<!--") {
            let end = rest.find("-->").map(|at| at + "-->".len());
            *in_comment = end.is_none();
            let (comment, behind) = rest.split_at(end.unwrap_or(rest.len()));
            pieces.push((false, comment));
            rest = behind;
            continue;
        }
        let begins = |at: usize| {
            let next = rest.get(at + 1..).and_then(|it| it.chars().next());
            next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
        };
        let at = rest.match_indices('<').map(|(at, _)| at).find(|at| begins(*at));
        let (text, tag) = rest.split_at(at.unwrap_or(rest.len()));
        if !text.is_empty() {
            pieces.push((false, text));
        }
        rest = tag;
        if !tag.is_empty() && !tag.starts_with("<!--") {
            let end = tag.find('>').map_or(tag.len(), |at| at + 1);
            let (tag, behind) = tag.split_at(end);
            pieces.push((true, tag));
            rest = behind;
        }
    }
    pieces
}

/// HTML of which nothing runs, loads, or leaves its place; links lead to a page of the site or
/// to the web.
pub(super) fn sanitized(html: &str, pages: &Arc<HashSet<String>>) -> String {
    let sets = |lists: &[(&'static str, &'static [&'static str])]| -> HashMap<&str, HashSet<&str>> {
        lists.iter().map(|(element, values)| (*element, values.iter().copied().collect())).collect()
    };
    let pages = Arc::clone(pages);
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(WITH_CONTENT.iter().copied().collect())
        .generic_attributes(HashSet::from(["id", "lang", "dir"]))
        .tag_attributes(sets(ATTRIBUTES))
        .allowed_classes(sets(CLASSES))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(move |_, attribute, value| allowed(attribute, value, &pages));
    builder.clean(&broken_up(html)).to_string()
}

/// How many characters that are written as entities may stand between two tags: what writes them
/// looks for the next tag at each.
const MOST_BETWEEN_TAGS: usize = 1024;

/// The same HTML, with a place where a line may break wherever very many characters that become
/// entities stand in one text.
fn broken_up(html: &str) -> Cow<'_, str> {
    let mut broken = String::new();
    let (mut from, mut count) = (0, 0);
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'<' | b'>' => count = 0,
            // An ampersand, and what begins a blank that does not break.
            b'&' | 0xc2 => count += 1,
            _ => {}
        }
        if count > MOST_BETWEEN_TAGS {
            broken.push_str(html.get(from..at).unwrap_or_default());
            broken.push_str("<wbr>");
            (from, count) = (at, 1);
        }
    }
    match from {
        0 => Cow::Borrowed(html),
        _ => Cow::Owned(broken + html.get(from..).unwrap_or_default()),
    }
}

fn allowed<'v>(attribute: &str, value: &'v str, pages: &HashSet<String>) -> Option<Cow<'v, str>> {
    let fine = match attribute {
        "href" => is_on_the_web(value) || is_on_the_site(value, pages),
        "id" | "name" => !value.starts_with(OWN),
        "tabindex" => value == "0",
        "role" => matches!(value, "note" | "group"),
        _ => true,
    };
    fine.then_some(Cow::Borrowed(value))
}

fn is_on_the_site(target: &str, pages: &HashSet<String>) -> bool {
    let page = target.split_once('#').map_or(target, |(page, _)| page);
    page.is_empty() || pages.contains(page)
}

/// Whether a target is one that a browser may be sent to.
pub(crate) fn is_on_the_web(target: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}
