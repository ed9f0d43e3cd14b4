//! What only the hosting service knows of a pull request, handed over as a file.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How short an id of a commit can be abbreviated.
const SHORTEST_ID: usize = 7;

/// A pull request, as far as rules ask for it. Whatever is not given is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Context {
    /// Its number.
    pub number: Option<u64>,
    /// Its text.
    pub body: Option<String>,
    /// Its reviews, in the order in which they were given.
    pub reviews: Option<Vec<Review>>,
    /// The pull requests that are open.
    pub open_pulls: Option<Vec<OpenPull>>,
    /// The numbers of those among them of which it is not known what they add.
    #[serde(skip)]
    pub unread_pulls: Vec<u64>,
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Review {
    /// Who gave it; none for an account that is gone.
    #[serde(default)]
    pub login: Option<String>,
    /// What it says.
    pub state: ReviewState,
    /// The commit that was looked at, perhaps abbreviated.
    #[serde(default)]
    pub commit: Option<String>,
}

/// What a review says, in the words of GitHub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReviewState {
    /// It is fine.
    Approved,
    /// It is not.
    ChangesRequested,
    /// Neither.
    Commented,
    /// It does not count any more.
    Dismissed,
    /// It is not given yet.
    Pending,
}

/// An open pull request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OpenPull {
    /// Its number.
    pub number: u64,
    /// The paths of the files that it adds.
    #[serde(default)]
    pub added: Vec<String>,
}

/// Where an approval stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Approval {
    /// Of an earlier commit than the one that is judged.
    Earlier,
    /// Of the commit that is judged, or of one that is not told.
    Given,
}

impl Context {
    /// Reads the file, one object (RFC 8259). Keys that are not known are read over.
    ///
    /// # Errors
    /// It is no JSON object, or a value has another type.
    pub fn parse(bytes: &[u8]) -> Result<Context, serde_json::Error> {
        // A struct would be read from a list as well.
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(bytes)?;
        drop(object);
        serde_json::from_slice(bytes)
    }

    /// Those who approve, in lower case: the last review of each person counts, comments aside.
    /// `None` where reviews are not known.
    #[must_use]
    pub fn approvals(&self, head: Option<&str>) -> Option<BTreeMap<String, Approval>> {
        let mut last = BTreeMap::new();
        for review in self.reviews.as_ref()? {
            let Some(login) = &review.login else { continue };
            let approval = match review.state {
                ReviewState::Approved if is_of(review, head) => Some(Approval::Given),
                ReviewState::Approved => Some(Approval::Earlier),
                ReviewState::ChangesRequested | ReviewState::Dismissed => None,
                ReviewState::Commented | ReviewState::Pending => continue,
            };
            last.insert(login.to_lowercase(), approval);
        }
        Some(last.into_iter().filter_map(|(login, it)| Some((login, it?))).collect())
    }

    /// The other pull requests that are open; `None` where they are not known.
    pub fn others(&self) -> Option<impl Iterator<Item = &OpenPull>> {
        let open = self.open_pulls.as_ref()?;
        Some(open.iter().filter(|pull| Some(pull.number) != self.number))
    }
}

/// Whether a review is one of this head, as far as it says so. The index is no commit.
fn is_of(review: &Review, head: Option<&str>) -> bool {
    let Some(commit) = review.commit.as_deref() else { return true };
    let starts = |head: &str| {
        let start = head.get(..commit.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(commit))
    };
    commit.len() >= SHORTEST_ID && head.is_some_and(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approvals(reviews: &[(&str, &str, &str)], head: Option<&str>) -> Vec<(String, Approval)> {
        let reviews = reviews.iter().map(|(login, state, commit)| {
            format!(r#"{{"login": "{login}", "state": "{state}", "commit": "{commit}"}}"#)
        });
        let text = format!(r#"{{"reviews": [{}]}}"#, reviews.collect::<Vec<_>>().join(","));
        let context = Context::parse(text.as_bytes()).unwrap();
        context.approvals(head).unwrap().into_iter().collect()
    }

    #[test]
    fn the_last_review_of_each_person_counts() {
        let reviews = [
            ("Ann", "APPROVED", "bbbbbbbbbb"),
            ("ann", "COMMENTED", "bbbbbbbbbb"),
            ("ben", "APPROVED", "aaaaaaaaaa"),
            ("cem", "APPROVED", "bbbbbbbbbb"),
            ("cem", "CHANGES_REQUESTED", "bbbbbbbbbb"),
            ("dan", "DISMISSED", "bbbbbbbbbb"),
            ("eva", "APPROVED", "BBBBBBB"),
            ("fay", "APPROVED", "b"),
        ];
        let given = |login: &str, approval| (login.to_owned(), approval);
        use Approval::{Earlier, Given};
        let expected = [
            given("ann", Given),
            given("ben", Earlier),
            given("eva", Given),
            given("fay", Earlier),
        ];
        assert_eq!(approvals(&reviews, Some("bbbbbbbbbb")), expected);
        let none = approvals(&reviews, None);
        assert!(none.iter().all(|(_, it)| *it == Earlier), "the index is no commit that was seen");
        assert_eq!(Context::default().approvals(Some("b")), None);
    }

    #[test]
    fn a_context_is_an_object_of_known_shape() {
        for wrong in ["[]", "{\"reviews\": [{\"state\": \"FINE\"}]}", "{\"number\": \"1\"}", ""] {
            assert!(Context::parse(wrong.as_bytes()).is_err(), "{wrong}");
        }
        let gone = r#"{"reviews": [{"login": null, "state": "APPROVED"}], "more": 1}"#;
        let context = Context::parse(gone.as_bytes()).unwrap();
        assert_eq!(context.approvals(None), Some(BTreeMap::new()));
    }
}
