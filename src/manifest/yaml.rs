//! YAML for readers of any age: block style, and quotes wherever YAML 1.1 or 1.2 would read
//! something else than the text (YAML 1.1, *Tag repository*; YAML 1.2, section 10.3).

use std::fmt::Write as _;

use super::build::{Built, Module, Script, TestCase, Version};

/// A text as a plain scalar where that is safe in a block mapping or list, else in double quotes.
#[must_use]
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// The same for a place that may be within brackets.
#[must_use]
pub(super) fn scalar_in_flow(text: &str) -> String {
    let ends = text.contains([',', '[', ']', '{', '}', '?']) || text.contains("::");
    if ends { quoted(text) } else { scalar(text) }
}

/// What YAML 1.1 or 1.2 reads as a truth value or nothing, in lower case.
const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    let starts_well = match (chars.next(), chars.next()) {
        (Some('.'), second) => second == Some('/'),
        (Some('-'), second) => second.is_some_and(|it| it.is_ascii_alphabetic()),
        (Some(first), _) => first.is_alphabetic() || matches!(first, '/' | '('),
        (None, _) => false,
    };
    let is_text = |c: char| (' '..='~').contains(&c) || c.is_alphanumeric();
    starts_well
        && text.chars().all(is_text)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !WORDS.contains(&text.to_lowercase().as_str())
}

/// A text in double quotes. What cannot be seen is written as an escape.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            ' '..='~' => quoted.push(c),
            c if c.is_alphanumeric() => quoted.push(c),
            c if u32::from(c) <= 0xffff => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
        }
    }
    quoted.push('"');
    quoted
}

/// A line of a comment. Line breaks and what cannot be seen would end it or hide in it.
fn comment(text: &str) -> String {
    let seen = |c: char| if c.is_control() || !(is_plain_in_comment(c)) { '\u{fffd}' } else { c };
    format!("# {}", text.chars().map(seen).collect::<String>())
}

fn is_plain_in_comment(c: char) -> bool {
    (' '..='~').contains(&c) || c.is_alphanumeric() || matches!(c, '→' | '–')
}

/// Writes a manifest.
#[must_use]
pub(super) fn manifest(built: &Built) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    built.comments.iter().for_each(|it| line(comment(it)));
    line(format!("name: {}", scalar(&built.name)));
    line(format!("uuid: {}", scalar(&built.uuid)));
    line(format!("url: {}", scalar(&built.url)));
    if let Some(it) = &built.prerequisite {
        line("prerequisite:".to_owned());
        line(format!("  name: {}", scalar(&it.name)));
        line(format!("  url: {}", scalar(&it.url)));
    }
    if !built.variables.is_empty() {
        line("variables:".to_owned());
        for (name, default) in &built.variables {
            let default = default.as_ref().map(|it| format!(": {}", scalar(it)));
            line(format!("- {}{}", scalar(name), default.unwrap_or_default()));
        }
    }
    list("scripts", &built.scripts, &mut line, script);
    list("modules", &built.modules, &mut line, module);
    list("timeline", &built.timeline, &mut line, |(date, versions), line| {
        line(format!("- date: {date}"));
        if versions.is_empty() {
            return line("  versions: {}".to_owned());
        }
        line("  versions:".to_owned());
        for (name, validity) in versions {
            line(format!("    {}: {validity}", scalar(name)));
        }
    });
    list("versions", &built.versions, &mut line, version);
    text
}

fn list<T>(
    key: &str,
    items: &[T],
    line: &mut impl FnMut(String),
    mut write: impl FnMut(&T, &mut dyn FnMut(String)),
) {
    if items.is_empty() {
        return line(format!("{key}: []"));
    }
    line(format!("{key}:"));
    items.iter().for_each(|item| write(item, line));
}

