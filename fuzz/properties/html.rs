//! Pages: whatever documents and manifests say, nothing of it runs or loads, and every page can be
//! read.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use pulldown_cmark::{Event as Markdown, Options, Parser};
use regex::Regex;
use scs_doc::index::html::{Origin, html as site};
use scs_doc::index::{Graph, Index, Introductions, Json, Links, atom, docusaurus, ics, page};
use scs_doc::manifest::{Audience, Checklist, Edition, ScopeSeries, Upgrade};
use scs_doc::status::{Chronicle, Event, Happening, Life};
use scs_doc::{Config, Corpus, Document};

use super::today;
use super::tree::{files, snapshot};

pub fn html(data: &[u8]) {
    let files = files(data);
    let config = Config::default();
    let Ok(corpus) = Corpus::load(&snapshot(&files), &config, today()) else { return };
    let index = Index::of(&corpus, &config.site_url);
    let origin = Origin { repository: &config.repository, branch: &config.default_branch };
    let chronicle = chronicle(&corpus);
    for chronicle in [None, Some(&chronicle)] {
        let pages = site(&index, origin, chronicle);
        pages_are_tame(&pages);
    }
    feed(&atom(&index, &chronicle, &config.repository));
    checklists(&corpus, &config);
    others(&index);
}

/// A history in the words of the documents.
fn chronicle(corpus: &Corpus) -> Chronicle {
    let life = |document: &Document| {
        let mut words = document.text().lines().map(|it| it.chars().take(80).collect::<String>());
        let event = |what| Event {
            date: today(),
            commit: Some("a".repeat(40)),
            path: words_or(document.text().lines().nth(2), &document.path),
            what,
        };
        let events = vec![
            event(Happening::Added(words.next())),
            event(Happening::Status(words.next(), words.next())),
            event(Happening::Renamed(words_or(words.next().as_deref(), "a.md"))),
        ];
        (document.path.clone(), Life { events, touched: Some(today()) })
    };
    let lives = corpus.documents.iter().map(|it| life(it)).collect();
    Chronicle { lives, complete: true }
}

fn words_or(words: Option<&str>, other: &str) -> String {
    words.filter(|it| !it.is_empty()).unwrap_or(other).to_owned()
}

/// RFC 4287: an id for the feed and for each entry, no two the same.
fn feed(text: &str) {
    let feed = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let entries: Vec<_> = feed.descendants().filter(|it| it.has_tag_name("entry")).collect();
    let mut ids = BTreeSet::new();
    for entry in entries {
        let id = entry.children().find(|it| it.has_tag_name("id")).and_then(|it| it.text());
        assert!(ids.insert(id.unwrap_or_else(|| panic!("{text}"))), "{text}");
    }
}

fn pages_are_tame(pages: &[(String, String)]) {
    let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    for (name, text) in pages.iter().filter(|(name, _)| name.ends_with(".html")) {
        assert!(!name.contains(['/', '\\']) && !name.starts_with('.'), "{name:?}");
        Page { text, names: &names }.is_tame();
    }
}

fn checklists(corpus: &Corpus, config: &Config) {
    for series in ScopeSeries::all(corpus).iter().take(2) {
        for candidate in series.versions().iter().take(3) {
            let edition = Edition::with_all_manual(series, candidate);
            for audience in [Audience::Operator, Audience::Auditor] {
                let checklist = Checklist { series, edition: &edition, audience };
                Page { text: &checklist.html(&config.site_url), names: &[] }.is_tame();
                markdown_is_tame(&checklist.markdown(&config.site_url), "");
            }
        }
        let versions = series.versions();
        if let [one, other, ..] = versions.as_slice() {
            let (one, other) = (Edition::of(series, one), Edition::of(series, other));
            let upgrade = Upgrade::between(series, &one, &other);
            markdown_is_tame(&upgrade.markdown(&config.site_url), "");
        }
    }
}

