//! Blocks of YAML and files of TOML: nested, repeated, referring to themselves.

use super::table::{Ask, Case, FIELDS, PATH, SECTIONS, ask, case, each, good, write};

const DEEP: usize = 100_000;

const MANIFEST: &str = "Tests/scs-cloud.yaml";
const BINDINGS: &str = "Tests/scs-cloud.bindings.toml";

/// A line of YAML that stands for very much, or leads nowhere.
fn lines() -> Vec<(&'static str, String)> {
    let bomb = each(40, |at| match at {
        0 => "a0: &a0 [x, x]\n".to_owned(),
        _ => format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1),
    });
    let nested = |open: &str| format!("extra: {}\n", open.repeat(DEEP));
    vec![
        ("aliases that double 40 times", bomb),
        ("an alias of itself", "extra: &a [*a]\n".to_owned()),
        ("100,000 `[`", nested("[")),
        ("100,000 `{a: `", nested("{a: ")),
        ("100,000 `- `", format!("extra:\n{}\n", "- ".repeat(DEEP))),
        ("100,000 `? `", format!("{}\n", "? ".repeat(DEEP))),
        ("100,000 `\"`", nested("\"")),
        ("100,001 `'`", format!("extra: {}\n", "'".repeat(DEEP + 1))),
        ("100,000 `!a `", nested("!a ")),
        ("100,000 `&a `", nested("&a ")),
    ]
}

