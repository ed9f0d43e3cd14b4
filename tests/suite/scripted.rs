//! Repositories of git that are written as they are needed, and `scs-doc pr` in them.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{GOOD, PATH};
use crate::helpers::{Answer, folder, git, run};

/// A repository with one document on `main`.
pub fn repository() -> TempDir {
    let dir = folder(&[(PATH, GOOD)]);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), "first");
    dir
}

pub fn commit(dir: &Path, message: &str) {
    git(dir, &["add", "--all"]);
    git(dir, &["commit", "--quiet", "--allow-empty", "-m", message]);
}

pub fn branch(dir: &Path, name: &str) {
    git(dir, &["checkout", "--quiet", "-b", name, "main"]);
}

pub fn pr(dir: &Path, args: &[&str]) -> Answer {
    run(dir, &[&["pr"], args].concat())
}

pub fn concise(dir: &Path, args: &[&str]) -> String {
    let answer = pr(dir, &[&["--format", "concise"], args].concat());
    answer.out + &answer.err
}

pub fn json(dir: &Path, args: &[&str]) -> Value {
    let answer = pr(dir, &[&["--format", "json"], args].concat());
    serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err))
}

pub fn document(title: &str) -> String {
    GOOD.replace("Entropy", title)
}
