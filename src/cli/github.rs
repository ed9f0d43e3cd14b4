//! What commands ask the hosting service for.

use std::io::Write;

use super::complain;
use crate::change::{Change, Context};
use crate::github::{Access, Client, GithubError, PullName, open_pulls, pull, reviews};
use crate::source::{History, Range};
use crate::text::{MOST_NAMED, shortened, some_of};

/// The change with what the service knows of it, as far as it matters and the service tells it. What
/// it does not tell is said, and not judged then.
pub(super) fn informed(
    change: Change,
    range: &Range,
    (history, target): (&History, &str),
    name: &PullName,
    err: &mut dyn Write,
) -> Change {
    match context(&change, (history, target), name, err) {
        Ok(context) => change.informed(context, range),
        Err(error) => {
            complain(err, &format!("{error}; judged without what only GitHub knows of {name}"));
            change
        }
    }
}

fn context(
    change: &Change,
    (history, target): (&History, &str),
    name: &PullName,
    err: &mut dyn Write,
) -> Result<Context, GithubError> {
    let access = Access::from_environment()?;
    access.check(name)?;
    let client = Client::new(access);
    let told = pull(&client, name)?;
    if let Some(head) = change.ends.head.as_ref().filter(|head| **head != told.head.sha) {
        let [judged, there] = [head, &told.head.sha].map(|id| shortened(id, 40));
        complain(err, &format!("{name} has the head {there} now; {judged} is judged"));
    }
    let mut context = Context {
        number: Some(name.number),
        body: Some(told.body.unwrap_or_default()),
        ..Context::default()
    };
    let mut missing = |error: GithubError| complain(err, &error);
    if change.needs_reviews() {
        match reviews(&client, name) {
            Ok(reviews) => context.reviews = Some(reviews),
            Err(error) => missing(error),
        }
    }
    if change.needs_open_pulls() {
        let added = |pull: &crate::github::Pull| history.added(target, &pull.head.sha);
        match open_pulls(&client, name, added) {
            Ok(known) => {
                context.open_pulls = Some(known.open);
                if let Some(error) = known.trouble {
                    missing(error);
                }
                if !known.unread.is_empty() {
                    let unread: Vec<String> = known.unread.iter().map(u64::to_string).collect();
                    let unread = some_of(&unread, MOST_NAMED);
                    let why = "it is not known what other open pull requests add";
                    complain(
                        err,
                        &format!(
                            "{why}: {unread}; fetch them (refs/pull/N/head) to have them judged"
                        ),
                    );
                }
                context.unread_pulls = known.unread;
            }
            Err(error) => missing(error),
        }
    }
    Ok(context)
}
