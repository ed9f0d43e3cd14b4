//! Links, pipes, devices, and what may not be read, where files should be.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use super::table::{Ask, CHECK, Case, INDEX, PATH, ask, case, good, write};

const OTHER: &str = "Standards/scs-0102-v1-other.md";

const NO_FILE: [Ask; 3] = [
    ask(CHECK, 1, "[file-content]"),
    INDEX,
    ask("promote scs-0102-v1", 2, "the file is no regular file"),
];

const NO_FOLDER: [Ask; 2] =
    [ask(CHECK, 2, "not followed"), ask("index --format json", 2, "not followed")];

fn place(root: &Path, path: &str) -> std::path::PathBuf {
    let place = root.join(path);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    place
}

fn pipes(root: &Path, paths: &[&str]) {
    let mut command = Command::new("mkfifo");
    let made = command.args(paths.iter().map(|path| place(root, path))).status();
    assert!(made.unwrap().success());
}

fn link(target: &str, root: &Path, path: &str) {
    symlink(target, place(root, path)).unwrap();
}

/// A device that gives bytes without end.
fn device(root: &Path, path: &str) -> bool {
    let mut command = Command::new("mknod");
    let made = command.arg(place(root, path)).args(["c", "1", "5"]).output();
    made.is_ok_and(|it| it.status.success())
}

/// Whether this user may make devices.
pub fn has_devices() -> bool {
    let dir = tempfile::tempdir().unwrap();
    device(dir.path(), "a")
}

fn permit(root: &Path, path: &str, mode: u32) {
    std::fs::set_permissions(root.join(path), std::fs::Permissions::from_mode(mode)).unwrap();
}

pub fn links() -> Vec<Case> {
    let documents = [
        "/etc/passwd",
        "/",
        "/dev/zero",
        "/dev/stdin",
        "scs-0102-v1-other.md",
        "../..",
        "/proc/self/mem",
        "/nowhere",
    ];
    let document = |target: &'static str| {
        case(format!("a document that is a link to `{target}`"), &NO_FILE, move |root| {
            write(root, PATH, good());
            link(target, root, OTHER);
        })
    };
    let folder = |target: &'static str| {
        case(format!("the standards folder is a link to `{target}`"), &NO_FOLDER, move |root| {
            link(target, root, "Standards");
        })
    };
    let folders = ["/", "Standards", "..", "/nowhere"].map(folder);
    documents.map(document).into_iter().chain(folders).collect()
}

pub fn devices() -> Vec<Case> {
    vec![
        case("a document that is a device", &NO_FILE, |root| {
            write(root, PATH, good());
            assert!(device(root, OTHER));
        }),
        case("the standards folder is a device", &NO_FOLDER, |root| {
            assert!(device(root, "Standards"));
        }),
    ]
}

/// A good document, and a pipe at another place.
fn piped(name: &str, asks: &[Ask], path: &'static str) -> Case {
    case(name, asks, move |root| {
        write(root, PATH, good());
        pipes(root, &[path]);
    })
}

