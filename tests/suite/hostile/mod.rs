//! What a stranger may send, and what a machine may hold: what each gets, its time and its memory.
//! The benchmark `hostile` shares it, and makes the table in `docs/hostile-input.md`.

pub mod blocks;
pub mod bodies;
pub mod documents;
pub mod files;
pub mod git;
pub mod limits;
pub mod manifests;
pub mod special;
pub mod table;

use table::{Case, Sizes};

/// The rooms of the table, each with its title. What this machine has no means for is missing, and
/// told.
pub fn rooms(sizes: Sizes, missing: &mut Vec<&'static str>) -> Vec<(&'static str, Vec<Case>)> {
    let mut special = [special::links(), special::pipes_and_folders()];
    let [_, last] = &mut special;
    if special::has_devices() {
        last.extend(special::devices());
    } else {
        missing.push("devices");
    }
    if limits::can_be_denied() {
        last.extend(special::forbidden());
    } else {
        missing.push("what may not be read");
    }
    let markdown = [bodies::of_pieces(sizes), bodies::of_nests(sizes), bodies::of_many(sizes)];
    let manifests = [blocks::manifests(), manifests::manifests(sizes), manifests::documents(sizes)];
    vec![
        ("Front matter", blocks::fronts(sizes)),
        ("Markdown", markdown.into_iter().flatten().collect()),
        ("Very many documents", documents::cases(sizes)),
        ("Very large files", files::sizes(sizes)),
        ("Odd names", files::names()),
        ("Links, pipes, devices and forbidden places", special.into_iter().flatten().collect()),
        ("Manifests", manifests.into_iter().flatten().collect()),
        (
            "Configuration and bindings",
            [blocks::configs(), blocks::bindings()].into_iter().flatten().collect(),
        ),
        ("Patterns of git", blocks::ignored()),
        (
            "Repositories of git",
            [git::damages(), git::multitudes()].into_iter().flatten().collect(),
        ),
    ]
}
