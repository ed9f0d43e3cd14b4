//! `image-status`: see `image_status.md`.

use crate::corpus::data::Content;
use crate::corpus::{Corpus, DataFile};
use crate::finding::Level;
use crate::model::{Demand, Vocabulary};
use crate::rules::{Check, Rule, Sink};
use crate::text::{any_of, nearest, shortened};

pub const RULE: Rule = Rule {
    id: "image-status",
    level: Level::Error,
    reference: "scs-0104-v1#image-list",
    templates: false,
    page: include_str!("image_status.md"),
    check: Check::Data(check),
};

fn check(file: &DataFile, _: &Corpus, sink: &mut Sink<'_>) {
    let Content::Images(images) = &file.content else { return };
    let names: Vec<&str> = Demand::ALL.iter().map(|it| it.name()).collect();
    for image in images {
        let Some(status) = &image.status else { continue };
        let value = status.value.as_str();
        if names.contains(&value) {
            continue;
        }
        let shown = shortened(value, 60);
        let message = format!("`status` is `{shown}`; expected {}, or no status", any_of(&names));
        let subject = format!("{} status", image.label());
        let finding = sink.report_in(&file.path, status.span, subject, message);
        if value == "optional" {
            // Some lists write it, and it means the same.
            finding.help("leave `status` out: an image without it is optional").milder(Level::Note);
        } else if let Some(meant) = nearest(value, names.iter().copied()) {
            finding.help(format!("did you mean `{meant}`?"));
        }
    }
}