pub fn pipes_and_folders() -> Vec<Case> {
    const NO_CONFIG: [Ask; 1] = [ask(CHECK, 2, "scs-doc.toml: is not a regular file")];
    let no_git = [
        ask(CHECK, 0, "1 document"),
        ask("check --staged", 2, "no git repository"),
        ask("check --fix", 0, "1 document"),
    ];
    let named = [
        ask("check --config pipe", 2, "pipe: is not a regular file"),
        ask("pr --context pipe", 2, "pipe"),
        ask("index --format markdown --out pipe", 2, "pipe"),
        ask("check --write json=pipe", 2, "pipe"),
    ];
    let no_data = [
        ask(CHECK, 1, "[manifest-syntax]"),
        ask("manifest check", 1, "it was not opened"),
        ask("manifest build", 2, "is not a regular file"),
        ask("manifest sync", 2, "it was not opened"),
    ];
    let no_template = [
        ask("new --type standard --track iaas A", 0, "no template of the repository is for that"),
        ask("index --format docusaurus --out site", 2, "a.md"),
    ];
    vec![
        piped("a document that is a pipe", &NO_FILE, OTHER),
        case("a document that is a socket", &NO_FILE, |root| {
            write(root, PATH, good());
            drop(std::os::unix::net::UnixListener::bind(root.join(OTHER)).unwrap());
        }),
        case("a document that is a folder", &[ask(CHECK, 0, "1 document")], |root| {
            write(root, PATH, good());
            std::fs::create_dir(root.join(OTHER)).unwrap();
        }),
        case("the standards folder is a pipe", &NO_FOLDER, |root| pipes(root, &["Standards"])),
        piped("scs-doc.toml is a pipe", &NO_CONFIG, "scs-doc.toml"),
        case("scs-doc.toml is a link to `/dev/zero`", &NO_CONFIG, |root| {
            write(root, PATH, good());
            link("/dev/zero", root, "scs-doc.toml");
        }),
        piped("`.git` is a pipe", &no_git, ".git"),
        piped("files that are named are pipes", &named, "pipe"),
        case("manifest, bindings, .gitignore and linked files are pipes", &no_data, |root| {
            write(root, PATH, good() + "[a](../a.md#a) [b](../Tests/b.yaml) [c](../c)\n");
            let data = ["Tests/scs-a.yaml", "Tests/scs-b.bindings.toml", ".gitignore"];
            pipes(root, &data);
            pipes(root, &["a.md", "Tests/b.yaml", "c"]);
        }),
        case("templates and introductions are pipes", &no_template, |root| {
            write(root, PATH, good());
            write(root, "scs-doc.toml", "[index]\noverview = \"a.md\"\n");
            pipes(root, &["Standards/scs-XXXX-vN-standard-template.md", "a.md"]);
        }),
    ]
}

/// A good document, and a file or a folder that may not be read.
fn closed(name: &str, asks: &[Ask], file: &'static str, place: &'static str) -> Case {
    case(name, asks, move |root| {
        write(root, PATH, good() + "[a](../README.md)\n");
        write(root, "README.md", "a");
        write(root, file, good());
        permit(root, place, 0o000);
    })
}

/// Places that this user may not read, or not write.
pub fn forbidden() -> Vec<Case> {
    const DENIED: [Ask; 1] = [ask(CHECK, 2, "cannot be read: Permission denied")];
    let document = [
        DENIED[0],
        ask("index --format html --out site", 2, "Permission denied"),
        ask("check --fix", 2, "Permission denied"),
        ask("promote scs-0101-v1", 2, "Permission denied"),
    ];
    let unwritable = [
        ask(CHECK, 0, "1 document"),
        ask("promote scs-0101-v1", 2, "Permission denied"),
        ask("new --type standard --track iaas A", 2, "Permission denied"),
    ];
    let manifest =
        [ask(CHECK, 1, "[manifest-syntax]"), ask("manifest check", 1, "[manifest-syntax]")];
    vec![
        closed("a document that may not be read", &document, OTHER, OTHER),
        closed("a standards folder that may not be read", &DENIED, OTHER, "Standards"),
        case("a standards folder that may not be written", &unwritable, |root| {
            write(root, PATH, good());
            permit(root, "Standards", 0o555);
        }),
        closed(
            "a linked file that may not be read",
            &[ask(CHECK, 0, "1 document")],
            "README.md",
            "README.md",
        ),
        closed(
            "scs-doc.toml may not be read",
            &[ask(CHECK, 2, "Permission denied")],
            "scs-doc.toml",
            "scs-doc.toml",
        ),
        closed(
            ".gitignore may not be read",
            &[ask(CHECK, 0, "1 document")],
            ".gitignore",
            ".gitignore",
        ),
        closed(
            "a manifest that may not be read",
            &manifest,
            "Tests/scs-a.yaml",
            "Tests/scs-a.yaml",
        ),
        closed("a folder of manifests that may not be read", &DENIED, "Tests/scs-a.yaml", "Tests"),
        case(
            "a folder on the way to a link that may not be read",
            &[ask(CHECK, 1, "[link-target]")],
            |root| {
                write(root, PATH, good() + "[a](../closed/a.md)\n");
                write(root, "closed/a.md", "a");
                permit(root, "closed", 0o000);
            },
        ),
    ]
}
