//! Manifests, tables of test cases and scopes that have very many of something.

use std::path::Path;

use super::table::{Ask, CHECK, Case, ask, case, each, write};

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

const MANY: usize = 100_000;

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

fn many(name: &str, asks: &[Ask], text: fn() -> String) -> Case {
    case(format!("manifest: {name}"), asks, move |root| {
        repository(root);
        write(root, MANIFEST, HEAD.to_owned() + &text());
    })
}

/// Manifests with very many of something.
pub fn manifests() -> Vec<Case> {
    const SYNC: &str = "manifest sync --dry-run";
    const DIFF: &str = "manifest diff scs-0501 v1 v1";
    const LIST: &str = "manifest checklist scs-0501 v1 --for operator";
    vec![
        many("100,000 test cases", &[ask(CHECK, 1, "?"), ask("manifest coverage", 0, "?")], || {
            let cases = each(MANY, |at| format!("  - id: scs-0100-t{at}\n"));
            format!("{SCRIPTS}{cases}{MODULES}{TIMELINE}{VERSIONS}")
        }),
        many("50,000 wrong addresses", &[ask(CHECK, 1, "?")], || {
            let cases = each(MANY / 2, |at| {
                format!(
                    "  - id: scs-0100-t{at}\n    url: https://docs.scs.community/standards/scs-0199-v1-t{at}\n"
                )
            });
            format!("{SCRIPTS}{cases}{MODULES}{TIMELINE}{VERSIONS}")
        }),
        many("100,000 modules", &[ask(CHECK, 1, "?")], || {
            format!("{SCRIPTS}{MODULES}{}{TIMELINE}{VERSIONS}", each(MANY, module))
        }),
        many(
            "100,000 includes that are not there",
            &[ask(CHECK, 1, "?"), ask(DIFF, 1, "?")],
            || format!("{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}{}", each(MANY, include)),
        ),
        many(
            "100,000 modules, all included",
            &[ask(CHECK, 1, "?"), ask(SYNC, 1, "?"), ask(LIST, 1, "?")],
            || {
                let (modules, includes) = (each(MANY, module), each(MANY, include));
                format!("{SCRIPTS}{MODULES}{modules}{TIMELINE}{VERSIONS}{includes}")
            },
        ),
        many(
            "100,000 entries of the timeline",
            &[ask(CHECK, 1, "?"), ask(SYNC, 1, "?"), ask(DIFF, 1, "?")],
            || {
                let entry = |at| format!("- date: {}\n  versions: {{v1: draft}}\n", day(at));
                format!("{SCRIPTS}{MODULES}timeline:\n{}{VERSIONS}", each(MANY, entry))
            },
        ),
        many("100,000 versions", &[ask(CHECK, 1, "?"), ask(SYNC, 1, "?")], || {
            let states = each(MANY, |at| format!("    v1.{at}: draft\n"));
            let versions = each(MANY, |at| format!("- version: v1.{at}\n  include: []\n"));
            format!("{SCRIPTS}{MODULES}{TIMELINE}{states}versions:\n{versions}")
        }),
        many("100,000 keys", &[ask(CHECK, 1, "?")], || {
            let keys = each(MANY, |at| format!("k{at}: x\n"));
            format!("{keys}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}")
        }),
        many("a key 100,000 times", &[ask(CHECK, 1, "?")], || {
            format!("{}{SCRIPTS}{MODULES}{TIMELINE}{VERSIONS}", "name: x\n".repeat(MANY))
        }),
        many("100,000 parameters", &[ask(CHECK, 1, "?"), ask(DIFF, 1, "?")], || {
            let parameters = each(MANY, |at| format!("      p{at}: x\n"));
            format!(
                "{SCRIPTS}{MODULES}{TIMELINE}versions:\n- version: v1\n  include:\n  - ref: scs-0100-v1\n    parameters:\n{parameters}"
            )
        }),
    ]
}

/// Documents for manifests with very many of something; with a manifest of 20,000 test cases, and
/// with bindings from which one is built.
fn described(
    name: &str,
    (judged, built): ([Ask; 2], Ask),
    path: &'static str,
    text: fn() -> String,
) -> [Case; 2] {
    let made = move |root: &Path| {
        repository(root);
        write(root, path, text());
    };
    [
        case(format!("manifest: {name}"), &judged, move |root| {
            made(root);
            let cases = each(20_000, |at| format!("  - id: scs-0100-a-t{at}x\n"));
            let manifest = format!("{HEAD}{SCRIPTS}{cases}{MODULES}{TIMELINE}{VERSIONS}");
            write(root, MANIFEST, manifest);
        }),
        case(format!("manifest, to be built: {name}"), &[built], move |root| {
            made(root);
            write(root, BINDINGS, BOUND);
        }),
    ]
}

fn row(id: &str) -> String {
    format!("| `scs-0100-{id}` | main | automated | | A. |\n")
}

fn table(count: usize, id: fn(usize) -> String) -> String {
    TABLE.to_owned() + &each(count, |at| row(&id(at)))
}

/// Documents with very many of something that manifests are about.
pub fn documents() -> Vec<Case> {
    let check = ask("manifest check", 1, "?");
    let coverage = ask("manifest coverage", 0, "?");
    let built = ask("manifest build", 1, "?");
    let mut cases: Vec<Case> = [
        described("a table of 100,000 test cases", ([check, coverage], built), STANDARD, || {
            document("IaaS", &table(MANY, |at| format!("t{at}")))
        }),
        described(
            "20,000 test cases with variable ends",
            ([check, coverage], built),
            STANDARD,
            || document("IaaS", &table(20_000, |at| format!("t{at}-X"))),
        ),
        described(
            "20,000 test cases with variable starts",
            ([check, coverage], built),
            STANDARD,
            || document("IaaS", &table(20_000, |at| format!("X-t{at}"))),
        ),
        described("20,000 headings with test cases", ([check, coverage], built), STANDARD, || {
            let heading = |at| format!("## Automated tests\n\n- `scs-0100-t{at}`\n\n");
            document("IaaS", &each(20_000, heading))
        }),
        described(
            "20,000 test cases below 20,000 headings",
            ([check, coverage], built),
            STANDARD,
            || {
                let headings = "## A\n\n".repeat(20_000);
                document("IaaS", &(headings + &table(20_000, |at| format!("t{at}"))))
            },
        ),
        described(
            "20,000 times the same standard in a scope",
            ([check, ask("manifest checklist scs-0501 v1 --for operator", 0, "?")], built),
            SCOPE,
            || {
                let point = "- [scs-0100-v1: Names](scs-0100-v1-names.md)\n";
                document("Scopes", &format!("\n## Subject Matter\n\n{}", point.repeat(20_000)))
            },
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    // Few lines that stand for very many test cases.
    cases.push(case(
        "manifest, to be built: 60 variables with 20,000 values",
        &[ask("manifest build", 2, "?")],
        |root| {
            repository(root);
            write(root, STANDARD, document("IaaS", &table(1000, |at| format!("t{at}-X"))));
            let values: Vec<String> = (0..20_000).map(|at| format!("\"a{at}\"")).collect();
            let values = values.join(",");
            let variables = each(1000, |at| {
                let values = if at < 60 { &*values } else { "" };
                format!("[values.\"scs-0100-t{at}-X\"]\nmain = [{values}]\n")
            });
            write(root, BINDINGS, BOUND.to_owned() + &variables);
        },
    ));
    cases
}
