//! `front-matter-missing`: see `front_matter_missing.md`.

use crate::corpus::Corpus;
use crate::document::{Document, Flaw, FrontMatterProblem as Problem};
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "front-matter-missing",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: true,
    page: include_str!("front_matter_missing.md"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Corpus, sink: &mut Sink<'_>) {
    let Some(Problem::Missing { late }) = &document.front.problem else { return };
    if document.flaws.contains(&Flaw::NotAFile) {
        return;
    }
    let message = "there is no front matter: the first line has to be `---`";
    let finding = sink.report(document, document.front.opening, "front matter", message);
    match late {
        Some(line) => {
            finding.related(document, *line, "a block begins here");
            finding.help("remove the empty lines before the block");
        }
        None => {
            finding.help(
                "begin the file with `---`, the fields `title`, `type`, `status` and `track`, and `---`",
            );
        }
    }
}
