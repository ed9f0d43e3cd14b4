//! GitHub's own description of its API (OpenAPI), where `SCS_OPENAPI` names the file
//! `api.github.com.deref.json` of the npm package `@octokit/openapi`: answers are made from its
//! examples, and requests and answers are held against its schemas. `ci/github.sh` fetches it.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{LazyLock, Mutex, Once, PoisonError};

use serde_json::{Map, Value, json};

static DESCRIPTION: LazyLock<Option<Value>> = LazyLock::new(|| {
    let Some(file) = std::env::var_os("SCS_OPENAPI") else {
        // Not `eprintln!`: the test harness keeps to itself what a passing test prints.
        static SAID: Once = Once::new();
        let line = "passed over: GitHub's description of its API (no SCS_OPENAPI; ci/github.sh)";
        SAID.call_once(|| _ = writeln!(std::io::stderr(), "{line}"));
        return None;
    };
    Some(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap())
});

/// Reads the description, which takes a while.
pub fn load() {
    LazyLock::force(&DESCRIPTION);
}

/// An operation of the API, and the values in its path.
struct Operation<'d> {
    template: &'d str,
    described: &'d Value,
}

fn operation(method: &str, path: &str) -> Option<Operation<'static>> {
    let description = DESCRIPTION.as_ref()?;
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let wanted: Vec<&str> = template.split('/').collect();
        let fits = |(wanted, part): (&&str, &&str)| wanted.starts_with('{') || wanted == part;
        wanted.len() == parts.len() && wanted.iter().zip(&parts).all(fits)
    };
    let paths = description["paths"].as_object().unwrap().iter();
    let (template, methods) = paths
        .filter(|(template, _)| fits(template))
        .min_by_key(|(template, _)| template.matches('{').count())
        .unwrap_or_else(|| panic!("GitHub has no {path}"));
    let described = methods.get(method.to_lowercase());
    let described = described.unwrap_or_else(|| panic!("GitHub has no {method} {template}"));
    Some(Operation { template, described })
}

/// An answer: the example of GitHub, with these values over it. Of a list, each item is.
pub fn answer(method: &str, path: &str, status: u16, values: &Value) -> Value {
    let Some(Operation { described, .. }) = operation(method, path) else { return values.clone() };
    let content = &described["responses"][status.to_string()]["content"]["application/json"];
    let Some(examples) = content["examples"].as_object() else { return values.clone() };
    let Some(example) = examples.values().next().map(|it| it["value"].clone()) else {
        return values.clone();
    };
    match (example, values) {
        (Value::Array(examples), Value::Array(items)) => {
            let first = examples.first().cloned().unwrap_or_default();
            items.iter().map(|item| laid_over(first.clone(), item)).collect()
        }
        (example, values) => laid_over(example, values),
    }
}

fn laid_over(example: Value, values: &Value) -> Value {
    match (example, values) {
        (Value::Object(mut example), Value::Object(values)) => {
            for (key, value) in values {
                let old = example.remove(key).unwrap_or_default();
                example.insert(key.clone(), laid_over(old, value));
            }
            Value::Object(example)
        }
        (_, values) => values.clone(),
    }
}

/// Holds a request and what was answered against the description.
pub fn check(method: &str, target: &str, body: &[u8], status: u16, answer: Option<&Value>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let Some(Operation { template, described }) = operation(method, path) else { return };
    let place = format!("{method} {template}");
    let parameters = described["parameters"].as_array().cloned().unwrap_or_default();
    let of = |place: &str, name: &str| {
        let mut all = parameters.iter();
        all.find(|it| it["in"] == place && it["name"] == name).cloned()
    };
    for (wanted, part) in template.split('/').zip(path.split('/')) {
        if let Some(name) = wanted.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            let parameter = of("path", name).unwrap_or_else(|| panic!("{place}: {name}"));
            valid(&format!("{place} {name}"), &parameter["schema"], &typed(part, &parameter));
        }
    }
    for pair in query.split('&').filter(|it| !it.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap();
        let parameter = of("query", name).unwrap_or_else(|| panic!("{place}: no query `{name}`"));
        valid(&format!("{place} {name}"), &parameter["schema"], &typed(value, &parameter));
    }
    let request = &described["requestBody"]["content"]["application/json"]["schema"];
    match (request.is_null(), body.is_empty()) {
        (true, true) => {}
        (false, false) => {
            let body = serde_json::from_slice(body).unwrap();
            if let (Some(known), Value::Object(body)) = (request["properties"].as_object(), &body) {
                let unknown: Vec<_> = body.keys().filter(|it| !known.contains_key(*it)).collect();
                assert!(unknown.is_empty(), "{place}: {unknown:?}");
            }
            valid(&place, request, &body);
        }
        (request, body) => panic!("{place}: a body is wanted: {}, is there: {}", !request, !body),
    }
    let content = &described["responses"][status.to_string()]["content"]["application/json"];
    if let (Some(answer), false) = (answer, content.is_null()) {
        valid(&format!("{place} {status}"), &content["schema"], answer);
    }
}

