//! What documents say of each other in their front matter.

rules! {
    reference_unknown,
    reference_self,
    reference_cycle,
    replaces_missing,
    replaced_by_missing,
    replacement_draft,
    relation_asymmetric,
    supplement_number,
    supplement_track,
    supplement_target,
    supplement_coverage,
}
