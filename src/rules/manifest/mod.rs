//! Test-suite manifests (scs-0003), and what they and the documents say of each other.

rules! {
    manifest_syntax,
    manifest_reference,
    manifest_duplicate,
    manifest_unused,
    manifest_url,
    manifest_testcase_id,
    manifest_module_id,
    manifest_scope,
    manifest_date,
    manifest_lifetime,
    manifest_draft,
    manifest_undocumented,
    standard_untested,
    testcase_table,
}
