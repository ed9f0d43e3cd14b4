//! `scs-doc pr` on what strangers send.

use tempfile::TempDir;

use crate::cli::{GOOD, PATH};
use crate::helpers::{git, write};
use crate::scripted::{branch, commit, concise, document, json, pr, repository};

/// Names, values and sentences of strangers that want to be more than text.
pub fn hostile() -> TempDir {
    let dir = repository();
    // One thing that the base has to hear too.
    let stable = "status: Stable\nstabilized_at: 2024-02-08\nextra: x";
    write(dir.path(), PATH, GOOD.replace("status: Draft", stable));
    commit(dir.path(), "stable");
    branch(dir.path(), "head");
    let evil = [
        "<img src=x onerror=alert(1)>",
        "@everyone",
        "#1",
        "``` \\` `` <b>x</b>",
        "[a](https://evil.example)",
        "::error::x%0A::set-output name=a::b",
        "$(touch x) `touch x`",
        "</details> <!-- ",
        "www.evil.example \u{202e}",
    ];
    let text = evil.map(|it| format!("A machine MUST {it} be.\n\n")).concat();
    let head =
        GOOD.replace("status: Draft", stable).replace("Text.\n\n## M", &format!("{text}## M"));
    write(dir.path(), PATH, head);
    for (at, evil) in evil.iter().enumerate() {
        let quoted = evil.replace('\\', "\\\\").replace('"', "\\\"");
        let text = GOOD.replace("status: Draft", &format!("status: \"{quoted}\"\n\"{quoted}\": x"));
        let name = evil.replace('/', "∕");
        write(dir.path(), &format!("Standards/scs-0102-v{}-\n{name}|{name}.md", at + 1), text);
        write(
            dir.path(),
            &format!("Standards/scs-0103-v{}-a.md", at + 1),
            format!("---\n{evil}\n"),
        );
    }
    commit(dir.path(), "SCS-Exempt: change-version <b>@everyone</b>");
    dir
}

#[test]
fn nothing_of_a_stranger_is_alive_in_a_comment() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let dir = hostile();
    let answer = pr(dir.path(), &["-v", "--format", "markdown"]);
    assert_eq!(answer.status, 1);
    let text = &answer.out;
    assert!(text.len() < 65_000, "{}", text.len());
    assert!(text.lines().filter(|line| line.starts_with("- [`Standards")).count() > 20);
    let mut code = 0;
    let mut cells = 0;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("alive: {html}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let ours = "https://github.com/SovereignCloudStack/standards/blob/";
                assert!(dest_url.starts_with(ours), "{dest_url}");
            }
            Event::Start(Tag::Image { dest_url, .. }) => panic!("alive: {dest_url}"),
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => code -= 1,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Text(text) if code == 0 => {
                let mention = |at: usize| text[at + 1..].starts_with(char::is_alphanumeric);
                assert!(!text.match_indices(['@', '#']).any(|(at, _)| mention(at)), "{text}");
                assert!(!text.contains("://") && !text.contains("www."), "{text}");
            }
            _ => {}
        }
    }
    // Five columns, the head of the table and 19 documents.
    assert_eq!(cells, 5 * 20);
}

#[test]
fn nothing_of_a_stranger_is_a_command_or_moves_the_cursor() {
    let dir = hostile();
    let answer = pr(dir.path(), &["-v", "--format", "github"]);
    for line in answer.out.lines().filter(|line| line.contains("::")) {
        let known = ["::error ", "::warning ", "::notice "];
        let Some(rest) = known.iter().find_map(|it| line.strip_prefix(it)) else {
            panic!("{line}");
        };
        // The message may have colons; the properties before it may not.
        let (properties, _) = rest.split_once("::").unwrap();
        let keys: Vec<&str> =
            properties.split(',').map(|it| it.split_once('=').unwrap().0).collect();
        assert!(["file", "line"].iter().zip(&keys).all(|(a, b)| a == b), "{line}");
    }
    for format in ["human", "concise"] {
        let answer = pr(dir.path(), &["-v", "--format", format]);
        assert!(!answer.out.contains(['\u{202e}', '\u{1b}']), "{format}");
        assert!(!answer.out.lines().any(|line| line.starts_with("::")), "{format}");
    }
}

