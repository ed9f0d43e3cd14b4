//! `manifest-url`: see `manifest_url.md`.

use crate::corpus::manifest::Manifest;
use crate::corpus::{Corpus, Target};
use crate::document::Document;
use crate::document::Placed;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::nearest;

pub const RULE: Rule = Rule {
    id: "manifest-url",
    level: Level::Error,
    reference: "scs-0003-v1#manifest",
    templates: false,
    page: include_str!("manifest_url.md"),
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, corpus: &Corpus, sink: &mut Sink<'_>) {
    let testcases = manifest.testcases().map(|(_, it)| (&it.id, &it.url));
    let all = testcases.chain(manifest.modules.iter().map(|it| (&it.id, &it.url)));
    for (id, url) in all {
        let Some(url) = url else { continue };
        let (wrong, help) = match manifest.target(&url.value) {
            Target::Missing(_) => {
                let meant = corpus.resembling(url.value.split('#').next().unwrap_or_default());
                let meant =
                    meant.map(|it| format!("did you mean `{}`?", it.trim_end_matches(".md")));
                ("leads to no document".to_owned(), meant)
            }
            Target::Document(index) => match corpus.at(*index).and_then(|it| lacking(url, it)) {
                Some(found) => found,
                None => continue,
            },
            _ => continue,
        };
        let id = id.as_ref().map_or("?", |id| &id.value);
        let message = format!("the address of `{id}` {wrong}: {}", url.value);
        let finding = sink.report_in(&manifest.path, url.span, id, message);
        finding.help = help;
    }
}

/// What is wrong with the anchor that an address asks for, and what to do.
fn lacking(url: &Placed<String>, document: &Document) -> Option<(String, Option<String>)> {
    let (_, anchor) = url.value.split_once('#')?;
    let anchors = &document.outline.anchors;
    if anchor.is_empty() || anchors.contains(anchor) {
        return None;
    }
    let meant = nearest(anchor, anchors.iter().map(String::as_str));
    let help = meant.map(|it| format!("did you mean `#{it}`?"));
    Some((format!("asks for an anchor that {} does not have", document.label()), help))
}
