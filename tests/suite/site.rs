//! `scs-doc index --format html`: a site of its own.

use std::collections::{BTreeMap, BTreeSet};

use scs_doc::index::Index;
use scs_doc::index::html::{Origin, html};
use scs_doc::{Config, Corpus, Snapshot, check};

use crate::cli::GOOD;
use crate::helpers::{Files, folder, git, git_on, read, real_corpus, run, today, write};

type Site = BTreeMap<String, String>;

fn site_of(corpus: &Corpus, config: &Config) -> Site {
    let index = Index::of(corpus, &config.site_url);
    let origin = Origin { repository: &config.repository, branch: &config.default_branch };
    let files = html(&index, origin, None);
    let count = files.len();
    let site: Site = files.into_iter().collect();
    assert_eq!(site.len(), count, "no two pages have one name");
    site
}

/// The site of documents in memory.
fn site(documents: &[(&str, String)]) -> Site {
    let files: Files = documents
        .iter()
        .map(|(name, text)| (format!("standards/{name}"), text.clone().into_bytes()))
        .chain([("standards/README.md".to_owned(), Vec::new())])
        .collect();
    let config = Config::default();
    let corpus = Corpus::load(&Snapshot::memory(files), &config, today()).unwrap();
    let site = site_of(&corpus, &config);
    assert_eq!(broken_links(&site), Vec::<(String, String)>::new());
    site
}

fn document(status: &str, body: &str) -> String {
    let front = "title: Entropy\ntype: Standard\ntrack: IaaS";
    format!("---\n{front}\nstatus: {status}\n---\n\n{body}\n")
}

/// All tags of a page.
fn tags(page: &str) -> Vec<&str> {
    page.match_indices('<').map(|(at, _)| page[at..].split('>').next().unwrap()).collect()
}

fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    let of = |tag: &'p str| Some(tag.split_once(start.as_str())?.1.split('"').next().unwrap());
    tags(page).into_iter().filter_map(of).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = String::from_utf8(vec![rest.next().unwrap(), rest.next().unwrap()]).unwrap();
            bytes.push(u8::from_str_radix(&hex, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The links that lead to no page, or to no place of a page: the page they stand on, and the link.
fn broken_links(site: &Site) -> Vec<(String, String)> {
    let ids = |page: &str| values(page, "id").into_iter().map(str::to_owned).collect();
    let ids: BTreeMap<&str, BTreeSet<String>> =
        site.iter().map(|(name, page)| (name.as_str(), ids(page))).collect();
    let mut broken = Vec::new();
    for (name, page) in site.iter().filter(|(name, _)| name.ends_with(".html")) {
        for link in values(page, "href") {
            if ["https://", "http://", "mailto:"].iter().any(|it| link.starts_with(it)) {
                continue;
            }
            let (page, fragment) = link.split_once('#').unwrap_or((link, ""));
            let page = if page.is_empty() { name } else { page };
            let there = ids.get(page);
            let there =
                there.is_some_and(|ids| fragment.is_empty() || ids.contains(&decoded(fragment)));
            if !there {
                broken.push((name.clone(), link.to_owned()));
            }
        }
    }
    broken
}

fn article(page: &str) -> &str {
    let body = page.split_once("<article class=\"text\">\n").unwrap().1;
    body.split_once("</article>").unwrap().0
}

/// The body of a document, rendered.
fn rendered(body: &str) -> String {
    let site = site(&[("scs-0100-v1-a.md", document("Draft", body))]);
    article(&site["scs-0100-v1-a.html"]).to_owned()
}

fn banners(page: &str) -> Vec<String> {
    let lines = page.lines().filter(|line| line.starts_with("<p class=\"banner"));
    lines.map(text).collect()
}

fn text(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn nothing_of_a_document_is_alive() {
    let title = "</title><script>alert(1)</script>\\u202Egnp \\u05d0 | `x` <b onload=x>";
    let body = include_str!("hostile.md");
    let hostile = format!(
        "---\ntitle: \"{title}\"\ntype: Standard\nstatus: Draft\ntrack: IaaS\ndescription: \"{title}\"\n---\n{body}"
    );
    let site = site(&[
        ("scs-0100-v1-a.md", hostile.clone()),
        (
            "scs-0100-v2-a.md",
            hostile + "\n\nIt MUST <script>alert(1)</script> go <i onclick=x>x</i>.",
        ),
    ]);
    for (name, page) in site.iter().filter(|(name, _)| name.ends_with(".html")) {
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, usize::from(name == "index.html"), "{name}");
        assert!(!page.contains('\u{202e}'), "{name}");
        assert_eq!(page.matches("<main").count(), 1, "{name}");
        assert_eq!(page.matches("</main>").count(), 1, "{name}");
        let inside = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        for tag in tags(inside) {
            let bad = [
                "<script",
                "<style",
                "<iframe",
                "<form action",
                "<img",
                "<object",
                "<embed",
                "<base",
                "<meta",
                "<link",
            ];
            assert!(!bad.iter().any(|it| tag.starts_with(it)), "{name}: {tag}");
            let attributes = tag.split_whitespace().skip(1).filter_map(|it| it.split_once("=\""));
            for (attribute, value) in attributes {
                assert!(!attribute.starts_with("on") && attribute != "style", "{name}: {tag}");
                assert!(attribute != "tabindex" || value.starts_with("0"), "{name}: {tag}");
            }
        }
        let harmless = |it: &str| !it.contains(':') || it.starts_with("https://");
        assert!(values(inside, "href").into_iter().all(harmless), "{name}");
    }
    let page = &site["scs-0100-v1-a.html"];
    assert!(page.contains(
        "<h1><span class=\"number\">scs-0100-v1</span> <bdi>&lt;/title&gt;&lt;script&gt;"
    ));
    assert!(article(page).contains("&lt;svg onload=\"alert(1)\"&gt;"));
    assert_eq!(values(page, "id").iter().filter(|it| it.starts_with("site.")).count(), 1);
}

#[test]
fn markdown_as_the_site_has_it() {
    insta::assert_snapshot!(rendered(include_str!("markdown.md")));
}

#[test]
fn admonitions_are_no_code_and_need_both_ends() {
    let text = rendered("```\n:::note\nx\n:::\n```\n\n:::note\n\nopen");
    assert!(!text.contains("admonition"), "{text}");
    assert!(text.contains(":::note"), "{text}");
    let text = rendered("- a\n\n  :::tip Two words\n  b\n  :::\n\n<!--:-->\n");
    assert!(
        text.contains("<p class=\"heading\">Tip: <bdi>Two words</bdi></p>\n<p>b</p>\n</div>"),
        "{text}"
    );
    assert_eq!(text.matches("<div").count(), 1, "{text}");
}

/// A tag that may not be on a page takes nothing along, and a placeholder is no tag.
#[test]
fn what_is_no_tag_here_is_text() {
    for name in
        ["object", "template", "textarea", "script", "style", "iframe", "xmp", "customer-id"]
    {
        let page = rendered(&format!("before\n\n<{name}>\n\nrest MUST be here\n"));
        assert!(page.contains(&format!("&lt;{name}&gt;")), "{page}");
        assert!(page.contains("rest MUST be here"), "{page}");
    }
    let page = rendered(
        "<div>\n<!-- a\n<b> -->x\n</div>\n\n<details>\n<summary>S</summary>\n\ny\n</details>\n",
    );
    assert!(page.contains("<div>\nx\n</div>") && page.contains("<summary>S</summary>"), "{page}");
}

/// A relation to what is not there is told, whichever field has it.
#[test]
fn relations_that_lead_nowhere_are_told() {
    let front = |field: &str| {
        GOOD.replace("status: Draft", &format!("status: Draft\n{field}: [scs-0999-v1-no.md]"))
    };
    let made = site(&[
        ("scs-0100-v1-a.md", front("replaces")),
        ("scs-0101-v1-b.md", front("replaced_by")),
    ]);
    let graph = text(&made["graph.html"]);
    assert_eq!(graph.matches("(there is no such document)").count(), 2, "{graph}");
}

/// Footnotes stand at the end, in the order of their numbers.
#[test]
fn footnotes_are_in_order() {
    let page = rendered("[^b]: B\n\nOne[^a], two[^b], three[^c].\n\n[^c]: C\n\n[^a]: A\n\nEnd.\n");
    let places: Vec<usize> = ["End.", "<p>B</p>", "<p>A</p>", "<p>C</p>"]
        .map(|text| page.find(text).unwrap_or_else(|| panic!("{text}: {page}")))
        .to_vec();
    assert!(places.is_sorted(), "{page}");
    let ids: Vec<&str> =
        values(&page, "id").into_iter().filter(|id| id.starts_with("fn.")).collect();
    assert_eq!(ids, ["fn.1", "fn.2", "fn.3"]);
}

/// A site may have more files than a process may have open.
#[cfg(unix)]
#[test]
fn many_files_are_written() {
    let documents: Vec<(String, String)> = (100..200)
        .map(|number| (format!("Standards/scs-0{number}-v1-a.md"), GOOD.to_owned()))
        .collect();
    let files: Vec<(&str, &str)> =
        documents.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let dir = folder(&files);
    let command = "ulimit -n 64; exec \"$0\" index --format html --out site";
    let tool = env!("CARGO_BIN_EXE_scs-doc");
    let output = std::process::Command::new("sh")
        .args(["-c", command, tool])
        .current_dir(dir.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_flood_of_tags_is_text() {
    let tags: String = (0..20_000).map(|it| format!("<i id=a{it}><p>\n")).collect();
    let text = rendered(&tags);
    assert!(text.contains("<i id=\"a1\">") && text.contains("&lt;i id=a19999&gt;"));
}

/// Such texts are taken apart to be written; whatever is in them is there as it was.
#[test]
fn a_flood_of_entities_is_text() {
    for (given, shown) in [("&", "&amp;"), ("&amp;", "&amp;"), ("a\u{a7}", "a\u{a7}")] {
        let page = rendered(&given.repeat(3000));
        assert_eq!(text(&page).trim(), shown.repeat(3000), "{given}");
    }
    let few = rendered(&"&".repeat(1000));
    assert!(!few.contains("<wbr>"), "{few}");
    let raw = rendered(&format!("<p>{}</p>", "&lt;".repeat(3000)));
    assert_eq!(raw.matches("&lt;").count(), 3000);
}

#[test]
fn what_is_too_deep_is_flat() {
    for (open, close, tag) in
        [("> ", "", "<blockquote>"), ("1. ", "", "<ol>"), (":::note\n", "\n:::", "<div ")]
    {
        let text = rendered(&format!("{}x{}", open.repeat(20_000), close.repeat(20_000)));
        assert!((20..=100).contains(&text.matches(tag).count()), "{tag}");
        assert!(text.contains('x'));
    }
}

#[test]
fn headings_have_the_anchors_that_links_ask_for() {
    let body = "# A B\n\n## Ä `c_d`\n\n## Ä `c_d`\n\n#### Deep {#own_name}\n\n:::note\n### Within\n:::\n\n[1](#a-b) [2](#ä-c_d-1) [3](#%C3%A4-c_d) [4](#own_name) [5](#deep) [6](#within)";
    let text = rendered(body);
    for heading in [
        "<h2 id=\"a-b\">A B</h2>",
        "<h3 id=\"ä-c_d\">Ä <code>c_d</code></h3>",
        "<h3 id=\"ä-c_d-1\">",
        "<h4 id=\"deep\">Deep<a id=\"own_name\"></a></h4>",
        "<h4 id=\"within\">Within</h4>",
    ] {
        assert!(text.contains(heading), "{heading}: {text}");
    }
}

#[test]
fn links_lead_to_pages_here() {
    let body = "[doc](scs-0101-v1-b.md#two) [number](https://docs.scs.community/standards/iaas/scs-0101) \
        [file](README.md) [folder](.) [root](/docs/x) [none](scs-0199-v1-no.md) [web](https://example.org/a?b&c) \
        ![picture](https://example.org/a.png) [![in](b.png)](https://example.org) <mail@example.org> \
        <a href=\"README.md\">raw</a> [drop](ftp://example.org)";
    let site = site(&[
        ("scs-0100-v1-a.md", document("Draft", body)),
        ("scs-0101-v1-b.md", document("Draft", "## Two")),
    ]);
    let text = article(&site["scs-0100-v1-a.html"]);
    for part in [
        "<a href=\"scs-0101-v1-b.html#two\">doc</a>",
        "<a href=\"scs-0101.html\">number</a>",
        "<a href=\"https://github.com/SovereignCloudStack/standards/blob/main/standards/README.md\">file</a>",
        "<a href=\"https://github.com/SovereignCloudStack/standards/tree/main/standards\">folder</a>",
        "<a href=\"https://docs.scs.community/docs/x\">root</a>",
        "<span class=\"missing\">none</span>",
        "<a href=\"https://example.org/a?b&amp;c\">web</a>",
        "<a class=\"image\" href=\"https://example.org/a.png\">Image: picture</a>",
        "<a href=\"https://example.org\">Image: in</a>",
        "<a href=\"mailto:mail@example.org\">",
        "<a>raw</a>",
        "<span class=\"missing\">drop</span>",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn banners_say_what_is_in_effect() {
    let stable = |more: &str| document(&format!("Stable\nstabilized_at: {more}"), "");
    let site = site(&[
        (
            "scs-0100-v1-a.md",
            document("Deprecated\nstabilized_at: 2022-01-01\ndeprecated_at: 2023-10-31", ""),
        ),
        (
            "scs-0100-v2-a.md",
            stable("2023-01-01\ndeprecated_at: 2027-01-01").replace("Stable", "Deprecated"),
        ),
        ("scs-0100-v3-a.md", stable("2023-10-01")),
        ("scs-0100-v4-a.md", stable("2026-09-01")),
        ("scs-0100-v5-a.md", document("Draft", "")),
        (
            "scs-0101-v1-a.md",
            document("Deprecated\nstabilized_at: 2022-01-01\ndeprecated_at: 2023-10-31", ""),
        ),
        ("scs-0102-v1-a.md", stable("2024-01-01\nreplaced_by: [scs-0103-v1-a.md]")),
        ("scs-0103-v1-a.md", stable("2025-01-01")),
        ("scs-0104-v1-a.md", document("Rejected\nrejected_at: 2025-02-02", "")),
        ("scs-0105-v1-a.md", document("stable", "")),
        ("scs-0106-v1-a.md", "no front matter".to_owned()),
        (
            "scs-0103-w1-a.md",
            "---\ntitle: A\ntype: Supplement\ntrack: IaaS\nsupplements: [scs-0103-v1-a.md]\n---\n"
                .to_owned(),
        ),
    ]);
    let said: Vec<String> = site
        .iter()
        .filter(|(name, _)| name.contains("-a."))
        .map(|(name, page)| {
            format!("{}: {}", name.trim_end_matches("-a.html"), banners(page).join(" "))
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
    let page = &site["scs-0100-v1-a.html"];
    assert!(page.contains("v1 was deprecated on <time>2023-10-31</time>; <a href=\"scs-0100-v2-a.html\">v2</a> and <a href=\"scs-0100-v3-a.html\">v3</a> are in effect."));
    let graph = text(&site["graph.html"]);
    assert!(graph.contains("scs-0103-v1 Entropyreplacesscs-0102-v1 Entropy"), "{graph}");
    assert!(graph.contains("scs-0103-w1 Asupplementsscs-0103-v1 Entropy"), "{graph}");
    let overview = &site["index.html"];
    assert!(overview.contains("<span class=\"version\">v2</span> effective until 2027-01-01</a>"));
    assert!(overview.contains("<span class=\"version\">v1</span> no valid status</a> <span class=\"mark\">metadata incomplete</span>"));
}

#[test]
fn what_changed_between_two_versions() {
    let site = site(&[
        ("scs-0100-v1-a.md", document("Draft", "It is. Flavors MUST be named.")),
        (
            "scs-0100-v2-a.md",
            document("Draft", "It is. Flavors SHOULD be named. New <b>words</b> & more."),
        ),
    ]);
    let page = &site["scs-0100.html"];
    let items: Vec<String> = page
        .lines()
        .filter(|line| line.starts_with("<li class=\"") && line.contains("\"word\""))
        .map(text)
        .collect();
    assert_eq!(
        items,
        [
            "Removed normative Flavors MUST be named.",
            "Added normative Flavors SHOULD be named.",
            "Added New words &amp; more.",
        ]
    );
    assert!(page.contains("<p>1 sentence removed, 2 added, 2 of them normative.</p>"));
}

#[test]
fn awkward_numbers_and_names() {
    let long = format!(
        "---\ntitle: {}\ntype: Standard\nstatus: Draft\ntrack: IaaS\n---\n",
        "long ".repeat(100)
    );
    let draft = document("Draft", "");
    let cyclic = |other: &str| document(&format!("Draft\nreplaces: [{other}]"), "");
    let name = format!("scs-0104-v1-{}.md", "x".repeat(230));
    let site = site(&[
        ("scs-0100-v2-a.md", draft.clone()),
        ("scs-0100-v10-a.md", draft.clone()),
        ("scs-0100-v100-a.md", draft.clone()),
        ("scs-0101-v1-a.md", draft.clone()),
        ("scs-0101-v1-b.md", long),
        ("scs-0102-v1-a.md", cyclic("scs-0103-v1-a.md")),
        ("scs-0103-v1-a.md", cyclic("scs-0102-v1-a.md")),
        (&name, draft.clone()),
        ("scs-xxxx-v1-idea.md", draft.clone()),
        ("scs-XXXX-v1-idea.md", draft.clone()),
        ("scs-0105 v1 \"<b>.md", draft.clone()),
        ("scs-0106-v1-a.md", draft.clone()),
        ("scs-0106.md", draft),
    ]);
    let overview = &site["index.html"];
    let place = |text: &str| overview.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(place(">v100<") < place(">v10<") && place(">v10<") < place(">v2<"));
    assert!(overview.contains("scs-0101-v1-a.html") && overview.contains("scs-0101-v1-b.html"));
    let lower: BTreeSet<String> = site.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), site.len());
    for name in site.keys() {
        assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)), "{name}");
        assert!(name.len() <= 255);
    }
    assert!(site.contains_key("scs-0106.html") && site.contains_key("scs-0106-2.html"));
}

#[test]
fn no_documents_give_a_site_too() {
    let site = site(&[]);
    let names: Vec<&str> = site.keys().map(String::as_str).collect();
    assert_eq!(names, ["graph.html", "index.html", "site.css", "site.js", "timeline.html"]);
    assert!(site["index.html"].contains("There are no documents."));
}

#[test]
fn the_folder_is_made_and_compared() {
    let dir = folder(&[("Standards/scs-0101-v1-entropy.md", GOOD), ("out/mine.txt", "mine")]);
    git(dir.path(), &["init", "--quiet"]);
    git_on("2024-02-03", dir.path(), &["add", "--all"]);
    git_on("2024-02-03", dir.path(), &["commit", "--quiet", "-m", "x"]);
    let stable = GOOD.replace("status: Draft", "status: Stable\nstabilized_at: 2024-05-01");
    write(dir.path(), "Standards/scs-0101-v1-entropy.md", stable);
    git_on("2024-04-05", dir.path(), &["commit", "--quiet", "--all", "-m", "x"]);
    let index = |more: &[&str]| run(dir.path(), &[&["index", "--format", "html"], more].concat());
    assert_eq!(index(&[]).status, 2);
    let answer = index(&["--out", "out"]);
    assert_eq!(
        (answer.status, answer.out.as_str(), answer.err.as_str()),
        (0, "wrote 7 files\n", "")
    );
    assert_eq!(index(&["--out", "out", "--check"]).status, 0);
    assert_eq!(read(dir.path(), "out/mine.txt"), "mine");
    let page = read(dir.path(), "out/scs-0101.html");
    for part in ["<td>added as Draft</td>", "<time>2024-04-05</time>", "standards/commit/"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let root = dir.path().to_string_lossy().into_owned();
    for name in ["index.html", "timeline.html", "scs-0101-v1-entropy.html"] {
        assert!(!read(dir.path(), &format!("out/{name}")).contains(&root));
    }
    write(dir.path(), "out/index.html", "old");
    let answer = index(&["--out", "out", "--check"]);
    assert_eq!(answer.status, 1);
    assert!(answer.out.contains("-old"), "{}", answer.out);
}

#[test]
fn the_real_corpus_has_no_link_astray() {
    let Some(dir) = real_corpus("2026-08") else { return };
    let config = Config::default();
    let snapshot = Snapshot::work_tree(dir.path()).unwrap();
    let corpus = Corpus::load(&snapshot, &config, today()).unwrap();
    let site = site_of(&corpus, &config);
    assert_eq!(site, site_of(&corpus, &config));
    let known: Vec<String> = check(&corpus, &config)
        .unwrap()
        .findings
        .iter()
        .filter(|it| it.rule == "link-anchor")
        .map(|it| format!("{} {} {}", it.path, it.subject, it.message))
        .collect();
    let unknown: Vec<_> = broken_links(&site)
        .into_iter()
        .filter(|(page, link)| {
            let (document, fragment) =
                (page.trim_end_matches(".html"), decoded(link.split_once('#').unwrap().1));
            !known.iter().any(|it| it.contains(document) && it.contains(&fragment))
        })
        .collect();
    assert_eq!(unknown, []);
    for document in &corpus.documents {
        let page = document.path.replace("Standards/", "").replace(".md", ".html");
        assert!(site.contains_key(&page), "{page}");
    }
}
