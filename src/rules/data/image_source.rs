//! `image-source`: see `image_source.md`.

mod scheme;

use crate::corpus::data::{Content, Image};
use crate::corpus::{Corpus, DataFile};
use crate::document::Placed;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};
use crate::text::shortened;
use scheme::{Fit, fit};

pub const RULE: Rule = Rule {
    id: "image-source",
    level: Level::Error,
    reference: "scs-0104-v1#sources",
    templates: false,
    page: include_str!("image_source.md"),
    check: Check::Data(check),
};

/// How many expressions of a file are looked at: each can be much work.
const MOST_SCHEMES: usize = 100;

fn check(file: &DataFile, corpus: &Corpus, sink: &mut Sink<'_>) {
    let Content::Images(images) = &file.content else { return };
    for problem in &file.problems {
        sink.report_in(&file.path, problem.span, &*problem.subject, &*problem.message);
    }
    for image in images {
        let label = image.label();
        if !image.has_source {
            let message = format!("`{}` has no `source`", shown(label));
            sink.report_in(&file.path, image.place(), format!("{label} source"), message)
                .help("say where the publisher of the image offers it");
        }
        for source in &image.sources {
            if let Some((message, help)) = wrong(&source.value, &corpus.mirrors) {
                let subject = format!("{label} {}", shortened(&source.value, 200));
                sink.report_in(&file.path, source.span, subject, message).help(help);
            }
        }
    }
    let schemes =
        images.iter().filter_map(|it| Some((it, it.name_scheme.as_ref()?, it.name.as_ref()?)));
    for (image, scheme, name) in schemes.take(MOST_SCHEMES) {
        judge_scheme(file, image, scheme, &name.value, sink);
    }
}

fn shown(text: &str) -> String {
    shortened(text, 120)
}

/// What is wrong with a source, and what to do.
fn wrong(source: &str, mirrors: &[String]) -> Option<(String, &'static str)> {
    let told = shown(source);
    let Some(address) = source.strip_prefix("https://") else {
        return Some((
            format!("`{told}` is no `https` address"),
            "write an address with `https://`",
        ));
    };
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (host, path) = address.get(..end)?.split_once('/').unwrap_or((address.get(..end)?, ""));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host).to_lowercase();
    if host.is_empty() || source.contains(char::is_whitespace) {
        let help = "write an address such as `https://images.example.org/debian-12/`";
        Some((format!("`{told}` is no address"), help))
    } else if path.split('/').any(|part| part.eq_ignore_ascii_case("latest")) {
        let help = "name the release, so that the source stays what was agreed on";
        Some((format!("`{told}` has `latest` in its path: what is there changes"), help))
    } else if mirrors.contains(&host) {
        let help = "name the server of the publisher";
        Some((format!("`{told}` is on the mirror `{host}`"), help))
    } else {
        None
    }
}

fn judge_scheme(
    file: &DataFile,
    image: &Image,
    scheme: &Placed<String>,
    name: &str,
    sink: &mut Sink<'_>,
) {
    let (message, help) = match fit(&scheme.value, name) {
        Fit::Begins | Fit::Unknown => return,
        Fit::Differs => (
            format!("no name that fits the `name_scheme` begins with the name `{}`", shown(name)),
            "let the scheme begin with the name; what follows tells the version",
        ),
        Fit::NoExpression(why) => (
            format!("the `name_scheme` is no regular expression: {}", shown(&why)),
            "in double quotes YAML wants `\\\\.` for a point",
        ),
    };
    let subject = format!("{} name_scheme", image.label());
    sink.report_in(&file.path, scheme.span, subject, message).help(help);
}
