//! What the service knows of a pull request, of its reviews, and of the other ones that are open.

use serde::Deserialize;

use super::{Client, GithubError, PullName, RepositoryName};
use crate::change::{OpenPull, Review, ReviewState};

/// Of how many open pull requests the service is asked for the files, at most.
const MOST_ASKED: usize = 30;

/// The longest text of a pull request, in bytes: GitHub takes 65,536 characters.
const LONGEST_BODY: usize = 4 * 65_536;

/// A pull request.
#[derive(Debug, Clone, Deserialize)]
pub struct Pull {
    /// Its number.
    pub number: u64,
    /// Its title.
    pub title: String,
    /// Its text, if it has one.
    #[serde(default)]
    pub body: Option<String>,
    /// Its labels.
    #[serde(default)]
    pub labels: Vec<Label>,
    /// Whether it is a draft.
    #[serde(default)]
    pub draft: bool,
    /// Who made it; none for an account that is gone.
    #[serde(default)]
    pub user: Option<User>,
    /// Where it is to go.
    pub base: End,
    /// What it brings.
    pub head: End,
}

/// A label.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// An account.
#[derive(Debug, Clone, Deserialize)]
pub struct User {
    /// Its name.
    pub login: String,
}

/// An end of a pull request.
#[derive(Debug, Clone, Deserialize)]
pub struct End {
    /// The branch.
    #[serde(rename = "ref")]
    pub branch: String,
    /// The commit, in hexadecimal digits.
    pub sha: String,
}

#[derive(Debug, Deserialize)]
struct GivenReview {
    #[serde(default)]
    user: Option<User>,
    state: String,
    #[serde(default)]
    commit_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    filename: String,
    status: String,
}

/// What of the open pull requests is known, and of which the files are not.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Those that are open, with the files that they add.
    pub open: Vec<OpenPull>,
    /// The numbers of those of which the files are not known.
    pub unread: Vec<u64>,
    /// Why the service did not tell them.
    pub trouble: Option<GithubError>,
}

/// Reads a pull request.
///
/// # Errors
/// The service gave no answer that can be used.
pub fn pull(client: &Client, name: &PullName) -> Result<Pull, GithubError> {
    let PullName { repository, number, .. } = name;
    let what = format!("pull request {name}");
    let answer = client.get(&what, &format!("/repos/{repository}/pulls/{number}"))?;
    let mut pull: Pull = answer.read(client, &what)?;
    let is_id = |id: &str| id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_id(&pull.head.sha) || pull.number != *number {
        let reason = "it is not about the head of this pull request".to_owned();
        return Err(GithubError::Malformed { what, reason });
    }
    pull.body = pull.body.filter(|body| body.len() <= LONGEST_BODY);
    Ok(pull)
}

/// Reads the reviews of a pull request, in the order in which they were given.
///
/// # Errors
/// The service gave no answer that can be used.
pub fn reviews(client: &Client, name: &PullName) -> Result<Vec<Review>, GithubError> {
    let PullName { repository, number, .. } = name;
    let what = format!("reviews of {name}");
    let path = format!("/repos/{repository}/pulls/{number}/reviews");
    let given: Vec<GivenReview> = client.all(&what, &path)?;
    let known = given.into_iter().filter_map(|review| {
        Some(Review {
            state: state(&review.state)?,
            login: review.user.map(|user| user.login),
            // An approval that names no commit is not one of the head.
            commit: Some(review.commit_id.unwrap_or_default()),
        })
    });
    Ok(known.collect())
}

/// What a review says; none for what is new to this program: it is no approval.
fn state(name: &str) -> Option<ReviewState> {
    serde_json::from_value(serde_json::Value::from(name)).ok()
}

/// Reads the pull requests that are open, with the files that they add: `added` tells those of a head
/// that is here, the service those of the others, with a bound.
///
/// # Errors
/// The service does not tell which are open.
pub fn open_pulls(
    client: &Client,
    name: &PullName,
    added: impl Fn(&Pull) -> Option<Vec<String>>,
) -> Result<Wanted, GithubError> {
    let mut wanted = Wanted::default();
    let mut asked = 0;
    for pull in all_open(client, &name.repository)? {
        let number = pull.number;
        if number == name.number {
            continue;
        }
        let mut files = added(&pull);
        if files.is_none() && asked < MOST_ASKED && wanted.trouble.is_none() {
            asked += 1;
            match files_of(client, &name.repository, number) {
                Ok(read) => files = Some(read),
                Err(error) => wanted.trouble = Some(error),
            }
        }
        match files {
            Some(added) => wanted.open.push(OpenPull { number, added }),
            None => wanted.unread.push(number),
        }
    }
    Ok(wanted)
}

/// All pull requests that are open.
pub(super) fn all_open(
    client: &Client,
    repository: &RepositoryName,
) -> Result<Vec<Pull>, GithubError> {
    let what = format!("open pull requests of {repository}");
    client.all(&what, &format!("/repos/{repository}/pulls?state=open"))
}

/// The paths of the files that a pull request adds.
fn files_of(
    client: &Client,
    repository: &RepositoryName,
    number: u64,
) -> Result<Vec<String>, GithubError> {
    let what = format!("files of {repository}#{number}");
    let path = format!("/repos/{repository}/pulls/{number}/files");
    let files: Vec<File> = client.all(&what, &path)?;
    // A file that got another name is new under that one.
    let is_new = |file: &File| matches!(file.status.as_str(), "added" | "renamed" | "copied");
    Ok(files.into_iter().filter(is_new).map(|file| file.filename).collect())
}
