//! Shapes of Markdown that parsers take the square of their size for, or that nest without end.

use super::table::{Case, PATH, ask, case, each, good, write};

/// About one megabyte.
const SIZE: usize = 1 << 20;

/// Filled with a piece up to [`SIZE`].
fn full(piece: &str) -> String {
    piece.repeat(SIZE / piece.len())
}

/// Runs of a character that get longer, each followed by a piece, up to [`SIZE`].
fn rising(run: &str, piece: &str) -> String {
    let mut text = String::new();
    for length in 1.. {
        if text.len() >= SIZE {
            break;
        }
        text.push_str(&run.repeat(length));
        text.push_str(piece);
    }
    text
}

/// Lines that are indented ever deeper.
fn stairs(marker: &str) -> String {
    let mut text = String::new();
    for depth in 0.. {
        if text.len() >= SIZE {
            break;
        }
        text.push_str(&" ".repeat(depth * marker.len()));
        text.push_str(marker);
        text.push_str("a\n");
    }
    text
}

/// A text of Markdown: made when it is needed, and gone then.
struct Shape {
    name: String,
    text: Box<dyn Fn() -> String + Send + Sync>,
    /// The finding at level error, if there is one.
    found: Option<&'static str>,
}

fn shape(name: &str, text: impl Fn() -> String + Send + Sync + 'static) -> Shape {
    Shape { name: name.to_owned(), text: Box::new(text), found: None }
}

impl Shape {
    fn found(self, found: &'static str) -> Shape {
        Shape { found: Some(found), ..self }
    }
}

/// What parsers of Markdown begin something for, each repeated to a megabyte.
const PIECES: [&str; 102] = [
    "[",
    "*",
    "_a ",
    "*a",
    "**a *a ",
    "*a_ ",
    "~~a ",
    "***a ",
    "`a ",
    "![",
    "[a](",
    "[a](<b ",
    "[a](b \"",
    "[a][b",
    "[a]",
    "[^a]",
    "[a]: ",
    "[a]: <b\n",
    "[a]: b \"c\n",
    "[^a]: ",
    "[^a]: b\n\n",
    "<!--",
    "<!-- a -->",
    "<a ",
    "<a b=\"",
    "<?",
    "<![CDATA[",
    "<!A ",
    "</a>",
    "<b>",
    "<div>\n",
    "<details>\n\n",
    "<svg><g>",
    "<table>",
    "<a><b></a>",
    "&a",
    "&amp;",
    "\\",
    "|",
    "| a ",
    "a|b\n",
    "> ",
    ">",
    "- ",
    "1. ",
    "+ * ",
    "#",
    "# ",
    "# a {#",
    "a\n===\n",
    "```\n",
    "~~~a\n\n",
    "$",
    "$$a",
    ":::note\n\n",
    ":::",
    "\t",
    " ",
    "\n",
    "\r",
    "\u{feff}",
    "\u{301}",
    "\u{202e}",
    "www.",
    "http://",
    "https://a.b/",
    "a@a.",
    "a@a.a ",
    "scs-",
    "scs-0101-v1 ",
    "MUST ",
    "MUST NOT. ",
    "a. ",
    "e.g. ",
    "x",
    "- [ ] a\n",
    "{{",
    "{a}",
    "<https://a.b>",
    "://",
    "\"'",
    "'",
    "*_",
    "**a",
    "_a*b",
    "[a](b)",
    "![a]",
    "(",
    ")",
    "](",
    "]",
    "[]",
    "[]()",
    "{#a}",
    "- a\n\n",
    "> a\n\n",
    "# a\n",
    "<p>a\n\n",
    "import a from 'b'\n\n",
    "    a\n",
    "a\\\n",
    "a  \n",
];

fn deep(open: &str, close: &str) -> String {
    let times = SIZE / (open.len() + close.len());
    open.repeat(times) + "a" + &close.repeat(times)
}

