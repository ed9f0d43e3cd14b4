//! `scs-doc comment`, with a server that plays GitHub.

use std::path::Path;

use serde_json::{Value, json};

use super::{NAME, PULL, edited, hub};
use crate::helpers::{Answer, read, write};
use crate::hub::{Hub, Play, fault, ok};

const COMMENTS: &str = "/repos/scs/standards/issues/12/comments";

/// The report of `pr` in a file, and the comment that `pr --format markdown` makes.
fn reported(hub: &Hub, dir: &Path) -> String {
    let json = hub.run(dir, &["pr", "--format", "json", "--github", NAME]).out;
    write(dir, "report.json", json);
    hub.run(dir, &["pr", "--format", "markdown", "--github", NAME]).out
}

fn comment(hub: &Hub, dir: &Path) -> Answer {
    hub.forget();
    hub.run(dir, &["comment", "--report", "report.json", "--github", NAME])
}

fn written_by(login: &str, id: u64, body: &str) -> Value {
    json!({ "id": id, "body": body, "user": { "login": login } })
}

#[test]
fn one_comment_is_kept() {
    let dir = edited();
    let hub = hub(dir.path());
    let markdown = reported(&hub, dir.path());
    hub.on("GET", COMMENTS, &[ok(json!([written_by("eve", 1, "Nice!")]))]);
    hub.on("POST", COMMENTS, &[Play::Say(201, vec![], json!({}))]);
    let answer = comment(&hub, dir.path());
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_eq!(answer.out, format!("created the comment on {NAME}\n"));
    let asked =
        [format!("GET {PULL}"), format!("GET {COMMENTS}?per_page=100"), format!("POST {COMMENTS}")];
    assert_eq!(hub.asked(), asked);
    let text = hub.written()[0]["body"].as_str().unwrap().to_owned();
    let (marker, rest) = text.split_once('\n').unwrap();
    assert!(marker.starts_with("<!-- ") && marker.ends_with(" -->"));
    assert_eq!(rest.replace(&hub.address, "https://github.com"), markdown);
    let shown =
        hub.run(dir.path(), &["comment", "--dry-run", "--report", "report.json", "--github", NAME]);
    assert_eq!(shown.out, text);

    // It is there: nothing is done. GitHub ends lines with CR LF.
    let there = text.trim_end().replace('\n', "\r\n");
    let own = |id, body: &str| written_by("ada", id, body);
    hub.on("GET", "/user", &[ok(json!({ "login": "Ada" }))]);
    hub.on("GET", COMMENTS, &[ok(json!([own(3, &there)]))]);
    let answer = comment(&hub, dir.path());
    assert_eq!(answer.out, format!("nothing changed in the comment on {NAME}\n"));
    assert_eq!(hub.written(), [json!(null); 0]);

    // Another text: the oldest of one's own is changed, never one of a stranger.
    let old = format!("{marker}\nold");
    let several = json!([written_by("eve", 2, &old), own(9, &old), own(4, &old), own(1, "no")]);
    hub.on("GET", COMMENTS, &[ok(several)]);
    let target = "/repos/scs/standards/issues/comments/4";
    hub.on("PATCH", target, &[ok(json!({}))]);
    let answer = comment(&hub, dir.path());
    assert_eq!(answer.out, format!("updated the comment on {NAME}\n"), "{}", answer.err);
    assert_eq!(hub.asked()[3], format!("PATCH {target}"));
    assert_eq!(hub.written(), [json!({ "body": text })]);

    // A workflow's token belongs to no user.
    hub.on("GET", "/user", &[fault(403, &[])]);
    let several = json!([written_by("eve", 2, &old), written_by("github-actions[bot]", 4, &old)]);
    hub.on("GET", COMMENTS, &[ok(several)]);
    assert!(comment(&hub, dir.path()).out.starts_with("updated"));
    // A stranger's alone is none.
    hub.on("GET", COMMENTS, &[ok(json!([written_by("eve", 2, &old)]))]);
    assert!(comment(&hub, dir.path()).out.starts_with("created"));

    // A repository that has got another name.
    let renamed = "/repos/community/standards/issues/12/comments";
    let to = vec![("location", format!("{}{renamed}", hub.address))];
    hub.on("POST", COMMENTS, &[Play::Say(307, to, json!({}))]);
    hub.on("POST", renamed, &[Play::Say(201, vec![], json!({}))]);
    assert!(comment(&hub, dir.path()).out.starts_with("created"));
    assert_eq!(hub.written().len(), 2);

    // What writes is sent once, whatever comes.
    let limited = fault(403, &[("retry-after", "0")]);
    for (play, said) in [
        (Play::Cut, "whether it was done is not known"),
        (Play::Slow, "whether it was done is not known"),
        (fault(502, &[]), "502"),
        (limited, "try again in 0 s"),
    ] {
        hub.on("POST", COMMENTS, &[play]);
        let answer = comment(&hub, dir.path());
        assert_eq!((answer.status, answer.out.as_str()), (2, ""));
        assert!(answer.err.contains(said), "{}", answer.err);
        assert_eq!(hub.asked().iter().filter(|it| it.starts_with("POST")).count(), 1);
    }
}

