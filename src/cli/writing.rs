//! What the commands that write have in common: they look, judge what their edits would do, say
//! so, and write all of it or nothing.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Global, Status, complain};
use crate::change::{Change, Condition, Fulfilment, Operation};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::edit::{Changes, CommitOptions, Lock, commit, is_unfinished, judged};
use crate::finding::{Finding, Level, Origin};
use crate::model::Status as DocumentStatus;
use crate::rules;
use crate::source::Snapshot;
use crate::text::{counted, shown};

/// The longest line of the text of a pull request, in characters.
#[cfg(feature = "github")]
const LONGEST_LINE: usize = 600;

#[derive(Debug, Clone, clap::Args)]
#[command(group = clap::ArgGroup::new("committing").multiple(true))]
pub(super) struct Writing {
    /// Print what would be written as a diff, and write nothing
    #[arg(long)]
    diff: bool,
    /// Say what would be written, and write nothing
    #[arg(long, conflicts_with = "diff")]
    dry_run: bool,
    /// Make one commit of exactly these edits
    #[arg(long, group = "committing", conflicts_with_all = ["diff", "dry_run"])]
    commit: bool,
    /// Sign the commit off: a line that says where it comes from, from git's configuration
    #[arg(long, requires = "committing")]
    signoff: bool,
    /// Make the commit on a new branch
    #[arg(long, value_name = "NAME", requires = "committing")]
    branch: Option<String>,
}

impl Writing {
    /// Whether nothing is to be written.
    pub fn only_looks(&self) -> bool {
        self.diff || self.dry_run
    }

    /// The same with one commit on a branch: the one that is named, else this one.
    #[cfg(feature = "github")]
    pub fn on_branch(&self, name: String) -> Writing {
        let branch = self.branch.clone().or(Some(name));
        Writing { commit: true, branch, ..self.clone() }
    }

    /// The new branch.
    #[cfg(feature = "github")]
    pub fn branch(&self) -> &str {
        self.branch.as_deref().unwrap_or_default()
    }
}

/// The work tree that a command writes into.
pub(super) struct Workshop {
    pub root: PathBuf,
    pub snapshot: Snapshot,
    pub config: Config,
    pub corpus: Corpus,
    /// Nobody else writes meanwhile.
    _lock: Option<Lock>,
}

impl Workshop {
    /// Reads the work tree. What an earlier run left unfinished is finished before.
    pub fn open(global: &Global, args: &Writing, err: &mut dyn Write) -> Result<Workshop, Failure> {
        let root = global.root()?;
        let lock = match args.only_looks() {
            true => {
                warn_of_unfinished(&root, err);
                None
            }
            false => Some(lock(&root)?),
        };
        let snapshot = Snapshot::work_tree(&root)?;
        let (config, _) = global.configuration(&snapshot)?;
        let corpus = Corpus::load(&snapshot, &config, global.as_of())?;
        if let Some(unreadable) = corpus.unreadable.first() {
            return Err(Failure::Usage(unreadable.error.to_string()));
        }
        Ok(Workshop { root, snapshot, config, corpus, _lock: lock })
    }

    /// The document that a name or a path means.
    pub fn document(&self, name: &str) -> Result<&Document, Failure> {
        document(&self.root, &self.corpus, name)
    }

    /// What the edits would do to the documents.
    pub fn judged(&self, global: &Global, changes: &Changes) -> Result<Change, Failure> {
        let look = || Snapshot::work_tree(&self.root);
        let (before, after) = (look()?, look()?);
        let change = judged(before, after, changes, &self.config, global.as_of())?;
        // What cannot be read any more would be judged as if it were not there.
        let unreadable = [&change.base, &change.head].map(|side| side.unreadable.first());
        if let Some(unreadable) = unreadable.into_iter().flatten().next() {
            return Err(Failure::Usage(unreadable.error.to_string()));
        }
        Ok(change)
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
            &"an earlier run was stopped while it wrote: the next command that writes finishes that first",
        );
    }
}

/// Takes the right to write, and writes what an earlier run left over. What was asked for now is not
/// done then: it was asked for with other files in view.
pub(super) fn lock(root: &Path) -> Result<Lock, Failure> {
    let lock = Lock::take(root)?;
    let finished = lock.finish()?;
    if finished.is_empty() {
        return Ok(lock);
    }
    let files = finished.join(", ");
    Err(Failure::Usage(format!(
        "an earlier run was stopped while it wrote; what was left of it is written now: {files}. Look at it with `git status`, then run the command again if it was another one"
    )))
}

