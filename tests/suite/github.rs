//! `pr --github`, `comment` and `promote --pull-request`, with a server that plays GitHub.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{GOOD, PATH};
use crate::helpers::{Answer, command, git, read, write};
use crate::hub::{ENTERPRISE, Hub, Play, TOKEN, answered, fault, ok};
use crate::scripted::{branch, commit, document, repository};

const PULL: &str = "/repos/scs/standards/pulls/12";
const PULLS: &str = "/repos/scs/standards/pulls";
const COMMENTS: &str = "/repos/scs/standards/issues/12/comments";
const NAME: &str = "scs/standards#12";

fn tip(dir: &Path, revision: &str) -> String {
    git(dir, &["rev-parse", revision]).trim().to_owned()
}

fn pull(number: u64, sha: &str) -> Value {
    // The teams in GitHub's example lack what its schema asks for.
    json!({
        "requested_teams": [],
        "number": number, "title": "A title", "body": "A text", "draft": false,
        "head": { "ref": format!("branch-{number}"), "sha": sha },
        "base": { "ref": "main", "sha": "b".repeat(40) },
    })
}

/// A pull request that edits a document.
fn edited() -> TempDir {
    let dir = repository();
    write(dir.path(), "scs-doc.toml", "repository = \"scs/standards\"\n");
    commit(dir.path(), "configured");
    branch(dir.path(), "head");
    write(dir.path(), PATH, GOOD.replace("Enough", "Much"));
    commit(dir.path(), "edit");
    dir
}

/// A pull request that adds a document of the track Global and one of the track IaaS.
fn added() -> TempDir {
    let dir = repository();
    write(dir.path(), "scs-doc.toml", "repository = \"scs/standards\"\nforum = [\"ada\"]\n");
    commit(dir.path(), "configured");
    // Another pull request, of which the head is here, and which takes the same number.
    branch(dir.path(), "other");
    write(dir.path(), "Standards/scs-0102-v1-pictures.md", document("Pictures"));
    commit(dir.path(), "other");
    branch(dir.path(), "head");
    write(dir.path(), "Standards/scs-0102-v1-images.md", document("Images"));
    let global = document("Forum").replace("IaaS", "Global");
    write(dir.path(), "Standards/scs-0005-v1-forum.md", global);
    commit(dir.path(), "added");
    dir
}

fn review(login: &str, state: &str, commit: &str) -> Value {
    json!({ "user": { "login": login }, "state": state, "commit_id": commit })
}

/// A hub with the pull request of a repository.
fn hub(dir: &Path) -> Hub {
    let hub = Hub::start();
    hub.on("GET", PULL, &[ok(pull(12, &tip(dir, "head")))]);
    hub
}

fn judge(hub: &Hub, dir: &Path) -> Answer {
    hub.run(dir, &["pr", "--format", "concise", "--github", NAME])
}

fn next(hub: &Hub, target: &str) -> Vec<(&'static str, String)> {
    let (last, first) = ("<https://x>; rel=\"last\"", "<https://x>; rel=\"first\"");
    vec![("link", format!("{first}, <{}{target}>; rel=\"next\", {last}", hub.address))]
}