#[test]
fn reports_that_are_not_used() {
    let dir = edited();
    let hub = hub(dir.path());
    reported(&hub, dir.path());
    let report: Value = serde_json::from_str(&read(dir.path(), "report.json")).unwrap();
    let with = |pointer: &str, value: Value| {
        let mut report = report.clone();
        *report.pointer_mut(pointer).unwrap() = value;
        report.to_string()
    };
    let finding = |key: &str, value: Value| {
        let mut finding = json!({
            "rule": "slug-style", "level": "error", "path": "x", "document": null, "subject": "",
            "start": { "line": 1, "column": 1, "offset": 0 }, "message": "m", "help": null,
            "end": { "line": 1, "column": 1, "offset": 0 }, "reference": "", "related": [],
            "fix": null, "exempt": null,
        });
        finding[key] = value;
        let mut report = report.clone();
        report["findings"] = json!([finding]);
        report["summary"]["errors"] = json!(1);
        report["summary"]["notes"] = json!(0);
        report.to_string()
    };
    let cases = [
        (String::new(), "no report of `scs-doc pr --format json`"),
        ("[]".to_owned(), "no report of"),
        ("[".repeat(1_000_000), "no report of"),
        (" ".repeat(17 << 20), "more than 16777216 bytes"),
        (with("/schema", json!(2)), "version 2"),
        (with("/change", Value::Null), "without a change"),
        (with("/change/head", Value::Null), "about no commit"),
        (with("/change/head", json!("main")), "about no commit"),
        (with("/change/head", json!("0".repeat(40))), "has the head"),
        (with("/change/pull_request", json!(13)), "about the pull request 13"),
        (with("/summary/errors", json!(1)), "counts other findings"),
        (with("/summary/documents", json!(9_999_999)), "counts other findings"),
        (with("/change/compared", json!("x".repeat(2 << 20))), "a text of the change is too long"),
        (with("/change/headlines", json!(vec![""; 20_001])), "a list of the change is too long"),
        (finding("rule", json!("slug-stile")), "which is not there; perhaps `slug-style` is meant"),
        (finding("level", json!("fatal")), "no report of"),
        (finding("message", json!("x".repeat(2 << 20))), "a text of a finding is too long"),
    ];
    for (text, said) in cases {
        write(dir.path(), "report.json", text);
        let answer = comment(&hub, dir.path());
        assert_eq!((answer.status, answer.out.as_str()), (2, ""), "{said}");
        assert!(answer.err.contains(said), "{said}: {}", answer.err);
        assert!(answer.err.contains("nothing was posted"), "{}", answer.err);
        assert!(hub.asked().iter().all(|it| *it == format!("GET {PULL}")), "{said}");
    }
    write(dir.path(), "report.json", finding("message", json!("fine")));
    hub.on("GET", COMMENTS, &[ok(json!([]))]);
    hub.on("POST", COMMENTS, &[Play::Say(201, vec![], json!({}))]);
    assert_eq!(comment(&hub, dir.path()).status, 0);
}

/// Nothing of a report gets through alive, and there is room for it.
#[test]
fn hostile_reports() {
    let dir = edited();
    let hub = hub(dir.path());
    reported(&hub, dir.path());
    let mut report: Value = serde_json::from_str(&read(dir.path(), "report.json")).unwrap();
    let evil = "<img src=x onerror=alert(1)> $(id) `` `id` @everyone fixes #1 GH-1 https://e.vil \
                [a](https://e.vil) ::set-output name=x::y %0A\n# x\r\n--> <!-- x --> | a | \u{202e}";
    let place = json!({ "line": 1, "column": 1, "offset": 0 });
    let finding = json!({
        "rule": "slug-style", "level": "error", "path": evil, "document": evil, "subject": evil,
        "start": place, "end": place, "message": evil, "help": evil, "reference": evil,
        "related": [{ "path": evil, "start": place, "end": place, "message": format!("added: {evil}") }],
        "fix": null, "exempt": evil, "origin": "introduced",
    });
    report["findings"] = json!(vec![finding; 2000]);
    report["summary"]["errors"] = json!(2000);
    report["summary"]["notes"] = json!(0);
    report["tool"]["name"] = json!(evil);
    let lines = json!(vec![evil; 1000]);
    for key in ["headlines", "next_steps", "unjudged"] {
        report["change"][key] = lines.clone();
    }
    report["change"]["compared"] = json!(evil);
    let documents = report["change"]["documents"].as_array_mut().unwrap();
    documents[0]["path"] = json!(evil);
    documents[0]["from"] = json!(evil);
    write(dir.path(), "report.json", report.to_string());
    hub.on("GET", COMMENTS, &[ok(json!([]))]);
    hub.on("POST", COMMENTS, &[Play::Say(201, vec![], json!({}))]);
    let answer = comment(&hub, dir.path());
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    let text = hub.written()[0]["body"].as_str().unwrap().to_owned();
    assert!(text.chars().count() < 65_536, "{}", text.len());
    assert!(text.contains("more findings"), "{text}");
    let (_, body) = text.split_once('\n').unwrap();
    dead(body);
}

/// Whether Markdown of others has no HTML, no link elsewhere, no heading of theirs, and no mention
/// or reference outside of code.
fn dead(markdown: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let mut in_code = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("http://127.0.0.1"), "{dest_url}");
            }
            Event::Start(Tag::Image { .. }) => panic!("an image"),
            Event::Start(Tag::Heading { level, .. }) => assert!(level as u8 > 2, "{level}"),
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if !in_code => {
                for alive in ["@everyone", "#1", "GH-1", "https://e", "\u{202e}"] {
                    assert!(!text.contains(alive), "{text}");
                }
            }
            _ => {}
        }
    }
}
