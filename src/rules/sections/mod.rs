//! Headings and the sections that a type of document must have.

rules! { section_missing, section_empty, heading_level_one }
