#!/usr/bin/env python3
"""Stops and hinders each command that writes, at each of its steps, and looks at what is left.

    ci/faults.py PROGRAM [COMMAND]...

strace ends the process before its k-th system call of a kind, for every k and every kind that changes
files, or lets that call fail. Besides, disks are full at every block, and read-only. Whatever happens, each
file is the old or the new one in full; what is left undone is done by the next run, and nothing lies about
after it. A lock of git itself that the process held stays, as after any git: it is for people to delete.
"""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# What changes files, or the right to; `?`: not every machine has all of them.
CHANGING = [
    "openat", "write", "fsync", "fdatasync", "fchmod", "chmod", "fchmodat", "rename", "renameat", "renameat2",
    "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "ftruncate", "flock", "pwrite64", "symlink",
]
ERRORS = {"openat": "EACCES", "write": "ENOSPC", "mkdir": "ENOSPC", "mkdirat": "ENOSPC"}
OTHERWISE = "EIO"
TEMPORARY = re.compile(r"(^|/)\.scs-doc-[A-Za-z0-9]{6}$")
JOURNAL = re.compile(r"(^|/)\.?scs-doc-unfinished\.json$")
ENVIRONMENT = {
    "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
}

FIELDS = "title: {title}\ntype: Standard\nstatus: {status}\ntrack: {track}\ndescription: About it.\n"
SECTIONS = "\n## Introduction\n\nText.\n\n## Motivation\n\nText.\n\n## Conformance Tests\n\n{tests}\n"
TABLE = ("| Test case | Level | Kind | Lifetime | Description |\n| --- | --- | --- | --- | --- |\n"
         "| `scs-0100-a` | main | automated | | A. |\n")
UUID = "50393e6f-2ae1-4c5c-a62c-3b75f2abef3f"
BINDINGS = f'scope = "scs-{{}}"\nuuid = "{UUID}"\n[[script]]\nexecutable = "./a"\ntestcases = ["scs-*"]\n'


def document(title="Flavors", status="Draft", more="", track="IaaS", tests="Text.", text=""):
    fields = FIELDS.format(title=title, status=status, track=track)
    return f"---\n{fields}{more}---\n{SECTIONS.format(tests=tests)}{text}"


def scope(title):
    subject = "\n## Subject Matter\n\n- [scs-0100-v1: Flavors](scs-0100-v1-flavors.md)\n"
    return f"---\n{FIELDS.format(title=title, status='Draft', track='Scopes')}---\n{subject}"


STABLE = "stabilized_at: 2024-02-08\n"
VERSIONS = {
    "Standards/scs-0100-v1-flavors.md": document(status="Stable", more=STABLE),
    "Standards/scs-0100-v2-flavors.md": document(more="replaces:\n  - scs-0100-v1-flavors.md\n"),
}
# By name: the files that there are, and the command. Each writes at least one file.
COMMANDS = {
    "check --fix": ({
        "Standards/scs-0100-v1-a.md": document(status="draft"),
        "Standards/scs-0101-v1-b.md": document(status="draft"),
        "Standards/scs-0102-v1-c.md": document(status="draft"),
    }, "check --fix"),
    "check --accept": ({
        "Standards/scs-0100-v1-a.md": document(status="Colour"),
        "scs-doc.toml": "default-branch = \"main\"\n",
    }, "check --accept --reason old"),
    "promote": (VERSIONS, "promote scs-0100-v2 --with-predecessor --date 2026-09-01"),
    "promote --commit": (VERSIONS, "promote scs-0100-v2 --with-predecessor --date 2026-09-01 --commit"),
    "promote --branch": (VERSIONS, "promote scs-0100-v2 --with-predecessor --date 2026-09-01 --commit --branch b"),
    "assign": ({
        **VERSIONS,
        "Standards/scs-xxxx-v1-live.md": document(title="Live"),
        "Standards/scs-xxxx-w1-live-notes.md":
            "---\ntitle: Notes\ntype: Supplement\ntrack: IaaS\nsupplements:\n  - scs-xxxx-v1-live.md\n---\n\nText.\n",
        "Standards/scs-0103-v1-other.md": document(title="Other", text="See [it](scs-xxxx-v1-live.md).\n"),
    }, "assign scs-xxxx-v1-live.md"),
    "new": (VERSIONS, "new --type standard --track iaas Live"),
    "index --format markdown": ({
        **VERSIONS, "INDEX.md": "# Index\n\n<!-- scs-doc index -->\n<!-- scs-doc index -->\n\nEnd.\n",
    }, "index --format markdown --out INDEX.md"),
    "index --format html": ({**VERSIONS, "site/index.html": "old"}, "index --format html --out site"),
    "manifest build": ({
        "Standards/scs-0100-v1-flavors.md": document(tests=TABLE),
        "Standards/scs-0501-v1-scs-cloud.md": scope("Cloud"),
        "Standards/scs-0502-v1-scs-more.md": scope("More"),
        "Tests/scs-cloud.bindings.toml": BINDINGS.format("0501"),
        "Tests/scs-more.bindings.toml": BINDINGS.format("0502").replace("5039", "6039"),
    }, "manifest build"),
    "init": ({"Standards/scs-0100-v1-a.md": document(status="Colour")}, "init"),
}