#[test]
fn what_git_does_not_know_is_asked() {
    let dir = added();
    let hub = hub(dir.path());
    let head = tip(dir.path(), "head");
    // Reviews on three pages; the last one of each person counts.
    let reviews = format!("{PULL}/reviews");
    let pages = [
        json!([review("ada", "CHANGES_REQUESTED", &head), review("ben", "APPROVED", &head)]),
        json!([review("ada", "COMMENTED", &head), review("ada", "A_NEW_STATE", &head)]),
        json!([review("ada", "APPROVED", &head)]),
    ];
    for (at, page) in pages.into_iter().enumerate() {
        let query = if at == 0 { String::new() } else { format!("&page={}", at + 1) };
        let follow = format!("{reviews}?per_page=100&page={}", at + 2);
        let headers = if at == 2 { vec![] } else { next(&hub, &follow) };
        let target = format!("{reviews}?per_page=100{query}");
        hub.on("GET", &target, &[Play::Say(200, headers, page)]);
    }
    let others =
        json!([pull(12, &head), pull(7, &tip(dir.path(), "other")), pull(8, &"c".repeat(40))]);
    hub.on("GET", PULLS, &[ok(others)]);
    let files = json!([
        { "filename": "Standards/scs-0102-v1-photos.md", "status": "added" },
        { "filename": "Standards/scs-0005-v1-other.md", "status": "modified" },
    ]);
    hub.on("GET", &format!("{PULLS}/8/files"), &[ok(files)]);
    let answer = judge(&hub, dir.path());
    assert_eq!((answer.status, answer.err.as_str()), (1, ""), "{}", answer.out);
    for pull in ["open pull request 7", "open pull request 8"] {
        assert!(answer.out.contains(pull), "{}", answer.out);
    }
    assert!(!answer.out.contains("scs-0005-v1 is also added"), "{}", answer.out);
    assert!(!answer.out.contains("change-approval"), "{}", answer.out);
    let asked = [
        format!("GET {PULL}"),
        format!("GET {reviews}?per_page=100"),
        format!("GET {reviews}?per_page=100&page=2"),
        format!("GET {reviews}?per_page=100&page=3"),
        format!("GET {PULLS}?state=open&per_page=100"),
        format!("GET {PULLS}/8/files?per_page=100"),
    ];
    assert_eq!(hub.asked(), asked);
    // An approval of an earlier head does not count.
    let earlier = json!([review("ada", "APPROVED", &tip(dir.path(), "main"))]);
    hub.on("GET", &format!("{reviews}?per_page=100"), &[ok(earlier)]);
    let answer = hub.run(dir.path(), &["pr", "-v", "--format", "concise", "--github", NAME]);
    assert!(answer.out.contains("change-approval"), "{}", answer.out);
}

/// Nobody is asked for what does not matter.
#[test]
fn an_edit_needs_one_request() {
    let dir = edited();
    let hub = hub(dir.path());
    let address = "https://127.0.0.1/scs/standards/pull/12/files";
    for name in [NAME, address] {
        let port = hub.address.rsplit(':').next().unwrap();
        let name = name.replace("127.0.0.1/", &format!("127.0.0.1:{port}/"));
        let answer = hub.run(dir.path(), &["pr", "--format", "concise", "--github", &name]);
        assert_eq!((answer.status, answer.err.as_str()), (0, ""), "{}", answer.out);
    }
    assert_eq!(hub.asked(), [format!("GET {PULL}"), format!("GET {PULL}")]);
    let both = ["pr", "--github", NAME, "--context", "context.json"];
    assert_eq!(hub.run(dir.path(), &both).status, 2);
    for wrong in ["scs/standards", "scs/standards#x", "../..#1", "https://example.org/x"] {
        assert_eq!(hub.run(dir.path(), &["pr", "--github", wrong]).status, 2, "{wrong}");
    }
    let elsewhere = "https://example.org/scs/standards/pull/12";
    let answer = hub.run(dir.path(), &["pr", "--github", elsewhere]);
    assert!(answer.err.contains("set GITHUB_API_URL to the API of example.org"), "{}", answer.err);
    assert_eq!(answer.status, 0);
    // Another head than the one that is judged.
    hub.on("GET", PULL, &[ok(pull(12, &"d".repeat(40)))]);
    assert!(judge(&hub, dir.path()).err.contains("has the head dddd"));
    // The text of the pull request.
    write(dir.path(), "Standards/scs-0102-v2-images.md", document("Images"));
    commit(dir.path(), "second version");
    let mut exempted = pull(12, &tip(dir.path(), "HEAD"));
    exempted["body"] =
        json!("Hello\r\n\r\nSCS-Exempt: change-version $(id) `id` ::set-output::%0A @all\r\n");
    hub.on("GET", PULL, &[ok(exempted)]).on("GET", PULLS, &[ok(json!([]))]);
    let answer = judge(&hub, dir.path());
    assert!(answer.out.contains("(exempted: $(id) id ::set-output::%0A @all)"), "{}", answer.out);
}

/// A server of one's own has the API below a path, and pages are there too.
#[test]
fn on_enterprise() {
    let dir = added();
    let mut hub = hub(dir.path());
    hub.address.push_str(ENTERPRISE);
    let reviews = format!("{PULL}/reviews");
    let page = next(&hub, &format!("{reviews}?page=2"));
    hub.on("GET", &format!("{reviews}?per_page=100"), &[Play::Say(200, page, json!([]))]);
    let head = tip(dir.path(), "head");
    let second = json!([review("ada", "APPROVED", &head)]);
    hub.on("GET", &format!("{reviews}?page=2"), &[ok(second)]).on("GET", PULLS, &[ok(json!([]))]);
    let answer = judge(&hub, dir.path());
    assert_eq!(answer.err, "");
    assert!(!answer.out.contains("change-approval"), "{}", answer.out);
    assert!(hub.heads().iter().all(|it| it.starts_with("GET /api/v3/repos/scs/")));
}

