"""The action on scripted repositories, with events as GitHub sends them.

SCS_DOC is the program, EVENTS the recorded events of @octokit/webhooks-examples."""

import copy
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import runner

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ["SCS_DOC"]).resolve()
EVENTS = json.loads(Path(os.environ["EVENTS"]).read_text())
TARGET = "x86_64-unknown-linux-musl"
CHECKSUM = hashlib.sha256(PROGRAM.read_bytes()).hexdigest()


def event(name, **fields):
    """The first recorded event of a name that has these fields."""
    examples = next(it["examples"] for it in EVENTS if it["name"] == name)
    fits = lambda it: all(it.get(key) == value for key, value in fields.items())
    return copy.deepcopy(next(filter(fits, examples)))


def document(title, status="Draft", more=""):
    return (
        f"---\ntitle: {title}\ntype: Standard\nstatus: {status}\n{more}track: IaaS\n"
        f"description: {title} is in order.\n---\n\n## Introduction\n\nClouds need it.\n\n"
        "## Motivation\n\nWithout it there is none.\n\n## Conformance Tests\n\nNone yet.\n"
    )


class Repository:
    """A repository at a hosting service, and the checkout that a runner has of it."""

    def __init__(self, folder):
        self.origin, self.folder = folder / "origin", folder / "checkout"
        self.origin.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "uploadpack.allowAnySHA1InWant", "true")
        self.put("Standards/scs-0100-v1-entropy.md", document("Entropy"))
        self.commit("first")

    def git(self, *args, at=None):
        env = {
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_NAME": "Test" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "test@example.org" for who in ("AUTHOR", "COMMITTER")},
        }
        at = at or self.origin
        done = subprocess.run(["git", *args], cwd=at, env=env, check=True, capture_output=True)
        return done.stdout.decode().strip()

    def put(self, path, text):
        file = self.origin / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def commit(self, message):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def branch(self, name):
        self.git("checkout", "--quiet", "-b", name, "main")

    def merged(self):
        """What GitHub merges to try it, as `refs/pull/1/merge`; the main branch goes on before."""
        head = self.git("rev-parse", "HEAD")
        base = self.git("rev-parse", "main")
        self.git("checkout", "--quiet", "--detach", base)
        self.git("merge", "--quiet", "--no-ff", "--message", "Merge", head)
        self.git("update-ref", "refs/pull/1/merge", "HEAD")
        return base, head

    def checkout(self, reference, *more):
        """As actions/checkout does."""
        self.folder.mkdir()
        at = self.folder
        self.git("init", "--quiet", at=at)
        self.git("remote", "add", "origin", f"file://{self.origin}", at=at)
        refs = ["+refs/heads/*:refs/remotes/origin/*"] if not more else []
        self.git("fetch", "--quiet", *more, "origin", f"+{reference}:refs/remotes/x", *refs, at=at)
        self.git("checkout", "--quiet", "--detach", "refs/remotes/x", at=at)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="action-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        self.action = self.folder / "action path"
        shutil.copytree(ROOT / "action", self.action / "action")
        for name in ("action.yml", "Cargo.toml", "Cargo.lock"):
            shutil.copy(ROOT / name, self.action)
        (self.action / "src").mkdir()
        self.released(CHECKSUM)
        self.cached(PROGRAM)
        self.repository = Repository(self.folder)

    def released(self, checksum, version="9.9.9"):
        lines = f"# releases\n{checksum}  {version}/scs-doc-{TARGET}\n"
        (self.action / "action/checksums.txt").write_text(lines)

    def cached(self, program):
        place = self.folder / f"tools/scs-doc/9.9.9/{TARGET}/scs-doc"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(program)

    def script(self, name, text):
        """A program on the path."""
        file = self.bin / name
        file.write_text(f"#!/usr/bin/env bash\nset -euo pipefail\n{text}\n")
        file.chmod(0o755)
        return file

    def run_action(self, name, payload, inputs=None, **more):
        env = {
            "RUNNER_TOOL_CACHE": str(self.folder / "tools"),
            "PATH": f"{self.bin}:{os.environ['PATH']}",
        }
        run = runner.run(
            self.action, self.repository.folder, name, payload, inputs, env | more.pop("env", {}), **more
        )
        foreign = {it[0] for it in run.commands} - {"error", "warning", "notice"}
        self.assertEqual(foreign, set(), run.log)
        self.assertLess(len(run.summary.encode()), 1 << 20)
        return run

    def pull_request(self, base, head, fork=False, **fields):
        payload = event("pull_request", action="opened")
        pull = payload["pull_request"]
        pull["base"]["sha"], pull["head"]["sha"] = base, head
        name = payload["repository"]["full_name"]
        pull["head"]["repo"]["full_name"] = "stranger/fork" if fork else name
        pull.update(fields)
        return payload

    def judged(self, inputs=None, fork=False, fields=None, **more):
        base, head = self.repository.merged()
        self.repository.checkout("refs/pull/1/merge")
        payload = self.pull_request(base, head, fork, **(fields or {}))
        return self.run_action("pull_request", payload, inputs, **more)

    def report(self, run):
        return json.loads(Path(run.outputs["report"]).read_text())


