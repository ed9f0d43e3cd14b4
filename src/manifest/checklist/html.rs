//! A form as a page that is filled in on the screen or printed. It is one file: nothing loads and
//! nothing runs.

use std::fmt::Write as _;

use super::Checklist;
use crate::gfm::{Piece, pieces};
use crate::index::html::{escaped, is_on_the_web, plain};
use crate::index::url;
use crate::manifest::markup::address;
use crate::manifest::{Part, Test};
use crate::text::{counted, shortened, shown};

/// What the page may do: have its own style.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The longest title of a tab, in characters.
const LONGEST_TITLE: usize = 120;

impl Checklist<'_, '_> {
    /// The page. `site` is where documents are published.
    #[must_use]
    pub fn html(&self, site: &str) -> String {
        let (title, version) = (self.series.title(), self.edition.version);
        let tab = format!("{}: {title}, {version}", self.kind());
        let tab = escaped(&shortened(&shown(&tab), LONGEST_TITLE));
        let described = match self.edition.scope {
            Some(scope) => {
                let document = scope.document;
                format!("described in {}", link(&url(site, document), &plain(&document.label())))
            }
            None => "which no document describes".to_owned(),
        };
        let counts = self.counts();
        let mut main = format!(
            "<h1>{}: <bdi>{}</bdi>, <bdi>{}</bdi></h1>\n<p>Scope: <bdi>{}</bdi>, version <bdi>{}</bdi>, {described}.\n\
            As of <time>{}</time>: {} of the operator, {}, {}.</p>\n<div class=\"fields\">\n",
            self.kind(),
            plain(&title),
            plain(version),
            plain(&title),
            plain(version),
            self.series.corpus.as_of,
            counted(counts.statements, "statement"),
            counted(counts.audits, "audit"),
            counted(counts.automated, "automated test case"),
        );
        for field in self.fields() {
            let _ =
                writeln!(main, "<label>{field} <input type=\"text\" autocomplete=\"off\"></label>");
        }
        main.push_str("</div>\n");
        for part in &self.edition.parts {
            self.section(&mut main, part, site);
        }
        if self.edition.parts.is_empty() {
            main.push_str("<p>This version includes nothing.</p>\n");
        }
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
            <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
            <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
            <meta name=\"referrer\" content=\"no-referrer\">\n\
            <meta name=\"color-scheme\" content=\"light dark\">\n\
            <title>{tab}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n",
            include_str!("checklist.css"),
        )
    }

    fn section(&self, main: &mut String, part: &Part<'_>, site: &str) {
        let minor = part.point.and_then(|point| point.minor.as_deref());
        let minor = minor.map(|minor| format!(" (v{})", plain(minor))).unwrap_or_default();
        let number =
            part.document.map(|it| format!("{} ", link(&url(site, it), &plain(&it.label()))));
        let _ = writeln!(
            main,
            "<section>\n<h2>{}<bdi>{}</bdi>{minor}</h2>",
            number.unwrap_or_default(),
            plain(&part.name)
        );
        for remark in self.remarks(part) {
            let _ = writeln!(main, "<p class=\"remark\">{remark}</p>");
        }
        for (name, value) in &part.parameters {
            let _ = writeln!(main, "<p>With {}: {}</p>", code(name), code(value));
        }
        for test in self.boxes(part) {
            let duty = self.duty(test).map(|it| format!("{it}: ")).unwrap_or_default();
            let _ = writeln!(
                main,
                "<div class=\"item\">\n<label class=\"box\"><input type=\"checkbox\"> <span>{duty}{}</span></label>\n\
                <p class=\"conditions\">{}; {}</p>\n<label class=\"note\">{} <textarea rows=\"2\"></textarea></label>\n</div>",
                description(test),
                id(test, site),
                self.conditions(part, test),
                self.note(test),
            );
        }
        let audits: Vec<String> = self
            .audits(part)
            .map(|it| {
                let conditions = self.conditions(part, it);
                format!("<li>{} ({}; {conditions})</li>", description(it), id(it, site))
            })
            .collect();
        if !audits.is_empty() {
            let _ =
                writeln!(main, "<p>The auditor looks at:</p>\n<ul>\n{}\n</ul>", audits.join("\n"));
        }
        let codified: Vec<String> = Self::codified(part)
            .map(|(name, tests)| {
                let ids: Vec<String> = tests.iter().map(|it| code(&it.id)).collect();
                format!("<li>{name}: {}</li>", ids.join(", "))
            })
            .collect();
        if !codified.is_empty() {
            let _ = writeln!(
                main,
                "<p>Tested by programs, nothing to fill in:</p>\n<ul class=\"codified\">\n{}\n</ul>",
                codified.join("\n")
            );
        }
        main.push_str("</section>\n");
    }
}

/// A link with its text as HTML; the text alone where a browser should not be sent there.
fn link(target: &str, html: &str) -> String {
    match is_on_the_web(target) {
        true => format!("<a href=\"{}\">{html}</a>", escaped(target)),
        false => html.to_owned(),
    }
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", plain(text))
}

/// The id, with a link to where it is described.
fn id(test: &Test<'_>, site: &str) -> String {
    let id = code(&test.id);
    match &test.place {
        Some(place) => link(&address(site, place), &id),
        None => id,
    }
}

/// What a test case tests: what stands between backticks is code.
fn description(test: &Test<'_>) -> String {
    if test.description.is_empty() {
        return code(&test.id);
    }
    let pieces = pieces(&test.description).map(|piece| match piece {
        Piece::Text(text) => escaped(&shown(text)),
        Piece::Code(text) => code(text),
        Piece::Unclosed(text) => format!("'{}", escaped(&shown(text))),
    });
    format!("<bdi>{}</bdi>", pieces.collect::<String>())
}
