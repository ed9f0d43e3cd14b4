//! How long `check` takes, beside the floor of what it cannot do without. One run, medians of
//! runs that alternate, ratios: `cargo bench --bench check`.
//!
//! The real corpus is taken from `SCS_CORPUS` (a clone of its branch `2026-08`); without it a made
//! one of the same size stands in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints")]

mod harness;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::{alternate, events, make, row, tool};
use rayon::ThreadPoolBuilder;
use scs_doc::{Config, Corpus, Date, Document, Snapshot, check};

fn main() {
    let mut args = std::env::args().skip_while(|arg| arg != "--peak").skip(1);
    if let Some(root) = args.next() {
        println!("{}", peak_of_check(Path::new(&root)));
        return;
    }
    let made = tempfile::tempdir().unwrap();
    let real = std::env::var_os("SCS_CORPUS").map(PathBuf::from);
    if real.is_none() {
        println!(
            "SCS_CORPUS is not set: a made corpus of 100 documents stands in for the real one"
        );
        make(&made.path().join("100"), 100);
    }
    let corpus = real.unwrap_or_else(|| made.path().join("100"));
    let text = documents(&corpus);
    println!("{}: {} documents, {} bytes", corpus.display(), text.len(), size(&text));

    let one = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let (rules, floor) = alternate(
        101,
        || one.install(|| judge(&corpus)),
        || _ = one.install(|| black_box(read_and_parse(&corpus))),
    );
    row("check, all rules, one thread", rules, "floor: read and pulldown-cmark", floor);

    let (parse, bare) = alternate(
        101,
        || one.install(|| drop(black_box(load(&corpus)))),
        || _ = one.install(|| black_box(read_and_parse(&corpus))),
    );
    row("of this reading and relating", parse, "floor", bare);

    let loaded = load(&corpus);
    let (judging, bare) = alternate(
        101,
        || one.install(|| drop(black_box(check(&loaded, &Config::default())))),
        || _ = one.install(|| black_box(read_and_parse(&corpus))),
    );
    row("of this judging", judging, "floor", bare);

    let (listing, bare) = alternate(
        101,
        || _ = black_box(Snapshot::work_tree(&corpus).unwrap()),
        || _ = one.install(|| black_box(read_and_parse(&corpus))),
    );
    row("of this listing the files", listing, "floor", bare);

    let (documents_alone, events_alone) = alternate(
        101,
        || {
            one.install(|| {
                text.iter().for_each(|it| {
                    drop(black_box(Document::parse(
                        "standards/scs-0100-v1-a.md",
                        it.clone().into(),
                    )))
                })
            })
        },
        || one.install(|| text.iter().for_each(|it| _ = black_box(events(&it.clone())))),
    );
    row("of this parsing, files in memory", documents_alone, "pulldown-cmark alone", events_alone);

    let (process, nothing) = alternate(
        51,
        || tool(&["check", "--repo", &corpus.to_string_lossy()]),
        || tool(&["--version"]),
    );
    row("check as a process, all cores", process, "process that only says its version", nothing);

    let (small, large) = (made.path().join("1000"), made.path().join("10000"));
    make(&small, 1_000);
    make(&large, 10_000);
    let (ten, one_time) = alternate(
        7,
        || tool(&["check", "--repo", &large.to_string_lossy()]),
        || tool(&["check", "--repo", &small.to_string_lossy()]),
    );
    row("10,000 documents as a process", ten, "1,000 documents", one_time);

    let bytes = size(&documents(&large));
    match peak_in_child(&large) {
        Some(peak) => println!(
            "peak memory with 10,000 documents: {:.1} MB; text {:.1} MB; (peak - 50 MB) / text = {:.2}",
            megabytes(peak),
            megabytes(bytes),
            (megabytes(peak) - 50.0) / megabytes(bytes)
        ),
        None => {
            println!("peak memory: this system does not tell (it is read from /proc/self/status)")
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn today() -> Date {
    Date::parse("2026-08-21").unwrap()
}

fn load(root: &Path) -> Corpus {
    Corpus::load(&Snapshot::work_tree(root).unwrap(), &Config::default(), today()).unwrap()
}

fn judge(root: &Path) {
    let corpus = load(root);
    black_box(check(&corpus, &Config::default()));
}

fn standards(root: &Path) -> Vec<PathBuf> {
    let folder = ["Standards", "standards"].map(|name| root.join(name));
    let folder = folder.iter().find(|folder| folder.is_dir()).unwrap();
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_document =
        |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("scs-");
    files.filter(is_document).collect()
}

fn documents(root: &Path) -> Vec<String> {
    let files = standards(root);
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn size(text: &[String]) -> usize {
    text.iter().map(String::len).sum()
}

/// What a check cannot do without: reading the files, and all events of the Markdown parser.
fn read_and_parse(root: &Path) -> usize {
    documents(root).iter().map(|text| events(text)).sum()
}

/// The peak of a process that does what the tool does, in bytes.
fn peak_in_child(root: &Path) -> Option<usize> {
    let this = std::env::current_exe().unwrap();
    let output = Command::new(this).arg("--peak").arg(root).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().ok()
}

fn peak_of_check(root: &Path) -> String {
    let args = ["scs-doc", "check", "--repo", &root.to_string_lossy()].map(Into::into);
    scs_doc::cli::run(args, &mut std::io::sink(), &mut std::io::sink());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| (kilobytes * 1024).to_string())
}
