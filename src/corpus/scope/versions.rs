//! Which document describes which version of a manifest, and which regime counts.

use super::Scope;
use crate::corpus::Manifest;
use crate::document::{Document, Span};
use crate::model::{CaseKind, DocId, Lifetime, Status};

/// What a manifest calls a version that is still in the making.
const NEXT: &str = "next";

/// The document that describes a version of a manifest: the one that calls it so; else the one whose
/// version it is a minor version of (`v5.1` of `v5`), unless that calls another version of the
/// manifest its own. `next` is the newest Draft that no other version stands for.
#[must_use]
pub fn describing<'s, 'c>(
    scopes: &'s [Scope<'c>],
    manifest: &Manifest,
    label: &str,
) -> Option<&'s Scope<'c>> {
    let own = || scopes.iter().filter(|it| it.is_of(manifest));
    let labels = || manifest.versions.iter().filter_map(|it| it.version.as_ref());
    let is_free = |it: &&Scope<'_>| !labels().any(|label| label.value == it.version);
    if let Some(exact) = own().find(|it| it.version == label) {
        return Some(exact);
    }
    if label == NEXT {
        let major = |it: &Scope<'_>| format!("v{}", it.id.version);
        let is_other =
            |it: &&Scope<'_>| labels().any(|label| is_minor_of(&label.value, &major(it)));
        let drafts = own().filter(|it| it.document.meta.status == Some(Status::Draft));
        return drafts.filter(|it| !is_other(it)).max_by_key(|it| it.id.version);
    }
    let fits = |it: &&Scope<'_>| is_minor_of(label, &format!("v{}", it.id.version));
    own().filter(is_free).find(fits)
}

/// Whether a version is another one, or a minor version of it: `v5.1` of `v5`.
#[must_use]
pub fn is_minor_of(label: &str, version: &str) -> bool {
    label.strip_prefix(version).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// How often results of a kind of test cases are renewed for a document, and where that is said: in the newest scope document
/// that is Stable and includes it, else in the newest one that does.
#[must_use]
pub fn regime_of<'s, 'c>(
    scopes: impl Iterator<Item = &'s Scope<'c>> + Clone,
    id: DocId,
    kind: CaseKind,
) -> Option<(Lifetime, Span, &'s Document)>
where
    'c: 's,
{
    let includes = |it: &&Scope<'_>| {
        it.included.iter().any(|point| point.document.and_then(Document::id) == Some(id))
    };
    let including = scopes.filter(includes);
    let is_stable = |it: &&Scope<'_>| it.document.meta.status == Some(Status::Stable);
    let newest = |it: &&Scope<'_>| it.id.version;
    let in_force = including.clone().filter(is_stable).max_by_key(newest);
    let scope = in_force.or_else(|| including.max_by_key(newest))?;
    scope.regime.of(id, kind).map(|(lifetime, place)| (lifetime, place, scope.document))
}
