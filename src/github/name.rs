//! The names of repositories and pull requests.

use std::fmt;
use std::str::FromStr;

/// The longest name of an owner or a repository, in bytes. GitHub takes 39 and 100.
const LONGEST_NAME: usize = 100;

/// A repository, `OWNER/REPO`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryName {
    owner: String,
    name: String,
}

/// A pull request, `OWNER/REPO#N` or its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullName {
    /// Where it is.
    pub repository: RepositoryName,
    /// Its number, from 1.
    pub number: u64,
    /// The host of its address, if it was named by that.
    pub host: Option<String>,
}

/// Why a text names nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It is no pull request.
    #[error(
        "expected a pull request: OWNER/REPO#N, or its address (https://github.com/OWNER/REPO/pull/N)"
    )]
    Pull,
    /// It is no repository.
    #[error("expected a repository: OWNER/REPO")]
    Repository,
}

impl FromStr for RepositoryName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<RepositoryName, NameError> {
        let (owner, name) = text.split_once('/').ok_or(NameError::Repository)?;
        let is_name = |it: &str| {
            let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            // Of dots alone, a path would lead elsewhere.
            (1..=LONGEST_NAME).contains(&it.len())
                && it.bytes().all(known)
                && it.bytes().any(|byte| byte != b'.')
        };
        if !is_name(owner) || !is_name(name) {
            return Err(NameError::Repository);
        }
        Ok(RepositoryName { owner: owner.to_owned(), name: name.to_owned() })
    }
}

impl fmt::Display for RepositoryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

impl FromStr for PullName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<PullName, NameError> {
        let (host, repository, number) = match text.strip_prefix("https://") {
            None => {
                let (repository, number) = text.split_once('#').ok_or(NameError::Pull)?;
                (None, repository.to_owned(), number)
            }
            Some(address) => {
                let address = address.split(['?', '#']).next().unwrap_or_default();
                let mut parts = address.split('/');
                let mut next = || parts.next().ok_or(NameError::Pull);
                let (host, owner, name) = (next()?, next()?, next()?);
                let (pull, number) = (next()?, next()?);
                if pull != "pull" || host.is_empty() {
                    return Err(NameError::Pull);
                }
                (Some(host.to_lowercase()), format!("{owner}/{name}"), number)
            }
        };
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|number| digits && *number > 0);
        Ok(PullName {
            repository: repository.parse().map_err(|_| NameError::Pull)?,
            number: number.ok_or(NameError::Pull)?,
            host,
        })
    }
}

impl fmt::Display for PullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.repository, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pull_requests() {
        let name = |text: &str| text.parse::<PullName>().map(|it| it.to_string());
        for text in [
            "a/b.c#12",
            "https://github.com/a/b.c/pull/12",
            "https://github.com/a/b.c/pull/12/files?x=1#diff",
        ] {
            assert_eq!(name(text).unwrap(), "a/b.c#12", "{text}");
        }
        for text in [
            "",
            "a/b",
            "a#1",
            "a/b#0",
            "a/b#+1",
            "a/b#1 ",
            "a/b/c#1",
            "../b#1",
            "a/..#1",
            "a/b?x#1",
            "http://github.com/a/b/pull/1",
            "https://github.com/a/b/issues/1",
            "https:///a/b/pull/1",
            "a/b#99999999999999999999",
        ] {
            assert!(name(text).is_err(), "{text}");
        }
    }
}
