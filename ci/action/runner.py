"""Runs the steps of a composite action as a runner of GitHub does: in their order, with its
environment and files, and with its reading of the log. Steps that use other actions are recorded."""

import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

TOKENS = re.compile(r"\s*(\|\||&&|==|!=|!|\(|\)|'(?:[^']|'')*'|[A-Za-z_][\w.-]*|\d+)")


def evaluate(text, contexts):
    """An expression, in the few forms that our files use (`||`, `&&`, `==`, `!=`, `!`)."""
    tokens, at = [], 0
    while text[at:].strip():
        match = TOKENS.match(text, at)
        assert match, f"not understood: {text[at:]!r}"
        tokens.append(match[1])
        at = match.end()

    def value():
        token = tokens.pop(0)
        if token == "(":
            inner = either()
            assert tokens.pop(0) == ")"
            return inner
        if token == "!":
            return not value()
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if token in ("true", "false"):
            return token == "true"
        if token.isdigit():
            return int(token)
        found = contexts
        assert token.split(".")[0] in contexts, f"no context {token}"
        for part in token.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def compared():
        left = value()
        while tokens and tokens[0] in ("==", "!="):
            same = tokens.pop(0) == "=="
            right = value()
            # Text is compared without regard to case.
            left, right = (it.lower() if isinstance(it, str) else it for it in (left, right))
            left = (left == right) == same
        return left

    def both():
        left = compared()
        while tokens and tokens[0] == "&&":
            tokens.pop(0)
            right = compared()
            left = right if left else left
        return left

    def either():
        left = both()
        while tokens and tokens[0] == "||":
            tokens.pop(0)
            right = both()
            left = left or right
        return left

    result = either()
    assert not tokens, f"left over: {tokens}"
    return result


def filled(text, contexts):
    """A text with its `${{ … }}`."""

    def one(match):
        found = evaluate(match[1], contexts)
        return {None: "", True: "true", False: "false"}.get(found, str(found))

    return re.sub(r"\$\{\{(.*?)\}\}", one, str(text), flags=re.DOTALL)


def outputs_of(text):
    """The file of outputs, strictly."""
    outputs, lines = {}, text.split("\n")
    assert lines.pop() == "", "the last line ends"
    while lines:
        line = lines.pop(0)
        if match := re.fullmatch(r"([A-Za-z_-]+)<<(\S+)", line):
            value = []
            while (line := lines.pop(0)) != match[2]:
                value.append(line)
            outputs[match[1]] = "\n".join(value)
        else:
            name, equals, value = line.partition("=")
            assert equals and re.fullmatch(r"[A-Za-z_-]+", name), line
            outputs[name] = value
    return outputs


def commands_of(log):
    """The commands that a runner finds in a log (ActionCommandManager): `::name …::` at the
    beginning of a line, else `##[name …]` anywhere in it."""
    stopped, commands = None, []
    for line in re.split(r"\r\n|\r|\n", log):
        match = re.match(r"\s*::([A-Za-z-]+)(?: (.*?))?::(.*)$", line)
        if stopped:
            if line.strip() == f"::{stopped}::":
                stopped = None
            continue
        match = match or re.search(r"##\[([A-Za-z-]+)(?: (.*?))?\](.*)$", line)
        if not match:
            continue
        name, properties, data = match[1].lower(), match[2] or "", match[3]
        if name == "stop-commands":
            stopped = data
            continue
        pairs = dict(it.partition("=")[::2] for it in re.split("[,;]", properties) if it)
        commands.append((name, pairs, data))
    assert stopped is None, "commands are on again at the end"
    return commands


@dataclass
class Run:
    status: int = 0
    outputs: dict = field(default_factory=dict)
    log: str = ""
    summary: str = ""
    """Names of the steps that ran."""
    steps: list = field(default_factory=list)
    """What was used, and with what."""
    used: dict = field(default_factory=dict)
    commands: list = field(default_factory=list)

    def annotations(self, level):
        return [(pairs, data) for name, pairs, data in self.commands if name == level]


def run(action, workspace, event, payload, inputs=None, env=None, token="", hooks=None):
    """Runs the action in a folder. `hooks` stand in for actions that it uses, by their names."""
    meta = YAML(typ="safe").load(action / "action.yml")
    temp = Path(tempfile.mkdtemp(prefix="runner-", dir=workspace.parent))
    given = {name: it.get("default", "") for name, it in meta["inputs"].items()}
    assert set(inputs or {}) <= set(given)
    given |= inputs or {}
    repository = payload["repository"]["full_name"]
    contexts = {
        "inputs": given,
        "steps": {},
        "runner": {"temp": str(temp)},
        "github": {
            "event": payload,
            "event_name": event,
            "repository": repository,
            "token": token,
        },
    }
    (temp / "event.json").write_text(json.dumps(payload))
    base = {
        "PATH": os.environ["PATH"],
        "HOME": str(temp),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": str(temp / "event.json"),
        "GITHUB_REPOSITORY": repository,
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_API_URL": "http://127.0.0.1:9",
        "GITHUB_SERVER_URL": "https://github.com",
        "RUNNER_TEMP": str(temp),
        "RUNNER_OS": "Linux",
        "RUNNER_ARCH": "X64",
        **(env or {}),
    }
    result = Run()
    failed = False
    for step in meta["runs"]["steps"]:
        if failed or not evaluate(step.get("if", "true"), contexts):
            continue
        result.steps.append(step["name"])
        outputs, status = {}, 0
        if "uses" in step:
            name, _, revision = step["uses"].partition("@")
            assert re.fullmatch("[0-9a-f]{40}", revision), step["uses"]
            options = {key: filled(it, contexts) for key, it in step.get("with", {}).items()}
            result.used[name] = options
            if hooks and name in hooks:
                hooks[name](options)
        else:
            assert step["shell"] == "bash" and "${{" not in step["run"], step
            files = {}
            for name in ("OUTPUT", "STEP_SUMMARY", "ENV", "PATH"):
                files[f"GITHUB_{name}"] = temp / f"{len(result.steps)}-{name}"
                files[f"GITHUB_{name}"].touch()
            (temp / "script.sh").write_text(step["run"])
            own = {key: filled(it, contexts) for key, it in step.get("env", {}).items()}
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", temp / "script.sh"],
                cwd=workspace,
                env=base | own | {key: str(it) for key, it in files.items()},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            log = done.stdout.decode(errors="replace")
            result.log += log
            result.commands += commands_of(log)
            status = done.returncode
            outputs = outputs_of(files["GITHUB_OUTPUT"].read_text())
            result.summary += files["GITHUB_STEP_SUMMARY"].read_text()
            for name in ("GITHUB_ENV", "GITHUB_PATH"):
                assert files[name].read_text() == "", f"{name} is left alone"
        if "id" in step:
            contexts["steps"][step["id"]] = {"outputs": outputs}
        if status and not step.get("continue-on-error"):
            failed, result.status = True, status
    result.outputs = {
        name: filled(it["value"], contexts) for name, it in meta["outputs"].items()
    }
    return result
