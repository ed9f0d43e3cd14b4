//! Very many documents, and what they say of each other.

use std::path::Path;

use super::table::{
    Ask, CHECK, Case, FIELDS, INDEX, SECTIONS, Sizes, ask, case, count, good, write,
};

/// A document at each place of a row, and what it says of the others.
fn corpus(
    what: &str,
    asks: &[Ask],
    number: usize,
    one: impl Fn(usize) -> (String, String) + Send + Sync + 'static,
) -> Case {
    case(format!("{} documents {what}", count(number)), asks, move |root| {
        for at in 0..number {
            let (file, fields) = one(at);
            write(
                root,
                &format!("Standards/{file}"),
                format!("---\n{FIELDS}{fields}---\n{SECTIONS}"),
            );
        }
    })
}

/// So many documents with the same body.
pub fn alike(root: &Path, count: usize, body: &str) {
    (100..100 + count).for_each(|at| {
        write(root, &format!("Standards/scs-0{at}-v1-a.md"), good() + body);
    });
}

pub fn cases(Sizes { documents, .. }: Sizes) -> Vec<Case> {
    // The site takes long without optimization; the rest is asked at the full size.
    let cycle = [
        ask(CHECK, 1, "[reference-cycle]"),
        ask("status", 0, "scs-0101-v1"),
        ask("graph --format svg", 0, "svg"),
        ask("promote scs-0101-v1 --dry-run", 0, "would write"),
    ];
    let next = |at, number| {
        let fields = format!("replaces:\n  - scs-{:04}-v1-a.md\n", (at + 1) % number);
        (format!("scs-{at:04}-v1-a.md"), fields)
    };
    let site = 2 * documents;
    vec![
        case("8 documents of 1.4 MB of headings", &[ask(CHECK, 2, "all files together")], |root| {
            alike(root, 8, &"#\n".repeat(700_000));
        }),
        corpus("that replace each other in a cycle", &cycle, 10_000, move |at| next(at, 10_000)),
        corpus("that replace each other in a circle", &[INDEX], site, move |at| next(at, site)),
        corpus(
            "with the same number and version",
            &[ask(CHECK, 1, "[number-unique]"), INDEX],
            documents,
            |at| (format!("scs-0101-v1-a{at}.md"), String::new()),
        ),
        corpus(
            "that are versions of a number",
            &[ask(CHECK, 1, "[replaces-missing]"), INDEX],
            documents,
            |at| (format!("scs-0101-v{}-a.md", at + 1), String::new()),
        ),
        corpus(
            "that replace the same one",
            &[ask(CHECK, 1, "[reference-self]"), INDEX],
            documents,
            |at| (format!("scs-{at:04}-v1-a.md"), "replaces:\n  - scs-0101-v1-a.md\n".to_owned()),
        ),
        corpus("that each replace all", &[ask(CHECK, 1, "[reference-cycle]"), INDEX], 200, |at| {
            let all: String = (0..200).map(|at| format!("  - scs-{at:04}-v1-a.md\n")).collect();
            (
                format!("scs-{at:04}-v1-a.md"),
                format!("replaces:\n{all}replaced_by:\n{all}supplements:\n{all}"),
            )
        }),
        corpus(
            "that replace one with a slip",
            &[ask(CHECK, 1, "[reference-unknown]")],
            documents,
            |at| {
                (
                    format!("scs-{at:04}-v1-long-name-of-a-standard-{at}.md"),
                    format!("replaces:\n  - scs-{at:04}-v1-long-nmae-of-a-stndard-{at}.md\n"),
                )
            },
        ),
    ]
}