/// What a plan comes to: the edits, what they would do, and how to say it.
pub(super) struct Plan<'p> {
    pub changes: &'p Changes,
    pub change: &'p Change,
}

/// Where a command writes to, and how.
pub(super) struct Surroundings<'s> {
    pub global: &'s Global,
    pub writing: &'s Writing,
    pub root: &'s Path,
    pub out: &'s mut dyn Write,
    pub err: &'s mut dyn Write,
}

impl Surroundings<'_> {
    /// Where words go: beside a diff, which goes into `git apply` as it is.
    fn talk(&mut self) -> &mut dyn Write {
        if self.writing.diff { self.err } else { self.out }
    }

    /// Says a line, unless nothing is to be said.
    pub fn say(&mut self, line: &str) -> Result<(), Failure> {
        if self.global.quiet {
            return Ok(());
        }
        match writeln!(self.talk(), "{}", shown(line)).and_then(|()| self.talk().flush()) {
            // Nobody reads on; what is to be done is done all the same.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            said => Ok(said?),
        }
    }
}

impl Plan<'_> {
    /// Says what would be done and what speaks against it, and does it, unless something does.
    pub fn carry_out(&self, surroundings: &mut Surroundings<'_>) -> Result<Status, Failure> {
        let settled = rules::check_change(self.change)?;
        let is_new = |it: &Finding| it.origin == Some(Origin::Introduced);
        let becomes_stable = |it: &Finding| {
            let mut operations = self.operations();
            operations.any(|operation| {
                operation.becomes(DocumentStatus::Stable) && operation.document().path == it.path
            })
        };
        self.say_headlines(surroundings)?;
        self.say_conditions(&settled.findings, surroundings)?;
        for finding in settled.findings.iter().filter(|it| is_new(it) && it.level == Level::Warning)
        {
            surroundings.say(&format!("  warning: {}", self.told(finding)))?;
        }
        let errors = settled.findings.iter().filter(|it| it.level == Level::Error);
        let broken: Vec<&Finding> = errors.filter(|it| is_new(it) || becomes_stable(it)).collect();
        for finding in &broken {
            complain(surroundings.err, &format!("nothing was written: {}", self.told(finding)));
        }
        if broken.is_empty() { self.write(surroundings) } else { Ok(Status::Found) }
    }

    /// Does it, whatever the rules say of it: a proposal does not need to be finished.
    pub fn write(&self, surroundings: &mut Surroundings<'_>) -> Result<Status, Failure> {
        let Surroundings { writing, root, .. } = *surroundings;
        if writing.diff {
            surroundings.out.write_all(self.changes.diff(root).as_bytes())?;
            return Ok(Status::Clean);
        }
        let done = if writing.dry_run {
            format!("would write {}", self.files())
        } else if writing.commit {
            let branch = writing.branch.as_deref();
            let options = CommitOptions { signoff: writing.signoff, branch };
            let id = commit(root, self.changes, &self.message(), options)?;
            let on = branch.map(|name| format!(" on {name}")).unwrap_or_default();
            format!("committed {id}{on}: {}", self.subject())
        } else {
            self.changes.write(root)?;
            format!("wrote {}", self.files())
        };
        surroundings.say(&done)?;
        Ok(Status::Clean)
    }

    /// What is done, in a line for each kind.
    pub fn say_headlines(&self, surroundings: &mut Surroundings<'_>) -> Result<(), Failure> {
        self.change.headlines().iter().try_for_each(|line| surroundings.say(line))
    }

    /// The steps with their conditions, in the order of the edits: what was asked for comes first.
    fn say_conditions(
        &self,
        findings: &[Finding],
        surroundings: &mut Surroundings<'_>,
    ) -> Result<(), Failure> {
        for (label, conditions) in self.conditions(findings) {
            surroundings.say(&format!("conditions for {label}:"))?;
            for Condition { what, state, .. } in conditions {
                let (mark, known) = match state {
                    Fulfilment::Fulfilled(how) => ("[x]", format!(": {how}")),
                    Fulfilment::Missing(what) => ("[ ]", format!(": {what}")),
                    Fulfilment::Undecided => ("[?]", String::new()),
                };
                surroundings.say(&format!("  {mark} {what}{known}"))?;
            }
        }
        Ok(())
    }

    /// The conditions of each step, with the document that takes it.
    fn conditions(&self, findings: &[Finding]) -> Vec<(String, Vec<Condition>)> {
        let steps = self.operations().filter(|it| it.new_status().is_some());
        let conditions = steps.map(|operation| {
            let document = operation.document();
            let complete = complete(document, findings);
            let conditions = [complete].into_iter().chain(self.change.conditions(operation));
            (document.label(), conditions.collect())
        });
        conditions.collect()
    }

    /// What happens to documents, in the order of the edits.
    fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.changes.iter().filter_map(|edited| {
            let mut operations = self.change.operations.iter();
            operations.find(|it| it.document().path == edited.path)
        })
    }

    /// The text of a pull request in Markdown: what is done, and the conditions as a list of tasks.
    /// What documents say appears as code or escaped.
    #[cfg(feature = "github")]
    pub fn checklist(&self) -> Result<String, Failure> {
        use crate::gfm::inline;
        use crate::text::shortened;
        let line = |text: &str| inline(&shortened(text, LONGEST_LINE));
        let lines = self.change.headlines();
        let mut parts = vec![lines.iter().map(|it| format!("- {}\n", line(it))).collect()];
        let settled = rules::check_change(self.change)?;
        for (label, conditions) in self.conditions(&settled.findings) {
            let tasks = conditions.into_iter().map(|Condition { what, state, .. }| match state {
                Fulfilment::Fulfilled(how) => {
                    format!("- [x] {}\n", line(&format!("{what}: {how}")))
                }
                Fulfilment::Missing(why) => format!("- [ ] {}\n", line(&format!("{what}: {why}"))),
                Fulfilment::Undecided => format!("- [ ] {} (people say that)\n", line(&what)),
            });
            parts.push(format!(
                "#### Conditions for {}\n\n{}",
                line(&label),
                tasks.collect::<String>()
            ));
        }
        Ok(parts.join("\n"))
    }

    /// What was asked for.
    pub fn subject(&self) -> String {
        self.operations().next().map(|it| self.change.headline(it)).unwrap_or_default()
    }

    /// The message of the commit: what was asked for, and which steps come along with it.
    fn message(&self) -> String {
        let others = self.operations().skip(1).filter(|it| it.new_status().is_some());
        let others: Vec<String> =
            others.map(|it| format!("{}.\n", self.change.headline(it))).collect();
        let gap = if others.is_empty() { "" } else { "\n" };
        format!("{}\n{gap}{}", self.subject(), others.concat())
    }

    /// A finding on one line. Its place is one of a text that is not written yet.
    fn told(&self, finding: &Finding) -> String {
        let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let document = self.change.head.documents.iter().find(|it| it.path == finding.path);
        let place = document.map_or_else(|| finding.path.clone(), |it| it.label());
        // Some messages begin with the document.
        let begins = finding.message.strip_prefix(&place).is_some_and(|it| it.starts_with(' '));
        let place = if begins { "" } else { &format!("{place}: ") };
        shown(&format!("{place}{} [{}]{help}", finding.message, finding.rule))
    }

    /// The files that change, one by one.
    fn files(&self) -> String {
        let paths: Vec<&str> = self.changes.iter().map(|it| it.path.as_str()).collect();
        match paths.as_slice() {
            [one] => (*one).to_owned(),
            several => format!("{}: {}", counted(several.len(), "file"), several.join(", ")),
        }
    }
}

/// The condition that a document is as scs-0001 has it.
fn complete(document: &Document, findings: &[Finding]) -> Condition {
    let of = |level: Level| {
        // What the rules on changes say is about the step, not about the document.
        let own = |it: &&Finding| it.path == document.path && !it.rule.starts_with("change-");
        let found = findings.iter().filter(own).filter(|it| it.level == level);
        let mut rules: Vec<&str> = found.map(|it| it.rule).collect();
        rules.dedup();
        rules
    };
    let told = |(rules, level): (Vec<&str>, &str)| {
        (!rules.is_empty()).then(|| format!("{} ({level})", rules.join(", ")))
    };
    let found = [(of(Level::Error), "error"), (of(Level::Warning), "warning")];
    let found: Vec<String> = found.into_iter().filter_map(told).collect();
    let state = match found.is_empty() {
        true => Fulfilment::Fulfilled("no error and no warning".to_owned()),
        false => Fulfilment::Missing(found.join(", ")),
    };
    Condition { what: "`scs-doc check` finds nothing in it".to_owned(), state, ask: None }
}
