//! A base and a head: pull requests and merge gates.

use crate::document::Document;

rules! {
    change_one_document,
    change_foreign_supplement,
    change_version,
    change_status,
    change_number_taken,
    change_number_unassigned,
    change_number_gap,
    change_predecessor_status,
    change_predecessor_edited,
    change_slug,
    change_number_moved,
    change_deleted,
    change_transition,
    change_dates_frozen,
    change_kind,
    change_stable_text,
    change_announced,
    change_untested,
    change_mixed,
    change_approval,
}

/// How many things are named one by one.
const MOST_NAMED: usize = 8;

/// What people call these documents: `scs-0100-v1, scs-0101-v1 and 3 more`.
fn labels(documents: &[&Document]) -> String {
    let labels: Vec<String> = documents.iter().map(|document| document.label()).collect();
    crate::text::some_of(&labels, MOST_NAMED)
}
