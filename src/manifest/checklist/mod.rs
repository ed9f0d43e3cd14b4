//! The forms for what people do: the operator's self-assessment, and the audit.

mod html;
mod markdown;

use super::{Edition, Part, ScopeSeries, Test};
use crate::model::{CaseKind, CaseLevel, Lifetime};

/// Who fills a form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Who runs the cloud: states, and keeps evidence.
    Operator,
    /// Who looks whether that is so.
    Auditor,
}

/// A form for a version of a scope.
#[derive(Debug)]
pub struct Checklist<'k, 's> {
    /// The scope.
    pub series: &'k ScopeSeries<'s>,
    /// The version, with all that people do for it: [`Edition::with_all_manual`].
    pub edition: &'k Edition<'k>,
    /// Who fills it in.
    pub audience: Audience,
}

/// What the results of a test case last for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Renewal {
    /// The test case, or the scope for its document, says so.
    Said(Lifetime),
    /// The scope says so in general.
    General(Lifetime),
    /// Nobody says so.
    NotSaid,
}

impl Renewal {
    fn told(self) -> String {
        match self {
            Renewal::Said(lifetime) => format!("to be renewed every {lifetime}"),
            Renewal::General(lifetime) => {
                format!("to be renewed every {lifetime}, as the scope says in general")
            }
            Renewal::NotSaid => "nothing says how often it is to be renewed".to_owned(),
        }
    }
}

/// How many test cases a version has, by who does them.
#[derive(Debug, Default)]
struct Counts {
    statements: usize,
    audits: usize,
    automated: usize,
}

/// The groups of codified checks, as headings.
const GROUPS: [(&str, Option<CaseLevel>); 3] = [
    ("main", Some(CaseLevel::Main)),
    ("recommended", Some(CaseLevel::Recommended)),
    ("in no target that counts", None),
];

impl Checklist<'_, '_> {
    /// `Self-assessment` or `Audit`.
    fn kind(&self) -> &'static str {
        match self.audience {
            Audience::Operator => "Self-assessment",
            Audience::Auditor => "Audit",
        }
    }

    /// What is to be filled in at the top.
    fn fields(&self) -> &'static [&'static str] {
        match self.audience {
            Audience::Operator => &["Subject (the cloud)", "Operator", "Date", "Signature"],
            Audience::Auditor => {
                &["Subject (the cloud)", "Operator", "Auditor", "Date", "Signature"]
            }
        }
    }

    /// What is to be filled in beneath a box.
    fn note(&self, test: &Test<'_>) -> &'static str {
        match (self.audience, test.kind) {
            (Audience::Operator, _) => "Evidence",
            (Audience::Auditor, CaseKind::Audit) => "Finding",
            (Audience::Auditor, _) => "Evidence seen",
        }
    }

    /// What a box stands for, where that is not the test case itself.
    fn duty(&self, test: &Test<'_>) -> Option<&'static str> {
        let is_statement = test.kind == CaseKind::SelfAssessment;
        (self.audience == Audience::Auditor && is_statement)
            .then_some("The evidence of the operator supports the statement")
    }

    /// The test cases with a box.
    fn boxes<'p>(&self, part: &'p Part<'p>) -> impl Iterator<Item = &'p Test<'p>> {
        let audience = self.audience;
        part.tests.iter().filter(move |it| match audience {
            Audience::Operator => it.kind == CaseKind::SelfAssessment,
            Audience::Auditor => it.is_manual(),
        })
    }

    /// What others look at.
    fn audits<'p>(&self, part: &'p Part<'p>) -> impl Iterator<Item = &'p Test<'p>> {
        let is_operator = self.audience == Audience::Operator;
        part.tests.iter().filter(move |it| is_operator && it.kind == CaseKind::Audit)
    }

    /// The automated test cases of a part, by level.
    fn codified<'p>(part: &'p Part<'p>) -> impl Iterator<Item = (&'static str, Vec<&'p Test<'p>>)> {
        let groups = GROUPS.into_iter().map(|(name, level)| {
            let own = part.tests.iter().filter(|it| !it.is_manual() && it.level == level);
            (name, own.collect::<Vec<_>>())
        });
        groups.filter(|(_, tests)| !tests.is_empty())
    }

    fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for test in self.edition.parts.iter().flat_map(|it| &it.tests) {
            match test.kind {
                CaseKind::Automated => counts.automated += 1,
                CaseKind::SelfAssessment => counts.statements += 1,
                CaseKind::Audit => counts.audits += 1,
            }
        }
        counts
    }

    /// What is odd about a part.
    fn remarks(&self, part: &Part<'_>) -> Vec<&'static str> {
        let mut remarks = Vec::new();
        if self.edition.scope.is_some() && part.point.is_none() {
            remarks.push("The manifest includes it; the document of the scope does not list it.");
        }
        if self.edition.manifest.is_some() && part.modules.is_empty() {
            remarks.push("The document of the scope lists it; the manifest does not include it.");
        }
        if part.tests.is_empty() {
            remarks.push("No test case of it is known, neither in a manifest nor in a document.");
        }
        remarks
    }

    /// How often a test case is to be repeated: as it says itself, else as the scope says for its
    /// document, else in general, unless that is about automated tests only.
    fn renewal(&self, part: &Part<'_>, test: &Test<'_>) -> Renewal {
        if let Some(lifetime) = test.lifetime {
            return Renewal::Said(lifetime);
        }
        let Some(scope) = self.edition.scope else { return Renewal::NotSaid };
        let id = part.document.and_then(|it| it.id());
        let said = id.and_then(|id| scope.regime.of(id, test.kind));
        let Some((lifetime, place)) = said else { return Renewal::NotSaid };
        match scope.regime.general.is_some_and(|it| it.span == place) {
            true => Renewal::General(lifetime),
            false => Renewal::Said(lifetime),
        }
    }

    /// `has to be fulfilled; to be renewed every quarter`
    fn conditions(&self, part: &Part<'_>, test: &Test<'_>) -> String {
        let renewal = self.renewal(part, test).told();
        match test.level {
            Some(CaseLevel::Main) => format!("has to be fulfilled; {renewal}"),
            Some(CaseLevel::Recommended) => format!("recommended; {renewal}"),
            None => renewal,
        }
    }
}
