//! Test-suite manifests and the documents that they follow from (scs-0003): building manifests,
//! keeping them up to date, and telling what a certificate scope asks for, version by version, those
//! who run clouds, audit them, or write standards.

pub mod bindings;
pub mod build;
mod cases;
pub mod checklist;
pub mod coverage;
pub mod diff;
mod edition;
mod error;
mod flavors;
mod frozen;
mod markup;
mod phases;
mod series;
mod suite;
mod sync;
mod yaml;

pub use build::{Built, build};
pub use checklist::{Audience, Checklist};
pub use coverage::Coverage;
pub use diff::Upgrade;
pub use edition::{Edition, Part, Place, Test};
pub use error::BuildError;
pub use flavors::flavors_file;
pub use frozen::altered;
pub use phases::{Phase, phases};
pub use series::{Candidate, ScopeError, ScopeSeries};
pub use sync::{Sync, addresses, sync};

use crate::corpus::Manifest;
use crate::text::counted;

/// What is to be said of a manifest that could not be read in full.
#[must_use]
pub fn unread(manifest: &Manifest) -> Option<String> {
    let count = manifest.problems.len();
    (count > 0).then(|| {
        format!(
            "{}: {} in it; what could be read is used (see `scs-doc manifest check`)",
            manifest.path,
            counted(count, "problem")
        )
    })
}
