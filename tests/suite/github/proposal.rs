//! `promote --pull-request`, with a server that plays GitHub.

use serde_json::json;
use tempfile::TempDir;

use super::{PULLS, pull, tip};
use crate::helpers::{command, git, write};
use crate::hub::{Hub, Play, answered, fault, ok};
use crate::scripted::commit;

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
