//! Names of pages.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The longest name, in bytes: file systems take 255 with everything around it.
const LONGEST: usize = 160;

/// Names without extension, each given once whatever a file system thinks of capitals.
#[derive(Debug, Default)]
pub(super) struct PageNames(BTreeSet<String>);

impl PageNames {
    /// A name that was not given yet, like this one: letters, digits, `-`, `_` and `.` stay, the code
    /// of any other character stands in its place, since some of them are patterns to a site.
    pub fn unique(&mut self, like: &str) -> String {
        let mut name = String::new();
        for c in like.chars() {
            match c {
                _ if name.len() > LONGEST => break,
                '-' | '_' | '.' => name.push(c),
                c if c.is_ascii_alphanumeric() => name.push(c),
                c => {
                    let _ = write!(name, "-x{:x}-", u32::from(c));
                }
            }
        }
        let mut unique = name.clone();
        let mut count = 1;
        while !self.0.insert(unique.to_lowercase()) {
            count += 1;
            unique = format!("{name}-{count}");
        }
        unique
    }
}