class Events(Case):
    def test_a_clean_pull_request(self):
        self.repository.branch("proposal")
        self.repository.put("Standards/scs-0101-v1-keys.md", document("Keys"))
        self.repository.commit("a proposal")
        run = self.judged()
        self.assertEqual(run.status, 0, run.log)
        expected = {"errors": "0", "warnings": "0", "verdict": "pass"}
        self.assertEqual(run.outputs, run.outputs | expected)
        self.assertEqual(run.annotations("error"), [])
        self.assertTrue(run.summary.startswith("### "), run.summary)
        self.assertIn("scs-0101-v1", run.summary)
        self.assertEqual(run.steps, ["Find scs-doc", "Judge", "Keep the report"])
        kept = run.used["actions/upload-artifact"]
        self.assertEqual((kept["name"], kept["path"]), ("scs-doc-report", run.outputs["report"]))
        change = self.report(run)["change"]
        self.assertEqual((change["kinds"], change["stage"]), (["proposal"], "proposal"))
        sarif = json.loads(Path(run.outputs["sarif"]).read_text())
        self.assertEqual(sarif["version"], "2.1.0")

    def two_standards(self):
        self.repository.branch("two")
        for number in ("0101", "0102"):
            self.repository.put(f"Standards/scs-{number}-v1-a.md", document(f"Number {number}"))
        return self.repository.commit("two standards")

    def test_two_standards(self):
        self.two_standards()
        run = self.judged({"sarif": "true"})
        self.assertEqual(run.status, 1)
        self.assertEqual(run.outputs["verdict"], "fail")
        self.assertGreaterEqual(int(run.outputs["errors"]), 1)
        titles = {pairs["title"] for pairs, _ in run.annotations("error")}
        self.assertIn("change-one-document", titles)
        # All from the same run, and there before it fails.
        rules = {it["rule"] for it in self.report(run)["findings"]}
        sarif = json.loads(Path(run.outputs["sarif"]).read_text())
        self.assertEqual({it["ruleId"] for it in sarif["runs"][0]["results"]}, rules)
        self.assertIn("change-one-document", run.summary)
        self.assertIn("github/codeql-action/upload-sarif", run.used)
        self.assertEqual(run.steps[-1], "Verdict")

    def test_a_promotion(self):
        self.repository.branch("promotion")
        path = "Standards/scs-0100-v1-entropy.md"
        self.repository.put(
            path, document("Entropy", "Stable", "stabilized_at: 2026-01-01\n")
        )
        self.repository.commit("stable")
        run = self.judged({"fail-on": "error"})
        self.assertEqual(self.report(run)["change"]["kinds"], ["promotion"])
        self.assertEqual(run.outputs["verdict"], "pass", run.log)
        self.assertIn("promotion", run.summary)
        # Nothing tests it.
        self.assertGreaterEqual(int(run.outputs["warnings"]), 1)
        self.assertEqual(len(run.annotations("warning")), int(run.outputs["warnings"]))

    def test_a_fork_has_no_right_to_write(self):
        self.two_standards()
        run = self.judged({"sarif": "true", "comment": "true"}, fork=True)
        self.assertEqual(run.status, 1)
        self.assertEqual(run.steps, ["Find scs-doc", "Judge", "Keep the report", "Verdict"])
        self.assertIn("actions/upload-artifact", run.used)

    def test_a_fork_that_is_gone(self):
        self.two_standards()
        base, head = self.repository.merged()
        self.repository.checkout("refs/pull/1/merge")
        payload = self.pull_request(base, head)
        payload["pull_request"]["head"]["repo"] = None
        run = self.run_action("pull_request", payload, {"comment": "true", "sarif": "true"})
        self.assertEqual(run.steps, ["Find scs-doc", "Judge", "Keep the report", "Verdict"])

    def test_a_merge_group(self):
        self.repository.branch("proposal")
        self.repository.put("Standards/scs-xxxx-v1-keys.md", document("Keys"))
        self.repository.commit("a proposal without a number")
        base, _ = self.repository.merged()
        self.repository.checkout("refs/pull/1/merge")
        payload = event("merge_group", action="checks_requested")
        head = self.repository.git("rev-parse", "HEAD")
        payload["merge_group"] |= {"base_sha": base, "head_sha": head}
        run = self.run_action("merge_group", payload)
        self.assertEqual((run.status, run.outputs["verdict"]), (1, "fail"), run.log)
        self.assertEqual(self.report(run)["change"]["stage"], "merge")
        self.assertEqual(run.used, {})

    def test_a_push_checks_all(self):
        self.repository.put("Standards/scs-0101-v1-keys.md", document("Keys", "draft"))
        self.repository.commit("bad")
        self.repository.checkout("refs/heads/main")
        run = self.run_action("push", event("push"))
        self.assertEqual((run.status, run.outputs["errors"]), (1, "1"), run.log)
        self.assertNotIn("change", self.report(run))
        self.assertEqual(self.report(run)["summary"]["documents"], 2)
        self.assertEqual(run.annotations("error")[0][0]["title"], "field-value")

    def test_the_stage_and_the_level_can_be_set(self):
        self.repository.branch("proposal")
        self.repository.put("Standards/scs-xxxx-v1-keys.md", document("Keys"))
        self.repository.commit("a proposal without a number")
        base, head = self.repository.merged()
        self.repository.checkout("refs/pull/1/merge")
        payload = self.pull_request(base, head)
        self.assertEqual(self.run_action("pull_request", payload).status, 0)
        for inputs in ({"stage": "merge"}, {"fail-on": "note"}):
            self.assertEqual(self.run_action("pull_request", payload, inputs).status, 1)

    def test_a_shallow_checkout_gets_what_it_needs(self):
        self.two_standards()
        base, head = self.repository.merged()
        self.repository.checkout("refs/pull/1/merge", "--depth=1")
        run = self.run_action("pull_request", self.pull_request(base, head))
        self.assertEqual(run.outputs["verdict"], "fail", run.log)

    def test_a_commit_that_is_nowhere(self):
        self.two_standards()
        base, _ = self.repository.merged()
        self.repository.checkout("refs/pull/1/merge")
        run = self.run_action("pull_request", self.pull_request(base, "a" * 40))
        self.assertEqual(run.status, 2)
        self.assertIn("fetch-depth: 0", run.annotations("error")[0][1])

    def test_a_configuration_that_cannot_be_used(self):
        self.repository.branch("proposal")
        self.repository.put("scs-doc.toml", "standard = 1\n")
        self.repository.commit("bad")
        run = self.judged()
        self.assertEqual((run.status, run.outputs["verdict"]), (2, "error"))
        self.assertEqual(run.annotations("error")[0][0]["file"], "scs-doc.toml")

    def test_inputs_that_are_wrong(self):
        self.two_standards()
        base, head = self.repository.merged()
        self.repository.checkout("refs/pull/1/merge")
        payload = self.pull_request(base, head)
        for inputs, why in [
            ({"command": "judge; id"}, "expected auto, pr, check or comment"),
            ({"fail-on": "$(id)"}, ""),
            ({"stage": "both"}, ""),
            ({"config": "nowhere.toml"}, "nowhere.toml"),
            ({"version": "1.2.3"}, "lists no scs-doc 1.2.3"),
        ]:
            with self.subTest(inputs=inputs):
                run = self.run_action("pull_request", payload, inputs)
                self.assertEqual(run.status, 2, run.log)
                self.assertIn(why, run.annotations("error")[-1][1])
        run = self.run_action("push", event("push"), {"command": "pr"})
        self.assertIn("needs the event pull_request", run.annotations("error")[-1][1])


