//! `change-transition`: see `change_transition.md`.

use crate::change::Change;
use crate::finding::Level;
use crate::model::Status;
use crate::model::lifecycle::TRANSITIONS;
use crate::rules::{Check, Rule, Sink};
use crate::text::any_of;

pub const RULE: Rule = Rule {
    id: "change-transition",
    level: Level::Error,
    reference: "scs-0001-v1#process",
    templates: false,
    page: include_str!("change_transition.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    for operation in &change.operations {
        let (Some((from, to)), Some(document)) = (operation.step(), operation.after()) else {
            continue;
        };
        let place = document.front.place("status");
        let label = document.label();
        match from.step_to(to) {
            Some(step) if step.usual => {}
            Some(_) => {
                let message = format!("{label} goes from {from} to {to}, which is unusual");
                sink.report(document, place, "status", message)
                    .milder(Level::Warning)
                    .help(format!("the usual ways on from {from} are {}", ways(from)));
            }
            None => {
                let message =
                    format!("{label} goes from {from} to {to}, which is no step of the process");
                let finding = sink.report(document, place, "status", message);
                finding.label(format!("it was {from}"));
                finding.help(match ways(from) {
                    ways if ways.is_empty() => {
                        format!("what is {from} stays so; propose a new version instead")
                    }
                    ways => format!("from {from} the way leads to {ways}"),
                });
            }
        }
    }
}

/// Where the usual steps from a status lead.
fn ways(from: Status) -> String {
    let steps = TRANSITIONS.iter().filter(|step| step.from == from && step.usual);
    any_of(&steps.map(|step| step.to.to_string()).collect::<Vec<_>>())
}
