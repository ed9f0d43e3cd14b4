//! The one comment of this program on a pull request.

use http::Method;
use serde::Deserialize;
use serde_json::json;

use super::pull::User;
use super::{Client, GithubError, PullName};

/// The first line of the comment, which nobody sees.
const MARKER: &str = "<!-- scs-doc comment: kept up to date by scs-doc -->";

/// Who writes with the token of a workflow, which belongs to no user.
const WORKFLOW: &str = "github-actions[bot]";

/// What was done about the comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    /// There was none.
    Created,
    /// It says something else now.
    Updated,
    /// It said so already.
    Unchanged,
}

#[derive(Debug, Deserialize)]
struct Comment {
    id: u64,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    user: Option<User>,
}

/// The text of the comment for a report in Markdown.
#[must_use]
pub fn comment_text(markdown: &str) -> String {
    format!("{MARKER}\n{}\n", markdown.trim_end())
}

/// Creates the comment, or brings it up to date. `author` is who writes with this token, where that
/// is known. If there are several, the oldest is taken.
///
/// # Errors
/// The service gave no answer that can be used.
pub fn post(
    client: &Client,
    pull: &PullName,
    text: &str,
    author: Option<&str>,
) -> Result<Posted, GithubError> {
    let PullName { repository, number, .. } = pull;
    let list = format!("/repos/{repository}/issues/{number}/comments");
    let comments: Vec<Comment> = client.all(&format!("comments of {pull}"), &list)?;
    let mut marked: Vec<&Comment> = comments.iter().filter(|it| it.is_marked()).collect();
    // Others can write the marker too.
    if !marked.is_empty() {
        let author = author.map_or_else(|| own_login(client), |it| Ok(it.to_owned()))?;
        marked.retain(|it| it.is_by(&author));
    }
    let body = json!({ "body": text });
    match marked.into_iter().min_by_key(|it| it.id) {
        None => {
            let what = format!("a new comment on {pull}");
            client.write(&what, &Method::POST, &list, &body)?;
            Ok(Posted::Created)
        }
        Some(comment) if comment.says(text) => Ok(Posted::Unchanged),
        Some(comment) => {
            let what = format!("the comment {} on {pull}", comment.id);
            let path = format!("/repos/{repository}/issues/comments/{}", comment.id);
            client.write(&what, &Method::PATCH, &path, &body)?;
            Ok(Posted::Updated)
        }
    }
}

/// Who writes with this token.
fn own_login(client: &Client) -> Result<String, GithubError> {
    let what = "the user of the token";
    match client.get(what, "/user") {
        Ok(answer) => Ok(answer.read::<User>(client, what)?.login),
        Err(GithubError::Refused { status: 403, .. }) => Ok(WORKFLOW.to_owned()),
        Err(error) => Err(error),
    }
}

impl Comment {
    fn is_marked(&self) -> bool {
        let first = self.body.as_deref().and_then(|body| body.lines().next());
        first.is_some_and(|line| line.trim_end() == MARKER)
    }

    fn is_by(&self, author: &str) -> bool {
        self.user.as_ref().is_some_and(|user| user.login.eq_ignore_ascii_case(author))
    }

    /// Whether it has this text; blanks at the ends of lines are not the service's to keep.
    fn says(&self, text: &str) -> bool {
        let lines = |text: &str| {
            let lines: Vec<String> = text.trim_end().lines().map(|it| it.to_owned()).collect();
            lines
        };
        self.body.as_deref().is_some_and(|body| lines(body) == lines(text))
    }
}
