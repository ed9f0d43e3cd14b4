//! `manifest-module-id`: see `manifest_module_id.md`.

use crate::corpus::{Corpus, Manifest};
use crate::finding::Level;
use crate::model::Named;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "manifest-module-id",
    level: Level::Warning,
    reference: "scs-0003-v1#modules",
    templates: false,
    page: include_str!("manifest_module_id.md"),
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, corpus: &Corpus, sink: &mut Sink<'_>) {
    for module in &manifest.modules {
        let (Some(id), Some(url)) = (&module.id, &module.url) else { continue };
        let named = Named::all_in(&id.value).next().filter(|(at, _)| *at == 0);
        let named = named.and_then(|(_, named)| named.id());
        let document = corpus.led_to(manifest, &url.value).and_then(|it| it.id());
        if let (Some(named), Some(document)) = (named, document)
            && named != document
        {
            let message = format!(
                "the module `{}` is called as {named}, and its address leads to {document}",
                id.value
            );
            let finding = sink.report_in(&manifest.path, url.span, &*id.value, message);
            finding.help(format!("correct the id, or the address `{}`", url.value));
        }
    }
}
