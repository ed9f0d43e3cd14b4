//! `scs-doc completions` and `scs-doc man`

use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Cli, Failure, Status};

/// The name of the program.
const NAME: &str = "scs-doc";

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// The folder; it has to exist
    dir: PathBuf,
}

pub(super) fn completions(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    // Into memory first: the generator gives up on a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut script);
    // clap_complete 4.6 takes the hyphen of the name for a subcommand in the labels for bash.
    let script = String::from_utf8_lossy(&script).replace("scs__subcmd__doc", "scs__doc");
    out.write_all(script.as_bytes())?;
    Ok(Status::Clean)
}

pub(super) fn man(args: &ManArgs, out: &mut dyn Write) -> Result<Status, Failure> {
    if !args.dir.is_dir() {
        return Err(Failure::Usage(format!("{}: no such folder", args.dir.display())));
    }
    clap_mangen::generate_to(Cli::command(), &args.dir)?;
    writeln!(out, "wrote the manual pages into {}", args.dir.display())?;
    Ok(Status::Clean)
}