class Programs(Case):
    """Where the program comes from."""

    def setUp(self):
        super().setUp()
        self.repository.checkout("refs/heads/main")
        shutil.rmtree(self.folder / "tools")

    def push(self, inputs=None, **more):
        return self.run_action("push", event("push"), inputs, **more)

    def curl(self, source):
        self.script(
            "curl",
            f'while (($#)); do case "$1" in --output) cp "{source}" "$2" ;; '
            f'https:*) printf "%s\\n" "$1" >>"{self.folder}/curl" ;; esac; shift; done',
        )

    def test_a_release_is_downloaded_once(self):
        self.curl(PROGRAM)
        for _ in range(2):
            self.assertEqual(self.push().outputs["verdict"], "pass")
        urls = (self.folder / "curl").read_text().splitlines()
        self.assertEqual(len(urls), 1)
        self.assertTrue(urls[0].endswith(f"/scs-doc/releases/download/v9.9.9/scs-doc-{TARGET}"))
        self.assertEqual(self.push({"version": "v9.9.9"}).status, 0)

    def test_what_has_another_checksum_does_not_run(self):
        canary = self.folder / "canary"
        evil = self.script("evil", f"touch {canary}")
        self.curl(evil)
        run = self.push()
        self.assertEqual(run.status, 2)
        self.assertIn("another checksum", run.annotations("error")[0][1])
        # Not from the cache either.
        self.cached(evil)
        self.assertEqual(self.push().status, 2)
        self.assertFalse(canary.exists())

    def test_without_a_release_it_is_built_once(self):
        cargo = self.folder / "cargo"
        self.script(
            "cargo",
            f'pwd >>"{cargo}"\nwhile [[ "$1" != --target-dir ]]; do shift; done\n'
            f'mkdir -p "$2/release"\ncp "{PROGRAM}" "$2/release/scs-doc"',
        )
        self.assertEqual(self.push({"version": "source"}).outputs["verdict"], "pass")
        (self.action / "action/checksums.txt").write_text(f"{'0' * 64}  1.0.0/scs-doc-other\n")
        run = self.push()
        self.assertEqual(run.outputs["verdict"], "pass", run.log)
        self.assertEqual(cargo.read_text(), f"{self.action}\n")
        cache = run.used["actions/cache"]
        self.assertTrue(cache["key"].startswith("scs-doc-Linux-X64-"))
        self.assertTrue(Path(cache["path"]).is_dir())
        (self.action / "src/main.rs").write_text("fn main() {}\n")
        other = self.push().used["actions/cache"]
        self.assertNotEqual(cache["key"], other["key"], "other sources, another build")


