"""What was found, as tables. Only facts: identities, days, numbers."""

import collections
import statistics
import textwrap

import defects

# The rows of the README, the most valuable first: rule, and what goes wrong in words.
TELLING = [
    ("stable-unique", "Two versions of a standard Stable at once"),
    ("number-unique", "A number given to two documents"),
    ("replaced-by-missing", "Deprecated, and no word on what replaces it"),
    ("replaces-missing", "A new version that does not say what it replaces"),
    ("status-date", "Stable, and nobody can say since when"),
    ("field-required", "No type, status or track"),
    ("field-value", "A type or status that there is not"),
    ("number-track", "A number of another track"),
    ("reference-unknown", "It replaces a document that is not there"),
    ("link-target", "A link into the repository that leads nowhere"),
    ("manifest-syntax", "A manifest that no program can read"),
    ("manifest-draft", "A certificate in force that demands a Draft"),
    ("link-autolink", "A link that breaks the build of the site"),
    ("template-residue", "Text of the template, left in the document"),
    ("slug-characters", "An address with capitals or `_`, which may never change again"),
]


def counted(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def head(*cells):
    """The head of a table; `>` before a name puts numbers to the right."""
    lines = ("---:" if it.startswith(">") else "---" for it in cells)
    return row(*(it.removeprefix(">") for it in cells)) + row(*lines)


def paragraph(text):
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False) + "\n"


class Pages:
    """Everything that there is to tell of a walk."""

    def __init__(self, steps):
        self.steps = steps
        self.last = defects.day(steps[-1].day)
        everything = defects.follow(steps)
        asked = [it for it in everything if defects.counted(it.rule, it.subject, it.came)]
        self.unasked = [it for it in everything if it not in asked]
        self.defects = [it for it in asked if it.single]
        self.late = [it for it in asked if not it.single]
        said = defects.breaches(steps)
        self.breaches = [it for it in said if defects.counted(it.rule, None, it.day)]
        self.by_rule = {}
        for defect in self.defects:
            self.by_rule.setdefault(defect.rule, []).append(defect)

    def gone(self, found):
        return sorted(it.days(self.last) for it in found if it.gone)

    def there(self, found):
        return sorted(it.days(self.last) for it in found if not it.gone)

    def example(self, found):
        """The one that stood longest of those that were repaired, if any was."""
        repaired = [it for it in found if it.gone]
        longest = max(repaired or found, key=lambda it: it.days(self.last))
        if longest.gone is None:
            return f"{longest.document}, from {longest.came} on"
        if longest.gone == longest.came:
            return f"{longest.document}, {longest.came}, the same day"
        return f"{longest.document}, from {longest.came} to {longest.gone}"

    def readme(self):
        number = len(self.defects)
        told = [it for it in self.defects if it.told]
        gone, there = self.gone(self.defects), self.there(self.defects)
        stopped = {it.commit for it in told + self.breaches if it.level == "error"}
        warned = {it.commit for it in told + self.breaches} - stopped
        runs = [it for step in self.steps for it in step.answers()]
        summary = (
            f"From {self.steps[0].day} to {self.steps[-1].day}, {len(self.steps)} commits brought in {number}"
            f" defects, not counting what the process did not ask for at the time. `scs-doc pr` names"
            f" {'all' if len(told) == number else len(told)} of them on the day, in the very change:"
            f" {len(stopped)} changes would have been stopped, {len(warned)} more would have got a warning."
            f" {len(gone)} defects were found and repaired by people, after up to {gone[-1]} days;"
            f" {len(there)} are still there, half of them for {there[(len(there) - 1) // 2]} days or more."
            f" {len(runs)} runs of `check`, `pr` and `index --since` all ended with status 0 or 1."
        )
        text = paragraph(summary) + "\n"
        text += head(
            "What got in", ">Times", ">Repaired", ">after days", ">Still there", ">for days", "For example"
        )
        for rule, words in TELLING:
            if rule in self.by_rule:
                found = self.by_rule[rule]
                link = f"[{words}](docs/rules.md#{rule})"
                text += row(link, *self.numbers(found), self.example(found))
        for back in [it for it in self.breaches if it.back and it.added]:
            days = (back.back - back.day).days
            text += "\n" + paragraph(
                f"And on {back.day}, {back.document} was Stable already and got"
                f" {counted(len(back.added), 'more sentence')} with a keyword of RFC 2119; out they went"
                f" {days} days later ([`{back.rule}`](docs/rules.md#{back.rule}))."
            )
        return text

    def numbers(self, found):
        """How often, how many repaired, after how many days, how many not, since how many days."""
        gone, there = self.gone(found), self.there(found)
        return len(found), len(gone), span(gone), len(there), span(there)

    def documents(self):
        text = head(
            "Rule", "Level", ">Found", ">Told by `pr`", ">Repaired", ">Median", ">Longest", ">Still there",
            ">Oldest", "For example",
        )
        order = sorted(self.by_rule.items(), key=lambda it: (it[1][0].level, it[0]))
        for rule, found in order:
            gone, there = self.gone(found), self.there(found)
            middle = int(statistics.median_high(gone)) if gone else "-"
            told = sum(it.told for it in found)
            text += row(
                f"[`{rule}`](rules.md#{rule})", found[0].level, len(found), told, len(gone), middle,
                gone[-1] if gone else "-", len(there), there[-1] if there else "-", self.example(found),
            )
        return text

    def changes(self):
        text = head("Rule", "Level", ">Changes", ">Findings", "For example")
        by_rule = collections.defaultdict(list)
        for breach in self.breaches:
            by_rule[breach.level, breach.rule].append(breach)
        for (level, rule), found in sorted(by_rule.items()):
            telling = next((it for it in found if it.back), found[-1])
            back = f", taken back on {telling.back}" if telling.back else ""
            text += row(
                f"[`{rule}`](rules.md#{rule})", level, len({it.commit for it in found}), len(found),
                f"{telling.document}, {telling.day}{back}",
            )
        return text

    def demands(self):
        left = collections.Counter()
        for defect in self.unasked:
            left[defects.demand(defect.rule, defect.subject)] += 1
        text = head("Rule", "About", "Asked for since", "Because then", ">Left out")
        for line in defects.DEMANDS:
            rule, subject, since, why = line
            if since:
                rule = "all others" if rule == "*" else f"`{rule}`"
                text += row(rule, f"`{subject}`" if subject else "", since, why, left[line])
        return text

    def everything(self):
        text = head("Came in", "Went", ">Days", "Rule", "Document", "About")
        for it in self.defects:
            about = it.subject.replace("|", "\\|")
            about = about if len(about) <= 50 and "://" not in about else "a link or a heading"
            text += row(it.came, it.gone or "", it.days(self.last), f"`{it.rule}`", it.document, about)
        return text


def span(days):
    """Of one number itself, of several the least and the greatest."""
    if not days:
        return "-"
    return str(days[0]) if days[0] == days[-1] else f"{days[0]}–{days[-1]}"
