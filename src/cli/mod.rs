//! The command line: arguments to the rooms above, and their answer to an exit status.

mod assign;
mod check;
#[cfg(feature = "github")]
mod comment;
mod config;
mod copies;
mod delivery;
mod explain;
mod format;
#[cfg(feature = "github")]
mod github;
mod graph;
mod index;
mod init;
mod manifest;
mod new;
mod pr;
mod promote;
#[cfg(feature = "github")]
mod propose;
mod rules;
mod schema;
mod shell;
mod status;
mod writing;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

use copies::Copies;
use format::levels;

use crate::change::Context;
use crate::config::{Config, ConfigProblem, FILE_NAME};
use crate::document::LineIndex;
use crate::edit::EditError;
use crate::finding::Level;
use crate::model::Date;
use crate::report::{Format, Report, Summary, View};
use crate::source::{Content, Kind, Snapshot, SourceError, find_root, read_file};

/// What the process tells the one that started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing at the level that fails, 0.
    Clean = 0,
    /// There are findings, 1.
    Found = 1,
    /// The command could not do its work, 2.
    Failed = 2,
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("{}", located(problem, text))]
    Config {
        problem: Box<ConfigProblem>,
        /// The text of the file.
        text: String,
    },
    #[error(transparent)]
    TooMany(#[from] crate::rules::TooMany),
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error(transparent)]
    Fix(#[from] crate::edit::FixError),
    #[error(transparent)]
    Commit(#[from] crate::edit::CommitError),
    #[error(transparent)]
    Name(#[from] crate::corpus::NameError),
    #[error(transparent)]
    Step(#[from] crate::edit::StepError),
    #[error(transparent)]
    Assign(#[from] crate::edit::AssignError),
    #[error(transparent)]
    Propose(#[from] crate::edit::ProposeError),
    #[error(transparent)]
    Build(#[from] crate::manifest::BuildError),
    #[error(transparent)]
    Introduction(#[from] crate::index::IntroductionError),
    #[error(transparent)]
    Scope(#[from] crate::manifest::ScopeError),
    #[cfg(feature = "github")]
    #[error(transparent)]
    Github(#[from] crate::github::GithubError),
    #[cfg(feature = "github")]
    #[error(transparent)]
    Push(#[from] crate::edit::PushError),
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// A condition of scs-0001 that is not fulfilled is a finding.
    fn status(&self) -> Status {
        match self {
            Failure::Step(error) if error.is_condition() => Status::Found,
            Failure::Assign(error) if error.is_condition() => Status::Found,
            Failure::Propose(error) if error.is_condition() => Status::Found,
            _ => Status::Failed,
        }
    }
}

/// Checks the documents of a standards repository against the process that scs-0001 describes.
#[derive(Debug, Parser)]
#[command(name = "scs-doc", version, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
struct Global {
    /// The repository [default: found upwards from the current folder]
    #[arg(long, global = true, value_name = "DIR")]
    repo: Option<PathBuf>,
    /// The configuration [default: scs-doc.toml at the root of the repository]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The day that "in effect" and "to come" refer to [default: today]
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    color: When,
    /// Errors only, no summary
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Notes too
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge the documents by all rules
    Check(check::Args),
    /// Judge a change: what a head does to the documents of its target
    Pr(pr::Args),
    /// Keep one comment on a pull request of GitHub: what `pr` said of it
    #[cfg(feature = "github")]
    Comment(comment::Args),
    /// Propose a document, its next version, or a supplement to it
    New(new::Args),
    /// Give a proposal its number, with its supplements and every reference to them
    Assign(assign::Args),
    /// Move a document one step on: Stable, Deprecated or Rejected, with date and references
    Promote(promote::Args),
    /// Tell where every document stands, since when, and what it waits for
    Status(status::Args),
    /// Render the index of all documents: a page, a site, feeds, JSON
    Index(index::Args),
    /// Draw which document replaces which, and what supplements it
    Graph(graph::Args),
    /// Test-suite manifests: what certifies a cloud, derived from the documents
    Manifest(manifest::Args),
    /// List the rules
    Rules(rules::Args),
    /// Show the page of a rule: why it is there, examples, what to do
    Explain(explain::Args),
    /// Show the effective configuration and where each value comes from
    Config(config::Args),
    /// Print a JSON Schema
    Schema(schema::Args),
    /// Set a repository up: configuration, workflows, hooks; what is there stays as it is
    Init(init::Args),
    /// Print the completions for a shell
    Completions(shell::CompletionsArgs),
    /// Write the manual pages into a folder
    Man(shell::ManArgs),
}

/// A problem of the configuration on one line.
fn located(problem: &ConfigProblem, text: &str) -> String {
    let at = LineIndex::new(text).position(problem.span.start);
    let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{}:{}:{}: {}{help}", problem.file, at.line, at.column, problem.message)
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected an existing day written YYYY-MM-DD".to_owned())
}

/// Runs the command line. Reports go to `out`, what went wrong to `err`.
///
/// A pipe that the reader closed is no error: the command ends silently.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Status {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(usage) => {
            let to_out = !usage.use_stderr();
            let text = usage.render().to_string();
            let _ = if to_out {
                out.write_all(text.as_bytes())
            } else {
                err.write_all(text.as_bytes())
            };
            let _ = out.flush();
            return if to_out { Status::Clean } else { Status::Failed };
        }
    };
    let result = execute(cli, out, err).and_then(|status| {
        out.flush()?;
        Ok(status)
    });
    match result {
        Ok(status) => status,
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Status::Clean,
        Err(failure) => {
            let _ = out.flush();
            complain(err, &failure);
            failure.status()
        }
    }
}

fn execute(cli: Cli, out: &mut dyn Write, err: &mut dyn Write) -> Result<Status, Failure> {
    let Cli { global, command } = cli;
    match command {
        Some(Command::Check(args)) => check::run(&global, &args, out, err),
        Some(Command::Pr(args)) => pr::run(&global, &args, out, err),
        #[cfg(feature = "github")]
        Some(Command::Comment(args)) => comment::run(&global, &args, out),
        Some(Command::New(args)) => new::run(&global, &args, out, err),
        Some(Command::Assign(args)) => assign::run(&global, &args, out, err),
        Some(Command::Promote(args)) => promote::run(&global, &args, out, err),
        Some(Command::Status(args)) => status::run(&global, &args, out, err),
        Some(Command::Index(args)) => index::run(&global, &args, out, err),
        Some(Command::Graph(args)) => graph::run(&global, &args, out, err),
        Some(Command::Manifest(args)) => manifest::run(&global, &args, out, err),
        Some(Command::Rules(args)) => rules::run(&args, out),
        Some(Command::Explain(args)) => explain::run(&global, &args, out),
        Some(Command::Config(args)) => config::run(&global, &args, out),
        Some(Command::Schema(args)) => schema::run(&args, out),
        Some(Command::Init(args)) => init::run(&global, &args, out, err),
        Some(Command::Completions(args)) => shell::completions(&args, out),
        Some(Command::Man(args)) => shell::man(&args, out),
        None => {
            let help = Cli::command().render_help();
            write!(out, "{help}")?;
            Ok(Status::Clean)
        }
    }
}

/// Reports a configuration that cannot be used in the format that was asked for.
fn report_config(
    global: &Global,
    (format, copies): (Format, Copies),
    fail_on: Level,
    (problem, text): (&ConfigProblem, &str),
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let findings = crate::rules::judge_config(problem);
    let summary = Summary::of(&findings, 0, 0);
    let report = Report::new(&findings, summary, vec![], None, (&problem.file, text));
    copies.write(&report, global, fail_on)?;
    report.write(format, global.view(fail_on), out)?;
    Ok(Status::Failed)
}

/// The largest context that is read, in bytes.
const MAX_CONTEXT: usize = 16 << 20;

/// What only the hosting service knows.
fn context(file: &Path) -> Result<Context, Failure> {
    let bytes = read_file(file)?;
    let name = file.display();
    if bytes.len() > MAX_CONTEXT {
        return Err(Failure::Usage(format!("{name}: is larger than {MAX_CONTEXT} bytes")));
    }
    Context::parse(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Failure::Usage(format!("{name}:{line}:{column}: no context of a pull request: {message}"))
    })
}

/// Writes a value as JSON, on lines of its own.
fn write_json(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn complain(err: &mut dyn Write, what: &dyn std::fmt::Display) {
    let _ = writeln!(err, "scs-doc: {}", crate::text::shown(&what.to_string()));
}

/// Whether to write colours (<https://no-color.org>, <https://bixense.com/clicolors>).
fn colors(when: When) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto => set("CLICOLOR_FORCE") || io::stdout().is_terminal(),
    }
}

impl Global {
    fn view(&self, fail_on: Level) -> View {
        View { color: colors(self.color), quiet: self.quiet, verbose: self.verbose, fail_on }
    }

    fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(Date::today)
    }

    fn root(&self) -> Result<PathBuf, Failure> {
        match &self.repo {
            Some(folder) if folder.is_dir() => Ok(folder.clone()),
            Some(folder) => Err(Failure::Usage(format!("{}: no such folder", folder.display()))),
            None => Ok(find_root(&std::env::current_dir()?)),
        }
    }

    /// The configuration: the file that `--config` names, else the one in the snapshot, else the
    /// defaults. With whether there is a file.
    fn configuration(&self, snapshot: &Snapshot) -> Result<(Config, bool), Failure> {
        let (path, bytes) = match &self.config {
            Some(file) => {
                let path = within(file, snapshot.root())?;
                let bytes = read_file(file)?;
                (path, bytes)
            }
            None => match snapshot.kind(FILE_NAME) {
                None => return Ok((Config::default(), false)),
                Some(Kind::File) => match snapshot.read(FILE_NAME)? {
                    Content::Bytes(bytes) => (FILE_NAME.to_owned(), bytes),
                    Content::Special => return Err(irregular(FILE_NAME)),
                },
                Some(Kind::Folder | Kind::Special) => return Err(irregular(FILE_NAME)),
            },
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::Usage(format!("{path}: is not UTF-8")))?;
        let config = Config::parse(&path, &text, crate::rules::ids());
        let config =
            config.map_err(|problem| Failure::Config { problem: Box::new(problem), text })?;
        let running = semver::Version::parse(env!("CARGO_PKG_VERSION")).ok();
        match (&config.required_version, running) {
            (Some(required), Some(running)) if !required.matches(&running) => {
                let why = format!("{path} asks for scs-doc {required}; this is {running}");
                Err(Failure::Usage(why))
            }
            _ => Ok((config, true)),
        }
    }
}

fn irregular(path: &str) -> Failure {
    Failure::Usage(format!("{path}: is not a regular file"))
}

/// How findings and changes name a file: relative to the repository, or absolute if it lies
/// elsewhere.
fn within(file: &Path, root: &Path) -> io::Result<String> {
    let file = file.canonicalize().or_else(|_| std::path::absolute(file))?;
    let root = root.canonicalize()?;
    let parts =
        |path: &Path| path.iter().map(|it| it.to_string_lossy()).collect::<Vec<_>>().join("/");
    Ok(file.strip_prefix(root).map_or_else(|_| file.to_string_lossy().into_owned(), parts))
}
