//! Blocks of YAML and files of TOML: nested, repeated, referring to themselves.

use super::git::based;
use super::table::{
    Ask, CHECK, Case, FIELDS, INDEX, PATH, SECTIONS, Sizes, ask, case, count, each, good, write,
};

const DEEP: usize = 100_000;

const MANIFEST: &str = "Tests/scs-cloud.yaml";
const BINDINGS: &str = "Tests/scs-cloud.bindings.toml";

/// A text that is made when it is needed, and gone then: what this process holds counts for those
/// that it starts.
type Text = fn() -> String;

fn bomb() -> String {
    each(40, |at| match at {
        0 => "a0: &a0 [x, x]\n".to_owned(),
        _ => format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1),
    })
}

fn nested(field: &str, open: &str) -> String {
    format!("{field}{}\n", open.repeat(DEEP))
}

/// Lines of YAML that stand for very much, or lead nowhere.
const LINES: [(&str, Text); 10] = [
    ("aliases that double 40 times", bomb),
    ("an alias of itself", || "extra: &a [*a]\n".to_owned()),
    ("100,000 `[`", || nested("extra: ", "[")),
    ("100,000 `{a: `", || nested("extra: ", "{a: ")),
    ("100,000 `- `", || nested("extra:\n", "- ")),
    ("100,000 `? `", || nested("", "? ")),
    ("100,000 `\"`", || nested("extra: ", "\"")),
    ("100,001 `'`", || nested("extra: '", "'")),
    ("100,000 `!a `", || nested("extra: ", "!a ")),
    ("100,000 `&a `", || nested("extra: ", "&a ")),
];

const PROMOTED: Ask = ask("promote scs-0101-v1 --dry-run", 0, "would write");
const REFUSED: Ask = ask("promote scs-0101-v1", 1, "nothing was written");
const UNKNOWN: Ask = ask(CHECK, 0, "[field-unknown]");

/// A block of fields that is one.
const FRONTS: [(&str, Text, [Ask; 2]); 4] = [
    (
        "more than 1 MiB",
        || format!("extra: {}\n", "x".repeat(1 << 20)),
        [ask(CHECK, 1, "error[front-matter-syntax]"), ask("promote scs-0101-v1", 2, PATH)],
    ),
    (
        "1 MB of comment",
        || format!("#{}\n", "x".repeat(1_000_000)),
        [ask(CHECK, 0, "1 document"), PROMOTED],
    ),
    (
        "1 MB of literal lines",
        || format!("extra: |\n{}", "  x\n".repeat(250_000)),
        [UNKNOWN, PROMOTED],
    ),
    ("100,000 `'` in pairs", || nested("extra: ", "'"), [UNKNOWN, PROMOTED]),
];

