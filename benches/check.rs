//! How long `check` takes, beside the floor of what it cannot do without. One run, medians of
//! runs that alternate, ratios: `cargo bench --bench check`.
//!
//! The real corpus is taken from `SCS_CORPUS` (a clone of its branch `2026-08`); without it a made
//! one of the same size stands in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
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

/// Medians of two pieces of work that take turns.
fn alternate(runs: usize, mut a: impl FnMut(), mut b: impl FnMut()) -> (Duration, Duration) {
    let timed = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    a();
    b();
    let (mut times_a, mut times_b) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        times_a.push(timed(&mut a));
        times_b.push(timed(&mut b));
    }
    let median = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    (median(times_a), median(times_b))
}

fn row(what: &str, time: Duration, other: &str, floor: Duration) {
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!("{what}: {time:.2?}; {other}: {floor:.2?}; ratio {ratio:.2}");
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

fn events(text: &str) -> usize {
    let dialect = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    Parser::new_ext(text, dialect).into_offset_iter().count()
}

fn tool(args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scs-doc"));
    let status = command.args(args).stdout(Stdio::null()).status().unwrap();
    assert!(status.code().is_some_and(|code| code < 2), "{args:?}");
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

/// Writes a corpus of documents of about the size and make of real ones: three versions a number,
/// tables, links, keywords.
fn make(root: &Path, count: usize) {
    let folder = root.join("standards");
    std::fs::create_dir_all(&folder).unwrap();
    for at in 0..count {
        let (number, version) = (at / 3 + 1000, at % 3 + 1);
        let status = ["Deprecated", "Stable", "Draft"][version - 1];
        let mut text = format!("---\ntitle: Subject {number}\ntype: Standard\nstatus: {status}\n");
        text.push_str(&format!(
            "track: {}\n",
            ["Global", "IaaS", "KaaS", "IAM", "Ops"][number / 100 % 10 % 5]
        ));
        if version < 3 {
            text.push_str("stabilized_at: 2023-02-01\n");
        }
        if version == 1 {
            let next = format!("scs-{number:04}-v2-subject.md");
            text.push_str(&format!("deprecated_at: 2024-02-01\nreplaced_by:\n  - {next}\n"));
        } else {
            text.push_str(&format!("replaces:\n  - scs-{number:04}-v{}-subject.md\n", version - 1));
        }
        text.push_str("description: |\n  What it is about.\n---\n");
        for section in
            ["Introduction", "Terminology", "Motivation", "Decision", "Conformance Tests"]
        {
            text.push_str(&format!("\n## {section}\n\n"));
            for paragraph in 0..6 {
                text.push_str(&format!(
                    "A provider MUST offer *variant {paragraph}* of `subject-{number}`, as the \
                     [standard](scs-{number:04}-v1-subject.md#{}) says. It SHOULD do so at once,\n\
                     and MAY say when. See [RFC 2119](https://example.org/rfc) for the words.\n\n",
                    section.to_lowercase().replace(' ', "-")
                ));
            }
            text.push_str("| Name | Value |\n| --- | --- |\n| one | `1` |\n| two | **2** |\n\n");
            text.push_str("- first item, with some text\n- second item, see [it][here]\n");
        }
        text.push_str("\n[here]: https://example.org/here\n");
        std::fs::write(folder.join(format!("scs-{number:04}-v{version}-subject.md")), text)
            .unwrap();
    }
}
