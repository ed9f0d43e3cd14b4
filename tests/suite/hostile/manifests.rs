//! Manifests, tables of test cases and scopes that have very many of something.

use std::path::Path;

use super::table::{Ask, CHECK, Case, Sizes, ask, case, count, each, write};

pub const MANIFEST: &str = "Tests/scs-cloud.yaml";
pub const BINDINGS: &str = "Tests/scs-cloud.bindings.toml";
pub const STANDARD: &str = "Standards/scs-0100-v1-names.md";
pub const SCOPE: &str = "Standards/scs-0501-v1-scs-cloud.md";

pub const HEAD: &str =
    "name: Cloud\nuuid: 50393e6f-2ae1-4c5c-a62c-3b75f2abef3f\nurl: https://example.org/a\n";
pub const SCRIPTS: &str = "scripts:\n- executable: ./a\n  testcases:\n  - id: scs-0100-a\n";
pub const MODULES: &str = "modules:\n- id: scs-0100-v1\n  url: https://docs.scs.community/standards/scs-0100-v1-names\n  targets:\n    main:\n    - scs-0100-a\n";
pub const TIMELINE: &str = "timeline:\n- date: 2024-01-01\n  versions:\n    v1: effective\n";
pub const VERSIONS: &str = "versions:\n- version: v1\n  include:\n  - scs-0100-v1\n";
pub const TABLE: &str = "\n## Test cases\n\n| Test case | Level | Kind | Lifetime | Description |\n| --- | --- | --- | --- | --- |\n";
pub const BOUND: &str = "scope = \"scs-0501\"\nuuid = \"50393e6f-2ae1-4c5c-a62c-3b75f2abef3f\"\n[[script]]\nexecutable = \"./a\"\ntestcases = [\"scs-*\"]\n";

pub fn document(track: &str, body: &str) -> String {
    let title = if track == "Scopes" { "Cloud" } else { "Names" };
    format!("---\ntitle: {title}\ntype: Standard\nstatus: Draft\ntrack: {track}\n---\n{body}")
}

pub fn scope() -> String {
    document("Scopes", "\n## Subject Matter\n\n- [scs-0100-v1: Names](scs-0100-v1-names.md)\n")
}

pub fn standard() -> String {
    document("IaaS", &format!("{TABLE}| `scs-0100-a` | main | automated | | A. |\n"))
}

fn repository(root: &Path) {
    write(root, STANDARD, standard());
    write(root, SCOPE, scope());
}

/// A day in the years from 1700 on.
fn day(at: usize) -> String {
    let (year, day) = (1700 + at / 336, at % 336);
    format!("{year}-{:02}-{:02}", day / 28 + 1, day % 28 + 1)
}

fn module(at: usize) -> String {
    format!("- id: m{at}\n")
}

fn include(at: usize) -> String {
    format!("  - m{at}\n")
}

/// A manifest with so many of something.
fn many(
    number: usize,
    what: &str,
    asks: &[Ask],
    text: impl Fn(usize) -> String + Send + Sync + 'static,
) -> Case {
    case(format!("manifest: {} {what}", count(number)), asks, move |root| {
        repository(root);
        write(root, MANIFEST, HEAD.to_owned() + &text(number));
    })
}

/// Manifests with very many of something.
pub fn manifests(Sizes { many: number, .. }: Sizes) -> Vec<Case> {
    const SYNC: &str = "manifest sync --dry-run";
    const DIFF: &str = "manifest diff scs-0501 v1 v1";
    const LIST: &str = "manifest checklist scs-0501 v1 --for operator";
    let tests = [
        ask(CHECK, 1, "[manifest-undocumented]"),
        ask("manifest coverage", 0, "and in no document"),
    ];
    let addresses = [ask(CHECK, 1, "[manifest-url]")];
    let modules = [ask(CHECK, 1, "notes not shown")];
    let absent = [ask(CHECK, 1, "[manifest-reference]"), ask(DIFF, 0, "Nothing changes")];
    let included = [
        ask(CHECK, 1, "[manifest-scope]"),
        ask(SYNC, 0, "does not include m0 any more"),
        ask(LIST, 0, "No test case of it is known"),
    ];
    let entries = [
        ask(CHECK, 1, "[section-missing]"),
        ask(SYNC, 0, "everything is up to date"),
        ask(DIFF, 0, "Nothing changes"),
    ];
    let versions = [ask(CHECK, 1, "[manifest-scope]"), ask(SYNC, 0, "everything is up to date")];
    let keys = [ask(CHECK, 1, "[manifest-syntax]")];
    let parameters = [ask(CHECK, 1, "[manifest-scope]"), ask(DIFF, 0, "Nothing changes")];
    vec![
        many(number, "test cases", &tests, |number| {
            let cases = each(number, |at| format!("  - id: scs-0100-t{at}\n"));
            format!("{SCRIPTS}{cases}{MODULES}{TIMELINE}{VERSIONS}")
        }),
        many(number / 2, "wrong addresses", &addresses, |number| {
            let url = "https://docs.scs.community/standards/scs-0199-v1-t";
            let case = |at| format!("  - id: scs-0100-t{at}\n    url: {url}{at}\n");
            format!("{SCRIPTS}{}{MODULES}{TIMELINE}{VERSIONS}", each(number, case))
        }),
        many(number, "modules", &modules, |number| {
            format!("{SCRIPTS}{MODULES}{}{TIMELINE}{VERSIONS}", each(number, module))
        }),
        many(number, "modules included that are not there", &absent, |number| {
            format!("{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}{}", each(number, include))
        }),
        many(number, "modules, all included", &included, |number| {
            let (modules, includes) = (each(number, module), each(number, include));
            format!("{SCRIPTS}{MODULES}{modules}{TIMELINE}{VERSIONS}{includes}")
        }),
        many(number, "entries of the timeline", &entries, |number| {
            let entry = |at| format!("- date: {}\n  versions: {{v1: draft}}\n", day(at));
            format!("{SCRIPTS}{MODULES}timeline:\n{}{VERSIONS}", each(number, entry))
        }),
        many(number, "versions", &versions, |number| {
            let states = each(number, |at| format!("    v1.{at}: draft\n"));
            let versions = each(number, |at| format!("- version: v1.{at}\n  include: []\n"));
            format!("{SCRIPTS}{MODULES}{TIMELINE}{states}versions:\n{versions}")
        }),
        many(number, "keys", &keys, |number| {
            let keys = each(number, |at| format!("k{at}: x\n"));
            format!("{keys}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}")
        }),
        many(number, "times the same key", &keys, |number| {
            format!("{}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}", "name: x\n".repeat(number))
        }),
        many(number, "parameters", &parameters, |number| {
            let parameters = each(number, |at| format!("      p{at}: x\n"));
            let version = "- version: v1\n  include:\n  - ref: scs-0100-v1\n    parameters:\n";
            format!("{SCRIPTS}{MODULES}{TIMELINE}versions:\n{version}{parameters}")
        }),
    ]
}

