//! The tool as a process under hard limits, and what it took.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use wait4::Wait4 as _;

use super::table::Ask;

/// What a process may take at most. Time is that of processors, so that other work of the machine
/// does not count.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The time of processors, of all threads together, in seconds.
    pub seconds: u64,
    /// What is in memory at once, in bytes.
    pub memory: u64,
}

/// What the tool promises for any input.
pub const PROMISED: Limits = Limits { seconds: 10, memory: 1 << 30 };

/// What a program may take that is built like this one: without optimization it is slower.
pub const fn bounds() -> Limits {
    match cfg!(debug_assertions) {
        true => Limits { seconds: 120, ..PROMISED },
        false => PROMISED,
    }
}

/// The address space that a process may have, in KiB: stacks of threads and mapped files count
/// here. It keeps the machine alive; what is judged is [`Limits::memory`].
const ADDRESSES: u64 = 4 << 20;

/// When a process that waits for something that never comes is ended, in seconds.
const PATIENCE: u64 = 600;

/// What became of a process.
#[derive(Debug)]
pub struct Outcome {
    /// The exit status; `None` if a signal ended it.
    pub status: Option<i32>,
    /// How its output and its complaints begin.
    pub said: String,
    /// Whether they have what was asked for in them.
    pub has: bool,
    /// The time of processors.
    pub time: Duration,
    /// The most that was in memory at once, in bytes.
    pub memory: u64,
}

/// Runs the tool in a folder. It may not do there what only root may.
fn run(tool: &Path, dir: &Path, args: &[&str], says: &str, limits: Limits) -> Outcome {
    let (out, err) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
    let bounded = "ulimit -t \"$1\"; ulimit -v \"$2\"; shift 2; exec \"$@\"";
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", &PATIENCE.to_string(), "sh", "-c", bounded, "sh"]);
    command.args([&limits.seconds.to_string(), &ADDRESSES.to_string()]);
    // Root reads what nobody may read; without these capabilities it is a user like any other.
    if is_root() {
        command.args(["setpriv", "--bounding-set=-dac_override,-dac_read_search"]);
    }
    command.arg(tool).args(args).current_dir(dir);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let (to_out, to_err) = (out.try_clone().unwrap(), err.try_clone().unwrap());
    command.stdin(Stdio::null()).stdout(to_out).stderr(to_err);
    let used = command.spawn().unwrap().wait4().unwrap();
    let [(out, in_out), (err, in_err)] = [out, err].map(|file| looked_through(file, says));
    let time = used.rusage.utime + used.rusage.stime;
    Outcome {
        status: used.status.code(),
        said: out + &err,
        has: in_out || in_err,
        time,
        memory: used.rusage.maxrss,
    }
}

/// How a file begins, and whether it has a text in it. It is read piece by piece: what this process has in
/// memory once counts for those that it starts afterwards.
fn looked_through(mut file: File, text: &str) -> (String, bool) {
    file.rewind().unwrap();
    let (mut begin, mut window, mut has) = (String::new(), Vec::new(), false);
    loop {
        let mut piece = Vec::new();
        file.by_ref().take(1 << 16).read_to_end(&mut piece).unwrap();
        if piece.is_empty() {
            return (begin, has);
        }
        if begin.is_empty() {
            begin = String::from_utf8_lossy(&piece).chars().take(600).collect();
        }
        window.extend(piece);
        has = has || memchr::memmem::find(&window, text.as_bytes()).is_some();
        window.drain(..window.len().saturating_sub(text.len()));
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// The answer to a command, on the day of all tests.
pub fn answer(tool: &Path, dir: &Path, ask: &Ask, limits: Limits) -> Outcome {
    let mut args: Vec<&str> = ask.args.split(' ').collect();
    args.extend(["--as-of", "2026-08-21"]);
    run(tool, dir, &args, ask.says, limits)
}

impl Ask {
    /// What is wrong with an answer.
    pub fn wrong(&self, outcome: &Outcome, limits: Limits) -> Option<String> {
        let begin = &outcome.said;
        if outcome.status != Some(self.status) {
            return Some(format!("expected exit status {}: {begin}", self.status));
        }
        if !outcome.has {
            return Some(format!("expected `{}`: {begin}", self.says));
        }
        if outcome.time.as_secs() >= limits.seconds {
            return Some(format!("took {:?}", outcome.time));
        }
        (outcome.memory > limits.memory).then(|| format!("took {} MiB", outcome.memory >> 20))
    }
}
