"""The release, as far as it needs no hosting service."""

import hashlib
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = "x86_64-unknown-linux-musl"


class Release(unittest.TestCase):
    """The steps of the release that need no hosting service."""

    def test_the_checksums_of_a_release_are_those_that_the_action_looks_for(self):
        folder = Path(tempfile.mkdtemp(prefix="release-"))
        self.addCleanup(shutil.rmtree, folder)
        for path in ("ci/release.sh", "action/checksums.txt", "Cargo.toml", "CHANGELOG.md"):
            (folder / path).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / path, folder / path)

        def step(*args):
            done = subprocess.run(["bash", "ci/release.sh", *args], cwd=folder, capture_output=True)
            return done.returncode, done.stderr.decode()

        version = re.search('^version = "(.*)"$', (folder / "Cargo.toml").read_text(), re.M)[1]
        self.assertEqual(step("version", "v9.9.9")[0], 1)
        # The first release moves what is unreleased below its number.
        changes = folder / "CHANGELOG.md"
        changes.write_text(changes.read_text().replace("[Unreleased]", f"[{version}] - 2026-12-01"))
        self.assertEqual(step("version", f"v{version}"), (0, ""))
        (folder / "dist").mkdir()
        (folder / f"dist/scs-doc-{TARGET}").write_bytes(b"program")
        self.assertEqual(step("checksums", f"v{version}"), (0, ""))
        line = (folder / "action/checksums.txt").read_text().splitlines()[-1]
        expected = hashlib.sha256(b"program").hexdigest()
        self.assertEqual(line, f"{expected}  {version}/scs-doc-{TARGET}")


if __name__ == "__main__":
    unittest.main()
