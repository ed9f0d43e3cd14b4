//! The blocks of code on a rule's page: what they are a part of stands in their info string.
//!
//! `markdown file=PATH` is a file of the repository; in the example of a change it is the same on
//! all sides. `base=PATH`, `head=PATH` and `target=PATH` are files of one side; the target has what
//! the base has and what it got since. `json context` is the context of a pull request, and `sh` a
//! command. `escapes` at the end says that the text has escapes.

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A file of the repository.
    File,
    /// A file of the base only.
    Base,
    /// A file of the head only.
    Head,
    /// A file that the target branch got since.
    Target,
    /// The context of a pull request.
    Context,
    /// A command.
    Command,
}

/// The info string of a block (CommonMark 0.31, *Fenced code blocks*), read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Info<'i> {
    /// What the block is.
    pub role: Role,
    /// The path of a file; empty for what is none.
    pub path: &'i str,
    /// Whether the text has escapes for characters that a page cannot show.
    pub escapes: bool,
}

const SIDES: [(&str, Role); 4] = [
    (" file=", Role::File),
    (" base=", Role::Base),
    (" head=", Role::Head),
    (" target=", Role::Target),
];

impl<'i> Info<'i> {
    /// Reads an info string; `None` if it says nothing of this kind.
    #[must_use]
    pub fn parse(info: &'i str) -> Option<Info<'i>> {
        let plain = |role| Info { role, path: "", escapes: false };
        match info {
            "json context" => return Some(plain(Role::Context)),
            "sh" => return Some(plain(Role::Command)),
            _ => {}
        }
        SIDES.iter().find_map(|(key, role)| {
            let (_, rest) = info.split_once(key)?;
            let path = rest.trim_end_matches(" escapes");
            let escapes = path.len() < rest.len();
            Some(Info { role: *role, path: path.trim_matches('"'), escapes })
        })
    }

    /// What stands above the block where people read the page.
    #[must_use]
    pub fn caption(&self) -> String {
        match self.role {
            Role::File => self.path.to_owned(),
            Role::Base => format!("{} in the base", self.path),
            Role::Head => format!("{} in the head", self.path),
            Role::Target => format!("{} in the target as it is now", self.path),
            Role::Context => "context of the pull request".to_owned(),
            Role::Command => "command".to_owned(),
        }
    }
}