fn script(script: &Script, line: &mut dyn FnMut(String)) {
    line(comment(&script.comment));
    let mut heads = Vec::new();
    if let Some(executable) = &script.executable {
        heads.push(format!("executable: {}", scalar(executable)));
    }
    if !script.env.is_empty() {
        heads.push("env:".to_owned());
        let entries = script.env.iter();
        heads.extend(entries.map(|(name, value)| format!("  {}: {}", scalar(name), scalar(value))));
    }
    heads.extend(script.args.iter().map(|args| format!("args: {}", scalar(args))));
    heads.push("testcases:".to_owned());
    for (at, head) in heads.into_iter().enumerate() {
        line(format!("{} {head}", if at == 0 { "-" } else { " " }));
    }
    script.testcases.iter().for_each(|it| testcase(it, line));
}

fn testcase(testcase: &TestCase, line: &mut dyn FnMut(String)) {
    line(format!("  - id: {}", scalar(&testcase.id)));
    let mut field = |key: &str, value: &str| line(format!("    {key}: {}", scalar(value)));
    if let Some(lifetime) = testcase.lifetime {
        field("lifetime", &lifetime.to_string());
    }
    if let Some(section) = &testcase.section {
        field("section", section);
    }
    if !testcase.description.is_empty() {
        field("description", &testcase.description);
    }
    field("url", &testcase.url);
}

fn module(module: &Module, line: &mut dyn FnMut(String)) {
    line(comment(&module.comment));
    line(format!("- id: {}", scalar(&module.id)));
    line(format!("  name: {}", scalar(&module.name)));
    line(format!("  url: {}", scalar(&module.url)));
    if !module.parameters.is_empty() {
        line("  parameters:".to_owned());
        for (name, what) in &module.parameters {
            line(format!("    {}: {}", scalar(name), scalar(what)));
        }
    }
    if module.targets.is_empty() {
        return line("  targets: {}".to_owned());
    }
    line("  targets:".to_owned());
    for (name, testcases) in &module.targets {
        line(format!("    {}:", scalar(name)));
        testcases.iter().for_each(|id| line(format!("    - {}", scalar(id))));
    }
}

fn version(version: &Version, line: &mut dyn FnMut(String)) {
    line(comment(&version.comment));
    line(format!("- version: {}", scalar(&version.name)));
    if let Some(date) = version.stabilized_at {
        line(format!("  stabilized_at: {date}"));
    }
    if version.include.is_empty() {
        return line("  include: []".to_owned());
    }
    line("  include:".to_owned());
    for (id, parameters) in &version.include {
        if parameters.is_empty() {
            line(format!("  - {}", scalar(id)));
            continue;
        }
        line(format!("  - ref: {}", scalar(id)));
        line("    parameters:".to_owned());
        for (name, value) in parameters {
            line(format!("      {}: {}", scalar(name), scalar(value)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_where_a_reader_would_see_something_else() {
        for plain in [
            "scs-0100-syntax-check",
            "./iaas/openstack_test.py",
            "-c {os_cloud} {testcases}",
            "https://docs.scs.community/standards/scs-0100-w1#automated-tests",
            "v1",
            "Größe",
            "image-md",
        ] {
            assert_eq!(scalar(plain), plain);
        }
        for text in [
            "",
            "yes",
            "No",
            "~",
            "on",
            "12:30:00",
            "0x1F",
            "1e3",
            "2024-01-01",
            ".5",
            ".inf",
            "- a",
            "a: b",
            "a #b",
            "a:",
            " a",
            "a ",
            "*a",
            "&a",
            "{a}",
            "[a]",
            "'a",
            "\"a",
            "%a",
            "@a",
            "`a",
            "!a",
            "|",
            ">",
            "?",
            "---",
            "-.inf",
            "-1",
            "a\nb",
            "a\u{85}b",
            "a\u{2028}b",
            "a\tb",
            "=",
            "<<",
            "null",
            "\u{202e}a",
        ] {
            assert!(scalar(text).starts_with('"'), "{text:?}");
            assert!(scalar(text).is_ascii(), "{text:?}");
        }
        assert_eq!(scalar("a\n\"\u{7}\u{202e}"), r#""a\n\"\u0007\u202E""#);
    }
}
