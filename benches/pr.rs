//! How long `pr` takes, beside the floor of what it cannot do without. One run, medians of runs that
//! alternate, ratios: `cargo bench --bench pr`.
//!
//! The pull requests are those of `SCS_PULLS`, a clone that has them as `refs/pull/<number>/base`
//! and `/head`; without it, made ones stand in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]
#![allow(clippy::print_stdout, reason = "a benchmark prints")]

mod harness;
#[path = "../examples/replay/pulls.rs"]
mod pulls;

use std::collections::HashSet;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::{alternate, events, make, row, tool};
use scs_doc::corpus::Shelf;
use scs_doc::rules::check_change;
use scs_doc::source::History;

fn main() {
    let made = tempfile::tempdir().unwrap();
    let root = std::env::var_os("SCS_PULLS").map_or_else(
        || {
            println!("SCS_PULLS is not set: made pull requests stand in for real ones");
            make_pulls(made.path(), 40);
            made.path().to_owned()
        },
        PathBuf::from,
    );
    let all = pulls::all(&root).unwrap();
    let blobs = blobs(&root, &all.iter().map(|(number, _)| *number).collect::<Vec<_>>());
    println!("{} pull requests, {} different documents", all.len(), blobs.len());

    let (replay, floor) = alternate(
        7,
        || {
            let (shelf, history) = (Shelf::default(), History::open(&root).unwrap());
            for (number, day) in &all {
                let change = pulls::load(&history, &shelf, *number, *day).unwrap();
                black_box(check_change(&change));
            }
        },
        || read_and_parse(&root, &blobs),
    );
    row("all pull requests, one process", replay, "floor: each document once", floor);

    let number = all.last().unwrap().0;
    let (base, head) = (format!("refs/pull/{number}/base"), format!("refs/pull/{number}/head"));
    let root = root.to_string_lossy();
    let (process, nothing) = alternate(
        51,
        || tool(&["pr", "--repo", &root, "--base", &base, "--head", &head]),
        || tool(&["--version"]),
    );
    row("one pull request as a process", process, "process that only says its version", nothing);
}

/// The documents of both sides of all pull requests, each once.
fn blobs(root: &Path, numbers: &[u32]) -> HashSet<git2::Oid> {
    let repository = git2::Repository::open(root).unwrap();
    let mut blobs = HashSet::new();
    for side in numbers.iter().flat_map(|it| [(it, "base"), (it, "head")]) {
        let name = format!("refs/pull/{}/{}", side.0, side.1);
        let tree = repository.find_reference(&name).unwrap().peel_to_tree().unwrap();
        let folder = ["Standards", "standards"].into_iter().find_map(|it| tree.get_name(it));
        let Some(folder) = folder else { continue };
        let folder = folder.to_object(&repository).unwrap().peel_to_tree().unwrap();
        let documents = folder.iter().filter(|it| it.name_bytes().starts_with(b"scs-"));
        blobs.extend(documents.map(|entry| entry.id()));
    }
    blobs
}

/// What judging cannot do without: reading each document, and all events of the Markdown parser.
fn read_and_parse(root: &Path, blobs: &HashSet<git2::Oid>) {
    let repository = git2::Repository::open(root).unwrap();
    for blob in blobs {
        let blob = repository.find_blob(*blob).unwrap();
        black_box(events(&String::from_utf8_lossy(blob.content())));
    }
}

/// A repository of 100 documents with pull requests that edit one each.
fn make_pulls(root: &Path, count: usize) {
    make(root, 100);
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"];
        let status = Command::new("git").arg("-C").arg(root).args(identity).args(args).status();
        assert!(status.unwrap().success(), "git {args:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "-m", "base"]);
    for at in 1..=count {
        let path = root.join(format!("standards/scs-{:04}-v2-subject.md", 999 + at % 30 + 1));
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replacen("SHOULD", &format!("MUST ({at})"), 1)).unwrap();
        git(&["commit", "--quiet", "--all", "-m", "head"]);
        git(&["update-ref", &format!("refs/pull/{at}/base"), "HEAD~1"]);
        git(&["update-ref", &format!("refs/pull/{at}/head"), "HEAD"]);
    }
}
