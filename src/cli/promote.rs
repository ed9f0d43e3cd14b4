//! `scs-doc promote`

use std::io::Write;

use clap::ValueEnum;

use super::writing::{Plan, Surroundings, Workshop, Writing};
use super::{Failure, Global, Status};
use crate::edit::{Step, promote};
use crate::model::{self, Date};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The document: a file, or a name such as scs-0100-v3
    #[arg(value_name = "DOC")]
    document: String,
    /// The status that it gets [default: stable, for a Draft]
    #[arg(long, value_enum, value_name = "STATUS")]
    to: Option<Target>,
    /// The day from which on it has that status; may be one to come [default: that of --as-of, else today]
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    date: Option<Date>,
    /// A document that replaces it [default: those that say so in `replaces`]
    #[arg(long, value_name = "DOC")]
    replaced_by: Vec<String>,
    /// Deprecate the versions that it replaces in the same go
    #[arg(long)]
    with_predecessor: bool,
    /// Make one commit on a branch of its own, push it, and open a pull request on GitHub with the
    /// conditions as its text; takes GITHUB_TOKEN
    #[cfg(feature = "github")]
    #[arg(long, group = "committing", conflicts_with_all = ["diff", "dry_run"])]
    pull_request: bool,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Target {
    Stable,
    Deprecated,
    Rejected,
}

impl Target {
    fn status(self) -> model::Status {
        match self {
            Target::Stable => model::Status::Stable,
            Target::Deprecated => model::Status::Deprecated,
            Target::Rejected => model::Status::Rejected,
        }
    }
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let workshop = Workshop::open(global, &args.writing, err)?;
    let document = workshop.document(&args.document)?;
    #[cfg(feature = "github")]
    let writing = &match args.pull_request {
        true => args.writing.on_branch(format!("scs-doc/promote-{}", document.label())),
        false => args.writing.clone(),
    };
    #[cfg(not(feature = "github"))]
    let writing = &args.writing;
    let replaced_by = args
        .replaced_by
        .iter()
        .map(|name| workshop.document(name).map(|document| document.file_name().to_owned()));
    let wanted = Step {
        to: args.to.map(Target::status),
        date: args.date.unwrap_or_else(|| global.as_of()),
        replaced_by: replaced_by.collect::<Result<_, _>>()?,
        with_predecessor: args.with_predecessor,
    };
    let changes = promote(&workshop.corpus, document, &wanted)?;
    let change = workshop.judged(global, &changes)?;
    let surroundings = &mut Surroundings { global, writing, root: &workshop.root, out, err };
    let known = document.meta.replaces.len();
    let lists =
        change.head.find(document.file_name()).map(|it| it.meta.replaces.iter().skip(known));
    for reference in lists.into_iter().flatten() {
        let label = document.label();
        surroundings
            .say(&format!("{label} lists {} in `replaces`, which was missing", reference.file))?;
    }
    if args.with_predecessor && changes.len() == 1 {
        surroundings.say(
            "--with-predecessor has nothing to do: what it takes the place of is not Stable",
        )?;
    }
    let plan = Plan { changes: &changes, change: &change };
    #[cfg(feature = "github")]
    if args.pull_request {
        return super::propose::propose(&plan, &workshop, surroundings);
    }
    plan.carry_out(surroundings)
}
