//! The table of hostile input: what it is, how it is made, what is asked, and what the tool has to
//! answer. The tests and the benchmark `hostile` share it.

use std::path::Path;

/// Something that a stranger may send, or that a machine may hold.
pub struct Case {
    pub name: String,
    /// Makes it in an empty folder.
    pub make: Box<dyn Fn(&Path) + Send + Sync>,
    pub asks: Vec<Ask>,
}

/// A command, and its answer.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// The arguments, divided by blanks.
    pub args: &'static str,
    /// The exit status that is right.
    pub status: i32,
    /// What the output or the complaint has to have in it.
    pub says: &'static str,
}

/// What most cases ask.
pub const CHECK: &str = "check --format concise";

pub const INDEX: Ask = ask("index --format html --out site", 0, "wrote");

pub const fn ask(args: &'static str, status: i32, says: &'static str) -> Ask {
    Ask { args, status, says }
}

pub fn case(
    name: impl Into<String>,
    asks: &[Ask],
    make: impl Fn(&Path) + Send + Sync + 'static,
) -> Case {
    Case { name: name.into(), make: Box::new(make), asks: asks.to_vec() }
}

/// How large and how many things are whose size is not asked for.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// A text of Markdown, in KiB.
    pub text: usize,
    /// A file, in MiB.
    pub file: usize,
    /// The documents of a repository.
    pub documents: usize,
    /// Headings, links, test cases, entries.
    pub many: usize,
}

/// The text is nearly the longest that is read, less what makes a document of it.
pub const FULL: Sizes = Sizes { text: 1530, file: 60, documents: 5_000, many: 100_000 };

/// A size as it is called.
pub fn called(size: usize) -> String {
    format!("{} kB", count(size >> 10))
}

/// A number as people write it.
pub fn count(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

/// The document that most cases have.
pub const PATH: &str = "Standards/scs-0101-v1-entropy.md";

pub const FIELDS: &str = "title: Entropy\ntype: Standard\nstatus: Draft\ntrack: IaaS\n\
    description: Enough entropy.\n";

pub const SECTIONS: &str = "\n## Introduction\n\nText.\n\n## Motivation\n\nText.\n\n\
    ## Conformance Tests\n\nText.\n\n";

/// A document without a defect.
pub fn good() -> String {
    format!("---\n{FIELDS}---\n{SECTIONS}")
}

pub fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let file = root.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// A text as code of Markdown.
pub fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// `count` times what is made of the number.
pub fn each(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

impl Case {
    /// The row of `docs/hostile-input.md`, without what is measured.
    pub fn row(&self) -> String {
        let cell = |text: &str| text.replace('|', "\\|");
        let answers = self.asks.iter().map(|Ask { args, status, says }| {
            let args = args.replace(" --format concise", "");
            cell(&format!("`{args}`: {status}, *{says}*"))
        });
        let answers: Vec<String> = answers.collect();
        format!("| {} | {} |", cell(&self.name), answers.join("<br>"))
    }
}
