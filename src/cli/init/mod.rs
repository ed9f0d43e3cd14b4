//! `scs-doc init`

use std::io::Write;
use std::path::Path;

use super::delivery::{Manner, place};
use super::writing::lock;
use super::{Failure, Global, Status};
use crate::config::{Config, FILE_NAME};
use crate::corpus::{Corpus, standards_folder};
use crate::edit::accept;
use crate::finding::Level;
use crate::rules;
use crate::source::{Snapshot, hosted_as, main_branch};
use crate::text::counted;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print what would be written as a diff, and write nothing
    #[arg(long)]
    diff: bool,
    /// Say what would be written, and write nothing
    #[arg(long, conflicts_with = "diff")]
    dry_run: bool,
}

/// Where the project is.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// Why findings that are there already are accepted.
const REASON: &str = "before scs-doc";

/// The folder of documents in a repository that has none yet.
const FOLDER: &str = "standards";

/// What lefthook calls its configuration.
const LEFTHOOK: [&str; 6] = [
    "lefthook.yml",
    "lefthook.yaml",
    "lefthook.toml",
    "lefthook.json",
    ".lefthook.yml",
    ".lefthook.yaml",
];

const PRE_COMMIT: [&str; 2] = [".pre-commit-config.yaml", ".pre-commit-config.yml"];

/// What is to be written, and what is to be said about it.
#[derive(Default)]
struct Plan {
    files: Vec<(String, String)>,
    remarks: Vec<String>,
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    if global.config.is_some() {
        let why =
            format!("init writes {FILE_NAME} at the root of the repository, without --config");
        return Err(Failure::Usage(why));
    }
    let root = global.root()?;
    let manner = match (args.diff, args.dry_run) {
        (true, _) => Manner::Diff,
        (_, true) => Manner::Say,
        _ => Manner::Write,
    };
    if manner == Manner::Write {
        // What an earlier run left is finished first; the files are written under a lock of their own.
        drop(lock(&root)?);
    }
    let plan = plan(global, &root)?;
    let written = place(&plan.files, (&root, &root), manner, out)?;
    if !global.quiet {
        // A diff goes into `git apply` as it is.
        let talk: &mut dyn Write = if args.diff { &mut *err } else { &mut *out };
        for file in written.iter() {
            writeln!(talk, "{} {}", manner.verb(), file.path)?;
        }
        plan.remarks.iter().try_for_each(|line| writeln!(talk, "{line}"))?;
        talk.flush()?;
    }
    Ok(Status::Clean)
}

fn plan(global: &Global, root: &Path) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let mut snapshot = Snapshot::work_tree(root)?;
    let (known, exists) = global.configuration(&snapshot)?;
    let folder = standards_folder(&snapshot, &known).ok();
    if folder.is_none() && !exists {
        let path = format!("{FOLDER}/README.md");
        snapshot.set(&path, include_str!("README.md").into());
        plan.add(root, &path, include_str!("README.md"));
    }
    let branch = match exists {
        true => Some(known.default_branch.clone()),
        false => main_branch(root),
    };
    let is_plain = |name: &String| {
        name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b'/'))
    };
    let branch = branch.filter(is_plain).unwrap_or(known.default_branch.clone());
    if exists {
        plan.leave(FILE_NAME);
        let found = rules::check(&Corpus::load(&snapshot, &known, global.as_of())?, &known)?;
        if found.findings.iter().any(|it| it.level > Level::Note) {
            plan.remarks.push(format!(
                "  what is found today fails: repair it, or accept it with `scs-doc check --accept --reason \"{REASON}\"`"
            ));
        }
    } else {
        let folder = folder.unwrap_or_else(|| FOLDER.to_owned());
        let text = configuration(&folder, hosted_as(root).as_deref(), &branch);
        plan.configure(global, &snapshot, &text)?;
    }
    let filled = |text: &str| {
        let action = HOME.trim_start_matches("https://github.com/");
        text.replace("%ACTION%", action).replace("%BRANCH%", &branch).replace("%HOME%", HOME)
    };
    for (name, text) in [
        ("standards.yml", include_str!("standards.yml")),
        ("standards-comment.yml", include_str!("standards-comment.yml")),
    ] {
        plan.add(root, &format!(".github/workflows/{name}"), &filled(text));
    }
    plan.hook(root);
    plan.remarks.push(
        "next: read what was written, commit it, and require the check `Standards` for the branch that changes go to"
            .to_owned(),
    );
    Ok(plan)
}

