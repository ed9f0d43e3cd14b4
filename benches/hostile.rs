//! What hostile input gets, how long it takes and how much memory: `cargo bench --bench hostile`.
//!
//! Prints the table of `docs/hostile-input.md`. Words after `--` choose the cases whose names have
//! one of them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]
#![allow(clippy::print_stdout, reason = "a benchmark prints")]

#[path = "../tests/suite/hostile/blocks.rs"]
mod blocks;
#[path = "../tests/suite/hostile/bodies.rs"]
mod bodies;
#[path = "../tests/suite/hostile/files.rs"]
mod files;
#[path = "../tests/suite/hostile/git.rs"]
mod git;
#[path = "../tests/suite/hostile/limits.rs"]
mod limits;
#[path = "../tests/suite/hostile/table.rs"]
mod table;

use std::path::Path;
use std::process::ExitCode;

use limits::Outcome;
use table::Ask;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let tool = Path::new(env!("CARGO_BIN_EXE_scs-doc"));
    let bounds = limits::bounds();
    println!("| Input | Command | Exit | Says | Time | Memory |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut held = true;
    let rooms: [fn() -> Vec<table::Case>; 4] =
        [blocks::cases, bodies::cases, files::cases, git::cases];
    for case in rooms.into_iter().flat_map(|cases| cases()) {
        if !words.is_empty() && !words.iter().any(|word| case.name.contains(word)) {
            continue;
        }
        let dir = tempfile::tempdir().unwrap();
        (case.make)(dir.path());
        for ask in &case.asks {
            let outcome = limits::answer(tool, dir.path(), ask, bounds);
            println!("{}", row(&case.name, ask, &outcome));
            if let Some(wrong) = ask.wrong(&outcome, bounds) {
                held = false;
                println!("!! {wrong}");
            }
        }
    }
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn row(name: &str, ask: &Ask, outcome: &Outcome) -> String {
    let status = outcome.status.map_or("killed".to_owned(), |it| it.to_string());
    let cell = |text: &str| text.replace('|', "\\|");
    let (seconds, memory) = (outcome.time.as_secs_f64(), outcome.memory >> 20);
    let (name, says) = (cell(name), cell(ask.says));
    format!("| {name} | `{}` | {status} | {says} | {seconds:.2} s | {memory} MB |", ask.args)
}
