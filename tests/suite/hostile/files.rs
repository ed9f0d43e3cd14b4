//! Files that are very large, and names that are odd.

use std::io::Write as _;
use std::path::Path;

use super::table::{CHECK, Case, INDEX, PATH, ask, case, code, good, write};

/// A file of very many of the same byte, written piece by piece: what this process has in memory
/// counts for those that it starts.
pub fn large(root: &Path, path: &str, begin: &str, megabytes: usize) {
    write(root, path, begin);
    let mut file = std::fs::OpenOptions::new().append(true).open(root.join(path)).unwrap();
    let piece = [b'x'; 1 << 16];
    (0..megabytes * 16).for_each(|_| file.write_all(&piece).unwrap());
}

/// Files that are very large.
pub fn sizes() -> Vec<Case> {
    vec![
        case(
            "a line of 100 MB",
            &[
                ask(CHECK, 2, "bytes are more than the"),
                ask("index --format html --out site", 2, "bytes are more than the"),
            ],
            |root| {
                large(root, PATH, &good(), 100);
            },
        ),
        case("a line of 60 MB", &[ask(CHECK, 0, "1 document"), INDEX], |root| {
            large(root, PATH, &good(), 60);
        }),
        case("10 files of 60 MB", &[ask(CHECK, 0, "10 documents")], |root| {
            (0..10)
                .for_each(|at| large(root, &format!("Standards/scs-010{at}-v1-a.md"), &good(), 60));
        }),
        case(
            "a manifest of 60 MB",
            &[ask(CHECK, 1, "larger than 8 MiB"), ask("manifest check", 1, "larger than 8 MiB")],
            |root| {
                write(root, PATH, good());
                large(root, "Tests/scs-a.yaml", "a: ", 60);
            },
        ),
        case("scs-doc.toml of 100 MB", &[ask(CHECK, 2, "more than the")], |root| {
            write(root, PATH, good());
            large(root, "scs-doc.toml", "#", 100);
        }),
        case(".gitignore of 100 MB", &[ask(CHECK, 0, "1 document")], |root| {
            write(root, PATH, good());
            large(root, ".gitignore", "#", 100);
        }),
        case("a list of flavors of 60 MB", &[ask(CHECK, 0, "1 document")], |root| {
            write(root, PATH, good() + "[a](../Tests/flavors.yaml)\n");
            large(root, "Tests/flavors.yaml", "a: ", 60);
        }),
        case("a linked Markdown file of 60 MB", &[ask(CHECK, 0, "1 document")], |root| {
            write(root, PATH, good() + "[a](../big.md#a)\n");
            large(root, "big.md", "# a\n", 60);
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