/// A document with so many of something: with a manifest that has many test cases itself, and with
/// bindings from which one is built.
fn described(
    number: usize,
    what: &str,
    (judged, built): (&[Ask], Ask),
    path: &'static str,
    text: fn(usize) -> String,
) -> [Case; 2] {
    let made = move |root: &Path| {
        repository(root);
        write(root, path, text(number));
    };
    let called = count(number);
    [
        case(format!("described: {called} {what}"), judged, move |root| {
            made(root);
            let cases = each(number, |at| format!("  - id: scs-0100-a-t{at}x\n"));
            let manifest = format!("{HEAD}{SCRIPTS}{cases}{MODULES}{TIMELINE}{VERSIONS}");
            write(root, MANIFEST, manifest);
        }),
        case(format!("to be built: {called} {what}"), &[built], move |root| {
            made(root);
            write(root, BINDINGS, BOUND);
        }),
    ]
}

fn row(id: &str) -> String {
    format!("| `scs-0100-{id}` | main | automated | | A. |\n")
}

fn table(number: usize, id: fn(usize) -> String) -> String {
    TABLE.to_owned() + &each(number, |at| row(&id(at)))
}

/// Documents with very many of something that manifests are about.
pub fn documents(Sizes { many, .. }: Sizes) -> Vec<Case> {
    let fifth = many / 5;
    let check = ask("manifest check --format concise", 1, "[manifest-undocumented]");
    let coverage = ask("manifest coverage", 0, "and in no document");
    let list = ask("manifest checklist scs-0501 v1 --for operator", 0, "1 automated test case");
    let built = ask("manifest build", 0, "wrote Tests/scs-cloud.yaml");
    let unknown = ask("manifest build", 2, "nothing says what the variable part of");
    let tables = (&[check, coverage][..], built);
    let variables = (&[check, coverage][..], unknown);
    let cases = [
        described(3 * many / 10, "test cases in a table", tables, STANDARD, |number| {
            document("IaaS", &table(number, |at| format!("t{at}")))
        }),
        described(fifth, "test cases with a variable at the end", variables, STANDARD, |number| {
            document("IaaS", &table(number, |at| format!("t{at}-X")))
        }),
        described(
            fifth,
            "test cases with a variable at the start",
            variables,
            STANDARD,
            |number| document("IaaS", &table(number, |at| format!("X-t{at}"))),
        ),
        described(fifth, "headings with a test case", tables, STANDARD, |number| {
            let heading = |at| format!("## Automated tests\n\n- `scs-0100-t{at}`\n\n");
            document("IaaS", &each(number, heading))
        }),
        described(fifth, "test cases below as many headings", tables, STANDARD, |number| {
            let headings = "## A\n\n".repeat(number);
            document("IaaS", &(headings + &table(number, |at| format!("t{at}"))))
        }),
        described(fifth, "times the same standard", (&[check, list], built), SCOPE, |number| {
            let point = "- [scs-0100-v1: Names](scs-0100-v1-names.md)\n";
            document("Scopes", &format!("\n## Subject Matter\n\n{}", point.repeat(number)))
        }),
    ];
    // Few lines that stand for very many test cases.
    let expanded = case(
        "to be built: 20 variables with 20,000 values",
        &[ask("manifest build", 2, "would be larger than 8 MiB")],
        |root| {
            repository(root);
            write(root, STANDARD, document("IaaS", &table(20, |at| format!("t{at}-X"))));
            let values = each(20_000, |at| format!("\"a{at}\","));
            let variable = |at| format!("[values.\"scs-0100-t{at}-X\"]\nmain = [{values}]\n");
            let variables = each(20, variable);
            write(root, BINDINGS, BOUND.to_owned() + &variables);
        },
    );
    cases.into_iter().flatten().chain([expanded]).collect()
}
