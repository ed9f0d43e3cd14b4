//! Upgrade notes.

use std::fmt::Write as _;

use super::{Changed, Parameter, Upgrade};
use crate::gfm::{code_or_text, inline};
use crate::manifest::markup::{address, kind_and_lifetime, level, link, part};
use crate::manifest::{Edition, Part, Phase, Test, phases};
use crate::model::{Date, Validity};
use crate::text::counted;

impl Upgrade<'_, '_> {
    /// The notes. `site` is where documents are published.
    #[must_use]
    pub fn markdown(&self, site: &str) -> String {
        let (old, new) = (code_or_text(self.old.version), code_or_text(self.new.version));
        let mut text = format!("# {}: from {old} to {new}\n", inline(&self.series.title()));
        let _ = writeln!(text, "\n{}", self.summary());
        let _ = writeln!(text, "\n## Dates\n");
        let same = self.old.version == self.new.version;
        for edition in [self.old, self.new].into_iter().skip(usize::from(same)) {
            let _ = writeln!(text, "- {}", dates(edition, self.series.corpus.as_of, site));
        }
        self.parts(&mut text, "Standards that come", &self.added, site);
        if !self.changed.is_empty() {
            let _ = writeln!(text, "\n## Standards that change");
        }
        for changed in &self.changed {
            let _ = writeln!(text, "\n### {}\n", part(site, changed.new));
            changed.markdown(&mut text, site);
        }
        self.parts(&mut text, "Standards that go", &self.removed, site);
        if !self.is_empty() && !self.unchanged.is_empty() {
            let _ = writeln!(text, "\n## As before\n");
            for it in &self.unchanged {
                let _ = writeln!(text, "- {}", part(site, it));
            }
        }
        let tests = self.added.iter().chain(&self.removed).any(|it| !it.tests.is_empty());
        let changed = self.changed.iter().any(|it| !it.added.is_empty() || !it.removed.is_empty());
        if tests || changed {
            text.push_str(
                "\nTest cases of *main* have to pass for a certificate, the others do not. In \
                parentheses: who does a test case, and how long its result counts, if that is said.\n",
            );
        }
        text
    }