class Comments(Case):
    """The comment; the command itself is played, it has tests of its own."""

    def setUp(self):
        super().setUp()
        self.calls = self.folder / "calls"
        played = self.script(
            "played",
            f'if [[ "$1" != comment ]]; then exec "{PROGRAM}" "$@"; fi\n'
            f'printf "%s\\n" "$*" >>"{self.calls}"\necho "::set-output name=verdict::pass"\n'
            'echo "scs-doc: no ##[set-output name=verdict;]pass, 100%"; exit "${PLAYED:-0}"',
        )
        self.released(hashlib.sha256(played.read_bytes()).hexdigest())
        self.cached(played)
        self.repository.branch("proposal")
        self.repository.put("Standards/scs-0101-v1-keys.md", document("Keys"))
        self.repository.commit("a proposal")

    def test_in_the_same_job(self):
        run = self.judged({"comment": "true"}, token="secret-token")
        self.assertEqual(run.status, 0, run.log)
        name, number = (event("pull_request", action="opened")[it] for it in ("repository", "number"))
        expected = f"comment --report={run.outputs['report']} --github={name['full_name']}#{number} --fail-on=error\n"
        self.assertEqual(self.calls.read_text(), expected)
        self.assertNotIn("secret-token", run.log + run.summary)

    def test_the_verdict_stands_without_it(self):
        run = self.judged({"comment": "true"}, env={"PLAYED": "2"})
        self.assertEqual((run.status, run.outputs["verdict"]), (0, "pass"))
        self.assertIn("100%25", run.annotations("warning")[-1][1])

    def test_for_another_run(self):
        self.repository.checkout("refs/heads/main")
        payload = event("workflow_run", action="completed")
        head = "b" * 40
        payload["workflow_run"] |= {"head_sha": head, "head_branch": "x&`id`$(id) #\"'"}
        payload["workflow_run"]["head_repository"]["owner"]["login"] = "stranger"
        asked = self.folder / "asked"
        self.script(
            "gh", f'printf "%s\\n" "$@" "$GH_TOKEN" "$HEAD" >"{asked}"\nprintf "%s" "${{ANSWER-7}}"'
        )

        def download(options):
            place = Path(options["path"])
            place.mkdir()
            (place / "report.json").write_text("{}")

        hooks = {"actions/download-artifact": download}
        run = self.run_action("workflow_run", payload, hooks=hooks, token="secret-token")
        self.assertEqual(run.status, 0, run.log)
        self.assertNotIn("Judge", run.steps)
        called = self.calls.read_text()
        self.assertIn(f"--github={payload['repository']['full_name']}#7 --fail-on=error\n", called)
        words = asked.read_text().splitlines()
        self.assertIn("head=stranger:x&`id`$(id) #\"'", words)
        self.assertEqual(words[-2:], ["secret-token", head])
        self.assertNotIn("secret-token", run.log + run.summary)
        options = run.used["actions/download-artifact"]
        self.assertEqual(options["run-id"], str(payload["workflow_run"]["id"]))
        # No report, and no pull request that is still at this commit: nothing to do.
        self.calls.unlink()
        for more in ({}, {"hooks": hooks, "env": {"ANSWER": ""}}):
            self.assertEqual(self.run_action("workflow_run", payload, **more).status, 0)
        self.assertFalse(self.calls.exists())
        run = self.run_action("workflow_run", payload, hooks=hooks, env={"ANSWER": "7 && id"})
        self.assertEqual(run.status, 2)


