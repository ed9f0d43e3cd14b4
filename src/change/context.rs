//! What only the hosting service knows of a pull request, handed over as a file.

use std::collections::BTreeMap;

use serde::Deserialize;

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
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Review {
    /// Who gave it.
    pub login: String,
    /// `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`, `DISMISSED` or `PENDING`.
    pub state: String,
    /// The commit that was looked at.
    #[serde(default)]
    pub commit: Option<String>,
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
    /// Reads the file (RFC 8259). Keys that are not known are left for later versions.
    ///
    /// # Errors
    /// It is no JSON, or a value has another type.
    pub fn parse(bytes: &[u8]) -> Result<Context, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// Those who approve, in lower case: the last review of each person counts, comments aside.
    /// `None` where reviews are not known.
    #[must_use]
    pub fn approvals(&self, head: Option<&str>) -> Option<BTreeMap<String, Approval>> {
        let mut last = BTreeMap::new();
        for review in self.reviews.as_ref()? {
            let approval = match review.state.to_ascii_uppercase().as_str() {
                "APPROVED" => match (&review.commit, head) {
                    (Some(commit), Some(head)) if !commit.eq_ignore_ascii_case(head) => {
                        Some(Approval::Earlier)
                    }
                    _ => Some(Approval::Given),
                },
                "CHANGES_REQUESTED" | "DISMISSED" => None,
                _ => continue,
            };
            last.insert(review.login.to_lowercase(), approval);
        }
        Some(last.into_iter().filter_map(|(login, it)| Some((login, it?))).collect())
    }

    /// The other pull requests that are open; `None` where they are not known.
    pub fn others(&self) -> Option<impl Iterator<Item = &OpenPull>> {
        let open = self.open_pulls.as_ref()?;
        Some(open.iter().filter(|pull| Some(pull.number) != self.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_review_of_each_person_counts() {
        let review = |login: &str, state: &str, commit: &str| Review {
            login: login.to_owned(),
            state: state.to_owned(),
            commit: Some(commit.to_owned()),
        };
        let reviews = vec![
            review("Ann", "APPROVED", "b"),
            review("ann", "COMMENTED", "b"),
            review("ben", "APPROVED", "a"),
            review("cem", "APPROVED", "b"),
            review("cem", "CHANGES_REQUESTED", "b"),
            review("dan", "DISMISSED", "b"),
        ];
        let context = Context { reviews: Some(reviews), ..Context::default() };
        let expected = [("ann", Approval::Given), ("ben", Approval::Earlier)];
        let expected = expected.map(|(login, it)| (login.to_owned(), it)).into();
        assert_eq!(context.approvals(Some("b")), Some(expected));
        assert_eq!(Context::default().approvals(Some("b")), None);
    }
}
