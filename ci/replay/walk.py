"""The tool, run on every commit of a branch as the CI of its repository would have run it."""

import concurrent.futures
import dataclasses
import json
import os
import subprocess
import time


@dataclasses.dataclass
class Answer:
    """What one process answered."""

    command: str
    status: int
    seconds: float
    out: str
    err: str


@dataclasses.dataclass
class Step:
    """A commit, and what the tool says on the day of it."""

    commit: str
    day: str
    subject: str
    checked: Answer
    # None for the first commit, which nothing comes before.
    changed: Answer | None
    announced: Answer | None
    # Where files were before: new path to old path.
    renames: dict[str, str]

    def answers(self):
        return [it for it in (self.checked, self.changed, self.announced) if it]


def git(clone, *arguments):
    command = ["git", "-C", clone, "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def commits(clone, revision):
    """Commit, day and subject of all commits on the way to a revision, the oldest first."""
    log = git(clone, "log", "--first-parent", "--reverse", "--format=%H%x09%cs%x09%s", revision)
    return [tuple(line.split("\t", 2)) for line in log.splitlines()]


def run(tool, clone, day, *arguments):
    command = [tool, "--repo", clone, "--as-of", day, *arguments]
    environment = {"PATH": os.environ["PATH"], "NO_COLOR": "1"}
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)
    seconds = time.monotonic() - start
    return Answer(arguments[0], done.returncode, seconds, done.stdout, done.stderr)


def walk(tool, clone, revision):
    """All steps to a revision. Few processes at once: the rest of the machine has its own work."""
    line = commits(clone, revision)
    before = [None, *(commit for commit, _, _ in line)]

    def step(at):
        commit, day, subject = line[at]
        base = before[at]
        checked = run(tool, clone, day, "check", "--rev", commit, "--format", "json")
        if base is None:
            return Step(commit, day, subject, checked, None, None, {})
        ends = ("--base", base, "--head", commit)
        changed = run(tool, clone, day, "pr", *ends, "--format", "json")
        news = ("--rev", commit, "--format", "markdown", "--since", base)
        announced = run(tool, clone, day, "index", *news)
        return Step(commit, day, subject, checked, changed, announced, renames(clone, base, commit, changed))

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(step, range(len(line))))


def renames(clone, base, commit, changed):
    """What the tool knows of documents, and git of all other files."""
    moved = {}
    names = git(clone, "diff-tree", "-r", "-M", "--diff-filter=R", "--name-status", base, commit)
    for name in names.splitlines():
        _, old, new = name.split("\t")
        moved[new] = old
    if changed.status in (0, 1):
        for document in json.loads(changed.out)["change"]["documents"]:
            if document["from"]:
                moved[document["path"]] = document["from"]
    return moved