/// What is left of the open pull requests is said.
#[test]
fn the_files_of_many_pull_requests_are_not_asked_for() {
    let dir = added();
    let hub = hub(dir.path());
    hub.on("GET", &format!("{PULL}/reviews"), &[ok(json!([]))]);
    let many = (100..140).map(|number| pull(number, &"c".repeat(40))).collect();
    hub.on("GET", PULLS, &[ok(many)]);
    for number in 100..140 {
        hub.on("GET", &format!("{PULLS}/{number}/files"), &[ok(json!([]))]);
    }
    let answer = hub.run(dir.path(), &["pr", "--github", NAME]);
    assert_eq!(hub.asked().len(), 3 + 30);
    let unread = "130, 131, 132 and 7 more";
    assert!(answer.err.contains(unread), "{}", answer.err);
    let said =
        format!("could not be judged: whether the open pull requests {unread} take the same");
    assert!(answer.out.contains(&said), "{}", answer.out);
}

#[test]
fn without_an_answer_the_check_runs_all_the_same() {
    let dir = added();
    let bare = answered(command(dir.path(), &["pr", "--as-of", "2026-08-21"]).output().unwrap());
    assert!(bare.out.contains("could not be judged: the approval of the Forum"), "{}", bare.out);
    let with = |variables: &[(&str, &str)]| {
        let mut command = command(dir.path(), &["pr", "--as-of", "2026-08-21", "--github", NAME]);
        command.envs(variables.iter().copied());
        let answer = answered(command.output().unwrap());
        assert_eq!((answer.status, &answer.out), (bare.status, &bare.out));
        answer.err
    };
    assert!(with(&[]).contains("there is no token: set GITHUB_TOKEN"));
    // Nobody listens there.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let closed = format!("http://{closed}");
    let patience = ("SCS_GITHUB_TIMEOUT", "0.5");
    let said = with(&[("GITHUB_TOKEN", TOKEN), ("GITHUB_API_URL", &closed), patience]);
    assert!(said.contains("pull request scs/standards#12: Connection refused"), "{said}");
    let open = [("GITHUB_TOKEN", TOKEN), ("GITHUB_API_URL", "http://example.org")];
    assert!(with(&open).contains("is no https:// address"));
    let broken = [("GITHUB_TOKEN", "two\nlines"), ("GITHUB_API_URL", &closed)];
    assert!(with(&broken).contains("GITHUB_TOKEN is no token"));
}

#[test]
fn faults_are_bounded_and_said() {
    let dir = added();
    let head = tip(dir.path(), "head");
    let fine = || ok(pull(12, &head));
    let soon = (jiff_now() + 1).to_string();
    let cases: Vec<(Vec<Play>, usize, &str)> = vec![
        (vec![fault(404, &[])], 1, "404 (no): there is no such thing, or the token"),
        (vec![fault(401, &[])], 1, "401 (no): the token in GITHUB_TOKEN is not valid"),
        (vec![fault(403, &[])], 1, "does not have the permission"),
        (vec![fault(500, &[])], 1, "500 (no)"),
        (vec![fault(502, &[]), fault(503, &[]), fine()], 3, ""),
        (vec![fault(502, &[])], 3, "502 (no)"),
        (vec![Play::Cut, fine()], 2, ""),
        (vec![Play::Cut], 3, "pull request scs/standards#12: connection closed"),
        (vec![fault(429, &[("retry-after", "0")]), fine()], 2, ""),
        (vec![fault(429, &[("retry-after", "3600")])], 1, "too many requests: try again in 3600 s"),
        (vec![fault(429, &[])], 1, "try again later"),
        (
            vec![fault(
                403,
                &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "4102444800")],
            )],
            1,
            "try again after 2100-01-01T00:00:00Z",
        ),
        (
            vec![
                fault(403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &soon)]),
                fine(),
            ],
            2,
            "",
        ),
        (vec![Play::Slow], 1, "no answer within 0.5 s"),
        (vec![Play::Raw(200, b"{\"number\": 12,".to_vec())], 1, "the answer cannot be read: EOF"),
        (vec![Play::Raw(200, b"[]".to_vec())], 1, "the answer cannot be read"),
        (vec![Play::Raw(200, vec![b'['; 100_000])], 1, "the answer cannot be read"),
        (vec![Play::Huge(100)], 1, "the answer is larger than 33554432 bytes"),
    ];
    std::thread::scope(|scope| {
        for (plays, requests, expected) in &cases {
            let dir = dir.path();
            scope.spawn(move || {
                let hub = hub(dir);
                hub.on("GET", PULL, plays);
                hub.on("GET", &format!("{PULL}/reviews"), &[ok(json!([]))]);
                hub.on("GET", PULLS, &[ok(json!([]))]);
                let answer = judge(&hub, dir);
                let asked = hub.asked();
                let asked = asked.iter().filter(|it| **it == format!("GET {PULL}")).count();
                assert_eq!(asked, *requests, "{expected}: {}", answer.err);
                assert!(answer.err.contains(expected), "{}", answer.err);
                assert_eq!(answer.err.is_empty(), expected.is_empty(), "{}", answer.err);
                assert_eq!(answer.err.contains("judged without"), !expected.is_empty());
                assert!(!answer.out.is_empty());
            });
        }
    });
}

