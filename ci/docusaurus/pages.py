"""Judges the pages of the index in a site that was built: pages.py SITE

Each page is there and has the title that it should have; each row of a table has as many cells as
the columns; each link of a page and of its sidebar leads to a page of the site.
"""

import html.parser
import json
import pathlib
import sys
import urllib.parse

site = pathlib.Path(sys.argv[1])
problems = []


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.rows, self.heading, self.inside = [], [], "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.links.append(dict(attributes).get("href") or "")
        elif tag == "tr":
            self.rows.append(0)
        elif tag in ("td", "th") and self.rows:
            self.rows[-1] += 1
        elif tag == "table":
            self.rows.append(None)
        elif tag == "h1":
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "h1"

    def handle_data(self, data):
        if self.inside:
            self.heading += data


def is_there(link):
    path = urllib.parse.unquote(urllib.parse.urlsplit(link).path).strip("/")
    place = site / "build" / path
    return (place / "index.html").is_file() or place.with_name(f"{place.name}.html").is_file()


def visible(text):
    return " ".join(text.replace("\u2060", "").split())


def judge(source):
    name = source.relative_to(site).with_suffix("")
    name = name.parent if name.name == "index" else name
    built = site / "build" / name / "index.html"
    if not built.is_file():
        problems.append(f"{name}: is not in the site")
        return 0
    page = Page(built.read_text(encoding="utf-8"))
    title = source.read_text(encoding="utf-8").split("\n")[1].removeprefix("title: ")
    if visible(page.heading) != visible(json.loads(title)):
        problems.append(f"{name}: has the heading {page.heading!r} and not {title}")
    columns = None
    for count in page.rows:
        columns = count if columns is None or count is None else columns
        if count not in (None, columns):
            problems.append(f"{name}: a row has {count} cells and not {columns}")
    # This site has no start page.
    inner = [link for link in page.links if link.startswith("/") and link != "/"]
    problems.extend(f"{name}: {link} leads nowhere" for link in inner if not is_there(link))
    outer = {link for link in page.links if not link.startswith(("/", "#"))}
    outer.discard("https://docusaurus.io")
    problems.extend(f"{name}: {link} leads out of the site" for link in outer)
    return len(inner)


pages = [it for it in sorted(site.glob("standards/**/*.md*")) if it.parent.name != "standards"]
pages += [site / "standards/overview.mdx"]
links = sum(judge(page) for page in pages)
for problem in problems:
    print(problem)
print(f"{len(pages)} pages of the index with {links} links")
sys.exit(1 if problems or not links else 0)
