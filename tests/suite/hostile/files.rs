//! Files that are very large, and names that are odd.

use std::io::Write as _;
use std::path::Path;

use super::table::{Ask, CHECK, Case, INDEX, PATH, Sizes, ask, called, case, code, good, write};

/// A file of very many of the same byte, written piece by piece: what this process has in memory
/// counts for those that it starts.
fn large(root: &Path, path: &str, begin: &str, megabytes: usize) {
    write(root, path, begin);
    let mut file = std::fs::OpenOptions::new().append(true).open(root.join(path)).unwrap();
    let piece = [b'x'; 1 << 20];
    (0..megabytes).for_each(|_| file.write_all(&piece).unwrap());
}

/// Files that are very large.
pub fn sizes(Sizes { text, file: megabytes, .. }: Sizes) -> Vec<Case> {
    const TOO_LARGE: [Ask; 2] = [
        ask(CHECK, 2, "bytes are more than the"),
        ask("index --format html --out site", 2, "bytes are more than the"),
    ];
    const FINE: [Ask; 2] = [ask(CHECK, 0, "1 document"), INDEX];
    let manifest =
        [ask(CHECK, 1, "larger than 8 MiB"), ask("manifest check", 1, "larger than 8 MiB")];
    // Besides a document that may lead there.
    let beside = |name: String, asks: &[Ask], path: &'static str, begin: &'static str, size| {
        case(name, asks, move |root| {
            write(root, PATH, good() + "[a](../big.md#a) [b](../Tests/flavors.yaml)\n");
            write(root, "big.md", "# a\n");
            write(root, "Tests/flavors.yaml", "a: ");
            large(root, path, begin, size);
        })
    };
    vec![
        case("a line of 100 MB", &TOO_LARGE, |root| large(root, PATH, &good(), 100)),
        beside("scs-doc.toml of 100 MB".to_owned(), &TOO_LARGE, "scs-doc.toml", "#", 100),
        beside(".gitignore of 100 MB".to_owned(), &FINE, ".gitignore", "#", 100),
        beside("a manifest of 60 MB".to_owned(), &manifest, "Tests/scs-a.yaml", "a: ", 60),
        beside("a list of flavors of 60 MB".to_owned(), &FINE, "Tests/flavors.yaml", "a: ", 60),
        beside(format!("a linked file of {megabytes} MB"), &FINE, "big.md", "# a\n", megabytes),
        case("a line of 2 MB, and a document around it", &TOO_LARGE, |root| {
            large(root, PATH, &good(), 2);
        }),
        case(format!("100 lines of {}", called(text << 10)), &[ask(CHECK, 0, "100 documents")], {
            move |root| {
                (100..200).for_each(|at| {
                    let path = format!("Standards/scs-0{at}-v1-a.md");
                    write(root, &path, good() + &"x".repeat(text << 10));
                });
            }
        }),
    ]
}

/// Names of 255 bytes, the most that a file system takes.
pub fn names() -> Vec<Case> {
    let long = |piece: &str| {
        let mut name = "scs-0101-v1-".to_owned();
        while name.len() + piece.len() + 3 <= 255 {
            name.push_str(piece);
        }
        let rest = "x".repeat(255 - name.len() - 3);
        name + &rest + ".md"
    };
    let pieces = [
        "a",
        "\u{301}",
        "\u{202e}",
        "\u{1f600}",
        "\u{200d}",
        "\n",
        "\u{1b}[31m",
        "\u{feff}",
        "ﷺ",
        "%00",
        "\"",
        "`",
        "<b>",
        "\\",
        "../".trim_end_matches('/'),
    ];
    let named = pieces.map(|piece| {
        let name = long(piece);
        let (status, says) = match piece {
            "a" => (0, "1 document"),
            "\n" => (1, "[file-name-pattern]"),
            _ => (1, "[slug-characters]"),
        };
        let asks = [
            ask("check --format concise --verbose", status, says),
            ask("index --format html --out site", 0, "wrote 7 files"),
            ask("check", status, says),
        ];
        case(
            format!("a name of 255 bytes of {}", code(&piece.escape_default().to_string())),
            &asks,
            move |root| write(root, &format!("Standards/{name}"), good()),
        )
    });
    let bytes = case(
        "a name of 255 bytes that are not UTF-8",
        &[ask(CHECK, 1, "[slug-characters]")],
        |root| {
            use std::os::unix::ffi::OsStrExt as _;
            write(root, PATH, good());
            let name = [b"scs-0102-v1-".as_slice(), &[0xFF; 240], b".md"].concat();
            std::fs::write(root.join("Standards").join(std::ffi::OsStr::from_bytes(&name)), good())
                .unwrap();
        },
    );
    named.into_iter().chain([bytes]).collect()
}
