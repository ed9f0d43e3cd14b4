//! How long `index` takes in each format, beside the start of a process: `cargo bench --bench index`.
//!
//! The documents are those of `SCS_CORPUS`, a clone of a standards repository; without it, made ones
//! stand in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]
#![allow(clippy::print_stdout, reason = "a benchmark prints")]

mod harness;

use std::hint::black_box;
use std::path::{Path, PathBuf};

use harness::{alternate, events, make, row, tool};

/// How many documents are made.
const COUNT: usize = 100;

fn main() {
    let made = tempfile::tempdir().unwrap();
    let root = std::env::var_os("SCS_CORPUS").map_or_else(
        || {
            println!("SCS_CORPUS is not set: made documents stand in for real ones");
            make(made.path(), COUNT);
            made.path().to_owned()
        },
        PathBuf::from,
    );
    let root = root.to_string_lossy();
    let floor = "process that only says its version";
    for format in ["markdown", "ics", "json"] {
        let (process, nothing) = alternate(
            31,
            || tool(&["index", "--repo", &root, "--format", format]),
            || tool(&["--version"]),
        );
        row(&format!("index as {format}"), process, floor, nothing);
    }
    for format in ["html", "docusaurus"] {
        let (process, parse) = alternate(
            11,
            || {
                let out = tempfile::tempdir().unwrap();
                let place = out.path().to_string_lossy();
                tool(&["index", "--repo", &root, "--format", format, "--out", &place]);
            },
            || _ = black_box(parsed(Path::new(&*root))),
        );
        row(&format!("index as {format}, written"), process, "all Markdown parsed once", parse);
    }
}

/// What rendering cannot do without: reading each document, and all events of the Markdown parser.
fn parsed(root: &Path) -> usize {
    let folder = ["Standards", "standards"].map(|it| root.join(it));
    let folder = folder.into_iter().find(|it| it.is_dir()).unwrap();
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.filter_map(|file| std::fs::read_to_string(file).ok());
    texts.map(|text| events(&text)).sum()
}
