//! The front matter and the table of scs-0001.

rules! {
    front_matter_missing,
    front_matter_unterminated,
    front_matter_syntax,
    front_matter_bom,
    front_matter_whitespace,
    field_duplicate,
    field_unknown,
    field_required,
    field_forbidden,
    field_empty,
    field_type,
    field_list,
    field_value,
    field_date,
    type_kind,
    title_prefix,
    description_missing,
    template_residue,
}