    fn summary(&self) -> String {
        if self.is_empty() {
            return "Nothing changes: the standards, their parameters and their test cases are the same."
                .to_owned();
        }
        let of_parts = |parts: &[&Part<'_>]| parts.iter().map(|it| it.tests.len()).sum::<usize>();
        let count = |of: &dyn Fn(&Changed<'_>) -> usize| self.changed.iter().map(of).sum::<usize>();
        format!(
            "{} {}, {} {}, {} {}; {} {}, {} {}, {} {} to another target.",
            counted(self.added.len(), "standard"),
            verb(self.added.len(), "come"),
            self.changed.len(),
            verb(self.changed.len(), "change"),
            self.removed.len(),
            verb_go(self.removed.len()),
            counted(of_parts(&self.added) + count(&|it| it.added.len()), "test case"),
            verb(of_parts(&self.added) + count(&|it| it.added.len()), "come"),
            of_parts(&self.removed) + count(&|it| it.removed.len()),
            verb_go(of_parts(&self.removed) + count(&|it| it.removed.len())),
            count(&|it| it.moved.len()),
            verb(count(&|it| it.moved.len()), "move"),
        )
    }

    fn parts(&self, text: &mut String, heading: &str, parts: &[&Part<'_>], site: &str) {
        if !parts.is_empty() {
            let _ = writeln!(text, "\n## {heading}");
        }
        for it in parts {
            let _ = writeln!(text, "\n### {}\n", part(site, it));
            for (name, value) in &it.parameters {
                let _ = writeln!(text, "- {}: {}", code_or_text(name), code_or_text(value));
            }
            for test in &it.tests {
                let _ = writeln!(text, "- {}", line(test, site));
            }
            if it.tests.is_empty() {
                text.push_str("- no test case\n");
            }
        }
    }
}

fn verb(count: usize, verb: &str) -> String {
    if count == 1 { format!("{verb}s") } else { verb.to_owned() }
}

fn verb_go(count: usize) -> &'static str {
    if count == 1 { "goes" } else { "go" }
}

impl Changed<'_> {
    fn markdown(&self, text: &mut String, site: &str) {
        if let Some((old, new)) = self.documents() {
            let _ = writeln!(text, "- {} instead of {}", link(site, new), link(site, old));
        }
        if let Some((old, new)) = self.minors() {
            let _ = writeln!(text, "- v{} instead of v{}", inline(new), inline(old));
        }
        for it in &self.parameters {
            let _ = writeln!(text, "- {}", parameter(it));
        }
        if self.documents().is_none()
            && let Some((old, new)) = self.modules()
        {
            let ids = |of: &[&str]| of.iter().map(|it| code_or_text(it)).collect::<Vec<_>>();
            let (old, new) = (ids(old).join(", "), ids(new).join(", "));
            let _ = writeln!(text, "- tested as {new} instead of {old}");
        }
        for (verb, tests) in [("comes", &self.added), ("goes", &self.removed)] {
            for test in tests {
                let _ = writeln!(text, "- {verb}: {}", line(test, site));
            }
        }
        for (old, new) in &self.moved {
            let (from, to) = (inline(target(old)), inline(target(new)));
            let _ = writeln!(text, "- moves from *{from}* to *{to}*: {}", told(new, site));
        }
    }
}

fn target<'t>(test: &'t Test<'_>) -> &'t str {
    if test.target.is_empty() { "no target" } else { &test.target }
}

fn parameter(it: &Parameter<'_>) -> String {
    let name = code_or_text(it.name);
    match (it.old, it.new) {
        (Some(old), Some(new)) => {
            format!("{name}: {} instead of {}", code_or_text(new), code_or_text(old))
        }
        (None, Some(new)) => format!("{name} comes: {}", code_or_text(new)),
        (_, None) => format!("{name} goes"),
    }
}

/// A test case with its level.
fn line(test: &Test<'_>, site: &str) -> String {
    format!("*{}* {}", inline(level(test)), told(test, site))
}

fn told(test: &Test<'_>, site: &str) -> String {
    let id = code_or_text(&test.id);
    let id = match &test.place {
        Some(place) => format!("[{id}]({})", address(site, place)),
        None => id,
    };
    let description = match test.description.as_str() {
        "" => String::new(),
        description => format!(": {}", inline(description)),
    };
    format!("{id}{description} ({})", kind_and_lifetime(test))
}

/// Since when a version is stable, and from when to when it counts for what.
fn dates(edition: &Edition<'_>, as_of: Date, site: &str) -> String {
    let version = code_or_text(edition.version);
    let version = match edition.scope {
        Some(scope) => format!("{version} ({})", link(site, scope.document)),
        None => version,
    };
    let stable = match edition.stabilized_at {
        Some(date) if date > as_of => format!("becomes stable on {date}"),
        Some(date) => format!("stable since {date}"),
        None => "not stable".to_owned(),
    };
    let phases = edition.manifest.map(|it| phases(it, edition.version)).unwrap_or_default();
    let told: Vec<String> = phases.iter().map(phase).collect();
    if told.is_empty() {
        return format!("{version}: {stable}; no timeline says when it counts");
    }
    let now = phases.iter().find(|it| it.has(as_of));
    let now = now.map_or("it does not count yet", |it| meaning(it.validity));
    format!("{version}: {stable}; {}. On {as_of}, {now}.", told.join(", "))
}

fn phase(phase: &Phase) -> String {
    let what = match phase.validity {
        Validity::Draft => "a draft",
        Validity::Effective => "effective",
        Validity::Warn => "effective with a warning",
        Validity::Deprecated => "deprecated",
    };
    match phase.until {
        Some(until) => format!("{what} from {} to {until}", phase.from),
        None => format!("{what} from {} on", phase.from),
    }
}

/// What a certificate is to a version (scs-0003, *Timeline*).
fn meaning(validity: Validity) -> &'static str {
    match validity {
        Validity::Draft => "it can be tested, and no certificate is given",
        Validity::Effective => "certificates are given",
        Validity::Warn => "certificates are given, with the warning that this ends soon",
        Validity::Deprecated => "certificates are not given any more",
    }
}
