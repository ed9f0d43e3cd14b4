"""Writes a repository of documents that mean harm: hostile.py FOLDER"""

import json
import pathlib
import sys

TITLES = [
    "a | b || c \\| d",
    "</script><script>alert(1)</script> <Component/> <!-- a",
    "{process.env} {/* */} ${x} `${y}` }{",
    "`code` ``more` and *stars* _lines_ ~~gone~~ **",
    "[link](https://example.org) ![image](x.png) ] [ [^1]",
    "\"quotes\" 'single' \\ \\n & &amp; &lt; &#123; $math$ $$",
    "import x from 'y'",
    "export const a = 1",
    "line one\nimport z from 'z'\n:::note\nline four",
    "right \u202e left \u2066 \u200f \u0000 \u001b[2J \u2028 \u2029 \ufeff".replace("\u0000", ""),
    ":::danger :name[x]{y=z} :tada: www.example.org a@example.org https://example.org",
    "# heading {#own-id}",
    "C # #",
    "--- *** 1. - +",
    "<div {...x}>|`]}$" * 30,
    "\uffff \ufffe \U0001f600 é",
    "  ",
    "0100",
    "null",
]
HEAD = {"type": "Standard", "status": "Draft", "track": "IaaS"}


def document(**fields):
    lines = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", "", "## Introduction", "", "Text.", ""])


def documents():
    for number, title in enumerate(TITLES):
        yield f"scs-01{number:02}-v1-a.md", document(title=title, **HEAD)
        yield f"scs-01{number:02}-w1-b.md", document(
            title=f"{title}: more", type="Supplement", track="IaaS",
            supplements=[f"scs-01{number:02}-v1-a.md"] + ["scs-0200-v10-a.md"] * (number < 3),
        )
    stable = {"title": "Versions", "type": "Standard", "track": "KaaS", "status": "Stable"}
    for version in [1, 2, 9, 10, 100]:
        date = "2999-01-01" if version == 100 else "2020-01-01"
        yield f"scs-0200-v{version}-a.md", document(**stable, stabilized_at=date)
    yield "scs-0200-v10-b.md", document(title="Another", **HEAD)
    yield "scs-0300-v1-none.md", document(title="No track", type="Standard", status="Draft")
    yield "scs-0301-v1-wrong.md", document(title="Odd", type="Odd", status="Odd", track="Odd")
    yield "scs-0302-v1-rejected.md", document(
        title="Rejected", type="Standard", track="IAM", status="Rejected", rejected_at="2021-01-01",
    )
    yield "scs-0303-w1-alone.md", document(
        title="Alone", type="Supplement", track="IAM", supplements=["scs-0999-v1-none.md"],
    )
    yield "scs-XXXX-v1-idea.md", document(title="An idea", **HEAD)
    yield "scs-XXXX-v1-other-idea.md", document(title="An idea", **HEAD)
    yield "scs-0200.md", document(title="No version", **HEAD)
    yield "scs-0201-v1-with blank ü.md", document(title="A name", **HEAD)
    yield "scs-0202-v1-not-markdown.txt", document(title="No page", **HEAD)
    yield "scs-0203-v1-no-front-matter.md", "# Nothing\n\nText.\n"


folder = pathlib.Path(sys.argv[1]) / "standards"
folder.mkdir(parents=True)
for name, text in documents():
    (folder / name).write_text(text, encoding="utf-8")
