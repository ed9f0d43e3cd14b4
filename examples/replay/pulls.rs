//! The pull requests of a clone that has them as `refs/pull/<number>/base` and `/head`.

use std::path::Path;

use scs_doc::Date;
use scs_doc::change::{Change, Circumstances, Configs, Stage};
use scs_doc::corpus::Shelf;
use scs_doc::source::{Head, History};

pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The change set of a pull request, judged on a day.
pub fn load(history: &History, shelf: &Shelf, number: u32, day: Date) -> Outcome<Change> {
    let base = format!("refs/pull/{number}/base");
    let head = format!("refs/pull/{number}/head");
    let range = history.range(&base, Head::Revision(&head))?;
    let circumstances = Circumstances { as_of: day, stage: Stage::Proposal, context: None };
    Ok(Change::load(shelf, &range, Configs::default(), circumstances)?)
}

/// The numbers of all pull requests, and the days of their last commits.
pub fn all(root: &Path) -> Outcome<Vec<(u32, Date)>> {
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