def git(root, *args):
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *args]
    done = subprocess.run(command, cwd=root, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    return done.stdout


def make(root, files):
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    git(root, "init", "--quiet", "--template=", "--initial-branch=main")
    for key, value in (("user.name", "T"), ("user.email", "t@example.org"), ("gc.auto", "0")):
        git(root, "config", key, value)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=first")


def state(root):
    """All files with their bytes, those of git left out; what is temporary by itself."""
    files, left = {}, []
    for place in sorted(root.rglob("*")):
        path = place.relative_to(root).as_posix()
        if not place.is_file() or place.is_symlink():
            continue
        if TEMPORARY.search(path) or JOURNAL.search(path):
            left.append(path)
        elif path.startswith(".git/"):
            if path.endswith(".lock"):
                left.append(path)
        else:
            files[path] = place.read_bytes()
    return files, left


def in_git(root):
    """What git says of the files, and the subjects of its commits."""
    return git(root, "status", "--porcelain"), git(root, "log", "--format=%s"), git(root, "branch")


class Fault(Exception):
    pass


class Trial:
    """One command, with what there is before and after it."""

    def __init__(self, program, name, folder):
        files, command = COMMANDS[name]
        self.program, self.name, self.folder = program, name, folder
        self.args = [*command.split(), "--as-of", "2026-08-21"]
        self.template = folder / "template"
        self.template.mkdir(parents=True)
        make(self.template, files)
        self.old, _ = state(self.template)
        with self.copy() as root:
            # What a command makes of a folder is what it makes in peace.
            done = self.run(root)
            self.status = done.returncode
            self.new, left = state(pathlib.Path(root))
            self.git_new = in_git(root)
            if left or self.old == self.new or self.status == 2:
                raise Fault(f"{name}: undisturbed: {self.status} {left} {done.stderr}")
        self.calls = self.trace()

    def copy(self):
        folder = tempfile.TemporaryDirectory(dir=self.folder)
        shutil.copytree(self.template, folder.name, dirs_exist_ok=True, symlinks=True)
        return folder

    def run(self, root, *before):
        return subprocess.run(
            [*before, self.program, *self.args], cwd=root, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120)

    def trace(self):
        """The calls that change files below the folder: kind, number among its kind, line."""
        with self.copy() as root, tempfile.NamedTemporaryFile("r") as log:
            traced = ",".join(f"?{kind}" for kind in CHANGING)
            self.run(root, "strace", "-y", "-o", log.name, "-e", f"trace={traced}", "-e", "signal=none")
            counts, calls = {}, []
            for line in log:
                found = re.match(r"(\w+)\(", line)
                if not found:
                    continue
                kind = found.group(1)
                counts[kind] = counts.get(kind, 0) + 1
                reads = kind == "openat" and "O_CREAT" not in line and "O_WRONLY" not in line
                if root in line and not (reads and "O_DIRECTORY" not in line and "Standards" not in line):
                    calls.append((kind, counts[kind], line.strip().replace(root, "")))
            return calls

    def hindered(self, what, kind, number):
        """Runs the command with a fault; yields what it said, and the folder after."""
        root = self.copy()
        inject = f"inject=?{kind}:{what}:when={number}"
        done = self.run(root.name, "strace", "-o", "/dev/null", "-e", f"trace=?{kind}", "-e", inject)
        return done, root

    def is_whole(self, files, where):
        for path in files.keys() | self.old.keys() | self.new.keys():
            if files.get(path) not in (self.old.get(path), self.new.get(path)):
                raise Fault(f"{where}: {path} is neither old nor new: {files.get(path)!r}")

    def stopped(self, signal, kind, number, line):
        where = f"{self.name}: {signal} before {kind} {number} ({line[:120]})"
        done, folder = self.hindered(f"signal={signal}", kind, number)
        with folder as name:
            root = pathlib.Path(name)
            files, _ = state(root)
            self.is_whole(files, where)
            if done.returncode >= 0 and done.returncode != 128 + 9:
                # It was not stopped: it does not come that far.
                raise Fault(f"{where}: was not stopped: {done.returncode} {done.stderr}")
            said = ""
            for _ in range(3):
                said += self.run(root).stderr
                # A lock of git that was held is there for people to judge, as after any git.
                for lock in (root / ".git").rglob("*.lock"):
                    lock.unlink()
            files, left = state(root)
            if left:
                raise Fault(f"{where}: {left} lie about after further runs: {said}")
            if files != self.new:
                raise Fault(f"{where}: not brought to its end by further runs: {said}")
            if in_git(root) != self.git_new and "was stopped while it made the commit" not in said:
                raise Fault(f"{where}: git: {in_git(root)} instead of {self.git_new}: {said}")

    def failed(self, kind, number, line):
        error = ERRORS.get(kind, OTHERWISE)
        where = f"{self.name}: {error} at {kind} {number} ({line[:120]})"
        done, folder = self.hindered(f"error={error}", kind, number)
        with folder as name:
            self.judge(done, pathlib.Path(name), where, may_leave=kind.startswith("unlink"))

    def judge(self, done, root, where, may_leave=False):
        """What could not be done leaves all as it was, or says what it left."""
        files, left = state(root)
        self.is_whole(files, where)
        half = "half written" in done.stderr
        if half and left:
            # What could not even be put back is in the journal: the next run tells of it and ends it.
            self.run(root)
            _, left = state(root)
        if left and not may_leave:
            raise Fault(f"{where}: {left} lie about: {done.stderr}")
        if done.returncode == 2:
            told = half or files == self.old
            if not done.stderr.startswith("scs-doc: ") or not told:
                changed = [path for path in files if files[path] != self.old.get(path)]
                raise Fault(f"{where}: {changed} are new; said: {done.stderr}{done.stdout}")
        elif done.returncode != self.status or files != self.new:
            raise Fault(f"{where}: {done.returncode} {done.stderr}")

    def full(self):
        """Runs the command on a disk with ever more free blocks, until they suffice. Returns how many."""
        for blocks in range(10_000):
            with Disk(self) as root:
                # Pages of 4 KiB; the last one that does not fit leaves none.
                with open(root / "ballast", "wb") as ballast:
                    free = os.statvfs(root).f_bavail
                    os.posix_fallocate(ballast.fileno(), 0, max(free - blocks, 1) * 4096)
                done = self.run(root)
                os.unlink(root / "ballast")
                self.judge(done, root, f"{self.name}: with {blocks} free blocks")
                if done.returncode != 2:
                    return blocks
        raise Fault(f"{self.name}: no disk is large enough")

    def read_only(self):
        with Disk(self) as root:
            subprocess.run(["mount", "-o", "remount,ro", root], check=True)
            done = self.run(root)
            self.judge(done, root, f"{self.name}: on a read-only disk")
            if done.returncode != 2:
                raise Fault(f"{self.name}: on a read-only disk: {done.returncode} {done.stderr}")
        for part in sorted({str(pathlib.Path(path).parent) for path in self.new}):
            with self.copy() as name:
                root = pathlib.Path(name)
                if not (root / part).is_dir():
                    continue
                os.chmod(root / part, 0o555)
                # Root writes everywhere, unless it has to do without that right.
                done = self.run(root, "setpriv", "--bounding-set=-dac_override", "--")
                os.chmod(root / part, 0o755)
                self.judge(done, root, f"{self.name}: {part} is read-only")


class Disk:
    """The files of a trial on a small disk of their own."""

    def __init__(self, trial):
        self.trial = trial
        self.place = tempfile.mkdtemp(dir=trial.folder)

    def __enter__(self):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", self.place], check=True)
        shutil.copytree(self.trial.template, self.place, dirs_exist_ok=True, symlinks=True)
        return pathlib.Path(self.place)

    def __exit__(self, *_):
        subprocess.run(["umount", self.place], check=True)
        os.rmdir(self.place)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    names = sys.argv[2:] or list(COMMANDS)
    faults = 0
    with tempfile.TemporaryDirectory() as place:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], capture_output=True)
        may_mount = mounted.returncode == 0
        if may_mount:
            subprocess.run(["umount", place], check=True)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(3) as pool:
        for name in names:
            trial = Trial(program, name, pathlib.Path(folder) / name.replace(" ", "-"))
            jobs = []
            for kind, number, line in trial.calls:
                jobs.append(pool.submit(trial.stopped, "SIGKILL", kind, number, line))
                jobs.append(pool.submit(trial.failed, kind, number, line))
                if kind.startswith(("rename", "link")):
                    for signal in ("SIGINT", "SIGTERM"):
                        jobs.append(pool.submit(trial.stopped, signal, kind, number, line))
            for job in jobs:
                try:
                    job.result()
                except Fault as fault:
                    faults += 1
                    print(f"!! {fault}")
            disks = "full and read-only disks passed over: nothing may be mounted here"
            try:
                if may_mount:
                    disks = "a read-only disk"
                    trial.read_only()
                    disks = f"full disks, until {trial.full()} blocks were free"
            except Fault as fault:
                faults += 1
                print(f"!! {fault}")
            kinds = {}
            for kind, _, _ in trial.calls:
                kinds[kind] = kinds.get(kind, 0) + 1
            counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
            print(f"{name}: stopped and failed at {len(trial.calls)} calls ({counted}); {disks}", flush=True)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
