//! The ids of test cases as documents write them: with a variable part where one line stands for
//! several (scs-0003, *Test cases*).

use std::fmt;

/// The number of the standard that the id of a test case begins with: `scs-`, four digits, a hyphen,
/// and something behind it.
#[must_use]
pub fn testcase_number(id: &str) -> Option<u16> {
    let (number, rest) = id.strip_prefix("scs-")?.split_once('-')?;
    let digits = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| digits && !rest.is_empty())
}

/// An id of a test case that may have one variable part: `scs-0103-flavor-X` or
/// `scs-0123-service-<type>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePattern {
    text: String,
    /// The bytes of the variable part.
    variable: Option<(usize, usize)>,
}

impl CasePattern {
    /// Reads an id. A variable part is a name in angle brackets, or a single upper-case letter
    /// between hyphens, underscores, dots or the ends.
    #[must_use]
    pub fn new(text: &str) -> CasePattern {
        CasePattern { text: text.to_owned(), variable: bracketed(text).or_else(|| letter(text)) }
    }

    /// Whether what does not vary is written as an id is: small letters, digits, `-`, `_` and `.`.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        let (before, after) = self.parts().unwrap_or((&self.text, ""));
        before.chars().chain(after.chars()).all(fits)
    }

    /// Whether it stands for several test cases.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.variable.is_some()
    }

    /// What stands before the variable part, if there is one.
    #[must_use]
    pub fn before(&self) -> Option<&str> {
        self.parts().map(|(before, _)| before)
    }

    /// Whether it stands for this test case.
    #[must_use]
    pub fn matches(&self, id: &str) -> bool {
        match self.parts() {
            None => self.text == id,
            Some((before, after)) => {
                id.len() > before.len() + after.len()
                    && id.starts_with(before)
                    && id.ends_with(after)
            }
        }
    }

    /// The test case that has this in place of the variable part.
    #[must_use]
    pub fn with(&self, value: &str) -> String {
        match self.parts() {
            None => self.text.clone(),
            Some((before, after)) => format!("{before}{value}{after}"),
        }
    }

    /// A text with this in place of the variable part, where it stands as a word of its own.
    #[must_use]
    pub fn described(&self, text: &str, value: &str) -> String {
        let Some((start, end)) = self.variable else { return text.to_owned() };
        let variable = self.text.get(start..end).unwrap_or_default();
        let mut described = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(variable).filter(|_| !variable.is_empty()) {
            let (before, found) = rest.split_at(at);
            let after = found.get(variable.len()..).unwrap_or_default();
            let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let alone = !goes_on(before.chars().next_back()) && !goes_on(after.chars().next());
            described.push_str(before);
            described.push_str(if alone { value } else { variable });
            rest = after;
        }
        described + rest
    }

    fn parts(&self) -> Option<(&str, &str)> {
        let (start, end) = self.variable?;
        Some((self.text.get(..start)?, self.text.get(end..)?))
    }
}

impl fmt::Display for CasePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn bracketed(text: &str) -> Option<(usize, usize)> {
    let start = text.find('<')?;
    let length = text.get(start..)?.find('>')?;
    Some((start, start + length + 1))
}

fn letter(text: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for part in text.split_inclusive(['-', '_', '.']) {
        let word = part.trim_end_matches(['-', '_', '.']);
        if word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Some((start, start + 1));
        }
        start += part.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_part_stands_for_something() {
        let flavors = CasePattern::new("scs-0103-flavor-X");
        assert!(flavors.is_open() && flavors.matches("scs-0103-flavor-1v-4"));
        assert!(!flavors.matches("scs-0103-flavor-") && !flavors.matches("scs-0103-flavour-1v"));
        assert_eq!(flavors.with("1v-4"), "scs-0103-flavor-1v-4");
        let services = CasePattern::new("scs-0123-<type>-check");
        assert!(services.matches("scs-0123-a-check") && !services.matches("scs-0123-check"));
        let plain = CasePattern::new("scs-0102-prop-os_distro");
        assert!(!plain.is_open() && plain.matches("scs-0102-prop-os_distro"));
        assert!(!CasePattern::new("scs-0104-XL").is_open());
        assert!(flavors.is_plain() && plain.is_plain());
        assert!(!CasePattern::new("scs-0104-XL").is_plain());
        let numbers =
            ["scs-0103-a", "scs-0103-", "scs-0103", "SCS-0103-a", "scs-01033-a", "a-0103-b"];
        assert_eq!(numbers.map(testcase_number), [Some(103), None, None, None, None, None]);
        assert_eq!(flavors.described("`SCS-X` is no X86; X", "1V"), "`SCS-1V` is no X86; 1V");
    }
}
