//! A form as Markdown.

use std::fmt::Write as _;

use super::Checklist;
use crate::gfm::{code_or_text, inline};
use crate::manifest::markup::{address, link, part};
use crate::manifest::{Part, Test};
use crate::text::counted;

impl Checklist<'_, '_> {
    /// The form. `site` is where documents are published.
    #[must_use]
    pub fn markdown(&self, site: &str) -> String {
        let (title, version) = (inline(&self.series.title()), code_or_text(self.edition.version));
        let mut text = format!("# {}: {title}, {version}\n\n", self.kind());
        let day = self.series.corpus.as_of;
        let described = match self.edition.scope {
            Some(scope) => format!("described in {}", link(site, scope.document)),
            None => "which no document describes".to_owned(),
        };
        let _ = writeln!(text, "Scope: {title}, version {version}, {described}.");
        let counts = self.counts();
        let _ = writeln!(
            text,
            "As of {day}: {} of the operator, {}, {}.\n",
            counted(counts.statements, "statement"),
            counted(counts.audits, "audit"),
            counted(counts.automated, "automated test case"),
        );
        text.push_str("| Field | To fill in |\n| --- | --- |\n");
        for field in self.fields() {
            let _ = writeln!(text, "| {field} | |");
        }
        for it in &self.edition.parts {
            self.part(&mut text, it, site);
        }
        if self.edition.parts.is_empty() {
            text.push_str("\nThis version includes nothing.\n");
        }
        text
    }

    fn part(&self, text: &mut String, it: &Part<'_>, site: &str) {
        let minor = it.point.and_then(|point| point.minor.as_deref());
        let minor = minor.map(|minor| format!(" (v{})", inline(minor))).unwrap_or_default();
        let _ = writeln!(text, "\n## {}{minor}", part(site, it));
        for remark in self.remarks(it) {
            let _ = writeln!(text, "\n{remark}");
        }
        if !it.parameters.is_empty() {
            text.push('\n');
        }
        for (name, value) in &it.parameters {
            let _ = writeln!(text, "With {}: {}", code_or_text(name), code_or_text(value));
        }
        for (at, test) in self.boxes(it).enumerate() {
            let duty = self.duty(test).map(|it| format!("{it}: ")).unwrap_or_default();
            if at == 0 {
                text.push('\n');
            }
            let _ = writeln!(text, "- [ ] {duty}{}", told(test, site));
            let _ = writeln!(text, "  - {}", self.conditions(it, test));
            let _ = writeln!(text, "  - {}:", self.note(test));
        }
        let audits: Vec<&Test<'_>> = self.audits(it).collect();
        if !audits.is_empty() {
            text.push_str("\nThe auditor looks at:\n\n");
        }
        for test in audits {
            let _ = writeln!(text, "- {} ({})", told(test, site), self.conditions(it, test));
        }
        let codified: Vec<_> = Self::codified(it).collect();
        if !codified.is_empty() {
            text.push_str("\nTested by programs, nothing to fill in:\n\n");
        }
        for (name, tests) in codified {
            let ids: Vec<String> = tests.iter().map(|it| code_or_text(&it.id)).collect();
            let _ = writeln!(text, "- {name}: {}", ids.join(", "));
        }
    }
}

/// A test case: its id, with a link to where it is described, and what it tests.
fn told(test: &Test<'_>, site: &str) -> String {
    let id = code_or_text(&test.id);
    let id = match &test.place {
        Some(place) => format!("[{id}]({})", address(site, place)),
        None => id,
    };
    match test.description.as_str() {
        "" => id,
        description => format!("{id}: {}", inline(description)),
    }
}
