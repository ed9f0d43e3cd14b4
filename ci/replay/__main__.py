"""Replays the history of a standards repository: `python3 ci/replay HOW TOOL CLONE REVISION`.

Every commit from the first with documents on is judged on its day, as the CI of the repository would
have done it. `write` puts the tables into README.md and docs/replay.md, `check` compares them,
`print` prints them.
"""

import collections
import pathlib
import sys

import pages
import walk

ROOT = pathlib.Path(__file__).parents[2]


def main(how, tool, clone, revision):
    steps = walk.walk(tool, clone, revision)
    # Until there are documents, there is nothing to do: status 2, and the reason.
    early = [it for it in steps if "no standards repository" in it.checked.err]
    steps = steps[len(early) :]
    times = collections.defaultdict(list)
    broken = [it for step in early for it in step.answers() if it.status != 2]
    for answer in (it for step in steps for it in step.answers()):
        times[answer.command].append(answer.seconds)
        if answer.status not in (0, 1) or answer.err:
            broken.append(answer)
    print(f"{len(early)} commits before there were documents: each command says so, with status 2")
    for command, seconds in times.items():
        middle = sorted(seconds)[len(seconds) // 2]
        print(f"{command}: {len(seconds)} runs, {sum(seconds):.1f} s, {middle * 1000:.0f} ms in the median")
    for answer in broken:
        print(f"{answer.command}: status {answer.status}: {answer.err}", file=sys.stderr)
    told = pages.Pages(steps)
    stale = False
    for path, name, text in [
        ("README.md", "readme", told.readme()),
        ("docs/replay.md", "documents", told.documents()),
        ("docs/replay.md", "changes", told.changes()),
        ("docs/replay.md", "demands", told.demands()),
        ("docs/replay.md", "everything", told.everything()),
    ]:
        stale |= not put(path, name, text, how)
    return 1 if broken or stale else 0


def put(path, name, text, how):
    """Puts a text between the two lines that name it, or tells whether it stands there."""
    if how == "print":
        print(text)
        return True
    file = ROOT / path
    there = file.read_text(encoding="utf-8")
    mark = f"<!-- replay {name} -->\n"
    before, _, after = there.split(mark)
    now = f"{before}{mark}{text}{mark}{after}"
    if how == "write":
        file.write_text(now, encoding="utf-8")
    elif now != there:
        print(f"{path}: `{name}` is not up to date: ci/replay.sh write", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
