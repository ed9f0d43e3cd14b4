//! The program `git`, for what identity, hooks, signatures and credentials of the user have a part in.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What tells git where the repository is (git(1), *The Git Repository*).
const REPOSITORY_VARIABLES: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
];

/// Runs a command of git in a folder.
///
/// # Errors
/// What git said when it failed.
pub(super) fn git(
    root: &Path,
    command: &str,
    args: &[&str],
    input: Option<&str>,
) -> Result<(), String> {
    let mut program = Command::new("git");
    // The repository is that of the files, whatever a hook that calls has set.
    for variable in REPOSITORY_VARIABLES {
        program.env_remove(variable);
    }
    let spawned = program
        .args(["--literal-pathspecs", command])
        .args(args)
        .current_dir(root)
        // Nobody is there to answer.
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = spawned.map_err(|error| error.to_string())?;
    if let (Some(text), Some(mut stdin)) = (input, child.stdin.take()) {
        // A git that ended early says why itself.
        let _ = stdin.write_all(text.as_bytes());
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stderr, output.stdout].concat();
    let said = String::from_utf8_lossy(&said).trim().to_owned();
    Err(if said.is_empty() { format!("it said nothing ({})", output.status) } else { said })
}