/// So many of a hundred lines, what they are, and what the block gets.
type Fields = (usize, &'static str, fn(usize) -> String, [Ask; 2]);

const FIELDS_OF: [Fields; 3] = [
    (70, "fields", |at| format!("k{at}: x\n"), [UNKNOWN, PROMOTED]),
    (
        100,
        "times the same field",
        |_| "title: x\n".to_owned(),
        [ask(CHECK, 1, "[field-duplicate]"), REFUSED],
    ),
    (
        30,
        "documents replaced that are not there",
        |at| match at {
            0 => "replaces:\n".to_owned(),
            _ => format!("  - scs-{at:04}-v1-a.md\n"),
        },
        [ask(CHECK, 1, "[reference-unknown]"), REFUSED],
    ),
];

/// Files that begin like a block of fields.
const UNCLOSED: [(&str, Text, &str); 3] = [
    (
        "a block without end, 1,500 kB",
        || format!("---\n{}", "a: b\n".repeat(300_000)),
        "error[front-matter-unterminated]",
    ),
    ("1 MB of `---` lines", || "---\n".repeat(250_000), "error[field-required]"),
    (
        "1 MB of `...` lines",
        || format!("---\n{}", "...\n".repeat(250_000)),
        "error[front-matter-unterminated]",
    ),
];

fn front(name: &str, asks: &[Ask], text: impl Fn() -> String + Send + Sync + 'static) -> Case {
    case(format!("front matter: {name}"), &[asks, &[INDEX]].concat(), move |root| {
        write(root, PATH, format!("---\n{FIELDS}{}---\n{SECTIONS}", text()));
    })
}

pub fn fronts(Sizes { many, .. }: Sizes) -> Vec<Case> {
    let broken = [ask(CHECK, 1, "error[front-matter-syntax]"), ask("promote scs-0101-v1", 2, PATH)];
    let mut cases: Vec<Case> =
        LINES.into_iter().map(|(name, text)| front(name, &broken, text)).collect();
    cases.extend(FRONTS.into_iter().map(|(name, text, asks)| front(name, &asks, text)));
    cases.extend(FIELDS_OF.into_iter().map(|(percent, what, one, asks)| {
        let number = many * percent / 100;
        front(&format!("{} {what}", count(number)), &asks, move || each(number, one))
    }));
    cases.extend(UNCLOSED.into_iter().map(|(name, text, says)| {
        let asks = [ask(CHECK, 1, says), ask("check --fix", 1, says)];
        case(format!("front matter: {name}"), &asks, move |root| write(root, PATH, text()))
    }));
    cases
}

/// Manifests that are none.
pub fn manifests() -> Vec<Case> {
    let asks = [
        ask(CHECK, 1, "error[manifest-syntax]"),
        ask("manifest check --format concise", 1, "error[manifest-syntax]"),
        ask("manifest sync", 2, MANIFEST),
    ];
    let made = |(name, text): (&str, Text)| {
        case(format!("manifest: {name}"), &asks, move |root| {
            write(root, PATH, good());
            write(root, MANIFEST, format!("name: Cloud\n{}", text()));
        })
    };
    let tests: [(&str, Text); 2] = [
        ("100,000 test cases and nothing else", || {
            let cases = each(DEEP, |at| format!("  - id: scs-0101-t{at}\n"));
            format!("scripts:\n- executable: ./a\n  testcases:\n{cases}")
        }),
        ("100,000 times the same test case", || {
            let cases = "  - id: scs-0101-a\n".repeat(DEEP);
            format!("scripts:\n- executable: ./a\n  testcases:\n{cases}")
        }),
    ];
    LINES.into_iter().chain(tests).map(made).collect()
}

/// What a configuration may not be.
const CONFIGS: [(&str, Text); 14] = [
    ("100,000 `[`", || nested("forum = ", "[")),
    ("100,000 `{a=`", || nested("forum = ", "{a=")),
    ("100,000 `\"`", || nested("forum = ", "\"")),
    ("100,000 `'`", || nested("forum = ", "'")),
    ("a key of 100,000 parts", || nested("", "a.") + "a = 1\n"),
    ("a table of 100,000 parts", || format!("[{}a]\n", "a.".repeat(DEEP))),
    ("100,000 tables", || each(DEEP, |at| format!("[a{at}]\n"))),
    ("100,000 lists of tables", || "[[a]]\n".repeat(DEEP)),
    ("5 MB", || format!("#{}\n", "x".repeat(5_000_000))),
    ("100,000 backslashes", || nested("site-url = \"", "\\")),
    ("a glob of 200,000 choices", || format!("manifests = [\"{}\"]\n", "{a,b}".repeat(200_000))),
    ("a glob of 100,000 nested choices", || format!("manifests = [\"{}\"]\n", choices())),
    ("50,000 globs", || format!("manifests = [{}]\n", "\"**/*a*/**\",".repeat(50_000))),
    ("a glob of 100,000 stars", || format!("manifests = [\"{}\"]\n", "*a".repeat(DEEP))),
];

fn choices() -> String {
    "{a,".repeat(DEEP) + &"}".repeat(DEEP)
}

fn config(name: &str, asks: &[Ask], text: Text) -> Case {
    case(format!("scs-doc.toml: {name}"), asks, move |root| {
        write(root, PATH, good());
        write(root, "scs-doc.toml", text());
    })
}

pub fn configs() -> Vec<Case> {
    let bad = [ask(CHECK, 2, "scs-doc.toml:"), ask("index --format json", 2, "scs-doc.toml:")];
    let exceptions = || {
        each(30_000, |at| {
            format!(
                "[[exception]]\nrule = \"link-target\"\npath = \"{PATH}\"\nsubject = \"{at}\"\n\
                 reason = \"x\"\n"
            )
        })
    };
    let unused = [ask(CHECK, 0, "[exception-unused]")];
    let configs = CONFIGS.into_iter().map(|(name, text)| config(name, &bad, text));
    let exceptions = config("30,000 exceptions that nothing needs", &unused, exceptions);
    configs.chain([exceptions]).collect()
}

const SCOPE: &str = "scope = \"scs-0501\"\nuuid = \"50393e6f-2ae1-4c5c-a62c-3b75f2abef3f\"\n";
const SCRIPT: &str = "[[script]]\nexecutable = \"./a\"\ntestcases = ";

const BOUND: [(&str, Text); 4] = [
    ("100,000 `[`", || SCOPE.to_owned() + &nested("oldest = ", "[")),
    ("a key of 100,000 parts", || format!("{}a = 1\n{SCOPE}", "a.".repeat(DEEP))),
    ("60,000 scripts", || SCOPE.to_owned() + &format!("{SCRIPT}[\"*\"]\n").repeat(60_000)),
    ("a pattern of 100,000 stars", || format!("{SCOPE}{SCRIPT}[\"{}\"]\n", "*a".repeat(DEEP))),
];

pub fn bindings() -> Vec<Case> {
    let asks = [ask("manifest build", 2, BINDINGS), ask("manifest check", 0, "1 document")];
    let made = |(name, text): (&str, Text)| {
        case(format!("bindings: {name}"), &asks, move |root| {
            write(root, PATH, good());
            write(root, BINDINGS, text());
        })
    };
    BOUND.into_iter().map(made).collect()
}

const IGNORED: [(&str, Text); 5] = [
    ("100,000 nested choices", choices),
    ("120 patterns of 4,000 stars", || ("*a".repeat(4000) + "\n").repeat(120)),
    ("200,000 patterns", || "*a*\n?a*b\n".repeat(100_000)),
    ("28,000 patterns", || "*a*\n?a*b\n".repeat(14_000)),
    ("200,000 classes", || "[a-z]".repeat(200_000)),
];

pub fn ignored() -> Vec<Case> {
    let asks = [ask(CHECK, 0, "1 document"), ask("pr --base base", 0, "no document changes")];
    let made = |(name, text): (&str, Text)| {
        case(format!(".gitignore: {name}"), &asks, move |root| {
            based(root);
            write(root, ".gitignore", text());
        })
    };
    let folders = case(".gitignore: 28,000 patterns in each of 100 folders", &asks, |root| {
        based(root);
        let links = each(100, |at| format!("[a](../{at}/a)\n"));
        write(root, PATH, good() + &links);
        (0..100).for_each(|at| {
            write(root, &format!("{at}/.gitignore"), "*a*\n?a*b\n!a\n".repeat(9_000));
            write(root, &format!("{at}/a"), "");
        });
    });
    IGNORED.into_iter().map(made).chain([folders]).collect()
}
