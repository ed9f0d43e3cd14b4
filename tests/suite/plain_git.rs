//! git as tests run it: with an identity, and without anybody's configuration.

use std::path::Path;
use std::process::Command;

const SETTINGS: [&str; 6] = [
    "user.name=Test",
    "user.email=test@example.org",
    "init.defaultBranch=main",
    "commit.gpgsign=false",
    "gc.auto=0",
    "protocol.file.allow=always",
];

/// git in a folder, as on a day.
pub fn command(day: &str, dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    SETTINGS.iter().for_each(|setting| _ = command.args(["-c", setting]));
    let midnight = format!("{day}T00:00:00Z");
    command.env("GIT_AUTHOR_DATE", &midnight).env("GIT_COMMITTER_DATE", &midnight);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    command.current_dir(dir).args(args);
    command
}
