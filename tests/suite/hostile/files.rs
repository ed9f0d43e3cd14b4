//! Files and folders that are not what they seem, very large, or very many.

use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use super::table::{Ask, Case, FIELDS, PATH, SECTIONS, ask, case, good, write};

/// A file of very many of the same byte, written piece by piece: what this process has in memory
/// counts for those that it starts.
fn large(root: &Path, path: &str, begin: &str, megabytes: usize) {
    write(root, path, begin);
    let mut file = std::fs::OpenOptions::new().append(true).open(root.join(path)).unwrap();
    let piece = [b'x'; 1 << 16];
    (0..megabytes * 16).for_each(|_| file.write_all(&piece).unwrap());
}

fn fifo(root: &Path, path: &str) {
    let place = root.join(path);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(place).status().unwrap().success());
}

fn link(target: &Path, root: &Path, path: &str) {
    let place = root.join(path);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    symlink(target, place).unwrap();
}

fn forbid(root: &Path, path: &str) {
    std::fs::set_permissions(root.join(path), std::fs::Permissions::from_mode(0o000)).unwrap();
}

/// A document at each place of a row, and what it says of the others.
fn corpus(
    name: &str,
    asks: &[Ask],
    count: usize,
    one: impl Fn(usize) -> (String, String) + Send + Sync + 'static,
) -> Case {
    case(format!("documents: {name}"), asks, move |root| {
        for at in 0..count {
            let (file, fields) = one(at);
            write(
                root,
                &format!("Standards/{file}"),
                format!("---\n{FIELDS}{fields}---\n{SECTIONS}"),
            );
        }
    })
}

const CHECK: &str = "check --format concise";

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        case(
            "a line of 100 MB",
            &[
                ask(CHECK, 2, "more than the"),
                ask("index --format html --out site", 2, "more than the"),
            ],
            |root| {
                large(root, PATH, &good(), 100);
            },
        ),
        case(
            "a line of 60 MB",
            &[ask(CHECK, 0, "1 document"), ask("index --format html --out site", 0, "wrote")],
            |root| {
                large(root, PATH, &good(), 60);
            },
        ),
        case("10 files of 60 MB", &[ask(CHECK, 2, "all files together")], |root| {
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
    ];
    cases.extend([
        corpus(
            "a cycle of 10,000 that replace each other",
            &[
                ask(CHECK, 1, "[reference-cycle]"),
                ask("index --format html --out site", 0, "wrote"),
                ask("status", 0, "scs-0101-v1"),
                ask("graph --format svg", 0, "svg"),
                ask("promote scs-0101-v1 --dry-run", 0, "would write"),
            ],
            10_000,
            |at| {
                (
                    format!("scs-{at:04}-v1-a.md"),
                    format!("replaces:\n  - scs-{:04}-v1-a.md\n", (at + 1) % 10_000),
                )
            },
        ),
        corpus(
            "5,000 with the same number and version",
            &[ask(CHECK, 1, "[number-unique]"), ask("index --format html --out site", 0, "wrote")],
            5_000,
            |at| (format!("scs-0101-v1-a{at}.md"), String::new()),
        ),
        corpus(
            "5,000 versions of a number",
            &[
                ask(CHECK, 1, "[replaces-missing]"),
                ask("index --format html --out site", 0, "wrote"),
            ],
            5_000,
            |at| (format!("scs-0101-v{}-a.md", at + 1), String::new()),
        ),
        corpus(
            "5,000 that replace the same one",
            &[ask(CHECK, 1, "error["), ask("index --format html --out site", 0, "wrote")],
            5_000,
            |at| (format!("scs-{at:04}-v1-a.md"), "replaces:\n  - scs-0101-v1-a.md\n".to_owned()),
        ),
        corpus(
            "200 that replace all",
            &[ask(CHECK, 1, "error["), ask("index --format html --out site", 0, "wrote")],
            200,
            |at| {
                let all: String = (0..200).map(|at| format!("  - scs-{at:04}-v1-a.md\n")).collect();
                (
                    format!("scs-{at:04}-v1-a.md"),
                    format!("replaces:\n{all}replaced_by:\n{all}supplements:\n{all}"),
                )
            },
        ),
        corpus(
            "5,000 that replace one with a slip",
            &[ask(CHECK, 1, "[reference-unknown]")],
            5_000,
            |at| {
                (
                    format!("scs-{at:04}-v1-long-name-of-a-standard-{at}.md"),
                    format!("replaces:\n  - scs-{at:04}-v1-long-nmae-of-a-stndard-{at}.md\n"),
                )
            },
        ),
    ]);
    cases.extend(names());
    cases.extend(special());
    cases
}