fn jiff_now() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.unwrap().as_secs()
}

/// The token stays at its address; what the service sends back of it is not shown.
#[test]
fn the_token_stays() {
    let dir = added();
    let hub = hub(dir.path());
    let elsewhere = Hub::start();
    hub.on("GET", PULLS, &[ok(json!([]))]);
    let reviews = format!("{PULL}/reviews");
    let link = next(&elsewhere, &format!("{reviews}?page=2"));
    hub.on("GET", &reviews, &[Play::Say(200, link, json!([]))]);
    let answer = hub.run(dir.path(), &["pr", "--github", NAME]);
    assert!(
        answer.err.contains("the next page is said to be at another address"),
        "{}",
        answer.err
    );
    assert!(
        answer.out.contains("could not be judged: the approval of the Forum"),
        "{}",
        answer.out
    );
    assert_eq!(elsewhere.asked(), [""; 0]);
    // A page that leads to itself comes to an end.
    let link = next(&hub, &format!("{reviews}?per_page=100"));
    hub.on("GET", &reviews, &[Play::Say(200, link, json!([]))]);
    hub.forget();
    let answer = judge(&hub, dir.path());
    assert!(answer.err.contains("there are more than 30 pages"), "{}", answer.err);
    assert_eq!(hub.asked().len(), 32);
    let echo = format!("{{\"message\": \"bad {TOKEN}\\u001b[2J\\n::error::x\"}}");
    hub.on("GET", PULL, &[Play::Raw(400, echo.into_bytes())]);
    let answer = judge(&hub, dir.path());
    assert!(answer.err.contains("400 (bad ***\u{fffd}[2J ::error::x)"), "{}", answer.err);
    // Where it is sent to another address, it goes without the token.
    let to = vec![("location", format!("{}{PULL}", elsewhere.address))];
    hub.on("GET", PULL, &[Play::Say(302, to, json!({}))]);
    elsewhere.on("GET", PULL, &[ok(pull(12, &tip(dir.path(), "head")))]);
    judge(&hub, dir.path());
    assert!(!elsewhere.heads().iter().any(|head| head.contains(TOKEN)));
}

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

/// A repository with a remote that leads to `scs/standards`.
fn cloned() -> (TempDir, TempDir) {
    let dir = crate::lifecycle::committed();
    write(dir.path(), "scs-doc.toml", "repository = \"scs/standards\"\n");
    commit(dir.path(), "configured");
    let remotes = TempDir::new().unwrap();
    let bare = remotes.path().join("scs/standards.git");
    git(dir.path(), &["clone", "--quiet", "--bare", ".", &bare.to_string_lossy()]);
    git(dir.path(), &["remote", "add", "community", &bare.to_string_lossy()]);
    (dir, remotes)
}

const STEP: [&str; 4] = ["promote", "scs-0100-v2", "--with-predecessor", "--pull-request"];
const BRANCH: &str = "scs-doc/promote-scs-0100-v2";

