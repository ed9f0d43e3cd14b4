//! Judges every pull request of a clone that has them as `refs/pull/<number>/base` and `/head`, on
//! the day of its last commit, and counts how often each rule fired on what it introduced.
//!
//! `cargo run --release --example replay -- CLONE [NUMBER]...`; with numbers, the findings of these
//! pull requests are listed.
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use scs_doc::change::{Change, Circumstances, Configs, Stage};
use scs_doc::corpus::Shelf;
use scs_doc::rules::check_change;
use scs_doc::source::{Head, History};
use scs_doc::{Date, Level};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut args = std::env::args().skip(1);
    let root = args.next().ok_or("which clone?")?;
    let wanted: Vec<u32> = args.map(|it| it.parse()).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let (shelf, history) = (Shelf::default(), History::open(Path::new(&root))?);
    let mut counts: BTreeMap<(Level, &str), (usize, usize)> = BTreeMap::new();
    let pulls = pulls(Path::new(&root))?;
    for (number, day) in &pulls {
        if !wanted.is_empty() && !wanted.contains(number) {
            continue;
        }
        let change = load(&history, &shelf, *number, *day)?;
        let settled = check_change(&change);
        let introduced = settled.findings.iter().filter(|finding| !finding.is_inherited());
        if !wanted.is_empty() {
            println!("{number} ({day}): {}", change.headlines().join("; "));
        }
        let mut here: BTreeMap<(Level, &str), usize> = BTreeMap::new();
        for finding in introduced {
            *here.entry((finding.level, finding.rule)).or_default() += 1;
            if !wanted.is_empty() {
                let (level, rule) = (finding.level.name(), finding.rule);
                println!("  {level}[{rule}] {}: {}", finding.path, finding.message);
                for related in &finding.related {
                    println!("      {related}");
                }
            }
        }
        for (key, count) in here {
            let (pulls, findings) = counts.entry(key).or_default();
            *pulls += 1;
            *findings += count;
        }
    }
    println!("{} pull requests in {:.2?}", pulls.len(), start.elapsed());
    for ((level, rule), (pulls, findings)) in counts.iter().rev() {
        println!("{:<8} {rule:<28} {findings:>4} in {pulls:>3} pull requests", level.name());
    }
    Ok(())
}

fn load(history: &History, shelf: &Shelf, number: u32, day: Date) -> Outcome<Change> {
    let base = format!("refs/pull/{number}/base");
    let head = format!("refs/pull/{number}/head");
    let range = history.range(&base, Head::Revision(&head))?;
    let circumstances = Circumstances { as_of: day, stage: Stage::Proposal, context: None };
    Ok(Change::load(shelf, &range, Configs::default(), circumstances)?)
}

/// The numbers of all pull requests, and the days of their last commits.
fn pulls(root: &Path) -> Outcome<Vec<(u32, Date)>> {
    let repository = git2::Repository::open(root)?;
    let mut pulls = Vec::new();
    for reference in repository.references_glob("refs/pull/*/head")? {
        let reference = reference?;
        let number = reference.name()?.split('/').nth(2).ok_or("a number")?.parse()?;
        let time = reference.peel_to_commit()?.time();
        let seconds = time.seconds() + i64::from(time.offset_minutes()) * 60;
        let day = jiff::Timestamp::from_second(seconds)?.strftime("%Y-%m-%d").to_string();
        pulls.push((number, Date::parse(&day).ok_or("a day")?));
    }
    pulls.sort_unstable();
    Ok(pulls)
}
