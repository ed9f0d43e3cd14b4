//! What hostile input gets, how long it takes and how much memory: `cargo bench --bench hostile`.
//!
//! Words after `--` choose the cases whose names have one of them; `--write` puts the table between
//! the markers of `docs/hostile-input.md`. `SCS_DOC` names another program than the one built here.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints")]

#[path = "../tests/suite/hostile/mod.rs"]
mod hostile;
#[path = "../tests/suite/plain_git.rs"]
mod plain_git;

use std::path::Path;
use std::process::ExitCode;

use hostile::limits;
use hostile::table::FULL;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/hostile-input.md");
const MARKER: &str = "<!-- benches/hostile.rs -->\n";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&String> = args.iter().filter(|it| !it.starts_with('-')).collect();
    let write = args.iter().any(|it| it == "--write");
    let other = std::env::var_os("SCS_DOC").map(|it| std::path::absolute(it).unwrap());
    let bounds = if other.is_some() { limits::PROMISED } else { limits::bounds() };
    let tool = other.unwrap_or_else(|| env!("CARGO_BIN_EXE_scs-doc").into());
    let (mut tables, mut worst, mut missing) = (String::new(), (0.0_f64, 0), Vec::new());
    let mut held = true;
    for (title, cases) in hostile::rooms(FULL, &mut missing) {
        tables.push_str(&format!(
            "\n## {title}\n\n| Input | Asked, status, said | Time | Memory |\n"
        ));
        tables.push_str("| --- | --- | ---: | ---: |\n");
        for case in cases {
            if !words.is_empty() && !words.iter().any(|word| case.name.contains(*word)) {
                continue;
            }
            let (outcomes, wrong) = limits::judge(&tool, &case, bounds);
            let seconds = outcomes.iter().map(|it| it.time.as_secs_f64()).fold(0.0, f64::max);
            let memory = outcomes.iter().map(|it| it.memory).max().unwrap_or_default() / 1_000_000;
            worst = (worst.0.max(seconds), worst.1.max(memory));
            let row = format!("{} {seconds:.2} s | {memory} MB |\n", case.row());
            print!("{row}");
            tables.push_str(&row);
            held &= wrong.is_empty();
            wrong.iter().for_each(|it| eprintln!("!! {it}"));
        }
    }
    missing.iter().for_each(|it| eprintln!("passed over: {it}"));
    let (seconds, memory) = worst;
    let text = format!("The worst time is {seconds:.1} s, the most memory {memory} MB.\n{tables}");
    println!("\n{}", text.lines().next().unwrap());
    match held && missing.is_empty() && words.is_empty() {
        true if write => put(Path::new(PAGE), &text),
        _ => {}
    }
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Puts a text between the markers of a page.
fn put(page: &Path, text: &str) {
    let there = std::fs::read_to_string(page).unwrap();
    let parts: Vec<&str> = there.split(MARKER).collect();
    let [before, _, after] = parts.try_into().expect("the page has two markers");
    std::fs::write(page, [before, MARKER, text, MARKER, after].concat()).unwrap();
}