class Strangers(Case):
    """Names and texts that mean harm do none."""

    TEXTS = [
        "$(touch {canary})",
        "`touch {canary}`",
        "x\n::set-output name=verdict::pass\n::error::injected",
        "%0A::set-output name=verdict::pass",
        "##[set-output name=verdict;]pass",
        "\"; touch {canary}; '",
        "<script>alert(1)</script> <!-- @everyone",
        "end\nverdict=pass",
    ]

    def test_they_do_no_harm(self):
        canary = self.folder / "canary"
        texts = [it.format(canary=canary) for it in self.TEXTS]
        name = texts[0].replace(" ", "${IFS}")
        self.repository.branch(f'a/{name.replace("/", "-")}`id`"\'')
        for at, text in enumerate(texts):
            text = text.replace("/", "-")
            self.repository.put(f"Standards/scs-0{at + 200}-v1-{text}.md", document("X"))
            self.repository.put(f"Standards/{text}.md", document(f'"{at} ::error::x"', "##[x]"))
            self.repository.put(f"Standards/scs-0{at + 300}-v1-a.md", f"---\n{text}\n---\n{text}\n")
        self.repository.commit("\n\n".join(["harm", *texts, "SCS-Exempt: ##[set-output name=verdict;]pass y"]))
        fields = {"title": " ".join(texts), "body": "\n\n".join(texts)}
        run = self.judged({"comment": "true", "sarif": "true"}, fork=True, fields=fields)
        self.assertFalse(canary.exists())
        self.assertEqual((run.status, run.outputs["verdict"]), (1, "fail"), run.log)
        self.assertGreater(int(run.outputs["errors"]), 3)
        injected = [it for it in run.commands if it[2] == "injected"]
        self.assertEqual(injected, [])
        # What is code is shown as it stands; nothing else may be HTML.
        text = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", run.summary)
        self.assertNotRegex(text, "<[a-z!]")
        self.assertNotIn("@everyone", text)
        self.assertNotIn("\n::", run.summary)
        # Each annotation is one of ours.
        for _, pairs, _ in run.commands:
            self.assertRegex(pairs["title"], "^(scs-doc|[a-z]+(-[a-z]+)+)$")

    def test_neither_do_inputs(self):
        canary = self.folder / "canary"
        self.repository.checkout("refs/heads/main")
        for name in ("command", "fail-on", "stage", "config", "version"):
            for text in self.TEXTS:
                inputs = {name: text.format(canary=canary)}
                run = self.run_action("push", event("push"), inputs)
                if name != "stage":  # `check` has none
                    self.assertEqual(run.status, 2, run.log)
        self.assertFalse(canary.exists())


if __name__ == "__main__":
    unittest.main()
