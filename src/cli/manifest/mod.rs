//! `scs-doc manifest`

mod build;
mod check;
mod checklist;
mod coverage;
mod diff;
mod sync;

use std::io::Write;

use super::{Failure, Global, Status, complain};
use crate::corpus::Manifest;
use crate::manifest::unread;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Judge the manifests, and the data that standards refer to, by the rules on them
    Check(check::Args),
    /// Build manifests from scope documents, the documents that they include, and bindings
    Build(build::Args),
    /// Bring manifests that people keep up to date with the documents, in place
    Sync(sync::Args),
    /// Tell what changes for a cloud from one version of a scope to another
    Diff(diff::Args),
    /// Tell which standards are tested by what, and which are not
    Coverage(coverage::Args),
    /// Make the form for what people do: the operator's self-assessment, or the audit
    Checklist(checklist::Args),
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    match &args.command {
        Command::Check(args) => check::run(global, args, out, err),
        Command::Build(args) => build::run(global, args, out, err),
        Command::Sync(args) => sync::run(global, args, out, err),
        Command::Diff(args) => diff::run(global, args, out, err),
        Command::Coverage(args) => coverage::run(global, args, out, err),
        Command::Checklist(args) => checklist::run(global, args, out, err),
    }
}

/// Says of manifests that could not be read in full that this is so.
fn told_unread<'m>(manifests: impl IntoIterator<Item = &'m Manifest>, err: &mut dyn Write) {
    for told in manifests.into_iter().filter_map(unread) {
        complain(err, &told);
    }
}
