//! From YAML to a manifest. What does not fit is told and left out; the rest counts.

use std::collections::HashSet;

use super::format::{
    INCLUDE, MANIFEST, MODULE, PERIOD, PREREQUISITE, SCRIPT, Shape, TEST_CASE, VERSION,
};
use super::{
    Include, Manifest, Module, Period, Prerequisite, Script, Target, TestCase, Variable, Version,
};
use crate::document::yaml::{self, Field, Node, ScalarType, Value};
use crate::document::{Placed, Problem, Span};
use crate::model::{Date, Lifetime, Validity, Vocabulary};
use crate::text::{any_of, is_unsafe, nearest};

impl Manifest {
    /// Reads a manifest. `text` is the whole file.
    #[must_use]
    pub fn read(path: &str, text: String) -> Manifest {
        let mut reader = Reader { problems: Vec::new() };
        let mut manifest = match yaml::read(&text, 0) {
            Ok(read) => {
                let first = text.trim_end().chars().next();
                let whole = Span::new(0, first.map_or(0, char::len_utf8));
                reader.manifest(&Node { span: whole, value: Value::Mapping(read.fields) })
            }
            Err((span, message)) => {
                reader.tell(span, "file", message);
                Manifest::default()
            }
        };
        manifest.path = path.to_owned();
        manifest.problems = reader.problems;
        manifest.text = text;
        manifest
    }
}

/// What is found to be wrong on the way.
struct Reader {
    problems: Vec<Problem>,
}

/// The fields of a mapping whose keys were looked at.
struct Map<'n>(&'n [Field]);

impl<'n> Map<'n> {
    fn get(&self, key: &str) -> Option<&'n Node> {
        self.0.iter().find(|field| field.key == key).map(|field| &field.value)
    }
}

impl Reader {
    fn tell(&mut self, span: Span, subject: &str, message: impl Into<String>) {
        self.problems.push(Problem { span, subject: subject.to_owned(), message: message.into() });
    }

