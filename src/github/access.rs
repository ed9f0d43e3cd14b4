//! How the service is reached: its address, the token, and how long is waited.

use std::fmt;
use std::time::Duration;

use http::Uri;

use super::{GithubError, PullName};

/// The address of the service, unless `GITHUB_API_URL` has another.
const ADDRESS: &str = "https://api.github.com";

/// How long one answer may take, unless `SCS_GITHUB_TIMEOUT` says otherwise.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The longest and the shortest time that can be asked for, in seconds.
const TIMEOUTS: std::ops::RangeInclusive<f64> = 0.01..=600.0;

/// The longest token that is sent, in bytes.
const LONGEST_TOKEN: usize = 1024;

/// Address and token of the service.
#[derive(Clone)]
pub struct Access {
    /// The address of the API, without `/` at its end.
    pub(super) address: Uri,
    pub(super) token: String,
    pub(super) patience: Patience,
}

/// How long is waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one answer, from the first byte sent to the last one read.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { answer: TIMEOUT }
    }
}

impl Patience {
    /// The longest time that the service can ask to wait for; beyond it, somebody comes back later.
    pub(super) fn longest_wait(self) -> Duration {
        self.answer * 3
    }

    /// How long is waited before a request is sent again, after so many tries.
    pub(super) fn pause(self, tries: u32) -> Duration {
        self.answer / 20 * tries
    }
}

impl Access {
    /// Takes `GITHUB_TOKEN`, `GITHUB_API_URL` and `SCS_GITHUB_TIMEOUT`.
    ///
    /// # Errors
    /// There is no token, or one of them cannot be used.
    pub fn from_environment() -> Result<Access, GithubError> {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let address = set("GITHUB_API_URL").unwrap_or_else(|| ADDRESS.to_owned());
        let token = set("GITHUB_TOKEN").ok_or(GithubError::NoToken)?;
        let patience = match set("SCS_GITHUB_TIMEOUT") {
            None => Patience::default(),
            Some(text) => {
                let seconds = text.trim().parse().ok().filter(|it| TIMEOUTS.contains(it));
                Patience { answer: Duration::from_secs_f64(seconds.ok_or(GithubError::Timeout)?) }
            }
        };
        Access::new(&address, &token, patience)
    }

    /// Takes an address and a token.
    ///
    /// # Errors
    /// The address is no URL of a service, or is one that a token would go to unencrypted; the token
    /// has characters that no token has.
    pub fn new(address: &str, token: &str, patience: Patience) -> Result<Access, GithubError> {
        let wrong = |why: &'static str| GithubError::Address { address: address.to_owned(), why };
        let plain = address.trim().trim_end_matches('/');
        let uri: Uri = plain.parse().map_err(|_| wrong("is no URL"))?;
        let authority = uri.authority().ok_or_else(|| wrong("has no host"))?;
        if authority.as_str().contains('@') {
            return Err(GithubError::Credentials);
        }
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if matches!(authority.host(), "127.0.0.1" | "[::1]" | "localhost") => {}
            _ => {
                return Err(wrong(
                    "is no https:// address: the token would be readable on its way",
                ));
            }
        }
        if uri.query().is_some() {
            return Err(wrong("has a query"));
        }
        let token = token.trim();
        let visible = token.bytes().all(|byte| byte.is_ascii_graphic());
        if token.is_empty() || token.len() > LONGEST_TOKEN || !visible {
            return Err(GithubError::Token);
        }
        Ok(Access { address: uri, token: token.to_owned(), patience })
    }

    /// Whether a pull request is one of this service, as far as its name says.
    ///
    /// # Errors
    /// Its address is one of another host.
    pub fn check(&self, pull: &PullName) -> Result<(), GithubError> {
        match &pull.host {
            Some(host) if *host != self.host() => Err(GithubError::OtherHost {
                pull: host.clone(),
                address: self.address.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// The address that people open in a browser, without `/` at its end.
    #[must_use]
    pub fn web(&self) -> String {
        let scheme = self.address.scheme_str().unwrap_or("https");
        format!("{scheme}://{}", self.host())
    }

    fn host(&self) -> String {
        let authority = self.address.authority().map(|it| it.as_str().to_lowercase());
        let authority = authority.unwrap_or_default();
        authority.strip_prefix("api.").map_or_else(|| authority.clone(), str::to_owned)
    }

    /// A text without the token, should the service send it back.
    pub(super) fn redacted(&self, text: &str) -> String {
        text.replace(&self.token, "***")
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("address", &self.address).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(address: &str, token: &str) -> Result<Access, GithubError> {
        Access::new(address, token, Patience::default())
    }

    #[test]
    fn a_token_goes_to_no_open_address() {
        for address in ["https://api.github.com/", "http://127.0.0.1:80", "https://ghe.x/api/v3"] {
            let access = access(address, "t0ken\n").unwrap();
            assert!(!format!("{access:?}").contains("t0ken"));
        }
        for address in [
            "http://api.github.com",
            "ftp://x",
            "api",
            "",
            "https://",
            "https://x?y",
            "https://a@x",
        ] {
            assert!(access(address, "t").is_err(), "{address}");
        }
        for token in ["", " ", "a\nb", "ä", &"a".repeat(2000)] {
            assert!(access("https://x", token).is_err(), "{token:?}");
        }
    }

    #[test]
    fn addresses_for_people() {
        let web = |address| access(address, "t").unwrap().web();
        assert_eq!(web("https://api.github.com"), "https://github.com");
        assert_eq!(web("https://ghe.example.org/api/v3/"), "https://ghe.example.org");
        let pull = "https://GHE.example.org/a/b/pull/1".parse().unwrap();
        assert!(access("https://ghe.example.org/api/v3", "t").unwrap().check(&pull).is_ok());
        assert!(access("https://api.github.com", "t").unwrap().check(&pull).is_err());
    }
}