fn typed(text: &str, parameter: &Value) -> Value {
    match parameter["schema"]["type"].as_str() {
        Some("integer") => json!(text.parse::<i64>().unwrap()),
        _ => json!(text),
    }
}

/// Validates; a schema is compiled once.
fn valid(place: &str, schema: &Value, instance: &Value) {
    static COMPILED: LazyLock<Mutex<HashMap<String, &'static jsonschema::Validator>>> =
        LazyLock::new(Mutex::default);
    let validator = {
        // A check that failed elsewhere is no reason not to go on.
        let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        *compiled.entry(place.to_owned()).or_insert_with(|| {
            let schema = json_schema(schema.clone());
            Box::leak(Box::new(jsonschema::validator_for(&schema).unwrap()))
        })
    };
    let errors: Vec<String> = validator
        .iter_errors(instance)
        .map(|it| format!("{} {}", it.instance_path(), it))
        .map(|it| it.chars().take(300).collect())
        .collect();
    assert!(errors.is_empty(), "{place}: {errors:#?}");
}

/// A schema of OpenAPI 3.0 as JSON Schema: `nullable`, and keywords that mean nothing there.
fn json_schema(schema: Value) -> Value {
    match schema {
        Value::Array(items) => items.into_iter().map(json_schema).collect(),
        Value::Object(object) => {
            let mut object: Map<String, Value> =
                object.into_iter().map(|(key, value)| (key, json_schema(value))).collect();
            for key in ["example", "examples", "default", "format"] {
                // Where they are keywords; a property can have the name too.
                if object.get(key).is_some_and(|it| !it.is_object() || it.get("type").is_none()) {
                    object.remove(key);
                }
            }
            match object.remove("nullable") {
                Some(Value::Bool(true)) => json!({ "anyOf": [{ "type": "null" }, object] }),
                Some(property @ Value::Object(_)) => {
                    object.insert("nullable".to_owned(), property);
                    Value::Object(object)
                }
                _ => Value::Object(object),
            }
        }
        plain => plain,
    }
}

/// What is not as GitHub describes it is found.
#[test]
fn wrong_requests_are_found() {
    if DESCRIPTION.is_none() {
        return;
    }
    let comment = "/repos/o/r/issues/1/comments";
    let user = json!({ "login": 1 });
    let wrong: [(&str, &str, &str, Option<&Value>); 8] = [
        ("GET", "/repos/o/r/pulls/1/nothing", "", None),
        ("PUT", "/repos/o/r/pulls/1", "", None),
        ("GET", "/repos/o/r/pulls/one", "", None),
        ("GET", "/repos/o/r/pulls?state=opened", "", None),
        ("GET", "/repos/o/r/pulls?per_pages=1", "", None),
        ("POST", comment, "", None),
        ("POST", comment, "{\"text\": \"x\"}", None),
        ("GET", "/user", "", Some(&user)),
    ];
    for (method, target, body, answer) in wrong {
        let checked = || check(method, target, body.as_bytes(), 200, answer);
        assert!(std::panic::catch_unwind(checked).is_err(), "{method} {target} {body}");
    }
    check("POST", comment, b"{\"body\": \"x\"}", 201, None);
}
