//! A new pull request.

use http::Method;
use serde::Deserialize;
use serde_json::json;

use super::pull::all_open;
use super::{Client, GithubError, Pull, RepositoryName};

/// A pull request that is to be opened.
#[derive(Debug, Clone)]
pub struct NewPull<'p> {
    /// Its title.
    pub title: &'p str,
    /// Its text, in Markdown.
    pub body: &'p str,
    /// The branch that it brings.
    pub head: &'p str,
    /// The branch that it is to go to.
    pub base: &'p str,
}

/// A pull request that was opened.
#[derive(Debug, Clone, Deserialize)]
pub struct Opened {
    /// Its number.
    pub number: u64,
}

/// The open pull request that brings a branch of this name, or has this title: it does the same.
///
/// # Errors
/// The service gave no answer that can be used.
pub fn find_open(
    client: &Client,
    repository: &RepositoryName,
    branch: &str,
    title: &str,
) -> Result<Option<Pull>, GithubError> {
    let is_same = |pull: &Pull| {
        pull.head.branch == branch || pull.title.trim().eq_ignore_ascii_case(title.trim())
    };
    Ok(all_open(client, repository)?.into_iter().find(is_same))
}

/// Opens a pull request.
///
/// # Errors
/// The service refuses, or gave no answer that can be used.
pub fn open(
    client: &Client,
    repository: &RepositoryName,
    new: &NewPull<'_>,
) -> Result<Opened, GithubError> {
    let what = format!("a new pull request of {repository}");
    let NewPull { title, body, head, base } = new;
    let body = json!({ "title": title, "body": body, "head": head, "base": base });
    let path = format!("/repos/{repository}/pulls");
    client.write(&what, &Method::POST, &path, &body)?.read(client, &what)
}
