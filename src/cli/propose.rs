//! The pull request for a step: branch, commit, push, and the request itself, in that order.

use super::writing::{Plan, Surroundings, Workshop};
use super::{Failure, Status};
use crate::edit::{push, remote};
use crate::github::{Access, Client, NewPull, RepositoryName, find_open, open};
use crate::text::{shortened, shown};

/// The longest title of a pull request, in characters.
const LONGEST_TITLE: usize = 250;

/// Does a step on a branch of its own, and proposes it. Nothing is written before it is known where
/// it is to go, and that nobody proposes the same.
pub(super) fn propose(
    plan: &Plan<'_>,
    workshop: &Workshop,
    surroundings: &mut Surroundings<'_>,
) -> Result<Status, Failure> {
    let (branch, title) = (surroundings.writing.branch(), plan.subject());
    // A title becomes the message of a merge, where a name after `@` or a number after `#` has effects.
    let title = shown(&title).replace('@', "@\u{2060}").replace('#', "#\u{2060}");
    let title = shortened(&title, LONGEST_TITLE);
    let config = &workshop.config;
    let repository: RepositoryName = config
        .repository
        .parse()
        .map_err(|error| Failure::Usage(format!("`repository` of {}: {error}", config.path)))?;
    let access = Access::from_environment()?;
    let web = format!("{}/{repository}", access.web());
    let to = remote(&workshop.root, &config.repository, &config.default_branch)?;
    let client = Client::new(access);
    if let Some(other) = find_open(&client, &repository, branch, &title)? {
        let address = format!("{web}/pull/{}", other.number);
        return Err(Failure::Usage(format!(
            "a pull request for this is open already: {address}; nothing was written"
        )));
    }
    match plan.carry_out(surroundings)? {
        Status::Clean => {}
        status => return Ok(status),
    }
    push(&workshop.root, &to, branch)?;
    let base = config.default_branch.as_str();
    let body = plan.checklist()?;
    let new = NewPull { title: &title, body: &body, head: branch, base };
    let opened = open(&client, &repository, &new).map_err(|error| {
        let address = format!("{web}/compare/{base}...{branch}?expand=1");
        Failure::Usage(format!(
            "{error}. The branch {branch} is pushed to {to}: open the pull request by hand at {address}"
        ))
    })?;
    surroundings.say(&format!("opened {web}/pull/{}", opened.number))?;
    Ok(Status::Clean)
}
