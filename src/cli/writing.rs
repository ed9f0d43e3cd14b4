//! What the commands that write have in common: they look, judge what their edits would do, say
//! so, and write all of it or nothing.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Failure, Global, Status, complain};
use crate::change::{Change, Condition, Context, Fulfilment, step};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::edit::{Changes, CommitOptions, commit, finish, is_unfinished, judged};
use crate::finding::{Finding, Level, Origin};
use crate::rules;
use crate::source::Snapshot;
use crate::text::{counted, shown};

#[derive(Debug, clap::Args)]
pub(super) struct Writing {
    /// Print what would be written as a diff, and write nothing
    #[arg(long)]
    diff: bool,
    /// Say what would be written, and write nothing
    #[arg(long, conflicts_with = "diff")]
    dry_run: bool,
    /// Make one commit of exactly these edits
    #[arg(long, conflicts_with_all = ["diff", "dry_run"])]
    commit: bool,
    /// Sign the commit off: a line that says where it comes from, from git's configuration
    #[arg(long, requires = "commit")]
    signoff: bool,
    /// Make the commit on a new branch
    #[arg(long, value_name = "NAME", requires = "commit")]
    branch: Option<String>,
}

/// The work tree that a command writes into.
pub(super) struct Workshop {
    pub root: PathBuf,
    pub config: Config,
    pub corpus: Corpus,
}

impl Workshop {
    /// Reads the work tree. What an earlier run left unfinished is finished before.
    pub fn open(global: &Global, args: &Writing, err: &mut dyn Write) -> Result<Workshop, Failure> {
        let root = global.root()?;
        if args.diff || args.dry_run {
            warn_of_unfinished(&root, err);
        } else {
            let finished = finish(&root)?;
            if !finished.is_empty() {
                let what = finished.join(", ");
                complain(
                    err,
                    &format!("an earlier run was stopped while it wrote; finished now: {what}"),
                );
            }
        }
        let snapshot = Snapshot::work_tree(&root)?;
        let (config, _) = global.configuration(&snapshot)?;
        let corpus = Corpus::load(&snapshot, &config, global.as_of())?;
        if let Some(unreadable) = corpus.unreadable.first() {
            return Err(Failure::Usage(unreadable.error.to_string()));
        }
        Ok(Workshop { root, config, corpus })
    }

    /// The document that a name or a path means.
    pub fn document(&self, name: &str) -> Result<&Document, Failure> {
        document(&self.root, &self.corpus, name)
    }

    /// What the edits would do to the documents.
    pub fn judged(
        &self,
        global: &Global,
        changes: &Changes,
        context: Option<Context>,
    ) -> Result<Change, Failure> {
        let look = || Snapshot::work_tree(&self.root);
        let (before, after) = (look()?, look()?);
        Ok(judged(before, after, changes, &self.config, global.as_of(), context)?)
    }
}

/// The document that a name or a path means. A path is one of the file system.
pub(super) fn document<'c>(
    root: &Path,
    corpus: &'c Corpus,
    name: &str,
) -> Result<&'c Document, Failure> {
    let path = Path::new(name);
    if path.components().count() < 2 {
        return Ok(corpus.named(name)?);
    }
    let outside =
        || Failure::Usage(format!("{name}: is no document of the folder {}/", corpus.folder));
    let here = std::env::current_dir()?;
    let candidates = [here.join(path), root.join(path)];
    let found = candidates.iter().find_map(|it| it.canonicalize().ok());
    let found = found.ok_or_else(|| Failure::Usage(format!("{name}: there is no such file")))?;
    let inner = found.strip_prefix(root.canonicalize()?).map_err(|_| outside())?;
    let inner: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
    let inner = inner.join("/");
    let documents = corpus.documents.iter().map(AsRef::as_ref);
    documents.into_iter().find(|it: &&Document| it.path == inner).ok_or_else(outside)
}

/// Says that an earlier run has to be finished.
pub(super) fn warn_of_unfinished(root: &Path, err: &mut dyn Write) {
    if is_unfinished(root) {
        complain(
            err,
            &"an earlier run was stopped while it wrote: run the same command again, it writes what is left",
        );
    }
}

/// What a plan comes to: the edits, what they would do, and how to say it.
pub(super) struct Plan<'p> {
    pub changes: &'p Changes,
    pub change: &'p Change,
    /// What the commit is called.
    pub subject: String,
}

