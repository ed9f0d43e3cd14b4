//! Exemptions that the community granted (scs-0001, *Exemptions*).

use super::Context;
use crate::source::Commit;

/// The key of the line.
const KEY: &str = "SCS-Exempt:";

/// A line `SCS-Exempt: <rule> <reason>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The id of a rule, as it is written.
    pub rule: String,
    /// Why; empty if nobody says so.
    pub reason: String,
    /// Where it stands: `pull request`, or `commit` with the beginning of its id.
    pub place: String,
}

/// The exemptions in the text of the pull request and in the messages of its commits.
pub(super) fn read(context: Option<&Context>, commits: &[Commit]) -> Vec<Exemption> {
    let body = context.and_then(|context| context.body.as_deref());
    let body = body.map(|body| ("pull request".to_owned(), body));
    let messages = commits.iter().map(|commit| {
        let id = commit.id.get(..7).unwrap_or(&commit.id);
        (format!("commit {id}"), commit.message.as_str())
    });
    let mut found: Vec<Exemption> = Vec::new();
    for (place, text) in body.into_iter().chain(messages) {
        for line in text.lines().map(str::trim) {
            let is_key = |key: &&str| key.eq_ignore_ascii_case(KEY);
            let Some(key) = line.get(..KEY.len()).filter(is_key) else { continue };
            let rest = line.get(key.len()..).unwrap_or_default().trim();
            let (rule, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let (rule, reason) = (rule.to_owned(), reason.trim().to_owned());
            // A squashed commit repeats the text of the pull request.
            if !found.iter().any(|it| it.rule == rule && it.reason == reason) {
                found.push(Exemption { rule, reason, place: place.clone() });
            }
        }
    }
    found
}
