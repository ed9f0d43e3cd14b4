"""What `ci/manifests.sh` needs of Python.

`write FOLDER` makes a small repository with texts that YAML 1.1 takes for something else.
`check FOLDER COVERAGE` reads the manifests of a repository as the programs that run tests do, and
compares them with what scs-doc's own reader saw.
"""

import datetime
import json
import pathlib
import sys

# Texts that YAML 1.1 takes for truth values, numbers, dates, nothing, or the end of the text.
TEXTS = [
    "yes", "No", "on", "Off", "y", "null", "~", "0x1F", "0o17", "017", "1_000", "12:30:00", "1e3",
    "2024-01-01", ".inf", ".nan", "-.5", "=", "<<", "a: b", "a #b", "- a", "? a", "*a", "&a", "!a",
    "%a", "@a", "{a}", "[a]", "'a'", '"a"', "Größe", "\u2028", "\x85", "\u202e", "\U0001f600", "a\tb",
    " a ", "---", "...", "a:", "1.", "+1", "190:20:30", "true.",
]
TABLE = """
## Test cases

| Test case | Level | Kind | Lifetime | Description |
| --- | --- | --- | --- | --- |
"""


def quoted(text):
    """A text as TOML and YAML have it in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def document(title, status, track, body):
    date = "stabilized_at: 2024-02-01\n" if status == "Stable" else ""
    return (
        f"---\ntitle: {quoted(title)}\ntype: Standard\nstatus: {status}\n{date}"
        f"track: {track}\ndescription: What it is about.\n---\n{body}"
    )


def write(folder):
    standards = folder / "Standards"
    standards.mkdir(parents=True)
    rows = "".join(
        f"| `scs-0100-t{at}` | main | automated | | {text} |\n"
        for at, text in enumerate(TEXTS)
        if not set(text) & set("\u2028\x85\t|")
    )
    rows += "| `scs-0100-size-X` | main | automated | month | There is X. |\n"
    rows += "| `scs-0100-room` | main | audit | year | A room is locked. |\n"
    names = document("yes: no", "Stable", "IaaS", TABLE + rows)
    lists = document("0x1F", "Stable", "IaaS", TABLE + "| `scs-0101-all` | main | automated | | on |\n")
    point = "- [scs-0100-v1: Names](scs-0100-v1-names.md)\n"
    lists_with = "- [scs-0101-v1: Lists](scs-0101-v1-lists.md) with [spec](https://example.org/{})\n"
    for version, status in [(1, "Stable"), (2, "Draft")]:
        subject = f"\n## Subject Matter\n\n{point}{lists_with.format(version)}"
        scope = document("2024-01-01", status, "Scopes", subject)
        (standards / f"scs-0501-v{version}-scs-cloud.md").write_text(scope, encoding="utf-8")
    (standards / "scs-0100-v1-names.md").write_text(names, encoding="utf-8")
    (standards / "scs-0101-v1-lists.md").write_text(lists, encoding="utf-8")
    env = "".join(f"{quoted(f'k {text}')} = {quoted(text)}\n" for text in TEXTS)
    env += "".join(f'{quoted(text)} = "key"\n' for text in TEXTS)
    bindings = (
        'scope = "scs-0501"\nuuid = "50393e61-2ae1-4c5c-a62c-3b75f2abef3f"\n'
        'variables = ["on", { name = "mode", default = "off" }]\n'
        '[values."scs-0100-size-X"]\nmain = ["1e3", "y"]\nrecommended = ["0x1F"]\n'
        '[parameters.spec]\ndescription = "null"\n'
        '[[script]]\nexecutable = "./a"\nargs = "1_000"\nsection = "no"\ntestcases = ["scs-*"]\n'
        f"[script.env]\n{env}"
    )
    (folder / "Tests").mkdir()
    (folder / "Tests" / "scs-cloud.bindings.toml").write_text(bindings, encoding="utf-8")


def texts(value, at):
    """All keys and values below are texts."""
    if isinstance(value, dict):
        for key, inner in value.items():
            assert isinstance(key, str), f"{at}: the key {key!r} is no text"
            texts(inner, f"{at}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            texts(inner, f"{at}[{index}]")
    else:
        assert isinstance(value, str), f"{at}: {value!r} is no text"


def is_url(value):
    return isinstance(value, str) and value.startswith("https://")


def keys(mapping, needed, allowed, at):
    assert needed <= set(mapping) <= needed | allowed, f"{at}: {sorted(mapping)}"


def manifest(data):
    """A manifest has the types and the references that scs-0003 asks for; gives its test cases."""
    needed = {"name", "uuid", "url", "scripts", "modules", "timeline", "versions"}
    keys(data, needed, {"prerequisite", "variables"}, "manifest")
    texts({key: data[key] for key in data if key not in ("timeline", "versions")}, "manifest")
    assert is_url(data["url"])
    testcases = {}
    for script in data["scripts"]:
        keys(script, {"testcases"}, {"executable", "env", "args"}, "script")
        for testcase in script["testcases"]:
            at = testcase["id"]
            keys(testcase, {"id", "url"}, {"lifetime", "section", "description"}, at)
            assert at not in testcases, f"{at} is there twice"
            assert is_url(testcase["url"]), at
            lifetime = testcase.get("lifetime", "week")
            assert lifetime in ("day", "week", "month", "quarter", "year"), at
            testcases[at] = testcase
    modules = {}
    for module in data["modules"]:
        at = module["id"]
        keys(module, {"id", "name", "url", "targets"}, {"parameters"}, at)
        assert at not in modules and is_url(module["url"]), at
        for ids in module["targets"].values():
            assert set(ids) <= set(testcases), f"{at}: {ids}"
        modules[at] = module
    versions = set()
    for version in data["versions"]:
        at = version["version"]
        keys(version, {"version", "include"}, {"stabilized_at"}, at)
        assert isinstance(at, str) and at not in versions, at
        versions.add(at)
        date = version.get("stabilized_at")
        assert date is None or type(date) is datetime.date, f"{at}: {date!r}"
        for include in version["include"]:
            include = {"ref": include} if isinstance(include, str) else include
            texts(include, at)
            given = set(include.get("parameters", {}))
            asked = set(modules[include["ref"]].get("parameters", {}))
            assert given == asked, f"{at}: {include}"
    for period in data["timeline"]:
        keys(period, {"date", "versions"}, set(), "timeline")
        assert type(period["date"]) is datetime.date, period
        assert set(period["versions"]) <= versions, period
        stable = {it["version"] for it in data["versions"] if "stabilized_at" in it}
        for version, validity in period["versions"].items():
            assert validity in ("draft", "effective", "warn", "deprecated"), period
            assert validity not in ("effective", "warn") or version in stable, period
    dates = [period["date"] for period in data["timeline"]]
    assert dates == sorted(dates, reverse=True), dates
    return testcases


def flavors(data):
    """The flavors of a standard have numbers where numbers are."""
    names = set()
    for group in data["flavor_groups"]:
        assert group["status"] in ("mandatory", "recommended"), group["status"]
        for flavor in group["list"]:
            for key, value in flavor.items():
                wanted = (int, float) if key in ("cpus", "ram", "disk") else str
                fits = isinstance(value, wanted) and not isinstance(value, bool)
                assert fits, f"{flavor['name']}: {key} is {value!r}"
            assert {"cpus", "ram"} <= set(flavor) and flavor["name"] not in names, flavor
            names.add(flavor["name"])
    return len(names)


def check(folder, coverage):
    import yaml  # only here: writing does without

    seen = {}
    for testcase in json.loads(coverage.read_text())["testcases"]:
        seen.setdefault(testcase["manifest"], {})[testcase["id"]] = testcase
    told = []
    for bindings in sorted(folder.rglob("*.bindings.toml")):
        path = bindings.with_name(bindings.name.replace(".bindings.toml", ".yaml"))
        testcases = manifest(yaml.safe_load(path.read_text(encoding="utf-8")))
        ours = seen[path.relative_to(folder).as_posix()]
        assert set(testcases) == set(ours), set(testcases) ^ set(ours)
        told.append(f"{path.name} with {len(testcases)} test cases")
    for path in sorted(folder.rglob("*-flavors.yaml")):
        count = flavors(yaml.safe_load(path.read_text(encoding="utf-8")))
        told.append(f"{path.name} with {count} flavors")
    difficult = folder / "Tests" / "scs-cloud.yaml"
    if difficult.exists():
        # What went in comes out.
        data = yaml.safe_load(difficult.read_text(encoding="utf-8"))
        env = data["scripts"][0]["env"]
        expected = {f"k {text}": text for text in TEXTS} | {text: "key" for text in TEXTS}
        assert env == expected, {key: env.get(key) for key in expected if env.get(key) != expected[key]}
        assert data["name"] == "2024-01-01" and data["variables"] == ["on", {"mode": "off"}]
    assert told
    print(f"PyYAML {yaml.__version__} reads " + ", ".join(told))


if __name__ == "__main__":
    command, *paths = sys.argv[1:]
    {"write": write, "check": check}[command](*map(pathlib.Path, paths))