/// A block of fields that is one, with what `check` finds, and how `promote` answers.
fn fields(name: &str, text: String, (status, says): (i32, &'static str), promoted: Ask) -> Case {
    front(name, text, &[ask(CHECK, status, says), promoted])
}

const CHECK: &str = "check --format concise";

fn front(name: &str, text: String, asks: &[Ask]) -> Case {
    let mut asks = asks.to_vec();
    asks.push(ask("index --format html --out site", 0, "wrote"));
    case(format!("front matter: {name}"), &asks, move |root| {
        write(root, PATH, format!("---\n{FIELDS}{text}---\n{SECTIONS}"));
    })
}

fn manifest(name: &str, text: String, says: &'static str) -> Case {
    let asks = [
        ask("check --format concise", 1, says),
        ask("manifest check --format concise", 1, says),
        ask("manifest sync", 2, MANIFEST),
    ];
    case(format!("manifest: {name}"), &asks, move |root| {
        write(root, PATH, good());
        write(root, MANIFEST, format!("name: Cloud\n{text}"));
    })
}

fn config(name: &str, text: String, asks: &[Ask]) -> Case {
    case(format!("scs-doc.toml: {name}"), asks, move |root| {
        write(root, PATH, good());
        write(root, "scs-doc.toml", &text);
    })
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, text) in lines() {
        let broken = [ask(CHECK, 1, "error[front-matter"), ask("promote scs-0101-v1", 2, PATH)];
        cases.push(front(name, text.clone(), &broken));
        cases.push(manifest(name, text, "error[manifest-syntax]"));
    }
    let promoted = ask("promote scs-0101-v1 --dry-run", 0, "would write");
    let refused = ask("promote scs-0101-v1", 1, "nothing was written");
    let large = ask("promote scs-0101-v1", 2, PATH);
    let replaced =
        format!("replaces:\n{}", each(30_000, |at| format!("  - scs-{at:04}-v1-a.md\n")));
    cases.extend([
        fields(
            "more than 1 MiB",
            format!("extra: {}\n", "x".repeat(1 << 20)),
            (1, "error[front-matter"),
            large,
        ),
        fields(
            "70,000 fields",
            each(70_000, |at| format!("k{at}: x\n")),
            (0, "[field-unknown]"),
            promoted,
        ),
        fields(
            "a field 100,000 times",
            "title: x\n".repeat(DEEP),
            (1, "[field-duplicate]"),
            refused,
        ),
        fields(
            "30,000 documents replaced that are not there",
            replaced,
            (1, "[reference-unknown]"),
            refused,
        ),
        fields(
            "1 MB of comment",
            format!("#{}\n", "x".repeat(1_000_000)),
            (0, "1 document"),
            promoted,
        ),
        fields(
            "1 MB of literal lines",
            format!("extra: |\n{}", "  x\n".repeat(250_000)),
            (0, "[field-unknown]"),
            promoted,
        ),
        fields(
            "100,000 `'` in pairs",
            format!("extra: {}\n", "'".repeat(DEEP)),
            (0, "[field-unknown]"),
            promoted,
        ),
    ]);
    let unclosed = [
        ("a block without end, 10 MB", format!("---\n{}", "a: b\n".repeat(2_000_000))),
        ("1 MB of `---` lines", "---\n".repeat(250_000)),
        ("1 MB of `...` lines", format!("---\n{}", "...\n".repeat(250_000))),
    ];
    for (name, text) in unclosed {
        let asks = [ask("check --format concise", 1, "error["), ask("check --fix", 1, "error[")];
        cases.push(case(format!("front matter: {name}"), &asks, move |root| {
            write(root, PATH, &text);
        }));
    }
    let tests = [
        ("100,000 test cases", each(DEEP, |at| format!("  - id: scs-0101-t{at}\n"))),
        ("100,000 times the same test case", "  - id: scs-0101-a\n".repeat(DEEP)),
    ];
    for (name, text) in tests {
        let text = format!("scripts:\n- executable: ./a\n  testcases:\n{text}");
        cases.push(manifest(name, text, "error[manifest-syntax]"));
    }
    let bad = [
        ask("check --format concise", 2, "scs-doc.toml:"),
        ask("index --format json", 2, "scs-doc.toml:"),
    ];
    let nested = |open: &str| format!("forum = {}\n", open.repeat(DEEP));
    let configs = [
        ("100,000 `[`", nested("[")),
        ("100,000 `{a=`", nested("{a=")),
        ("100,000 `\"`", nested("\"")),
        ("100,000 `'`", nested("'")),
        ("a key of 100,000 parts", format!("{}a = 1\n", "a.".repeat(DEEP))),
        ("a table of 100,000 parts", format!("[{}a]\n", "a.".repeat(DEEP))),
        ("100,000 tables", each(DEEP, |at| format!("[a{at}]\n"))),
        ("100,000 lists of tables", "[[a]]\n".repeat(DEEP)),
        ("5 MB", format!("#{}\n", "x".repeat(5_000_000))),
        ("100,000 backslashes", format!("site-url = \"{}\n", "\\".repeat(DEEP))),
    ];
    for (name, text) in configs {
        cases.push(config(name, text, &bad));
    }
    let globs = format!("manifests = [\"{}\"]\n", "{a,b}".repeat(200_000));
    cases.push(config("a glob of 200,000 choices", globs, &[ask("check", 2, "scs-doc.toml")]));
    let globs = format!("manifests = [\"{}\"]\n", "{a,".repeat(DEEP) + &"}".repeat(DEEP));
    cases.push(config(
        "a glob of 100,000 nested choices",
        globs,
        &[ask("check", 2, "scs-doc.toml")],
    ));
    let globs = format!("manifests = [{}]\n", "\"**/*a*/**\",".repeat(50_000));
    cases.push(config("50,000 globs", globs, &[ask("check", 2, "scs-doc.toml")]));
    let globs = format!("manifests = [\"{}\"]\n", "*a".repeat(DEEP));
    cases.push(config("a glob of 100,000 stars", globs, &[ask("check", 2, "scs-doc.toml")]));
    let exceptions = each(30_000, |at| {
        format!(
            "[[exception]]\nrule = \"link-target\"\npath = \"{PATH}\"\nsubject = \"{at}\"\nreason = \"x\"\n"
        )
    });
    let unused = [ask("check --format concise", 0, "[exception-unused]")];
    cases.push(config("30,000 exceptions that nothing needs", exceptions, &unused));
    let scope = "scope = \"scs-0501\"\nuuid = \"50393e6f-2ae1-4c5c-a62c-3b75f2abef3f\"\n";
    let bindings = [
        ("100,000 `[`", format!("{scope}oldest = {}\n", "[".repeat(DEEP))),
        ("a key of 100,000 parts", format!("{}a = 1\n{scope}", "a.".repeat(DEEP))),
        (
            "100,000 scripts",
            format!(
                "{scope}{}",
                "[[script]]\nexecutable = \"./a\"\ntestcases = [\"*\"]\n".repeat(60_000)
            ),
        ),
        (
            "a pattern of 100,000 stars",
            format!(
                "{scope}[[script]]\nexecutable = \"./a\"\ntestcases = [\"{}\"]\n",
                "*a".repeat(DEEP)
            ),
        ),
    ];
    for (name, text) in bindings {
        let asks = [
            ask("manifest build", 2, "Tests/scs-cloud.bindings.toml"),
            ask("manifest check", 0, "1 document"),
        ];
        cases.push(case(format!("bindings: {name}"), &asks, move |root| {
            write(root, PATH, good());
            write(root, BINDINGS, &text);
        }));
    }
    let nested = "{a,".repeat(DEEP) + &"}".repeat(DEEP);
    let ignored = [
        ("100,000 nested choices", nested),
        ("120 patterns of 4,000 stars", ("*a".repeat(4000) + "\n").repeat(120)),
        ("200,000 patterns", "*a*\n?a*b\n".repeat(100_000)),
        ("200,000 classes", "[a-z]".repeat(200_000)),
    ];
    for (name, text) in ignored {
        let asks = [ask(CHECK, 0, "1 document"), ask("pr --base base", 0, "no document changes")];
        cases.push(case(format!(".gitignore: {name}"), &asks, move |root| {
            super::git::based(root);
            write(root, ".gitignore", &text);
        }));
    }
    cases
}
