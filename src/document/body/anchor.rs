//! The names of headings in links, as GitHub makes them.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use regex::Regex;

/// The anchor of a heading's text: lower case, blanks to hyphens, everything that is neither a
/// letter, mark, digit or connector of Unicode nor a hyphen is dropped.
///
/// Source: the behaviour of GitHub, as the package `github-slugger` writes it down.
#[must_use]
pub fn anchor(text: &str) -> String {
    static DROPPED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\w\- ]").ok());
    let lower = text.trim().to_lowercase();
    if lower.is_ascii() {
        let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
        return lower.chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect();
    }
    let kept =
        DROPPED.as_ref().map_or_else(|| lower.as_str().into(), |re| re.replace_all(&lower, ""));
    kept.replace(' ', "-")
}

/// Numbers anchors that occur more than once: `a`, `a-1`, `a-2`.
#[derive(Default)]
pub(super) struct Slugs(HashMap<String, usize>);

impl Slugs {
    pub(super) fn next(&mut self, text: &str) -> String {
        let base = anchor(text);
        let mut slug = base.clone();
        while self.0.contains_key(&slug) {
            let count = self.0.entry(base.clone()).or_default();
            *count += 1;
            slug = format!("{base}-{count}");
        }
        self.0.insert(slug.clone(), 0);
        slug
    }
}

/// Splits a name that the author gave, `Heading {#name}`, from the text.
pub(super) fn explicit_id(text: &str) -> Option<(&str, &str)> {
    let (before, id) = text.strip_suffix('}')?.rsplit_once("{#")?;
    let plain = !id.is_empty() && !id.contains(char::is_whitespace);
    plain.then(|| (before.trim_end(), id))
}

/// Adds the values of `id` and `name` in a piece of HTML.
pub(super) fn html_names(html: &str, names: &mut BTreeSet<String>) {
    static NAMES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?i)\s(?:id|name)\s*=\s*["']?([^"'\s>]+)"#).ok());
    if let Some(re) = NAMES.as_ref().filter(|_| html.contains('=')) {
        names.extend(re.captures_iter(html).map(|found| found[1].to_owned()));
    }
}
