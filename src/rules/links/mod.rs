//! Links into the repository and its site. Nothing here opens a connection.

rules! { link_target, link_anchor, link_text, link_deprecated, link_undefined, link_autolink }
