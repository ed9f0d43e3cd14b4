//! What the Markdown of manifests has in common.

use super::{Part, Place, Test};
use crate::document::Document;
use crate::gfm;
use crate::index::url;
use crate::model::{CaseKind, CaseLevel, Vocabulary};

/// A link to a document, with what it is called as its text.
pub(super) fn link(site: &str, document: &Document) -> String {
    format!("[{}]({})", gfm::inline(&document.label()), url(site, document))
}

/// The address of a place.
pub(super) fn address(site: &str, place: &Place<'_>) -> String {
    let page = url(site, place.document);
    match place.anchor {
        "" => page,
        anchor => format!("{page}#{}", gfm::address(&crate::text::percent_decoded(anchor))),
    }
}

/// A part: a link to its document and its title, or its name.
pub(super) fn part(site: &str, part: &Part<'_>) -> String {
    match part.document {
        Some(document) => format!("{}: {}", link(site, document), gfm::inline(&part.name)),
        None => gfm::inline(&part.name),
    }
}

/// `main`, `recommended`; the name of another target.
pub(super) fn level<'t>(test: &'t Test<'_>) -> &'t str {
    test.level.map_or(test.target.as_str(), |it| CaseLevel::name(it))
}

/// `automated, week`: who does it, and how long a result counts. A week counts where nothing is
/// said (scs-0003, *Test-case descriptor*); for what people do, nobody says so.
pub(super) fn kind_and_lifetime(test: &Test<'_>) -> String {
    let lifetime = match (test.lifetime, test.kind) {
        (Some(lifetime), _) => Some(lifetime.name()),
        (None, CaseKind::Automated) => Some("week"),
        (None, _) => None,
    };
    lifetime.map_or_else(|| test.kind.to_string(), |it| format!("{}, {it}", test.kind))
}