/// A page in the hands of a browser.
struct Page<'p> {
    text: &'p str,
    /// The pages beside it.
    names: &'p [&'p str],
}

/// Elements that load or run something, or lead elsewhere, wherever they are.
const WILD: [&str; 16] = [
    "base",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "img",
    "image",
    "video",
    "audio",
    "source",
    "track",
    "portal",
    "foreignobject",
    "animate",
];

/// Attributes whose value is an address.
const ADDRESSES: [&str; 13] = [
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "cite",
    "background",
    "ping",
    "manifest",
    "longdesc",
    "xlink:href",
    "srcset",
];

impl Page<'_> {
    fn is_tame(&self) {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(self.text);
        let mut open: Vec<(Handle, bool)> = vec![(dom.document.clone(), false)];
        let (mut policies, mut scripts, mut styles) = (0, 0, 0);
        while let Some((node, in_head)) = open.pop() {
            let mut in_head = in_head;
            if let NodeData::Element { name, attrs, .. } = &node.data {
                let element = name.local.to_ascii_lowercase();
                in_head |= &*element == "head";
                assert!(!WILD.contains(&&*element), "<{element}> in {}", self.text);
                let attrs = attrs.borrow();
                let get = |wanted: &str| {
                    let found = attrs.iter().find(|it| &*it.name.local == wanted);
                    found.map(|it| it.value.to_string())
                };
                match &*element {
                    "script" => {
                        scripts += 1;
                        assert_eq!(get("src").as_deref(), Some("site.js"), "{}", self.text);
                        assert!(in_head && node.children.borrow().is_empty(), "{}", self.text);
                    }
                    "link" => {
                        assert_eq!(get("href").as_deref(), Some("site.css"), "{}", self.text);
                        assert!(in_head, "{}", self.text);
                    }
                    "meta" => {
                        assert!(in_head, "{}", self.text);
                        policies += usize::from(get("http-equiv").is_some());
                    }
                    "style" => {
                        styles += 1;
                        assert!(in_head && self.names.is_empty(), "{}", self.text);
                    }
                    // The site searches in its own pages.
                    "form" => assert_eq!(get("id").as_deref(), Some("filter"), "{}", self.text),
                    _ => {}
                }
                for attr in attrs.iter() {
                    let prefix = attr.name.prefix.as_ref().map(|it| format!("{it}:"));
                    let name = format!("{}{}", prefix.unwrap_or_default(), attr.name.local);
                    self.attribute(&element, &name.to_ascii_lowercase(), &attr.value);
                }
            }
            open.extend(node.children.borrow().iter().map(|it| (it.clone(), in_head)));
            if let NodeData::Element { template_contents, .. } = &node.data
                && let Some(content) = &*template_contents.borrow()
            {
                open.push((content.clone(), in_head));
            }
        }
        assert_eq!(policies, 1, "{}", self.text);
        assert!(scripts <= 1 && styles <= 1, "{}", self.text);
    }

    fn attribute(&self, element: &str, name: &str, value: &str) {
        assert!(!name.starts_with("on"), "{name} in {}", self.text);
        let bad = ["srcdoc", "style", "is", "slot", "contenteditable", "autofocus", "target"];
        assert!(!bad.contains(&name), "{name} in {}", self.text);
        assert!(name != "http-equiv" || value == "Content-Security-Policy", "{}", self.text);
        if !ADDRESSES.contains(&name) {
            return;
        }
        // As a browser reads an address (URL, *basic URL parser*): without what it drops.
        let value: String = value
            .trim_matches(|c: char| c <= ' ')
            .chars()
            .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
            .collect();
        let scheme = value.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let scheme = scheme.filter(|it| {
            it.starts_with(|c: char| c.is_ascii_alphabetic())
                && it.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        });
        match scheme.as_deref() {
            Some("http" | "https" | "mailto") => {
                assert_eq!(element, "a", "{value} in {}", self.text)
            }
            Some(_) => panic!("{name}={value:?} in {}", self.text),
            None => {
                let page = value.split('#').next().unwrap_or_default();
                let own = ["site.css", "site.js", ""].contains(&page) || self.names.contains(&page);
                assert!(own, "{name}={value:?} in {}", self.text);
            }
        }
    }
}

