//! The test cases that documents describe (scs-0003, *Test cases*): in tables, or in bullets, the
//! older form.

use std::collections::HashMap;

use super::Corpus;
use super::manifest::is_id;
use crate::document::{Cell, Document, Heading, Item, Span, Table, tables};
use crate::model::sections::is_about_tests;
use crate::model::{
    CaseKind, CaseLevel, CasePattern, DocId, DocType, Lifetime, Vocabulary, testcase_number,
};
use crate::text::any_of;

/// The columns of a table of test cases.
pub const COLUMNS: [&str; 5] = ["Test case", "Level", "Kind", "Lifetime", "Description"];

/// A test case, or several with a variable part, as a document describes it.
#[derive(Debug, Clone)]
pub struct Case {
    /// The id.
    pub id: CasePattern,
    /// The number of the standard.
    pub number: u16,
    /// The versions of the standard that it is for.
    pub versions: Vec<u32>,
    /// Whether it has to pass.
    pub level: CaseLevel,
    /// Who does it.
    pub kind: CaseKind,
    /// How long a result counts; what the scope says where nothing is said.
    pub lifetime: Option<Lifetime>,
    /// What it tests, in a line of Markdown.
    pub description: String,
    /// The document that describes it, by its index in [`Corpus::documents`].
    pub document: usize,
    /// The anchor of the heading above it.
    pub anchor: String,
    /// The id in the document.
    pub span: Span,
}

/// What documents say of test cases.
#[derive(Debug, Default)]
pub struct Cases {
    /// The test cases, by document and in its order.
    pub all: Vec<Case>,
    /// What is wrong with tables.
    pub problems: Vec<TableProblem>,
    /// By id: the test cases without a variable part.
    closed: HashMap<String, Vec<usize>>,
    /// By number: those with one.
    open: HashMap<u16, Vec<usize>>,
}

/// How many test cases with a variable part are looked at for a number: each may fit any id.
pub(crate) const MOST_OPEN: usize = 200;

impl Cases {
    /// What stands for an id, by the number of the standard.
    pub fn of<'c>(&'c self, number: u16, id: &str) -> impl Iterator<Item = &'c Case> {
        let closed = self.closed.get(id).into_iter().flatten();
        let open = self.open.get(&number).into_iter().flatten().take(MOST_OPEN);
        let all = closed.chain(open).filter_map(|at| self.all.get(*at));
        all.filter(move |it| it.number == number && it.id.matches(id))
    }

    /// What is described for a version of a standard, in the order of the documents.
    pub fn for_version(&self, id: DocId) -> impl Iterator<Item = &Case> {
        self.all
            .iter()
            .filter(move |it| it.number == id.number && it.versions.contains(&id.version))
    }

    /// What stands for an id.
    pub fn all_of<'c>(&'c self, id: &str) -> impl Iterator<Item = &'c Case> {
        testcase_number(id).into_iter().flat_map(move |number| self.of(number, id))
    }

    /// The description of a test case for a version of the standard, else any.
    #[must_use]
    pub fn find(&self, id: &str, version: Option<u32>) -> Option<&Case> {
        let number = testcase_number(id)?;
        let is_for = |it: &&Case| version.is_some_and(|version| it.versions.contains(&version));
        self.of(number, id).find(is_for).or_else(|| self.of(number, id).next())
    }

    fn push(&mut self, case: Case) {
        let at = self.all.len();
        match case.id.is_open() {
            true => self.open.entry(case.number).or_default().push(at),
            false => self.closed.entry(case.id.to_string()).or_default().push(at),
        }
        self.all.push(case);
    }
}

/// What is wrong with a table of test cases.
#[derive(Debug, Clone)]
pub struct TableProblem {
    /// The document, by its index in [`Corpus::documents`].
    pub document: usize,
    /// Where.
    pub span: Span,
    /// The column or the id.
    pub subject: String,
    /// A sentence without a full stop.
    pub message: String,
}

impl Corpus {
    /// What all documents say of test cases. It is read when it is asked for first.
    #[must_use]
    pub fn cases(&self) -> &Cases {
        self.cases.get_or_init(|| {
            let mut cases = Cases::default();
            for (index, document) in self.documents.iter().enumerate() {
                let described = document.is_a(DocType::Standard) || !document.is_primary();
                if let Some(id) = document.id().filter(|_| described)
                    && let Some(document) = document.whole()
                {
                    let document = &*document;
                    let versions = match document.is_primary() {
                        true => vec![id.version],
                        false => self.supplemented(document),
                    };
                    let number = id.number;
                    let named = named_versions(&document.outline.headings);
                    Reader { cases: &mut cases, index, document, number, versions, named }.read();
                }
            }
            cases
        })
    }