    /// The fields of a mapping, after a look at its keys.
    fn map<'n>(&mut self, node: &'n Node, shape: &Shape) -> Option<Map<'n>> {
        let Value::Mapping(fields) = &node.value else {
            self.tell(node.span, shape.what, format!("{} has to be a mapping", shape.what));
            return None;
        };
        let mut seen = HashSet::new();
        for field in fields {
            let key = field.key.as_str();
            if !shape.keys.iter().any(|known| known.name == key) {
                let meant = nearest(key, shape.keys.iter().map(|known| known.name));
                let meant = meant.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                self.tell(field.key_span, key, format!("{} has no key `{key}`{meant}", shape.what));
            } else if !seen.insert(key) {
                self.tell(field.key_span, key, format!("`{key}` is there twice in {}", shape.what));
            }
        }
        for key in shape.keys.iter().filter(|key| key.required) {
            if !fields.iter().any(|field| field.key == key.name) {
                let first = fields.first().map_or(node.span, |field| field.key_span);
                self.tell(first, key.name, format!("{} needs `{}`", shape.what, key.name));
            }
        }
        Some(Map(fields))
    }

    /// A text: a string by the core schema of YAML.
    fn text_of(&mut self, node: &Node, key: &str) -> Option<Placed<String>> {
        let text = node.string();
        if text.is_none() {
            let what = match &node.value {
                Value::Scalar(scalar) => match scalar.core_type() {
                    ScalarType::String | ScalarType::Null => "nothing".to_owned(),
                    ScalarType::Bool | ScalarType::Number => {
                        format!("`{}`, which YAML reads as no text: put it in quotes", scalar.text)
                    }
                },
                Value::List { .. } => "a list".to_owned(),
                Value::Mapping(_) => "a mapping".to_owned(),
            };
            self.tell(node.span, key, format!("`{key}` has to be a text; here is {what}"));
        }
        text.map(|text| Placed { value: text.to_owned(), span: node.span })
    }

    /// An id: what other places name, so nothing that cannot be seen.
    fn id(&mut self, map: &Map<'_>, key: &str) -> Option<Placed<String>> {
        let id = self.text(map, key)?;
        if !is_id(&id.value) {
            let message = format!(
                "`{key}` is `{}`: an id has no blanks and nothing that cannot be seen",
                id.value
            );
            self.tell(id.span, &id.value, message);
        }
        Some(id)
    }

    fn text(&mut self, map: &Map<'_>, key: &str) -> Option<Placed<String>> {
        self.text_of(map.get(key)?, key)
    }

    /// The items of a list.
    fn list<'n>(&mut self, map: &Map<'n>, key: &str) -> &'n [Node] {
        match map.get(key).map(|node| (node, &node.value)) {
            None => &[],
            Some((_, Value::List { items, .. })) => items,
            Some((node, _)) => {
                self.tell(node.span, key, format!("`{key}` has to be a list"));
                &[]
            }
        }
    }

    fn texts(&mut self, map: &Map<'_>, key: &str) -> Vec<Placed<String>> {
        let items = self.list(map, key);
        items.iter().filter_map(|item| self.text_of(item, key)).collect()
    }

    /// The entries of a mapping from names to something else.
    fn entries<'n>(&mut self, map: &Map<'n>, key: &str) -> &'n [Field] {
        match map.get(key).map(|node| (node, &node.value)) {
            None => &[],
            Some((_, Value::Mapping(fields))) => {
                let mut seen = HashSet::new();
                for field in fields.iter().filter(|it| !seen.insert(it.key.as_str())) {
                    let message = format!("`{}` is there twice in `{key}`", field.key);
                    self.tell(field.key_span, &field.key, message);
                }
                fields
            }
            Some((node, _)) => {
                self.tell(node.span, key, format!("`{key}` has to be a mapping"));
                &[]
            }
        }
    }

    /// The entries of a mapping from names to values of any scalar type.
    fn values(&mut self, map: &Map<'_>, key: &str) -> Vec<(Placed<String>, Placed<String>)> {
        let mut values = Vec::new();
        for field in self.entries(map, key) {
            match &field.value.value {
                Value::Scalar(scalar) => {
                    let value = Placed { value: scalar.text.clone(), span: field.value.span };
                    values.push((name_of(field), value));
                }
                Value::List { .. } | Value::Mapping(_) => {
                    let message = format!("`{}` in `{key}` has to be a single value", field.key);
                    self.tell(field.value.span, &field.key, message);
                }
            }
        }
        values
    }

    fn date(&mut self, map: &Map<'_>, key: &str) -> Option<Placed<Date>> {
        let text = self.text(map, key)?;
        let date = Date::parse(&text.value);
        if date.is_none() {
            let message = format!("`{key}` is `{}`, no day as YYYY-MM-DD", text.value);
            self.tell(text.span, key, message);
        }
        date.map(|value| Placed { value, span: text.span })
    }

    /// One of a closed list.
    fn one_of<V: Vocabulary>(&mut self, node: &Node, key: &str) -> Option<Placed<V>> {
        let text = self.text_of(node, key)?;
        let found = V::ALL.iter().copied().find(|it| it.name() == text.value);
        if found.is_none() {
            let names: Vec<&str> = V::ALL.iter().map(|it| it.name()).collect();
            let message = format!("`{key}` is `{}`; expected {}", text.value, any_of(&names));
            self.tell(text.span, key, message);
        }
        found.map(|value| Placed { value, span: text.span })
    }

    fn manifest(&mut self, node: &Node) -> Manifest {
        let Some(map) = self.map(node, &MANIFEST) else { return Manifest::default() };
        let uuid = self.text(&map, "uuid");
        if let Some(uuid) = uuid.as_ref().filter(|it| !is_uuid(&it.value)) {
            self.tell(uuid.span, "uuid", format!("`{}` is no UUID", uuid.value));
        }
        let prerequisite = map.get("prerequisite").and_then(|it| self.prerequisite(it));
        let variables = self.list(&map, "variables");
        let variables = variables.iter().filter_map(|it| self.variable(it)).collect();
        let scripts = self.list(&map, "scripts").iter().filter_map(|it| self.script(it)).collect();
        let modules = self.list(&map, "modules").iter().filter_map(|it| self.module(it)).collect();
        let timeline =
            self.list(&map, "timeline").iter().filter_map(|it| self.period(it)).collect();
        let versions =
            self.list(&map, "versions").iter().filter_map(|it| self.version(it)).collect();
        Manifest {
            uuid,
            name: self.text(&map, "name"),
            url: self.text(&map, "url"),
            prerequisite,
            variables,
            scripts,
            modules,
            timeline,
            versions,
            ..Manifest::default()
        }
    }

    fn prerequisite(&mut self, node: &Node) -> Option<Prerequisite> {
        let map = self.map(node, &PREREQUISITE)?;
        Some(Prerequisite { name: self.text(&map, "name"), url: self.text(&map, "url") })
    }

    /// A name, or a mapping of a name to what it is where nothing is said.
    fn variable(&mut self, node: &Node) -> Option<Variable> {
        let Value::Mapping(fields) = &node.value else {
            return Some(Variable { name: self.text_of(node, "variables")?, default: None });
        };
        let [field] = fields.as_slice() else {
            self.tell(node.span, "variables", "a variable has one name");
            return None;
        };
        Some(Variable { name: name_of(field), default: self.text_of(&field.value, &field.key) })
    }

    fn script(&mut self, node: &Node) -> Option<Script> {
        let map = self.map(node, &SCRIPT)?;
        let testcases = self.list(&map, "testcases");
        Some(Script {
            span: node.span,
            executable: self.text(&map, "executable"),
            env: self.values(&map, "env"),
            args: self.text(&map, "args"),
            testcases: testcases.iter().filter_map(|it| self.testcase(it)).collect(),
        })
    }

    fn testcase(&mut self, node: &Node) -> Option<TestCase> {
        let map = self.map(node, &TEST_CASE)?;
        let lifetime = map.get("lifetime");
        Some(TestCase {
            span: node.span,
            id: self.id(&map, "id"),
            lifetime: lifetime.and_then(|it| self.one_of::<Lifetime>(it, "lifetime")),
            section: self.text(&map, "section"),
            description: self.text(&map, "description"),
            url: self.text(&map, "url"),
        })
    }

    fn module(&mut self, node: &Node) -> Option<Module> {
        let map = self.map(node, &MODULE)?;
        let mut targets = Vec::new();
        for field in self.entries(&map, "targets") {
            let testcases = self.texts(&Map(std::slice::from_ref(field)), &field.key);
            targets.push(Target { name: name_of(field), testcases });
        }
        Some(Module {
            span: node.span,
            id: self.id(&map, "id"),
            name: self.text(&map, "name"),
            url: self.text(&map, "url"),
            parameters: self.parameters(&map),
            targets,
        })
    }

    /// A list of names, or a mapping from names to what they stand for.
    fn parameters(&mut self, map: &Map<'_>) -> Vec<Placed<String>> {
        match map.get("parameters").map(|node| &node.value) {
            Some(Value::Mapping(fields)) => fields.iter().map(name_of).collect(),
            _ => self.texts(map, "parameters"),
        }
    }

    fn period(&mut self, node: &Node) -> Option<Period> {
        let map = self.map(node, &PERIOD)?;
        let mut versions = Vec::new();
        for field in self.entries(&map, "versions") {
            let validity = self.one_of::<Validity>(&field.value, &field.key);
            versions.extend(validity.map(|it| (name_of(field), it)));
        }
        Some(Period { span: node.span, date: self.date(&map, "date"), versions })
    }

    fn version(&mut self, node: &Node) -> Option<Version> {
        let map = self.map(node, &VERSION)?;
        let include = self.list(&map, "include");
        Some(Version {
            span: node.span,
            version: self.id(&map, "version"),
            stabilized_at: self.date(&map, "stabilized_at"),
            include: include.iter().filter_map(|it| self.include(it)).collect(),
        })
    }

    /// The id of a module, or a mapping with it and the values of its parameters.
    fn include(&mut self, node: &Node) -> Option<Include> {
        let span = node.span;
        if !matches!(node.value, Value::Mapping(_)) {
            let module = self.text_of(node, "include")?;
            return Some(Include { span, module, parameters: vec![] });
        }
        let map = self.map(node, &INCLUDE)?;
        let parameters = self.values(&map, "parameters");
        Some(Include { span, module: self.text(&map, "ref")?, parameters })
    }
}

/// The key of a field as a name.
fn name_of(field: &Field) -> Placed<String> {
    Placed { value: field.key.clone(), span: field.key_span }
}

/// Whether a text can be an id: no blanks, and nothing that cannot be seen or moves what stands
/// beside it.
pub(crate) fn is_id(text: &str) -> bool {
    !text.chars().any(|c| c.is_whitespace() || is_unsafe(c))
}

/// Whether a text has the form of a UUID (RFC 9562, section 4).
pub(crate) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
