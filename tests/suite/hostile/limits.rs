//! The tool as a process under hard limits, and what it took.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use wait4::Wait4 as _;

use super::table::{Ask, Case};

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

/// What makes root a user like any other: without these capabilities it reads only what it may.
const DENIED: [&str; 2] = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// Whether there is a way to run the tool so that not everything may be read.
pub fn can_be_denied() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    let tried = || Command::new(DENIED[0]).args([DENIED[1], "true"]).output();
    *CAN.get_or_init(|| !is_root() || tried().is_ok_and(|it| it.status.success()))
}

/// Runs the tool in a folder. It may not do there what only root may.
fn run(tool: &Path, dir: &Path, args: &[&str], says: &str, limits: Limits) -> Outcome {
    let (out, err) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
    let bounded = "ulimit -t \"$1\"; ulimit -v \"$2\"; shift 2; exec \"$@\"";
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", &PATIENCE.to_string(), "sh", "-c", bounded, "sh"]);
    command.args([&limits.seconds.to_string(), &ADDRESSES.to_string()]);
    if is_root() && can_be_denied() {
        command.args(DENIED);
    }
    command.arg(tool).args(args).current_dir(dir);
    command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
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

/// How a file begins, and whether it has a text in it. It is read piece by piece: what this process
/// has in memory counts for those that it starts afterwards.
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

/// The answer to a command, on the day of all tests.
fn answer(tool: &Path, dir: &Path, ask: &Ask, limits: Limits) -> Outcome {
    let mut args: Vec<&str> = ask.args.split(' ').collect();
    args.extend(["--as-of", "2026-08-21"]);
    run(tool, dir, &args, ask.says, limits)
}

impl Ask {
    /// What is wrong with an answer.
    fn wrong(&self, outcome: &Outcome, limits: Limits) -> Option<String> {
        let begin = &outcome.said;
        if outcome.status != Some(self.status) {
            return Some(format!(
                "expected exit status {}, got {:?} in {:?}: {begin}",
                self.status, outcome.status, outcome.time
            ));
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

/// Makes a case and asks all that is to be asked: what it took, and what is wrong with it.
pub fn judge(tool: &Path, case: &Case, limits: Limits) -> (Vec<Outcome>, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    (case.make)(dir.path());
    let outcomes: Vec<Outcome> =
        case.asks.iter().map(|ask| answer(tool, dir.path(), ask, limits)).collect();
    let wrong = case.asks.iter().zip(&outcomes).filter_map(|(ask, outcome)| {
        Some(format!("{}: {}: {}", case.name, ask.args, ask.wrong(outcome, limits)?))
    });
    let wrong = wrong.collect();
    // What may not be read cannot be taken away either.
    let opened = Command::new("chmod").args(["-R", "u+rwX"]).arg(dir.path()).status();
    assert!(opened.unwrap().success());
    (outcomes, wrong)
}