fn shapes() -> Vec<Shape> {
    let mut shapes: Vec<Shape> = PIECES
        .into_iter()
        .map(|piece| {
            let found = match piece {
                "[a](b)" | "[]()" => Some("[link-target]"),
                _ => None,
            };
            let name = format!("1 MB of `{}`", piece.escape_default());
            Shape { found, ..shape(&name, || full(piece)) }
        })
        .collect();
    shapes.extend([
        shape("1 MB of NUL bytes", || full("\0")).found("[file-content]"),
        shape("`[` and `]` nested", || deep("[", "]")),
        shape("`[` and `](u)` nested", || deep("[", "](u)")).found("[link-target]"),
        shape("`![` and `](u)` nested", || deep("![", "](u)")).found("[link-target]"),
        shape("`*` and `*` nested", || deep("*a ", " a*")),
        shape("`<b>` and `</b>` nested", || deep("<b>", "</b>")),
        shape("`[a](` and `)` nested", || format!("[a]({}", deep("(", ")"))),
        shape("`` ` `` runs that get longer", || rising("`", "a")),
        shape("`*` runs that get longer", || rising("*", "a")),
        shape("`_` runs that get longer", || rising("_", " a")),
        shape("`$` runs that get longer", || rising("$", "a")),
        shape("`~` fences that get longer", || rising("~", "a\n")),
        shape("lists ever deeper", || stairs("- ")),
        shape("numbered lists ever deeper", || stairs("1. ")),
        shape("quotes ever deeper", || rising("> ", "a\n")),
        shape("headings of all levels in turn", || {
            full("# a\n\n## a\n\n### a\n\n#### a\n\n##### a\n\n###### a\n\n")
        }),
        shape("a table of 1 MB of rows", || {
            format!("| a | b |\n| --- | --- |\n{}", full("| c | d |\n"))
        }),
        shape("a table with a row of 1 MB", || {
            format!("| a | b |\n| --- | --- |\n{}\n", full("| c "))
        }),
        shape("a table of 5,000 columns and 100,000 rows", || {
            format!("{}|\n{}|\n{}", "|a".repeat(5000), "|-".repeat(5000), "|a|\n".repeat(100_000))
        }),
        shape("20,000 definitions of links, used", || {
            let definitions = each(20_000, |at| format!("[a{at}]: https://a.b\n"));
            format!("{definitions}\n{}\n", each(20_000, |at| format!("[a{at}] ")))
        }),
        shape("a link of 100 kB, used 100,000 times", || {
            format!("[a]: https://a.b/{}\n\n{}\n", "u".repeat(100_000), "[a] ".repeat(100_000))
        }),
        shape("20,000 footnotes in each other", || {
            each(20_000, |at| format!("[^{at}]: a [^{}]\n\n", at + 1))
        }),
        shape("20,000 footnotes, used", || {
            each(20_000, |at| format!("[^{at}]: a\n\n")) + &each(20_000, |at| format!("[^{at}] "))
        }),
        shape("50,000 headings of the same text", || "## Same\n\n".repeat(50_000)),
        shape("50,000 headings that look like repeated ones", || {
            each(50_000, |at| format!("## Same\n\n## Same {at}\n\n"))
        }),
        shape("50,000 sections of the same name", || {
            "## Conformance Tests\n\nText.\n\n".repeat(50_000)
        }),
        shape("50,000 links to a heading", || {
            format!("## Same\n\n{}", "[a](#same) ".repeat(50_000))
        }),
        shape("50,000 links to headings that are not there", || {
            each(50_000, |at| format!("[a](#a{at}) "))
        })
        .found("[link-anchor]"),
        shape("50,000 links to documents that are not there", || {
            each(50_000, |at| format!("[a](scs-{:04}-v{at}-a.md) ", at % 10_000))
        })
        .found("[link-target]"),
        shape("50,000 names of documents that are not there", || {
            each(50_000, |at| format!("scs-{:04}-v{at} ", at % 10_000))
        }),
        shape("20,000 sentences that differ", || {
            each(20_000, |at| format!("A machine MUST {at} be. "))
        }),
    ]);
    shapes
}

pub fn cases() -> Vec<Case> {
    let made = |Shape { name, text, found }: Shape| {
        let (status, says) = found.map_or((0, "1 document"), |rule| (1, rule));
        let asks = [
            ask("check --format concise", status, says),
            ask("check --staged", status, says),
            ask("pr --base base", status, found.unwrap_or("1 document changed")),
            ask("index --format html --out site", 0, "wrote"),
        ];
        case(format!("Markdown: {name}"), &asks, move |root| {
            super::git::based(root);
            write(root, PATH, good() + &text());
            super::git::commit(root, "head");
        })
    };
    shapes().into_iter().map(made).collect()
}
