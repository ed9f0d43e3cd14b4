"""The account of the run-time dependencies in docs/supply-chain.md: `HOW METADATA TREE`, with the
output of `cargo metadata` and of `cargo tree` as files.

`write` puts the tables there; `check` compares the one of `unsafe`. The ages come from what cargo
keeps of its index, so they are written only.
"""

import json
import os
import pathlib
import re
import sys

PAGE = pathlib.Path(__file__).parents[1] / "docs/supply-chain.md"
# Older than this, a release is looked at by a person.
OLD = "2024-11"

# What may have the word `unsafe` in it and is no code: comments, strings, characters. Block comments
# nest, and are taken away by `plain`.
NO_CODE = re.compile(
    r"""
    //[^\n]* | /\* | [bc]?r(\#*)".*?"\1 | [bc]?"(?:\\.|[^"\\])*" | b?'(?:\\[^\n]{1,10}?|[^\\'\n])'
    """,
    re.VERBOSE | re.DOTALL,
)


def plain(text):
    """The code of a Rust file alone."""
    code, at = [], 0
    while found := NO_CODE.search(text, at):
        code.append(text[at : found.start()])
        at = found.end()
        if found.group() == "/*":
            depth = 1
            for mark in re.finditer(r"/\*|\*/", text[at:]):
                depth += 1 if mark.group() == "/*" else -1
                if depth == 0:
                    at += mark.end()
                    break
            else:
                at = len(text)
        code.append(" ")
    return "".join([*code, text[at:]])


def places(package):
    """How often the code of a crate says `unsafe`, and whether it forbids that itself."""
    root = pathlib.Path(package["manifest_path"]).parent
    library = next(it for it in package["targets"] if set(it["kind"]) & {"lib", "rlib"})
    entry = pathlib.Path(library["src_path"])
    folder = entry.parent if entry.parent != root else root
    count = 0
    for file in sorted(folder.rglob("*.rs")):
        if {"tests", "benches", "examples", "target"} & set(file.relative_to(folder).parts):
            continue
        count += len(re.findall(r"\bunsafe\b(?!_)", plain(file.read_text(encoding="utf-8", errors="replace"))))
    forbids = re.search(r"#!\[[^\]]*\bforbid\([^)]*\bunsafe_code\b", entry.read_text(encoding="utf-8"))
    return count, bool(forbids)


def run_time(metadata, tree):
    """The packages that end up in the program, as `cargo tree` names them: `cargo metadata` also turns
    on what only tests need."""
    named = {tuple(line.split()[:2]) for line in tree.splitlines()}
    there = [it for it in metadata["packages"] if (it["name"], f"v{it['version']}") in named]
    return sorted(there, key=lambda it: (it["name"], it["version"]))


def unsafe(packages):
    found = {f"{it['name']} {it['version']}": places(it) for it in packages if it["source"]}
    some = sorted(((count, name) for name, (count, _) in found.items() if count), key=lambda it: (-it[0], it[1]))
    forbid = sum(forbids for _, forbids in found.values())
    text = (
        f"{len(found)} crates are in the program; {len(some)} of them say `unsafe` in"
        f" {sum(count for count, _ in some)} places, {len(found) - len(some)} never, and {forbid} forbid it.\n\n"
    )
    text += "| Places | Crates |\n| ---: | --- |\n"
    large = [it for it in some if it[0] >= 100]
    text += "".join(f"| {count} | {name} |\n" for count, name in large)
    names = ", ".join(f"{name} ({count})" for count, name in some if count < 100)
    return text + f"| fewer | {names} |\n"


def ages(packages):
    cache = pathlib.Path(os.environ.get("CARGO_HOME", pathlib.Path.home() / ".cargo")) / "registry/index"
    old = []
    for package in packages:
        for file in cache.glob(f"*/.cache/**/{package['name']}"):
            for entry in re.findall(r"\{.*\}", file.read_text(encoding="utf-8", errors="replace").replace("\0", "\n")):
                version = json.loads(entry)
                if version["vers"] == package["version"] and version.get("pubtime", OLD) < OLD:
                    old.append((version["pubtime"][:10], package["name"], package["version"]))
    text = "| Released | Crate |\n| --- | --- |\n"
    return text + "".join(f"| {day} | {name} {version} |\n" for day, name, version in sorted(set(old)))


def unexplained(page):
    """The old crates of the table that the text above it has no word about."""
    text, table = page.split("<!-- supply-chain ages -->\n")[:2]
    names = re.findall(r"^\| \d{4}-\d\d-\d\d \| (\S+) ", table, re.MULTILINE)
    section = text[text.index("## Old releases") :]
    return [name for name in names if f"`{name}`" not in section]


def main(how, metadata, tree):
    packages = run_time(json.loads(pathlib.Path(metadata).read_text()), pathlib.Path(tree).read_text())
    text = there = PAGE.read_text(encoding="utf-8")
    tables = [("unsafe", unsafe)] + ([("ages", ages)] if how == "write" else [])
    for name, table in tables:
        mark = f"<!-- supply-chain {name} -->\n"
        before, _, after = text.split(mark)
        text = f"{before}{mark}{table(packages)}{mark}{after}"
    if how == "write":
        PAGE.write_text(text, encoding="utf-8")
    elif text != there:
        print("docs/supply-chain.md is not up to date: ci/supply-chain.sh write", file=sys.stderr)
        return 1
    if silent := unexplained(text):
        print(f"docs/supply-chain.md: nothing is said of {', '.join(silent)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