/// Names of 255 bytes, the most that a file system takes.
fn names() -> Vec<Case> {
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
        case(format!("a name of 255 bytes of `{}`", piece.escape_default()), &asks, move |root| {
            write(root, &format!("Standards/{name}"), good())
        })
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

fn special() -> Vec<Case> {
    const OTHER: &str = "Standards/scs-0102-v1-other.md";
    let no_file = [
        ask(CHECK, 1, "[file-content]"),
        ask("index --format html --out site", 0, "wrote"),
        ask("promote scs-0102-v1", 2, "the file is no regular file"),
    ];
    let no_folder = [ask(CHECK, 2, "not followed"), ask("index --format json", 2, "not followed")];
    let targets = [
        "/etc/passwd",
        "/",
        "/dev/zero",
        "/dev/stdin",
        "scs-0102-v1-other.md",
        "../..",
        "/proc/self/mem",
        "/nowhere",
    ];
    let mut cases: Vec<Case> = targets
        .into_iter()
        .map(|target| {
            case(format!("a document that is a link to `{target}`"), &no_file, move |root| {
                write(root, PATH, good());
                link(Path::new(target), root, OTHER);
            })
        })
        .collect();
    for target in ["/", "Standards", "..", "/nowhere"] {
        cases.push(case(
            format!("the standards folder is a link to `{target}`"),
            &no_folder,
            move |root| link(Path::new(target), root, "Standards"),
        ));
    }
    cases.extend([
        case("a document that is a pipe", &no_file, |root| {
            write(root, PATH, good());
            fifo(root, OTHER);
        }),
        case("a document that is a socket", &no_file, |root| {
            write(root, PATH, good());
            drop(std::os::unix::net::UnixListener::bind(root.join(OTHER)).unwrap());
        }),
        case("a document that is a folder", &[ask(CHECK, 0, "1 document")], |root| {
            write(root, PATH, good());
            std::fs::create_dir(root.join(OTHER)).unwrap();
        }),
        case("the standards folder is a pipe", &[ask(CHECK, 2, "not followed")], |root| {
            fifo(root, "Standards")
        }),
        case(
            "scs-doc.toml is a pipe",
            &[ask(CHECK, 2, "scs-doc.toml: is not a regular file")],
            |root| {
                write(root, PATH, good());
                fifo(root, "scs-doc.toml");
            },
        ),
        case(
            "scs-doc.toml is a link to `/dev/zero`",
            &[ask(CHECK, 2, "scs-doc.toml: is not a regular file")],
            |root| {
                write(root, PATH, good());
                link(Path::new("/dev/zero"), root, "scs-doc.toml");
            },
        ),
        case(
            "manifest, bindings, .gitignore and linked files are pipes",
            &[
                ask(CHECK, 1, "[manifest-syntax]"),
                ask("manifest check", 1, "it was not opened"),
                ask("manifest build", 2, "is not a regular file"),
                ask("manifest sync", 2, "it was not opened"),
            ],
            |root| {
                write(root, PATH, good() + "[a](../a.md#a) [b](../Tests/b.yaml) [c](../c)\n");
                [
                    "Tests/scs-a.yaml",
                    "Tests/scs-b.bindings.toml",
                    ".gitignore",
                    "a.md",
                    "Tests/b.yaml",
                    "c",
                ]
                .iter()
                .for_each(|path| fifo(root, path));
            },
        ),
        case(
            "`.git` is a pipe",
            &[
                ask(CHECK, 0, "1 document"),
                ask("check --staged", 2, "no git repository"),
                ask("check --fix", 0, "1 document"),
            ],
            |root| {
                write(root, PATH, good());
                write(root, ".gitignore", "a\n");
                fifo(root, ".git");
            },
        ),
        case(
            "files that are named are pipes",
            &[
                ask("check --config pipe", 2, "pipe: is not a regular file"),
                ask("pr --context pipe", 2, "pipe"),
                ask("index --format markdown --out pipe", 2, "pipe"),
                ask("check --write json=pipe", 2, "pipe"),
            ],
            |root| {
                write(root, PATH, good());
                fifo(root, "pipe");
            },
        ),
        case(
            "templates and introductions are pipes",
            &[
                ask(
                    "new --type standard --track iaas A",
                    0,
                    "no template of the repository is for that type",
                ),
                ask("index --format docusaurus --out site", 2, "a.md"),
            ],
            |root| {
                write(root, PATH, good());
                write(root, "scs-doc.toml", "[index]\noverview = \"a.md\"\n");
                ["Standards/scs-XXXX-vN-standard-template.md", "a.md"]
                    .iter()
                    .for_each(|path| fifo(root, path));
            },
        ),
        case(
            "a document that may not be read",
            &[
                ask(CHECK, 2, "cannot be read: Permission denied"),
                ask("index --format html --out site", 2, "Permission denied"),
                ask("check --fix", 2, "Permission denied"),
                ask("promote scs-0101-v1", 2, "Permission denied"),
            ],
            |root| {
                write(root, PATH, good());
                write(root, OTHER, good());
                forbid(root, OTHER);
            },
        ),
        case(
            "a standards folder that may not be read",
            &[ask(CHECK, 2, "Standards: cannot be read: Permission denied")],
            |root| {
                write(root, PATH, good());
                forbid(root, "Standards");
            },
        ),
        case(
            "a folder on the way to a link that may not be read",
            &[ask(CHECK, 1, "[link-target]")],
            |root| {
                write(root, PATH, good() + "[a](../closed/a.md)\n");
                write(root, "closed/a.md", "a");
                forbid(root, "closed");
            },
        ),
        case(
            "scs-doc.toml, manifest or .gitignore may not be read",
            &[ask(CHECK, 2, "Permission denied")],
            |root| {
                write(root, PATH, good());
                for path in ["scs-doc.toml", "Tests/scs-a.yaml", ".gitignore"] {
                    write(root, path, "a = 1\n");
                    forbid(root, path);
                }
            },
        ),
        case(
            "a manifest that may not be read",
            &[ask(CHECK, 1, "[manifest-syntax]"), ask("manifest check", 1, "[manifest-syntax]")],
            |root| {
                write(root, PATH, good());
                write(root, "Tests/scs-a.yaml", "a: 1\n");
                forbid(root, "Tests/scs-a.yaml");
            },
        ),
        case(
            "a folder of manifests that may not be read",
            &[ask(CHECK, 2, "Permission denied")],
            |root| {
                write(root, PATH, good());
                write(root, "Tests/scs-a.yaml", "a: 1\n");
                forbid(root, "Tests");
            },
        ),
    ]);
    cases
}