impl Plan<'_> {
    /// Says what would be done and what speaks against it, and does it, unless something does.
    pub fn carry_out(
        &self,
        global: &Global,
        args: &Writing,
        root: &Path,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<Status, Failure> {
        let settled = rules::check_change(self.change);
        {
            // What goes into `git apply` has nothing else in it.
            let say: &mut dyn Write = if args.diff { &mut *err } else { &mut *out };
            if !global.quiet {
                self.headlines(&settled.findings, say)?;
            }
            let new = |it: &&Finding| it.origin == Some(Origin::Introduced);
            for finding in settled.findings.iter().filter(new) {
                if finding.level == Level::Warning && !global.quiet {
                    writeln!(say, "  warning: {}", told(finding))?;
                }
            }
            say.flush()?;
        }
        let broken: Vec<&Finding> = settled
            .findings
            .iter()
            .filter(|it| it.level == Level::Error && it.origin == Some(Origin::Introduced))
            .collect();
        for finding in &broken {
            complain(err, &format!("nothing was written: {}", told(finding)));
        }
        if !broken.is_empty() {
            return Ok(Status::Found);
        }
        if args.diff {
            out.write_all(self.changes.diff().as_bytes())?;
            return Ok(Status::Clean);
        }
        let done = if args.dry_run {
            format!("would write {}", self.files())
        } else if args.commit {
            let options = CommitOptions { signoff: args.signoff, branch: args.branch.as_deref() };
            let id = commit(root, self.changes, &self.message(), options)?;
            let on = args.branch.as_ref().map(|name| format!(" on {name}")).unwrap_or_default();
            format!("committed {id}{on}: {}", self.subject)
        } else {
            self.changes.write(root)?;
            format!("wrote {}", self.files())
        };
        if !global.quiet {
            writeln!(out, "{}", shown(&done))?;
        }
        Ok(Status::Clean)
    }

    fn files(&self) -> String {
        let paths: Vec<String> = self.changes.iter().map(|it| it.path.clone()).collect();
        match paths.as_slice() {
            [one] => one.clone(),
            several => counted(several.len(), "file"),
        }
    }

    /// The steps with their conditions.
    fn headlines(&self, findings: &[Finding], out: &mut dyn Write) -> Result<(), Failure> {
        for line in self.change.headlines() {
            writeln!(out, "{}", shown(&line))?;
        }
        // In the order of the edits: what was asked for comes first.
        let stepping = self.changes.iter().filter_map(|edited| {
            let mut operations = self.change.operations.iter();
            operations.find(|it| it.document().path == edited.path && it.new_status().is_some())
        });
        for operation in stepping {
            let document = operation.document();
            let mut conditions = self.change.conditions(operation);
            conditions.insert(0, complete(document, findings));
            writeln!(out, "conditions for {}:", shown(&document.label()))?;
            for Condition { what, state, .. } in conditions {
                let (mark, known) = match state {
                    Fulfilment::Fulfilled(how) => ("[x]", format!(": {how}")),
                    Fulfilment::Missing(what) => ("[ ]", format!(": {what}")),
                    Fulfilment::Undecided => ("[?]", String::new()),
                };
                writeln!(out, "  {mark} {}", shown(&format!("{what}{known}")))?;
            }
        }
        Ok(())
    }

    /// The message of the commit: what was asked for, and what comes along with it.
    fn message(&self) -> String {
        let own = self.changes.iter().next().map(|it| it.path.as_str());
        let others = self.change.operations.iter().filter(|it| it.new_status().is_some());
        let others = others.filter(|it| Some(it.document().path.as_str()) != own);
        let others: Vec<String> = others.map(|it| format!("{}.\n", step(it))).collect();
        let gap = if others.is_empty() { "" } else { "\n" };
        format!("{}\n{gap}{}", self.subject, others.concat())
    }
}

/// The condition that a document has no errors.
fn complete(document: &Document, findings: &[Finding]) -> Condition {
    let mut rules: Vec<&str> = findings
        .iter()
        .filter(|it| it.path == document.path && it.level == Level::Error)
        .map(|it| it.rule)
        .collect();
    rules.dedup();
    let state = match rules.as_slice() {
        [] => Fulfilment::Fulfilled("`scs-doc check` finds none".to_owned()),
        rules => Fulfilment::Missing(rules.join(", ")),
    };
    Condition { what: "it has no errors".to_owned(), state, ask: None }
}

/// A finding on one line. Its place is one of a text that is not written yet.
fn told(finding: &Finding) -> String {
    let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    shown(&format!("{} [{}]{help}", finding.message, finding.rule))
}
