//! Repositories in memory and on disk, and the tool as a process.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Once;

use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use scs_doc::change::{Change, Circumstances, Configs, Context, Stage};
use scs_doc::config::FILE_NAME;
use scs_doc::corpus::Shelf;
use scs_doc::rules::judge_config;
use scs_doc::source::{Commit, Ends, Range};
use scs_doc::{Config, Corpus, Date, Finding, Snapshot, check, rules};
use tempfile::TempDir;

use crate::plain_git;

/// How many cases proptest makes: the same ones in every run, so that what fails is the change.
pub fn cases(count: u32) -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(1);
    ProptestConfig { failure_persistence: None, rng_seed, ..ProptestConfig::with_cases(count) }
}

/// The day of all tests.
pub fn today() -> Date {
    Date::parse("2026-08-21").unwrap()
}

pub type Files = Vec<(String, Vec<u8>)>;

/// All findings of a repository in memory, its configuration included.
pub fn judge(files: Files) -> Vec<Finding> {
    let toml = files.iter().find(|(path, _)| path == FILE_NAME);
    let text = toml.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).unwrap_or_default();
    let config = match Config::parse(FILE_NAME, &text, rules::ids()) {
        Ok(config) => config,
        Err(problem) => return judge_config(&problem),
    };
    let corpus = Corpus::load(&Snapshot::memory(files), &config, today()).unwrap();
    check(&corpus, &config).unwrap().findings
}

/// The sides of a change in memory, and its circumstances.
#[derive(Clone, Default)]
pub struct Sides {
    pub base: Files,
    pub head: Files,
    pub target: Option<Files>,
    pub context: Option<Context>,
    pub stage: Stage,
    pub messages: Vec<&'static str>,
}

impl Sides {
    /// The change; each side has its own configuration.
    pub fn load(&self) -> Change {
        let config = |files: &Files| {
            let toml = files.iter().find(|(path, _)| path == FILE_NAME);
            let text = toml.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap());
            Config::parse(FILE_NAME, &text.unwrap_or_default(), rules::ids()).unwrap()
        };
        let target = self.target.as_ref().unwrap_or(&self.base);
        let configs =
            Configs { base: config(&self.base), head: config(&self.head), target: config(target) };
        let commit = |(at, message): (usize, &&str)| Commit {
            id: format!("{at:040x}"),
            message: (*message).to_owned(),
        };
        let range = Range {
            base: Snapshot::memory(self.base.clone()),
            head: Snapshot::memory(self.head.clone()),
            ends: Ends { head: Some("a".repeat(40)), ..Ends::default() },
            target: self.target.clone().map(Snapshot::memory),
            commits: self.messages.iter().enumerate().map(commit).collect(),
        };
        let circumstances =
            Circumstances { as_of: today(), stage: self.stage, context: self.context.clone() };
        Change::load(&Shelf::default(), &range, configs, circumstances).unwrap()
    }
}

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, text) in files {
        write(dir.path(), path, text);
    }
    dir
}

pub fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let file = root.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

pub fn read(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join(path)).unwrap()
}

/// What the tool answered.
pub struct Answer {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// The tool as a process in `dir`, on the day of all tests, untouched by the environment.
pub fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scs-doc"));
    command.current_dir(dir).args(args);
    for (name, _) in std::env::vars() {
        let foreign =
            name.starts_with("GITHUB_") || name.starts_with("GIT_") || name.starts_with("CLICOLOR");
        if foreign || name == "CI" || name == "NO_COLOR" {
            command.env_remove(name);
        }
    }
    command
}

pub fn run(dir: &Path, args: &[&str]) -> Answer {
    let dated = [
        "check", "config", "pr", "promote", "assign", "new", "status", "index", "graph",
        "manifest", "init",
    ];
    let dated = dated.contains(&args.first().copied().unwrap_or_default());
    let mut command = command(dir, args);
    if dated {
        command.args(["--as-of", "2026-08-21"]);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    // Paths of this machine are nobody's business.
    let text = |bytes: Vec<u8>| {
        let canonical = dir.canonicalize().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.replace(&*canonical.to_string_lossy(), "[ROOT]")
            .replace(&*dir.to_string_lossy(), "[ROOT]")
    };
    Answer { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

/// git in `dir`, with an identity and without anybody's configuration.
pub fn git(dir: &Path, args: &[&str]) -> String {
    git_on("2026-01-01", dir, args)
}

/// git in `dir` as on a day.
pub fn git_on(day: &str, dir: &Path, args: &[&str]) -> String {
    let output = plain_git::command(day, dir, args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The real corpus at a revision, cloned into a folder of its own; `None`, with a visible line,
/// where it is not present.
pub fn real_corpus(revision: &str) -> Option<TempDir> {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/standards.bundle");
    if !bundle.is_file() {
        // Not `eprintln!`: the test harness keeps to itself what a passing test prints.
        static SAID: Once = Once::new();
        let line = "passed over: tests on the real corpus (no ../shared/corpus/standards.bundle)";
        SAID.call_once(|| _ = writeln!(std::io::stderr(), "{line}"));
        return None;
    }
    let dir = TempDir::new().unwrap();
    let bundle = bundle.canonicalize().unwrap();
    git(dir.path(), &["clone", "--quiet", "--branch", revision, &bundle.to_string_lossy(), "."]);
    Some(dir)
}

/// This repository.
pub fn own() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
