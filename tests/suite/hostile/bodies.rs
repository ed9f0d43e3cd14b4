//! Shapes of Markdown that parsers take the square of their size for, or that nest without end.

use super::git::{based, commit};
use super::table::{
    CHECK, Case, INDEX, PATH, Sizes, ask, called, case, code, count, each, good, write,
};

/// Filled with a piece up to a size.
fn full(size: usize, piece: &str) -> String {
    piece.repeat(size / piece.len())
}

/// Runs of a character that get longer, each followed by a piece.
fn rising(size: usize, run: &str, piece: &str) -> String {
    let mut text = String::new();
    for length in 1.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&run.repeat(length));
        text.push_str(piece);
    }
    text
}

/// Lines that are indented ever deeper.
fn stairs(size: usize, marker: &str) -> String {
    let mut text = String::new();
    for depth in 0.. {
        if text.len() >= size {
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

/// What parsers of Markdown begin something for, each repeated up to a size.
const PIECES: [&str; 106] = [
    "\0",
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
    "&",
    "&a",
    "\u{a7}",
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
    "#\n",
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

fn deep(size: usize, open: &str, close: &str) -> String {
    let times = size / (open.len() + close.len());
    open.repeat(times) + "a" + &close.repeat(times)
}

/// Texts of a size, filled with a piece.
fn filled(size: usize) -> Vec<Shape> {
    let made = |piece: &'static str| {
        let found = match piece {
            "[a](b)" | "[]()" => Some("[link-target]"),
            "\0" => Some("[file-content]"),
            _ => None,
        };
        let name = format!("{} of {}", called(size), code(&piece.escape_default().to_string()));
        Shape { found, ..shape(&name, move || full(size, piece)) }
    };
    PIECES.into_iter().map(made).collect()
}

/// Texts of a size that nest, or that rise.
fn nested(size: usize) -> Vec<Shape> {
    vec![
        shape("`[` and `]` nested", move || deep(size, "[", "]")),
        shape("`[` and `](u)` nested", move || deep(size, "[", "](u)")).found("[link-target]"),
        shape("`![` and `](u)` nested", move || deep(size, "![", "](u)")).found("[link-target]"),
        shape("`*` and `*` nested", move || deep(size, "*a ", " a*")),
        shape("`<b>` and `</b>` nested", move || deep(size, "<b>", "</b>")),
        shape("`[a](` and `)` nested", move || format!("[a]({}", deep(size, "(", ")"))),
        shape("`` ` `` runs that get longer", move || rising(size, "`", "a")),
        shape("`*` runs that get longer", move || rising(size, "*", "a")),
        shape("`_` runs that get longer", move || rising(size, "_", " a")),
        shape("`$` runs that get longer", move || rising(size, "$", "a")),
        shape("`~` fences that get longer", move || rising(size, "~", "a\n")),
        shape("lists ever deeper", move || stairs(size, "- ")),
        shape("numbered lists ever deeper", move || stairs(size, "1. ")),
        shape("quotes ever deeper", move || rising(size, "> ", "a\n")),
        shape("headings of all levels in turn", move || {
            full(size, "# a\n\n## a\n\n### a\n\n#### a\n\n##### a\n\n###### a\n\n")
        }),
        shape("a table of many rows", move || {
            format!("| a | b |\n| --- | --- |\n{}", full(size, "| c | d |\n"))
        }),
        shape("a table with a long row", move || {
            format!("| a | b |\n| --- | --- |\n{}\n", full(size, "| c "))
        }),
    ]
}

/// Texts with very many of something.
fn counted(many: usize) -> Vec<Shape> {
    let (half, fifth) = (many / 2, many / 5);
    let numbered = |number: usize, what: &str, text: Box<dyn Fn() -> String + Send + Sync>| Shape {
        name: format!("{} {what}", count(number)),
        text,
        found: None,
    };
    let of = |number: usize, what: &str, one: fn(usize) -> String| {
        numbered(number, what, Box::new(move || each(number, one)))
    };
    vec![
        of(50_000, "headings of the same text", |_| "## Same\n\n".to_owned()),
        of(half, "headings that look like repeated ones", |at| {
            format!("## Same\n\n## Same {at}\n\n")
        }),
        of(half, "sections of the same name", |_| "## Conformance Tests\n\nText.\n\n".to_owned()),
        of(half, "links to a heading", |_| "[a](#motivation) ".to_owned()),
        of(half, "links to headings that are not there", |at| format!("[a](#a{at}) "))
            .found("[link-anchor]"),
        of(half, "links to documents that are not there", |at| {
            format!("[a](scs-{:04}-v{at}-a.md) ", at % 10_000)
        })
        .found("[link-target]"),
        of(half, "names of documents that are not there", |at| {
            format!("scs-{:04}-v{at} ", at % 10_000)
        }),
        of(fifth, "sentences that differ", |at| format!("A machine MUST {at} be. ")),
        of(fifth, "footnotes in each other", |at| format!("[^{at}]: a [^{}]\n\n", at + 1)),
        numbered(
            fifth,
            "footnotes, used",
            Box::new(move || {
                let notes = each(fifth, |at| format!("[^{at}]: a\n\n"));
                notes + &each(fifth, |at| format!("[^{at}] "))
            }),
        ),
        numbered(
            fifth,
            "definitions of links, used",
            Box::new(move || {
                let definitions = each(fifth, |at| format!("[a{at}]: https://a.b\n"));
                format!("{definitions}\n{}\n", each(fifth, |at| format!("[a{at}] ")))
            }),
        ),
        numbered(
            many,
            "uses of a link of 100 kB",
            Box::new(move || {
                format!("[a]: https://a.b/{}\n\n{}\n", "u".repeat(100_000), "[a] ".repeat(many))
            }),
        ),
        numbered(
            many,
            "rows of a table of 5,000 columns",
            Box::new(move || {
                let head = format!("{}|\n{}|\n", "|a".repeat(5000), "|-".repeat(5000));
                head + &"|a|\n".repeat(many)
            }),
        ),
    ]
}

fn cases(shapes: Vec<Shape>) -> Vec<Case> {
    let made = |Shape { name, text, found }: Shape| {
        let (status, says) = found.map_or((0, "1 document"), |rule| (1, rule));
        let asks = [
            ask(CHECK, status, says),
            ask("check --staged", status, says),
            ask("pr --base base", status, found.unwrap_or("1 document changed")),
            INDEX,
        ];
        case(format!("Markdown: {name}"), &asks, move |root| {
            based(root);
            write(root, PATH, good() + &text());
            commit(root, "head");
        })
    };
    shapes.into_iter().map(made).collect()
}

pub fn of_pieces(sizes: Sizes) -> Vec<Case> {
    cases(filled(sizes.text << 10))
}

pub fn of_nests(sizes: Sizes) -> Vec<Case> {
    let size = sizes.text << 10;
    let named = |it: Shape| Shape { name: format!("{}, {}", it.name, called(size)), ..it };
    cases(nested(size).into_iter().map(named).collect())
}

pub fn of_many(sizes: Sizes) -> Vec<Case> {
    cases(counted(sizes.many))
}
