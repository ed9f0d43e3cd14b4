//! Very many documents, and what they say of each other.

use super::table::{Ask, CHECK, Case, FIELDS, INDEX, SECTIONS, ask, case, write};

/// A document at each place of a row, and what it says of the others.
fn corpus(
    name: &str,
    asks: &[Ask],
    count: usize,
    one: impl Fn(usize) -> (String, String) + Send + Sync + 'static,
) -> Case {
    case(format!("documents: {name}"), asks, move |root| {
        for at in 0..count {
            let (file, fields) = one(at);
            write(
                root,
                &format!("Standards/{file}"),
                format!("---\n{FIELDS}{fields}---\n{SECTIONS}"),
            );
        }
    })
}

pub fn cases() -> Vec<Case> {
    vec![
        corpus(
            "a cycle of 10,000 that replace each other",
            &[
                ask(CHECK, 1, "[reference-cycle]"),
                INDEX,
                ask("status", 0, "scs-0101-v1"),
                ask("graph --format svg", 0, "svg"),
                ask("promote scs-0101-v1 --dry-run", 0, "would write"),
            ],
            10_000,
            |at| {
                (
                    format!("scs-{at:04}-v1-a.md"),
                    format!("replaces:\n  - scs-{:04}-v1-a.md\n", (at + 1) % 10_000),
                )
            },
        ),
        corpus(
            "5,000 with the same number and version",
            &[ask(CHECK, 1, "[number-unique]"), INDEX],
            5_000,
            |at| (format!("scs-0101-v1-a{at}.md"), String::new()),
        ),
        corpus(
            "5,000 versions of a number",
            &[ask(CHECK, 1, "[replaces-missing]"), INDEX],
            5_000,
            |at| (format!("scs-0101-v{}-a.md", at + 1), String::new()),
        ),
        corpus("5,000 that replace the same one", &[ask(CHECK, 1, "error["), INDEX], 5_000, |at| {
            (format!("scs-{at:04}-v1-a.md"), "replaces:\n  - scs-0101-v1-a.md\n".to_owned())
        }),
        corpus("200 that replace all", &[ask(CHECK, 1, "error["), INDEX], 200, |at| {
            let all: String = (0..200).map(|at| format!("  - scs-{at:04}-v1-a.md\n")).collect();
            (
                format!("scs-{at:04}-v1-a.md"),
                format!("replaces:\n{all}replaced_by:\n{all}supplements:\n{all}"),
            )
        }),
        corpus(
            "5,000 that replace one with a slip",
            &[ask(CHECK, 1, "[reference-unknown]")],
            5_000,
            |at| {
                (
                    format!("scs-{at:04}-v1-long-name-of-a-standard-{at}.md"),
                    format!("replaces:\n  - scs-{at:04}-v1-long-nmae-of-a-stndard-{at}.md\n"),
                )
            },
        ),
    ]
}
