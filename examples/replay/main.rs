//! Judges every pull request of a clone that has them as `refs/pull/<number>/base` and `/head`, on
//! the day of its last commit, and counts how often each rule fired on what it introduced.
//!
//! `cargo run --release --example replay -- CLONE [NUMBER]...`; with numbers, the findings of these
//! pull requests are listed.
#![allow(clippy::print_stdout, reason = "an example prints")]

mod pulls;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use pulls::Outcome;
use scs_doc::Level;
use scs_doc::change::Change;
use scs_doc::corpus::Shelf;
use scs_doc::rules::{TooMany, check_change};
use scs_doc::source::History;

fn main() -> Outcome<()> {
    let mut args = std::env::args().skip(1);
    let root = args.next().ok_or("which clone?")?;
    let wanted: Vec<u32> = args.map(|it| it.parse()).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let (shelf, history) = (Shelf::default(), History::open(Path::new(&root))?);
    let mut all = pulls::all(Path::new(&root))?;
    all.retain(|(number, _)| wanted.is_empty() || wanted.contains(number));
    // How many findings, in how many pull requests.
    let mut counts: BTreeMap<(Level, &str), (usize, usize)> = BTreeMap::new();
    for (number, day) in &all {
        let change = pulls::load(&history, &shelf, *number, *day)?;
        if !wanted.is_empty() {
            println!("{number} ({day}): {}", change.headlines().join("; "));
        }
        for (key, count) in judge(&change, !wanted.is_empty())? {
            let (findings, pulls) = counts.entry(key).or_default();
            *findings += count;
            *pulls += 1;
        }
    }
    println!("{} pull requests in {:.2?}", all.len(), start.elapsed());
    for ((level, rule), (findings, pulls)) in counts.iter().rev() {
        println!("{:<8} {rule:<28} {findings:>4} in {pulls:>3} pull requests", level.name());
    }
    Ok(())
}

/// What a change introduces, by level and rule.
fn judge(change: &Change, listed: bool) -> Result<BTreeMap<(Level, &'static str), usize>, TooMany> {
    let mut counts = BTreeMap::new();
    for finding in check_change(change)?.findings.iter().filter(|it| !it.is_inherited()) {
        *counts.entry((finding.level, finding.rule)).or_default() += 1;
        if listed {
            let (level, rule) = (finding.level.name(), finding.rule);
            println!("  {level}[{rule}] {}: {}", finding.path, finding.message);
            for related in &finding.related {
                println!("      {related}");
            }
        }
    }
    Ok(counts)
}
