#!/usr/bin/env python3
"""Times whole processes with hyperfine, and measures their peak of memory with GNU time: the README's table.

    benches/processes.py TOOL [--real CLONE] [--pulls CLONE] [--large] [--write]

TOOL is a release build, CLONE a clone of a standards repository (its branch `2026-08`), and with
--pulls one that has pull requests as refs/pull/<number>/base and /head. --large adds repositories of
10,000 and 100,000 documents. Everything is measured in one run; the floors are the processes `true`,
`cat`, which reads the same files, and `examples/floor`, which reads them and lets the two parsers go
over them. As root, one row is measured with nothing in the caches of the system. --write puts the
table between the markers in README.md.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARKER = "<!-- benches/processes.py -->"
DROP = "/proc/sys/vm/drop_caches"
DAY = ["--as-of", "2026-08-21"]


def median(command: list[str], runs: int, prepare: str = "") -> float:
    """The median of so many runs, in milliseconds; findings are no failure."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        hyperfine = ["hyperfine", "--shell=none", "--ignore-failure", "--warmup=2", f"--runs={runs}"]
        hyperfine += ["--prepare", prepare] if prepare else []
        hyperfine += ["--export-json", out.name, shlex.join(command)]
        subprocess.run(hyperfine, check=True, capture_output=True)
        return json.load(out)["results"][0]["median"] * 1000


def peak(command: list[str]) -> float:
    """The largest resident set, in MB. GNU time is small itself: what starts a process counts too."""
    with tempfile.NamedTemporaryFile(mode="r") as out:
        time = ["time", "--format=%M", f"--output={out.name}", "--quiet", *command]
        status = subprocess.run(time, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        if status not in (0, 1):
            sys.exit(f"{shlex.join(command)}: exit status {status}")
        return int(out.read()) * 1024 / 1e6


def made(folder: str, count: int) -> str:
    """A made repository with so many documents."""
    where = f"{folder}/{count}"
    example = ["cargo", "run", "--quiet", "--example", "made", "--", where, str(count)]
    subprocess.run(example, check=True, cwd=ROOT)
    return where


def documents(repository: str) -> list[str]:
    folders = (pathlib.Path(repository, name) for name in ("Standards", "standards"))
    folder = next(it for it in folders if it.is_dir())
    return sorted(str(it) for it in folder.glob("scs-*.md"))


def floor() -> str:
    """The built example."""
    build = ["cargo", "build", "--quiet", "--release", "--example", "floor", "--message-format=json"]
    told = subprocess.run(build, check=True, cwd=ROOT, capture_output=True, text=True).stdout
    built = (json.loads(line).get("executable") for line in told.splitlines())
    return next(it for it in built if it)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--real")
    parser.add_argument("--pulls")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    tool = str(pathlib.Path(args.tool).resolve())
    rows: list[tuple[str, float, float]] = []

    def row(what: str, command: list[str], runs: int = 31, prepare: str = "") -> None:
        rows.append((what, median(command, runs, prepare), peak(command)))
        print(f"{what}: {rows[-1][1]:.1f} ms, {rows[-1][2]:.0f} MB", file=sys.stderr)

    with tempfile.TemporaryDirectory() as folder:
        small = args.real or made(folder, 120)
        row("`true`", ["true"])
        row("`scs-doc --version`", [tool, "--version"])
        files = documents(small)
        size = sum(os.path.getsize(it) for it in files) / 1e6
        row(f"`cat` of the {len(files)} documents ({size:.1f} MB)", ["cat", *files])
        manifests = sorted(str(it) for it in pathlib.Path(small, "Tests").glob("scs-*.yaml"))
        row("the floor: read and parsed, one thread", [floor(), *files, *manifests])
        repo = ["--repo", small, *DAY]
        row("`check` on one thread", ["env", "RAYON_NUM_THREADS=1", tool, "check", "--quiet", *repo])
        row("`check`", [tool, "check", *repo])
        if os.access(DROP, os.W_OK):
            drop = f"sh -c 'sync; echo 3 > {DROP}'"
            row("`check`, nothing cached", [tool, "check", *repo], 11, drop)
        row("`check --format sarif --verbose`", [tool, "check", "--format", "sarif", "--verbose", *repo])
        row("`manifest check`", [tool, "manifest", "check", *repo])
        row("`index --format html`", [tool, "index", "--format", "html", "--out", f"{folder}/site", *repo])
        if args.pulls:
            head = "refs/pull/789"
            pr = ["pr", "--repo", args.pulls, *DAY, "--base", f"{head}/base", "--head", f"{head}/head"]
            row("`pr` on one pull request", [tool, *pr])
        for count in [1_000, 10_000, 100_000] if args.large else [1_000]:
            where = made(folder, count)
            files = documents(where)
            text = sum(os.path.getsize(it) for it in files) / 1e6
            what = f"`check` on {len(files):,} made documents ({text:,.0f} MB)"
            row(what, [tool, "check", "--repo", where, *DAY], 3 if count > 1_000 else 11)

    cores = len(os.sched_getaffinity(0))
    table = f"| Process ({cores} cores) | Median | Peak of memory |\n| --- | ---: | ---: |\n"
    for what, time, memory in rows:
        shown = f"{time:.1f} ms" if time < 1000 else f"{time / 1000:.1f} s"
        table += f"| {what} | {shown} | {memory:,.0f} MB |\n"
    print(table)
    if args.write:
        readme = ROOT / "README.md"
        before, _, after = readme.read_text().split(MARKER)
        readme.write_text(f"{before}{MARKER}\n\n{table}\n{MARKER}{after}")


if __name__ == "__main__":
    main()