#[test]
fn a_step_is_proposed() {
    let (dir, remotes) = cloned();
    let hub = Hub::start();
    hub.on("GET", PULLS, &[ok(json!([pull(8, &"c".repeat(40))]))]);
    hub.on("POST", PULLS, &[Play::Say(201, vec![], pull(34, &"e".repeat(40)))]);
    let answer = hub.run(dir.path(), &STEP);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""), "{}", answer.out);
    let opened = format!("opened {}/scs/standards/pull/34\n", hub.address);
    assert!(answer.out.ends_with(&opened), "{}", answer.out);
    let bare = remotes.path().join("scs/standards.git");
    assert_eq!(tip(&bare, BRANCH), tip(dir.path(), "HEAD"));
    let written = hub.written().remove(0);
    assert_eq!((written["head"].as_str(), written["base"].as_str()), (Some(BRANCH), Some("main")));
    assert_eq!(written["title"], "scs-0100-v2 becomes Stable on 2026-08-21");
    let body = written["body"].as_str().unwrap();
    insta::assert_snapshot!(body);
    assert_eq!(
        hub.asked(),
        [format!("GET {PULLS}?state=open&per_page=100"), format!("POST {PULLS}")]
    );

    // The same again: there is a pull request already, by its branch or by its title.
    git(dir.path(), &["checkout", "--quiet", "main"]);
    git(dir.path(), &["branch", "-D", BRANCH]);
    let before = tip(dir.path(), "HEAD");
    let (mut by_branch, mut by_title) = (pull(34, &"c".repeat(40)), pull(34, &"c".repeat(40)));
    by_branch["head"]["ref"] = json!(BRANCH);
    by_title["title"] = written["title"].clone();
    for open in [by_branch, by_title] {
        hub.on("GET", PULLS, &[ok(json!([open]))]);
        let answer = hub.run(dir.path(), &STEP);
        assert_eq!(answer.status, 2, "{}", answer.out);
        let said = format!("is open already: {}/scs/standards/pull/34; nothing was", hub.address);
        assert!(answer.err.contains(&said), "{}", answer.err);
        assert_eq!(
            (git(dir.path(), &["status", "--short", "-uno"]), tip(dir.path(), "HEAD")),
            (String::new(), before.clone())
        );
    }
}

#[test]
fn a_proposal_that_comes_to_a_halt_says_where() {
    let (dir, remotes) = cloned();
    let hub = Hub::start();
    // The API gives no answer: nothing is written.
    hub.on("GET", PULLS, &[fault(401, &[])]);
    let answer = hub.run(dir.path(), &STEP);
    assert_eq!((answer.status, git(dir.path(), &["branch", "--list"]).as_str()), (2, "* main\n"));
    let answer = answered(command(dir.path(), &STEP).output().unwrap());
    assert!(answer.status == 2 && answer.err.contains("set GITHUB_TOKEN"), "{}", answer.err);
    // The remote has the branch: it is not overwritten.
    hub.on("GET", PULLS, &[ok(json!([]))]);
    git(dir.path(), &["push", "--quiet", "community", &format!("main:refs/heads/{BRANCH}")]);
    let answer = hub.run(dir.path(), &STEP);
    assert_eq!(answer.status, 2);
    let id = git(dir.path(), &["rev-parse", "--short", "HEAD"]);
    let said = format!("the commit {} is on the branch {BRANCH} here", id.trim());
    assert!(
        answer.err.contains("`git push` failed: ") && answer.err.contains(&said),
        "{}",
        answer.err
    );
    assert_eq!(hub.written(), [json!(null); 0]);
    // The API refuses after the push.
    git(dir.path(), &["checkout", "--quiet", "main"]);
    hub.on("POST", PULLS, &[fault(422, &[])]);
    let answer = hub.run(dir.path(), &[&STEP[..], &["--branch", "next"]].concat());
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("The branch next is pushed to community"), "{}", answer.err);
    let by_hand = format!("{}/scs/standards/compare/main...next?expand=1", hub.address);
    assert!(answer.err.contains(&by_hand), "{}", answer.err);
    let bare = remotes.path().join("scs/standards.git");
    assert_eq!(tip(&bare, "next"), tip(dir.path(), "next"));
    // HEAD has more than the branch that is proposed to.
    git(dir.path(), &["checkout", "--quiet", "main"]);
    git(dir.path(), &["fetch", "--quiet", "community"]);
    commit(dir.path(), "something else");
    let answer = hub.run(dir.path(), &[&STEP[..], &["--branch", "more"]].concat());
    assert!(answer.err.contains("HEAD has 1 commit that the branch main"), "{}", answer.err);
    assert!(!git(dir.path(), &["branch", "--list"]).contains("more"));
    // No remote leads there.
    git(dir.path(), &["checkout", "--quiet", "main"]);
    git(dir.path(), &["remote", "remove", "community"]);
    let answer = hub.run(dir.path(), &STEP);
    assert!(answer.err.contains("no remote leads to scs/standards"), "{}", answer.err);
    assert_eq!(tip(dir.path(), "main"), tip(dir.path(), "HEAD"));
}
