//! `manifest-draft`: see `manifest_draft.md`.

use crate::corpus::scope::Describing;
use crate::corpus::{Corpus, Scope};
use crate::document::Document;
use crate::finding::Level;
use crate::model::{Date, Status};
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-draft",
    level: Level::Warning,
    reference: "scs-0003-v1#versions",
    templates: false,
    page: include_str!("manifest_draft.md"),
    check: Check::Scopes(check),
};

fn check(scopes: &[Scope<'_>], corpus: &Corpus, sink: &mut Sink<'_>) {
    for scope in scopes.iter().filter(|it| it.document.meta.status == Some(Status::Stable)) {
        let Some(day) = scope.document.meta.stabilized_at else { continue };
        for point in &scope.included {
            let Some(included) = point.document else { continue };
            if let Some(why) = not_stable_on(included, day) {
                let message = format!(
                    "this scope is stable from {day} on and includes {}, which {why}",
                    included.label()
                );
                sink.report(scope.document, point.span, included.label(), message);
            }
        }
    }
    // A version that a document describes is told of there.
    for manifest in &corpus.manifests {
        let modules = manifest.modules_by_id();
        let describing = Describing::of(scopes, manifest);
        for version in &manifest.versions {
            let (Some(name), Some(day)) = (&version.version, &version.stabilized_at) else {
                continue;
            };
            if describing.version(&name.value).is_some() {
                continue;
            }
            for include in &version.include {
                let module = modules.get(include.module.value.as_str());
                let url = module.and_then(|it| it.url.as_ref());
                let document = url.and_then(|it| corpus.led_to(manifest, &it.value));
                let Some(document) = document else { continue };
                if let Some(why) = not_stable_on(document, day.value) {
                    let label = document.label();
                    let message = format!(
                        "version `{}` is stable from {} on and includes {label}, which {why}",
                        name.value, day.value
                    );
                    let subject = format!("{}: {label}", name.value);
                    sink.report_in(&manifest.path, include.module.span, subject, message);
                }
            }
        }
    }
}

/// Why a document is not Stable on a day, if it is not.
fn not_stable_on(document: &Document, day: Date) -> Option<String> {
    let meta = &document.meta;
    match (meta.status, meta.stabilized_at) {
        (Some(Status::Draft), _) => Some("is a Draft".to_owned()),
        (Some(Status::Rejected), _) => Some("is Rejected".to_owned()),
        (Some(_), Some(stabilized)) if stabilized > day => {
            Some(format!("is stable only from {stabilized} on"))
        }
        (Some(Status::Deprecated), None) => Some("never was Stable".to_owned()),
        _ => match meta.deprecated_at {
            Some(deprecated) if deprecated <= day => {
                Some(format!("is deprecated since {deprecated}"))
            }
            _ => None,
        },
    }
}