/// The other forms of an index.
fn others(index: &Index<'_>) {
    let graph = Graph::of(index);
    let svg = graph.svg(&|document| index.url_of(document));
    let picture = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
    for element in picture.descendants().filter(|it| it.is_element()) {
        assert!(
            !["script", "foreignObject", "image"].contains(&element.tag_name().name()),
            "{svg}"
        );
        for attribute in element.attributes() {
            assert!(!attribute.name().starts_with("on"), "{svg}");
            let leads = attribute.name() == "href";
            assert!(!leads || attribute.value().starts_with("https://"), "{svg}");
        }
    }
    drawn_by_others(&graph.mermaid(), &graph.dot());
    let calendar = ics(index);
    assert!(calendar.ends_with("END:VCALENDAR\r\n"), "{calendar:?}");
    for line in calendar.split_terminator("\r\n") {
        // RFC 5545, section 3.1.
        assert!(!line.contains(['\r', '\n']) && line.len() <= 75, "{line:?}");
    }
    let begins = calendar.matches("\r\nBEGIN:VEVENT\r\n").count();
    assert_eq!(begins, calendar.matches("\r\nEND:VEVENT\r\n").count());
    let json = serde_json::to_string(&Json::of(index, None)).unwrap();
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(read.is_object());
    markdown_is_tame(&page(index, Links::Site(index.site_url)), "scs-doc index");
    for (name, text) in docusaurus(index, &Introductions::default()) {
        if name.ends_with(".js") {
            assert!(!text.contains("</script"), "{text}");
            continue;
        }
        let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
        let front: serde_yaml::Value = serde_yaml::from_str(front).unwrap();
        assert!(front["title"].is_string(), "{text}");
        markdown_is_tame(body, "");
        means_nothing_to_mdx(body);
    }
}

/// Words of documents stand in quotes, and end neither them nor the line.
fn drawn_by_others(mermaid: &str, dot: &str) {
    static MERMAID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^ +(subgraph t|d)[0-9]+([\[(]"[^"]*"[\])]| -.*)$"#).unwrap()
    });
    static DOT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^([a-z0-9_ {}\[\]=,;>A-Z-]|"([^"\\]|\\["\\])*")*$"#).unwrap()
    });
    for line in mermaid.lines().skip(1).filter(|it| *it != "  end") {
        assert!(MERMAID.is_match(line), "{line:?} of {mermaid}");
    }
    dot.lines().for_each(|line| assert!(DOT.is_match(line), "{line:?} of {dot}"));
}

/// No HTML but comments with this mark, no image, and links that lead to the web or stay.
fn markdown_is_tame(text: &str, mark: &str) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(text, options) {
        match event {
            Markdown::Html(html) | Markdown::InlineHtml(html) => {
                let own = !mark.is_empty() && html.starts_with(&format!("<!-- {mark}"));
                assert!(own, "{html:?} in {text}");
            }
            Markdown::Start(pulldown_cmark::Tag::Image { .. }) | Markdown::FootnoteReference(_) => {
                panic!("{event:?} in {text}")
            }
            Markdown::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                let scheme =
                    dest_url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                let fine = scheme.is_none_or(|it| {
                    ["http", "https", "mailto"].contains(&&*it) || it.contains(['/', '#'])
                });
                assert!(fine, "{dest_url:?} in {text}");
            }
            _ => {}
        }
    }
}

/// No expression, no element, no module (MDX).
fn means_nothing_to_mdx(text: &str) {
    assert!(!text.contains(['{', '}', '<']), "{text}");
    let mut lines = text.lines();
    assert!(!lines.any(|it| it.starts_with("import ") || it.starts_with("export ")), "{text}");
}
