"""What the tool found on the way: when it came in, when it went away, and whether `pr` told."""

import collections
import dataclasses
import datetime
import fnmatch
import json

# Since when the process asks for something that it did not ask for from the beginning: rule,
# subject, day, and what happened on that day. The first line that fits counts. Without a day a
# finding counts always.
DEMANDS = [
    ("field-required", "title", "2023-03-28", "headings of level 1 gave way to `title`"),
    ("heading-level-one", None, "2023-03-28", "headings of level 1 gave way to `title`"),
    ("number-track", None, "2023-04-14", "the second digit of a number became that of the track"),
    ("field-required", "supplements", "2024-03-08", "supplements became a type of document"),
    ("supplement-*", None, "2024-03-08", "supplements became a type of document"),
    ("type-kind", None, "2024-03-08", "supplements became a type of document"),
    ("change-foreign-supplement", None, "2024-03-08", "supplements became a type of document"),
    ("field-unknown", "obsoleted_at", "2024-03-14", "`obsoleted_at` became `deprecated_at`"),
    ("status-date", "deprecated_at", "2024-03-14", "`obsoleted_at` became `deprecated_at`"),
    ("change-untested", None, "2024-03-14", "no standard becomes Stable without tests any more"),
    ("link-autolink", None, "2024-04-04", "the site no longer built with `<https://…>`"),
    ("section-missing", None, "2024-04-16", "the sections became a MUST"),
    ("template-residue", None, "2024-04-16", "the templates got the names that they have today"),
    ("manifest-draft", None, "2024-08-14", "versions of a manifest came to include modules"),
    ("manifest-module-id", None, "2024-08-14", "versions of a manifest came to include modules"),
    ("field-value", "status", "2024-09-20", "the status `Proposal` was dropped"),
    ("field-forbidden", "status", "2025-09-09", "supplements lost their `status`"),
    ("manifest-syntax", "file", None, ""),
    ("manifest-*", None, "2026-01-30", "manifests got the format of today"),
    ("standard-untested", None, "2026-01-30", "manifests got the format of today"),
    ("*", None, "2022-11-24", "the process became Stable"),
]

# One collision is found in every document that takes part in it, and one draft in every version of a
# certificate that includes it.
SHARED = {"number-unique", "manifest-draft"}


@dataclasses.dataclass
class Defect:
    """Something wrong with a document, from one commit to another."""

    rule: str
    level: str
    # As it was called when the defect came in.
    document: str
    subject: str
    came: datetime.date
    # The commit that brought it in, and whether it is one change: the last state is many.
    commit: str
    single: bool
    # Whether `pr` names it as introduced by that change.
    told: bool
    # None while it is there.
    gone: datetime.date | None = None

    def days(self, last):
        return ((self.gone or last) - self.came).days


@dataclasses.dataclass
class Breach:
    """Something wrong with a change itself."""

    rule: str
    level: str
    document: str
    day: datetime.date
    commit: str
    removed: set[str]
    added: set[str]
    # The day on which a later change did the opposite.
    back: datetime.date | None = None


def day(text):
    return datetime.date.fromisoformat(text)


def demand(rule, subject):
    """The line of the table for a finding."""
    for line in DEMANDS:
        if fnmatch.fnmatchcase(rule, line[0]) and line[1] in (None, subject):
            return line
    raise LookupError(rule)


def counted(rule, subject, came):
    """Whether the process asked for it when it came in. What came with the demand is not counted."""
    since = demand(rule, subject)[2]
    return since is None or came > day(since)


def is_template(path):
    # Before 2024-04 the template was called as no document and no template is called today.
    return path.endswith("template.md")


def name(finding):
    return finding["document"] or finding["path"].removeprefix("Tests/")


def findings(answer):
    for finding in json.loads(answer.out)["findings"]:
        if finding["level"] != "note" and not is_template(finding["path"]):
            yield finding


def key(finding, path):
    """What a finding is known by. It stays the same when lines move or the file is renamed."""
    if finding["rule"] in SHARED:
        return finding["rule"], finding["subject"].split(": ")[-1]
    return finding["rule"], path, finding["subject"]


def known(standing, name):
    """Under which name something that was there stands: also if only a part of it is left."""
    if name in standing:
        return name
    parts = set(name[-1].split(", "))
    for other in standing:
        if other[:-1] == name[:-1] and parts < set(other[-1].split(", ")):
            return other
    return None


def follow(steps):
    """All defects on the way, in the order in which they came in."""
    defects, standing, first = [], {}, {}
    for step in steps:
        for new, old in step.renames.items():
            first[new] = first.get(old, old)
        told = {
            key(it, first.get(it["path"], it["path"]))
            for it in findings(step.changed)
            if it["origin"] == "introduced"
        }
        now = {}
        for finding in findings(step.checked):
            here = key(finding, first.get(finding["path"], finding["path"]))
            if here in now:
                continue
            before = known(standing, here)
            if before is None:
                now[here] = Defect(
                    rule=finding["rule"],
                    level=finding["level"],
                    document=name(finding),
                    subject=finding["subject"],
                    came=day(step.day),
                    commit=step.commit,
                    single=not step.subject.startswith("state of "),
                    told=here in told,
                )
                defects.append(now[here])
            else:
                now[here] = standing.pop(before)
        for defect in standing.values():
            defect.gone = day(step.day)
        standing = now
    return defects


def breaches(steps):
    """What `pr` says of the changes themselves. Later changes may take it back."""
    found = []
    for step in steps:
        if step.subject.startswith("state of "):
            continue
        for finding in findings(step.changed):
            if not finding["rule"].startswith("change-"):
                continue
            sentences = collections.defaultdict(set)
            for related in finding["related"]:
                how, _, sentence = related["message"].partition(": ")
                sentences[how].add(sentence)
            breach = Breach(
                rule=finding["rule"],
                level=finding["level"],
                document=name(finding),
                day=day(step.day),
                commit=step.commit,
                removed=sentences["removed"],
                added=sentences["added"],
            )
            for earlier in found:
                same = (earlier.rule, earlier.document) == (breach.rule, breach.document)
                said = breach.removed | breach.added
                if same and said and (earlier.added, earlier.removed) == (breach.removed, breach.added):
                    earlier.back = breach.day
            found.append(breach)
    return found
