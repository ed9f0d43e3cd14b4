//! File names: what the canonical URL of a document is made of.

rules! {
    file_name_pattern,
    slug_characters,
    slug_style,
    number_track,
    number_unique,
    version_sequence,
    number_placeholder,
    file_content,
}