/// The configuration of a repository that has none.
fn configuration(folder: &str, repository: Option<&str>, branch: &str) -> String {
    let defaults = Config::default();
    let mut lines = vec![
        format!("# What each key means: {HOME}/blob/main/docs/configuration.md"),
        format!("standards = \"{folder}\""),
    ];
    // What cannot be guessed stays as it is by default, to be seen.
    let known = repository == Some(&defaults.repository);
    let site = format!("site-url = \"{}\"", defaults.site_url);
    lines.push(if known { site } else { format!("# {site}") });
    lines.push(match repository {
        Some(repository) => format!("repository = \"{repository}\""),
        None => format!("# repository = \"{}\"", defaults.repository),
    });
    lines.push(format!("default-branch = \"{branch}\""));
    lines.join("\n") + "\n"
}

/// Whether there is something, be it a link that leads nowhere.
fn is_there(root: &Path, path: &str) -> bool {
    root.join(path).symlink_metadata().is_ok()
}

impl Plan {
    /// Adds a file, unless one is there.
    fn add(&mut self, root: &Path, path: &str, text: &str) {
        if is_there(root, path) {
            self.leave(path);
        } else {
            self.files.push((path.to_owned(), text.to_owned()));
        }
    }

    fn leave(&mut self, path: &str) {
        self.remarks.push(format!("left as it is: {path}"));
    }

    /// Adds the configuration, with exceptions for what is found today.
    fn configure(
        &mut self,
        global: &Global,
        snapshot: &Snapshot,
        text: &str,
    ) -> Result<(), Failure> {
        let config = Config::parse(FILE_NAME, text, rules::ids()).map_err(|problem| {
            Failure::Config { problem: Box::new(problem), text: text.to_owned() }
        })?;
        let corpus = Corpus::load(snapshot, &config, global.as_of())?;
        if let Some(unreadable) = corpus.unreadable.first() {
            return Err(Failure::Usage(unreadable.error.to_string()));
        }
        let settled = rules::check(&corpus, &config)?;
        let (changes, count) = accept(&settled.findings, &config, false, REASON)?;
        let after = changes.iter().next().map_or(text, |it| it.after.as_str());
        self.files.push((FILE_NAME.to_owned(), after.to_owned()));
        let found = match count {
            0 => "nothing to accept".to_owned(),
            count => format!("{} for what is found today", counted(count, "exception")),
        };
        let documents = counted(corpus.documents.len(), "document");
        self.remarks.push(format!("{FILE_NAME}: {documents}, {found}"));
        Ok(())
    }

    /// Adds the hooks of lefthook, or says what to add to those that are in use.
    fn hook(&mut self, root: &Path) {
        let found = |names: &[&'static str]| names.iter().find(|it| is_there(root, it)).copied();
        let used =
            found(&LEFTHOOK).map(|it| (it, true)).or(found(&PRE_COMMIT).map(|it| (it, false)));
        let Some((path, is_lefthook)) = used else {
            self.add(root, LEFTHOOK[0], include_str!("lefthook.yml"));
            self.add(root, ".lefthook/pre-push/scs-doc.sh", include_str!("pre-push.sh"));
            return;
        };
        self.leave(path);
        let text = std::fs::read_to_string(root.join(path)).unwrap_or_default();
        if text.contains("scs-doc") {
            return;
        }
        let hint = if is_lefthook {
            "pre-commit:\n  commands:\n    standards:\n      run: scs-doc check --staged".to_owned()
        } else {
            let version = env!("CARGO_PKG_VERSION");
            format!(
                "  - repo: {HOME}\n    rev: v{version}\n    hooks:\n      - id: scs-doc\n      - id: scs-doc-pr"
            )
        };
        self.remarks.push(format!("  it does not check standards; to do so, add\n\n{hint}\n"));
    }
}