    /// The versions of its number that a supplement supplements.
    fn supplemented(&self, document: &Document) -> Vec<u32> {
        let references = document.meta.supplements.iter();
        let named = references.filter_map(|it| self.find(&it.file)?.id());
        named.map(|id| id.version).collect()
    }
}

/// Reads a document.
struct Reader<'r> {
    cases: &'r mut Cases,
    index: usize,
    document: &'r Document,
    number: u16,
    /// Those that the document is for.
    versions: Vec<u32>,
    /// Those that its headings name.
    named: Vec<Vec<u32>>,
}

impl Reader<'_> {
    fn read(mut self) {
        for table in tables(self.document) {
            if table.header.first().is_some_and(|it| it.text.eq_ignore_ascii_case("Test case")) {
                self.table(&table);
            }
        }
        let headings = &self.document.outline.headings;
        for (at, heading) in headings.iter().enumerate().filter(|(_, it)| is_about_tests(&it.text))
        {
            let after = headings.get(at + 1..).unwrap_or_default();
            let next =
                after.iter().find(|it| it.level <= heading.level || is_about_tests(&it.text));
            let end = next.map_or(self.document.text().len(), |it| it.span.start);
            let section = Span::new(heading.span.end, end);
            if !section.of(self.document.text()).contains(&self.beginning()) {
                continue;
            }
            let items = self.document.items_in(section);
            let bullets: Vec<&Item> = items.iter().filter(|it| it.is_bullet()).collect();
            if !bullets.is_empty() {
                let versions = self.versions_at(Some(at));
                bullets.iter().for_each(|it| self.bullet(heading, (at, &versions), it));
            }
        }
    }

    /// What the ids of its test cases begin with.
    fn beginning(&self) -> String {
        format!("scs-{:04}-", self.number)
    }

    fn table(&mut self, table: &Table<'_>) {
        let at = table.heading;
        let mut columns = [None; COLUMNS.len()];
        for (index, cell) in table.header.iter().enumerate() {
            let known = COLUMNS.iter().position(|it| it.eq_ignore_ascii_case(&cell.text));
            match known.and_then(|known| columns.get_mut(known)) {
                Some(column @ None) => *column = Some(index),
                Some(Some(_)) => self.tell(cell.span, &cell.text, "is there twice"),
                None => {
                    let names = any_of(&COLUMNS);
                    self.tell(
                        cell.span,
                        &cell.text,
                        &format!("is no column of a table of test cases; expected {names}"),
                    );
                }
            }
        }
        let header = table.header.first().map_or(Span::FILE, |it| it.span);
        for (column, name) in columns.iter().zip(COLUMNS) {
            if column.is_none() {
                self.tell(header, name, "is a column that a table of test cases has to have");
            }
        }
        let versions = self.versions_at(at);
        for row in table.rows() {
            self.row(&row, columns, at, &versions);
        }
    }

    fn row(
        &mut self,
        row: &[Cell],
        columns: [Option<usize>; COLUMNS.len()],
        at: Option<usize>,
        versions: &[u32],
    ) {
        let [id, level, kind, lifetime, description] =
            columns.map(|column| column.and_then(|it| row.get(it)));
        let Some(cell) = id else { return };
        let Some(id) = &cell.code else {
            let problem = "has no id of a test case in backticks";
            return self.tell(cell.span, &cell.text, problem);
        };
        if testcase_number(id) != Some(self.number) {
            let beginning = self.beginning();
            let begins = format!("does not begin with `{beginning}`, the number of its standard");
            return self.tell(cell.span, id, &begins);
        }
        if !is_id(id) {
            return self.tell(cell.span, id, "has blanks, or something that cannot be seen");
        }
        if !CasePattern::new(id).is_plain() {
            let what =
                "is written in small letters, digits, `-`, `_` and `.`, but for a variable part";
            self.tell(cell.span, id, what);
        }
        let twice = self.cases.closed.get(id).into_iter().flatten();
        let mut twice = twice.filter_map(|at| self.cases.all.get(*at));
        if twice.any(|it| {
            it.document == self.index && it.versions.iter().any(|it| versions.contains(it))
        }) {
            return self.tell(cell.span, id, "is described twice for one version");
        }
        let level = self.word(level, "Level", id).unwrap_or(CaseLevel::Main);
        let kind = self.word(kind, "Kind", id).unwrap_or(CaseKind::Automated);
        let lifetime = match lifetime {
            Some(cell) if cell.text.is_empty() => None,
            cell => self.word(cell, "Lifetime", id),
        };
        // As it stands, with its markup: other places are Markdown too.
        let description =
            description.map(|it| it.span.of(self.document.text()).replace("\\|", "|"));
        let description = description.unwrap_or_default();
        self.push(id, level, kind, lifetime, description, (at, versions), cell.span);
    }

    /// What a cell says, if it is a word of the list.
    fn word<V: Vocabulary>(&mut self, cell: Option<&Cell>, column: &str, id: &str) -> Option<V> {
        let cell = cell?;
        let found = V::parse(&cell.text);
        if found.is_none() {
            let names: Vec<&str> = V::ALL.iter().map(|it| it.name()).collect();
            let message = format!(
                "has the {} `{}`; expected {}",
                column.to_lowercase(),
                cell.text,
                any_of(&names)
            );
            self.tell(cell.span, id, &message);
        }
        found
    }

    fn bullet(&mut self, heading: &Heading, (at, versions): (usize, &[u32]), item: &Item) {
        let first = item.codes.first().filter(|it| item.text.starts_with(&it.text));
        let is_case = |text: &str| {
            testcase_number(text) == Some(self.number) && !text.ends_with(".md") && is_id(text)
        };
        let Some(code) = first.filter(|it| is_case(&it.text)) else { return };
        let kind = match heading.text.to_lowercase().contains("manual") {
            true => CaseKind::SelfAssessment,
            false => CaseKind::Automated,
        };
        let rest = item.text.split_once(code.text.as_str()).map_or("", |(_, rest)| rest);
        let rest = rest.trim_matches(|c: char| c.is_whitespace() || ",;:.".contains(c));
        let (level, description) = (CaseLevel::Main, rest.to_owned());
        let place = (Some(at), versions);
        self.push(&code.text, level, kind, None, description, place, code.span);
    }

    #[expect(clippy::too_many_arguments, reason = "what a case is made of, once")]
    fn push(
        &mut self,
        id: &str,
        level: CaseLevel,
        kind: CaseKind,
        lifetime: Option<Lifetime>,
        description: String,
        (at, versions): (Option<usize>, &[u32]),
        span: Span,
    ) {
        let heading = at.and_then(|at| self.document.outline.headings.get(at));
        self.cases.push(Case {
            id: CasePattern::new(id),
            number: self.number,
            versions: versions.to_vec(),
            level,
            kind,
            lifetime,
            description,
            document: self.index,
            anchor: heading.map(|it| it.anchor.clone()).unwrap_or_default(),
            span,
        });
    }

    /// The versions that what stands below a heading is for: those that the heading names, or the
    /// next one above it that names any; else those of the document.
    fn versions_at(&self, heading: Option<usize>) -> Vec<u32> {
        let named = heading.and_then(|at| self.named.get(at)).filter(|it| !it.is_empty());
        named.unwrap_or(&self.versions).clone()
    }

    fn tell(&mut self, span: Span, subject: &str, problem: &str) {
        self.cases.problems.push(TableProblem {
            document: self.index,
            span,
            subject: subject.to_owned(),
            message: format!("`{subject}` {problem}"),
        });
    }
}

/// By heading: the versions that it names, or else the next one above it that names any.
fn named_versions(headings: &[Heading]) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = Vec::with_capacity(headings.len());
    // The headings that are open, each with its level.
    let mut open: Vec<(u8, usize)> = Vec::new();
    for heading in headings {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            open.pop();
        }
        let words = heading.text.split(|c: char| !c.is_alphanumeric());
        let versions = words.filter_map(|word| word.strip_prefix(['v', 'V'])?.parse().ok());
        let mut versions: Vec<u32> = versions.collect();
        if versions.is_empty() {
            let above = open.last().and_then(|(_, at)| all.get(*at));
            versions = above.cloned().unwrap_or_default();
        }
        open.push((heading.level, all.len()));
        all.push(versions);
    }
    all
}
