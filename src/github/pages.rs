//! Lists that come in pages (RFC 8288; GitHub, *Using pagination in the REST API*).

use http::{HeaderMap, Uri};
use serde::de::DeserializeOwned;

use super::{Client, GithubError};

/// How many pages of a list are read.
const MOST_PAGES: usize = 30;

/// How many items are on a page.
pub(super) const PER_PAGE: usize = 100;

impl Client {
    /// All items of a list. `path` has no query but perhaps `?…` of its own.
    pub(super) fn all<T: DeserializeOwned>(
        &self,
        what: &str,
        path: &str,
    ) -> Result<Vec<T>, GithubError> {
        let sign = if path.contains('?') { '&' } else { '?' };
        let mut next = Some(format!("{path}{sign}per_page={PER_PAGE}"));
        let mut items = Vec::new();
        let mut pages = 0;
        while let Some(path) = next {
            if pages == MOST_PAGES {
                return Err(GithubError::Pages { what: what.to_owned(), pages });
            }
            let answer = self.get(what, &path)?;
            items.extend(answer.read::<Vec<T>>(self, what)?);
            next = match next_page(&answer.headers) {
                None => None,
                Some(link) => Some(
                    self.within(link)
                        .ok_or_else(|| GithubError::Foreign { what: what.to_owned() })?,
                ),
            };
            pages += 1;
        }
        Ok(items)
    }

    /// Path and query of a link that leads to where the token may go: the same origin (RFC 6454).
    pub(super) fn within(&self, link: &str) -> Option<String> {
        let address = &self.access().address;
        let link: Uri = link.parse().ok()?;
        let authority = |uri: &Uri| uri.authority().map(|it| it.as_str().to_lowercase());
        let same = link.scheme() == address.scheme() && authority(&link) == authority(address);
        let path = link.path_and_query().filter(|_| same)?.as_str();
        path.starts_with(address.path().trim_end_matches('/')).then(|| path.to_owned())
    }
}

/// The link with the relation `next`.
fn next_page(headers: &HeaderMap) -> Option<&str> {
    let links = headers.get(http::header::LINK)?.to_str().ok()?;
    links.split(',').find_map(|link| {
        let (target, parameters) = link.split_once(';')?;
        let is_next = parameters.split(';').any(|it| it.trim() == "rel=\"next\"");
        target.trim().strip_prefix('<')?.strip_suffix('>').filter(|_| is_next)
    })
}