/// What git merges is merged, and what it does not is told; whatever the work tree says about it.
#[test]
fn a_merge_is_that_of_git() {
    let dir = repository();
    write(dir.path(), "z/a", "a");
    commit(dir.path(), "base");
    branch(dir.path(), "head");
    write(dir.path(), "z/b", "b");
    commit(dir.path(), "head");
    git(dir.path(), &["checkout", "--quiet", "main"]);
    git(dir.path(), &["rm", "--quiet", "z/a"]);
    write(dir.path(), "z", "a file now");
    commit(dir.path(), "target");
    let answer = pr(dir.path(), &["--head", "head", "--stage", "merge"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("`head` cannot be merged into `main`"), "{}", answer.err);

    // Two merges of each other: which of their commits is the base depends on how one looks.
    let dir = repository();
    let change = |from: &str, to: &str| {
        let text = crate::helpers::read(dir.path(), PATH);
        write(dir.path(), PATH, text.replace(from, to));
        commit(dir.path(), to);
    };
    branch(dir.path(), "head");
    change("Enough entropy", "Much entropy");
    git(dir.path(), &["checkout", "--quiet", "main"]);
    write(dir.path(), "README.md", "on");
    commit(dir.path(), "on");
    git(dir.path(), &["tag", "on"]);
    git(dir.path(), &["merge", "--quiet", "--no-edit", "head"]);
    git(dir.path(), &["checkout", "--quiet", "head"]);
    git(dir.path(), &["merge", "--quiet", "--no-edit", "on"]);
    change("Much entropy", "All entropy");
    let report = json(dir.path(), &["--stage", "merge"]);
    assert_eq!(report["change"]["kinds"], serde_json::json!(["edit"]), "{report}");

    // A pipe in place of attributes would never end.
    git(dir.path(), &["checkout", "--quiet", "main"]);
    write(dir.path(), PATH, crate::helpers::read(dir.path(), PATH) + "\nMore.\n");
    commit(dir.path(), "both sides");
    #[cfg(unix)]
    {
        let pipe = dir.path().join("Standards/.gitattributes");
        assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    }
    assert_eq!(pr(dir.path(), &["--head", "head", "--stage", "merge"]).status, 0);
}

/// Which branch a name means is not for a tag to say.
#[test]
fn a_tag_with_the_name_of_a_branch() {
    let dir = repository();
    git(dir.path(), &["remote", "add", "origin", "https://example.org/x"]);
    git(dir.path(), &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    branch(dir.path(), "head");
    git(dir.path(), &["rm", "--quiet", PATH]);
    write(dir.path(), "Standards/README.md", "x");
    commit(dir.path(), "head");
    git(dir.path(), &["tag", "origin/main"]);
    assert!(concise(dir.path(), &[]).contains("error[change-deleted]"));
}

/// Names that are not UTF-8 stay different, and what is only intended to be added is not there.
#[test]
fn names_and_entries_of_the_index() {
    let dir = repository();
    let repository = git2::Repository::open(dir.path()).unwrap();
    let blob = repository.blob(GOOD.as_bytes()).unwrap();
    let mut index = repository.index().unwrap();
    let entry = |path: &[u8]| git2::IndexEntry {
        ctime: git2::IndexTime::new(0, 0),
        mtime: git2::IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: blob,
        flags: 0,
        flags_extended: 0,
        path: path.to_vec(),
    };
    for name in [&b"Standards/scs-0102-v1-\xfe.md"[..], b"Standards/scs-0102-v1-\xfd.md"] {
        index.add(&entry(name)).unwrap();
    }
    index.write().unwrap();
    write(dir.path(), "Standards/scs-0103-v1-later.md", GOOD);
    git(dir.path(), &["add", "--intent-to-add", "Standards/scs-0103-v1-later.md"]);
    let report = json(dir.path(), &["--staged"]);
    let documents = report["change"]["documents"].as_array().unwrap();
    let paths: Vec<&str> = documents.iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["Standards/scs-0102-v1-\\xFD.md", "Standards/scs-0102-v1-\\xFE.md"]);
}

/// Objects that a partial clone does not have are not taken for files that are not there.
#[test]
fn a_partial_clone() {
    let dir = repository();
    branch(dir.path(), "head");
    write(dir.path(), "Standards/scs-0102-v1-images.md", document("Images"));
    commit(dir.path(), "head");
    git(dir.path(), &["config", "uploadpack.allowFilter", "true"]);
    let clone = TempDir::new().unwrap();
    let url = format!("file://{}", dir.path().display());
    let args = ["clone", "--quiet", "--no-checkout", "--filter=blob:none", &url, "."];
    git(clone.path(), &args);
    let answer = pr(clone.path(), &["--base", "origin/main", "--head", "origin/head"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("a partial or shallow clone lacks objects"), "{}", answer.err);
    assert!(answer.out.contains("could not be judged: "), "{}", answer.out);
}

/// Work that grows with the square of what is sent: each took minutes once.
#[test]
fn a_flood_of_changes() {
    use crate::helpers::Sides;
    use scs_doc::change::Context;
    use scs_doc::rules::check_change;
    let file = |name: String, text: &str| (format!("Standards/{name}"), text.as_bytes().to_vec());
    let all = |name: &dyn Fn(usize) -> String, text: &str, count: usize| {
        (0..count).map(|at| file(name(at), text)).collect::<crate::helpers::Files>()
    };
    // Renames of the same bytes.
    let renamed = Sides {
        base: all(&|at| format!("scs-xxxx-v1-a{at}.md"), GOOD, 1_500),
        head: all(&|at| format!("scs-xxxx-v1-b{at}.md"), GOOD, 1_500),
        ..Sides::default()
    };
    assert_eq!(renamed.load().operations.len(), 1_500);
    // Documents and supplements that have nothing to do with each other, exemptions without end.
    let references: String = (0..50).map(|at| format!("  - scs-0999-v{at}-x.md\n")).collect();
    let supplement = format!("---\ntitle: T\ntype: Supplement\nsupplements:\n{references}---\n");
    let exemptions: String =
        (0..50_000).map(|at| format!("SCS-Exempt: slug-style r{at}\n\n")).collect();
    let pulls = (0..2_000)
        .map(|at| format!(r#"{{"number": {at}, "added": ["Standards/scs-{at:04}-v1-a.md"]}}"#));
    let pulls = pulls.collect::<Vec<_>>().join(",");
    let context = Context::parse(format!(r#"{{"open_pulls": [{pulls}]}}"#).as_bytes()).unwrap();
    let flood = Sides {
        head: [
            all(&|at| format!("scs-{at:04}-v1-a.md"), GOOD, 2_000),
            all(&|at| format!("scs-{:04}-w1-a.md", at + 3_000), &supplement, 200),
        ]
        .concat(),
        context: Some(Context { body: Some(exemptions), ..context }),
        ..Sides::default()
    };
    let change = flood.load();
    let findings = check_change(&change).unwrap().findings;
    let count = |rule: &str| findings.iter().filter(|it| it.rule == rule).count();
    assert_eq!(count("change-foreign-supplement"), 200);
    assert_eq!(count("change-number-taken"), 2_000);
    assert_eq!(count("change-one-document"), 1);
}
