//! Why the service gave no answer that can be used.

/// Why the service gave no answer that can be used.
#[derive(Debug, thiserror::Error)]
pub enum GithubError {
    /// There is no token.
    #[error("GitHub: there is no token: set GITHUB_TOKEN")]
    NoToken,
    /// The token is none.
    #[error(
        "GitHub: GITHUB_TOKEN is no token: it has blanks or other characters that no token has"
    )]
    Token,
    /// The timeout is none.
    #[error("GitHub: SCS_GITHUB_TIMEOUT is no number of seconds between 0.01 and 600")]
    Timeout,
    /// The address is none.
    #[error("GitHub: the address {address} {why}: set GITHUB_API_URL to that of the API")]
    Address {
        /// The address.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The address has a user or a password in it.
    #[error(
        "GitHub: the address in GITHUB_API_URL has a user or a password in it: give the token in GITHUB_TOKEN"
    )]
    Credentials,
    /// The pull request is one of another host.
    #[error(
        "GitHub: the pull request is one of {pull}, and {address} is asked: set GITHUB_API_URL to the API of {pull}"
    )]
    OtherHost {
        /// The host of the pull request.
        pull: String,
        /// The address of the API.
        address: String,
    },
    /// No client could be made.
    #[error("GitHub: no connection can be made: {0}")]
    Client(String),
    /// The service could not be reached, or the connection broke.
    #[error("GitHub: {what}: {reason}{}", sent(*.wrote))]
    Unreachable {
        /// What was asked for.
        what: String,
        /// Why.
        reason: String,
        /// Whether it was to write something.
        wrote: bool,
    },
    /// The answer took too long.
    #[error("GitHub: {what}: no answer within {seconds} s{}", sent(*.wrote))]
    Slow {
        /// What was asked for.
        what: String,
        /// How long was waited.
        seconds: f64,
        /// Whether it was to write something.
        wrote: bool,
    },
    /// The service refused.
    #[error("GitHub: {what}: {status}{message}{}", hint(*.status))]
    Refused {
        /// What was asked for.
        what: String,
        /// The status of the answer (RFC 9110, section 15).
        status: u16,
        /// What the service says, in parentheses, or nothing.
        message: String,
    },
    /// There were too many requests.
    #[error("GitHub: {what}: there were too many requests: try again {when}")]
    Limited {
        /// What was asked for.
        what: String,
        /// From when on.
        when: String,
    },
    /// The answer is too large.
    #[error("GitHub: {what}: the answer is larger than {limit} bytes")]
    Large {
        /// What was asked for.
        what: String,
        /// How many bytes are read.
        limit: usize,
    },
    /// The answer cannot be read.
    #[error("GitHub: {what}: the answer cannot be read: {reason}")]
    Malformed {
        /// What was asked for.
        what: String,
        /// Why.
        reason: String,
    },
    /// It is said to be elsewhere, where the token may not go.
    #[error("GitHub: {what}: said to be at another address, which is not asked")]
    Foreign {
        /// What was asked for.
        what: String,
    },
    /// There are too many pages.
    #[error("GitHub: {what}: there are more than {pages} pages")]
    Pages {
        /// What was asked for.
        what: String,
        /// How many are read.
        pages: usize,
    },
}

/// What is not known after a request that was to write something.
fn sent(wrote: bool) -> &'static str {
    if wrote { "; whether it was done is not known: look before you try again" } else { "" }
}

/// What to do about a status.
fn hint(status: u16) -> &'static str {
    match status {
        401 => ": the token in GITHUB_TOKEN is not valid, or not any more",
        403 => ": the token in GITHUB_TOKEN does not have the permission",
        404 => ": there is no such thing, or the token in GITHUB_TOKEN may not see it",
        _ => "",
    }
}
