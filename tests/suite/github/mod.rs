//! `pr --github`, with a server that plays GitHub.

mod comment;
mod proposal;

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{GOOD, PATH};
use crate::helpers::{Answer, command, git, write};
use crate::hub::{ENTERPRISE, Hub, Play, TOKEN, answered, fault, ok};
use crate::scripted::{branch, commit, document, repository};

const PULL: &str = "/repos/scs/standards/pulls/12";
const PULLS: &str = "/repos/scs/standards/pulls";
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
    assert!(answer.err.contains("at another address, which is not asked"), "{}", answer.err);
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
    // Sent on to another address, it does not go there, and within this one it does.
    let sent_on = |status, to: &Hub, path: &str| {
        Play::Say(status, vec![("location", format!("{}{path}", to.address))], json!({}))
    };
    let renamed = "/repos/community/standards/pulls/12";
    elsewhere.on("GET", renamed, &[ok(pull(12, &tip(dir.path(), "head")))]);
    hub.on("GET", PULL, &[sent_on(302, &elsewhere, renamed)]);
    let answer = judge(&hub, dir.path());
    assert!(answer.err.contains("at another address, which is not asked"), "{}", answer.err);
    assert_eq!(elsewhere.asked(), [""; 0]);
    hub.on("GET", PULL, &[sent_on(301, &hub, renamed)]);
    hub.on("GET", renamed, &[ok(pull(12, &tip(dir.path(), "head")))]);
    hub.on("GET", &reviews, &[ok(json!([]))]);
    assert_eq!(judge(&hub, dir.path()).err, "");
    hub.on("GET", PULL, &[sent_on(301, &hub, PULL)]);
    assert!(judge(&hub, dir.path()).err.contains("pull request scs/standards#12: 301"));
}
