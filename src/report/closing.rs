//! The last line of a report for people: what there is, and what was not shown.

use super::{Summary, View};
use crate::finding::Level;
use crate::text::counted;

/// What the line is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closing<'c> {
    pub summary: Summary,
    /// Whether there are no findings at all.
    pub is_empty: bool,
    /// How many findings the change is exempted from.
    pub exempted: usize,
    /// How many findings that are not inherited have a safe repair.
    pub repaired: usize,
    /// How many documents the change touches, if there is one.
    pub changed: Option<usize>,
    pub config_path: &'c str,
}

impl Closing<'_> {
    pub fn line(&self, view: View) -> String {
        let Closing { summary, is_empty, exempted, repaired, changed, config_path } = *self;
        let Summary { documents, errors, warnings, notes, excepted, inherited } = summary;
        if documents == 0 && is_empty && changed.is_none() {
            return "no documents here: nothing was checked".to_owned();
        }
        let notes = notes.saturating_sub(exempted);
        let notes_shown = view.verbose || view.fail_on == Level::Note;
        let shown =
            [(errors, "error", true), (warnings, "warning", true), (notes, "note", notes_shown)];
        let shown = shown.iter().filter(|(count, _, shown)| *count > 0 && *shown);
        let found: Vec<String> = shown.map(|(count, noun, _)| counted(*count, noun)).collect();
        let found = match found.as_slice() {
            [] if notes + exempted > 0 => "no errors, no warnings".to_owned(),
            [] => "nothing to complain about".to_owned(),
            found => found.join(", "),
        };
        let mut more = Vec::new();
        if exempted > 0 {
            more.push(format!("{exempted} exempted"));
        }
        if notes > 0 && !notes_shown {
            more.push(format!("{} not shown (-v)", counted(notes, "note")));
        }
        if inherited > 0 {
            let hidden = if view.verbose { "" } else { " not shown (-v)" };
            more.push(format!("{inherited} inherited{hidden}"));
        }
        match repaired {
            0 => {}
            count if changed.is_some() => {
                more.push(format!("{count} can be repaired (scs-doc check --fix)"));
            }
            count => more.push(format!("{count} can be repaired (--fix)")),
        }
        if excepted > 0 {
            more.push(format!("{excepted} excepted in {config_path}"));
        }
        let more = if more.is_empty() { String::new() } else { format!("; {}", more.join(", ")) };
        let what = match changed {
            Some(changed) => format!("{} changed", counted(changed, "document")),
            None => counted(documents, "document"),
        };
        format!("{what}: {found}{more}")
    }
}
