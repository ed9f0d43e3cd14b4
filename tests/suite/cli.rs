//! The command line as its users see it.

use std::io::Read as _;
use std::process::Stdio;

use insta::assert_snapshot;

use crate::helpers::{command, folder, read, run, write};

pub const GOOD: &str = "---\ntitle: Entropy\ntype: Standard\nstatus: Draft\ntrack: IaaS\n\
    description: Enough entropy.\n---\n\n## Introduction\n\nText.\n\n## Motivation\n\nText.\n\n\
    ## Conformance Tests\n\nText.\n";

pub const PATH: &str = "Standards/scs-0101-v1-entropy.md";

fn bad() -> String {
    GOOD.replace("status: Draft", "status: draft\nreplaces: scs-0100-v1-flavors.md # one")
}

#[test]
fn without_arguments_there_is_help() {
    let answer = run(&std::env::temp_dir(), &[]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out);
}

#[test]
fn a_finding_for_people() {
    let dir = folder(&[(PATH, &bad())]);
    let answer = run(dir.path(), &["check"]);
    assert_eq!(answer.status, 1);
    assert_snapshot!(answer.out, @r"
    error[field-value] Standards/scs-0101-v1-entropy.md:4:9
      × `status` is `draft`; did you mean `Draft`?
       ╭─[4:9]
     3 │ type: Standard
     4 │ status: draft
       ·         ─────
     5 │ replaces: scs-0100-v1-flavors.md # one
       ╰────
      help: expected one of Draft, Stable, Deprecated, Rejected
      rule: scs-0001-v1#metadata (scs-doc explain field-value)

    warning[field-list] Standards/scs-0101-v1-entropy.md:5:11
      ⚠ `replaces` is a list in scs-0001; here it is a single text
       ╭─[5:11]
     4 │ status: draft
     5 │ replaces: scs-0100-v1-flavors.md # one
       ·           ───────────┬──────────
       ·                      ╰── one item of a list
     6 │ track: IaaS
       ╰────
      help: write `- ` and the file name on a line of its own, also for one document
      rule: scs-0001-v1#metadata (scs-doc explain field-list)

    error[reference-unknown] Standards/scs-0101-v1-entropy.md:5:11
      × `replaces` names `scs-0100-v1-flavors.md`, which is not there
       ╭─[5:11]
     4 │ status: draft
     5 │ replaces: scs-0100-v1-flavors.md # one
       ·           ──────────────────────
     6 │ track: IaaS
       ╰────
      help: a reference is the file name of a document in `Standards/`, `.md` included
      rule: scs-0001-v1#metadata (scs-doc explain reference-unknown)

    1 document: 2 errors, 1 warning; 2 can be repaired (--fix)
    ");
}

#[test]
fn one_line_a_finding_and_how_much_is_shown() {
    let document = GOOD.replace("status: Draft", "state: Draft").replace("description", "x");
    let dir = folder(&[(PATH, &document)]);
    let concise =
        |more: &[&str]| run(dir.path(), &[&["check", "--format", "concise"], more].concat());
    assert_snapshot!(concise(&[]).out, @r"
    Standards/scs-0101-v1-entropy.md:1:1: error[field-required] the field `status` is missing; every document but a supplement has it
    Standards/scs-0101-v1-entropy.md:4:1: warning[field-unknown] scs-0001 knows no field `state`; did you mean `status`?
    Standards/scs-0101-v1-entropy.md:6:1: warning[field-unknown] scs-0001 knows no field `x`
    1 document: 1 error, 2 warnings; 1 note not shown (-v)
    ");
    assert!(concise(&["-v"]).out.contains("note[description-missing]"));
    assert_eq!(concise(&["-q"]).out.lines().count(), 1);
}

#[test]
fn the_level_that_fails_can_be_chosen() {
    let dir = folder(&[(PATH, &GOOD.replace("status", "extra: x\nstatus"))]);
    let status = |level: &str| run(dir.path(), &["check", "-q", "--fail-on", level]).status;
    assert_eq!((status("error"), status("warning"), status("note")), (0, 1, 1));
    assert_eq!(status("fatal"), 2);
}

#[test]
fn paths_narrow_the_report_and_not_what_is_read() {
    let other = "Standards/scs-0102-v1-images.md";
    let links = GOOD.replace("Text.\n\n## M", "[a](scs-0101-v1-entropy.md), [b](b.md)\n\n## M");
    let dir = folder(&[(PATH, &bad()), (other, &links)]);
    let answer = run(dir.path(), &["check", "--format", "concise", other]);
    assert_snapshot!(answer.out, @r"
    Standards/scs-0102-v1-images.md:11:34: error[link-target] there is no `Standards/b.md` in this repository
    1 document: 1 error
    ");
    let here = run(&dir.path().join("Standards"), &["check", "--format", "concise", "."]);
    assert!(
        here.out.ends_with("2 documents: 3 errors, 1 warning; 2 can be repaired (--fix)\n"),
        "{}",
        here.out
    );
    let missing = run(dir.path(), &["check", "nothing.md"]);
    assert_eq!(
        (missing.status, missing.err.as_str()),
        (2, "scs-doc: nothing.md: there is no such file\n")
    );
    let outside = run(dir.path(), &["check", "/"]);
    assert_eq!(outside.status, 2);
    assert!(outside.err.contains("is not in the repository [ROOT]"), "{}", outside.err);
}

#[test]
fn repairs_are_shown_applied_and_done_once() {
    let text = format!("\u{feff}{}", bad().replace('\n', "\r\n"));
    let dir = folder(&[(PATH, &text), ("Standards/scs-0100-v1-flavors.md", GOOD)]);
    let diff = run(dir.path(), &["check", "--fix", "--diff"]);
    assert_eq!(read(dir.path(), PATH), text, "a diff writes nothing");
    assert_snapshot!(diff.out.replace('\r', "␍").replace('\u{feff}', "[BOM]"), @"
    diff --git a/Standards/scs-0101-v1-entropy.md b/Standards/scs-0101-v1-entropy.md
    --- a/Standards/scs-0101-v1-entropy.md
    +++ b/Standards/scs-0101-v1-entropy.md
    @@ -1,8 +1,9 @@
    -[BOM]---␍
    +---␍
     title: Entropy␍
     type: Standard␍
    -status: draft␍
    -replaces: scs-0100-v1-flavors.md # one␍
    +status: Draft␍
    +replaces:␍
    +  - scs-0100-v1-flavors.md # one␍
     track: IaaS␍
     description: Enough entropy.␍
     ---␍
    ");
    let dry = run(dir.path(), &["check", "--fix", "--dry-run"]);
    assert!(dry.out.starts_with("would write 3 repairs in 1 file\n"), "{}", dry.out);
    assert_eq!(read(dir.path(), PATH), text, "a dry run writes nothing");
    let fixed = run(dir.path(), &["check", "--fix"]);
    assert_eq!(fixed.out, "wrote 3 repairs in 1 file\n2 documents: nothing to complain about\n");
    let expected = text
        .replace('\u{feff}', "")
        .replace("draft", "Draft")
        .replace("replaces: scs", "replaces:\r\n  - scs");
    assert_eq!(read(dir.path(), PATH), expected);
    assert_eq!(
        run(dir.path(), &["check", "--fix"]).out,
        "wrote 0 repairs in 0 files\n2 documents: nothing to complain about\n"
    );
    assert_eq!(read(dir.path(), PATH), expected, "once more changes nothing");
}

#[test]
fn a_diff_is_what_git_applies() {
    let cases = [
        format!("{}\n", bad()).replace("track: IaaS\n", "track: IaaS   \n"),
        "\u{feff}---\ntitle: T \nstatus: draft\n---\n\n# T\n".to_owned(),
        "---\ntitle: T\rstatus: draft\n---\nA.".to_owned(),
    ];
    for text in cases {
        let name = "Standards/scs-0101-v1-a\nb.md";
        let dir =
            folder(&[(PATH, &text), (name, &text), ("Standards/scs-0100-v1-flavors.md", GOOD)]);
        let diff = run(dir.path(), &["check", "--fix", "--diff"]).out;
        write(dir.path(), "fix.patch", &diff);
        run(dir.path(), &["check", "--fix"]);
        let fixed = [read(dir.path(), PATH), read(dir.path(), name)];
        assert_ne!(fixed[0], text);
        write(dir.path(), PATH, &text);
        write(dir.path(), name, &text);
        crate::helpers::git(dir.path(), &["init", "--quiet"]);
        crate::helpers::git(dir.path(), &["apply", "fix.patch"]);
        assert_eq!([read(dir.path(), PATH), read(dir.path(), name)], fixed, "{diff}");
    }
}

/// What looks repairable and is not: every shape in which a repair would change more than it says.
#[test]
fn a_repair_that_would_do_more_is_not_made() {
    let shapes = [
        "status: |-\n  draft\n",
        "status: >-\n  draft\n",
        "{title: T, replaces: scs-0100-v1-flavors.md}\n",
        "    title: T\n    replaces: scs-0100-v1-flavors.md\n",
        "replaces: !!str 123\n",
        "replaces:\n  - |\n    foo  \n    bar\n",
        "title: |2\n    \n  a\n",
        "title: \"foo\\ \n  bar\"\n",
    ];
    for shape in shapes {
        let text = format!("---\n{shape}---\n\nText.\n");
        let dir = folder(&[(PATH, &text), ("Standards/scs-0100-v1-flavors.md", GOOD)]);
        assert_eq!(run(dir.path(), &["check", "--fix"]).status, 1, "{shape}");
        assert_eq!(read(dir.path(), PATH), text, "{shape}");
    }
}

#[test]
fn a_document_that_cannot_be_read_does_not_keep_others_from_being_repaired() {
    let dir = folder(&[(PATH, &bad()), ("Standards/scs-0100-v1-flavors.md", GOOD)]);
    let latin = [&bad().into_bytes()[..], b"\xe4\n"].concat();
    write(dir.path(), "Standards/scs-0102-v1-latin.md", &latin);
    let answer = run(dir.path(), &["check", "--fix"]);
    assert!(answer.out.starts_with("wrote 2 repairs in 1 file\n"), "{}{}", answer.out, answer.err);
    assert!(read(dir.path(), PATH).contains("status: Draft"));
    assert_eq!(std::fs::read(dir.path().join("Standards/scs-0102-v1-latin.md")).unwrap(), latin);
}

#[test]
fn what_makes_the_command_fail_is_shown() {
    let dir = folder(&[(PATH, &GOOD.replace("description", "x"))]);
    let check =
        |args: &[&str]| run(dir.path(), &[&["check", "--format", "concise"], args].concat());
    assert!(check(&["-q", "--fail-on", "warning"]).out.contains("warning[field-unknown]"));
    assert!(check(&["--fail-on", "note"]).out.contains("note[description-missing]"));
    let junit = run(dir.path(), &["check", "--format", "junit", "--fail-on", "warning"]);
    assert!(junit.out.contains("failures=\"1\""), "{}", junit.out);
}

#[test]
fn the_day_decides_what_is_to_come() {
    let text = GOOD.replace("status: Draft", "status: Stable\nstabilized_at: 2026-09-01");
    let dir = folder(&[(PATH, &text)]);
    let pending = |day: &str| {
        let output = command(dir.path(), &["check", "-v", "--as-of", day]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains("note[date-pending]")
    };
    assert_eq!((pending("2026-08-31"), pending("2026-09-01")), (true, false));
    assert_eq!(run(dir.path(), &["check", "--as-of", "2026-02-30"]).status, 2);
}

#[test]
fn a_new_defect_of_an_accepted_kind_is_red() {
    let text = GOOD.replace("## Motivation", "## Reasons");
    let dir = folder(&[(PATH, &text)]);
    assert_eq!(run(dir.path(), &["check", "--accept", "--reason", "old"]).status, 0);
    assert_eq!(run(dir.path(), &["check"]).status, 0);
    write(dir.path(), PATH, text.replace("## Introduction", "## Beginning"));
    assert_eq!(run(dir.path(), &["check"]).status, 1);
}

#[test]
fn a_read_only_file_is_left_alone_and_so_are_the_others() {
    let second = "Standards/scs-0102-v1-images.md";
    let dir = folder(&[(PATH, &bad()), (second, &bad())]);
    let file = dir.path().join(second);
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    let answer = run(dir.path(), &["check", "--fix"]);
    assert_eq!(answer.status, 2);
    assert_eq!(
        answer.err,
        format!("scs-doc: [ROOT]/{second}: is read-only; nothing was written\n")
    );
    assert_eq!((read(dir.path(), PATH), read(dir.path(), second)), (bad(), bad()));
}

#[test]
fn an_old_repository_starts_green_and_new_defects_are_red() {
    let dir = folder(&[(PATH, &bad()), ("scs-doc.toml", "# ours\ndefault-branch = 'main'")]);
    let accepted = run(dir.path(), &["check", "--accept", "--reason", "before \"scs-doc\""]);
    assert_eq!(
        (accepted.status, accepted.out.as_str()),
        (0, "wrote 3 exceptions in scs-doc.toml\n")
    );
    assert_snapshot!(read(dir.path(), "scs-doc.toml"), @r#"
    # ours
    default-branch = 'main'

    [[exception]]
    rule = "field-list"
    path = "Standards/scs-0101-v1-entropy.md"
    subject = "replaces"
    reason = "before \"scs-doc\""

    [[exception]]
    rule = "field-value"
    path = "Standards/scs-0101-v1-entropy.md"
    subject = "status"
    reason = "before \"scs-doc\""

    [[exception]]
    rule = "reference-unknown"
    path = "Standards/scs-0101-v1-entropy.md"
    subject = "replaces: scs-0100-v1-flavors.md"
    reason = "before \"scs-doc\""
    "#);
    let green = run(dir.path(), &["check"]);
    assert_eq!(green.out, "1 document: nothing to complain about; 3 excepted in scs-doc.toml\n");
    assert_eq!(green.status, 0);
    // A new defect in a document with exceptions.
    write(dir.path(), PATH, bad().replace("IaaS", "Iaas"));
    assert_eq!(run(dir.path(), &["check"]).status, 1);
    // Repairing an old one is noticed.
    write(dir.path(), PATH, bad().replace("draft", "Draft"));
    let answer = run(dir.path(), &["check", "--format", "concise"]);
    assert_snapshot!(answer.out, @r"
    scs-doc.toml:10:1: warning[exception-unused] `field-value` finds nothing about `status` in `Standards/scs-0101-v1-entropy.md`: the exception is not needed
    1 document: 1 warning; 2 excepted in scs-doc.toml
    ");
}

#[test]
fn accepting_never_breaks_a_configuration() {
    let inline = "exception = [{ rule = 'slug-style', path = 'x', reason = 'y' }]\n";
    let dir = folder(&[(PATH, &bad()), ("scs-doc.toml", inline)]);
    let answer = run(dir.path(), &["check", "--accept", "--reason", "old"]);
    assert_eq!(answer.status, 2);
    assert!(
        answer.err.starts_with("scs-doc: scs-doc.toml: exceptions cannot be added"),
        "{}",
        answer.err
    );
    assert_eq!(read(dir.path(), "scs-doc.toml"), inline);
    assert_eq!(run(dir.path(), &["check", "--accept"]).status, 2, "a reason is required");
}

#[test]
fn a_wrong_configuration_is_a_finding_with_its_place() {
    let dir = folder(&[(PATH, GOOD), ("scs-doc.toml", "[levels]\nslug-stile = \"off\"\n")]);
    let answer = run(dir.path(), &["check"]);
    assert_eq!(answer.status, 2);
    assert_snapshot!(answer.out, @r#"
    error[config-invalid] scs-doc.toml:2:1
      × there is no rule `slug-stile`
       ╭─[2:1]
     1 │ [levels]
     2 │ slug-stile = "off"
       · ──────────
       ╰────
      help: did you mean `slug-style`?
      rule: docs/configuration.md (scs-doc explain config-invalid)

    0 documents: 1 error
    "#);
    write(dir.path(), "other.toml", "required-version = '>=99'\n");
    let answer = run(dir.path(), &["check", "--config", "other.toml"]);
    assert_eq!(answer.status, 2);
    assert!(
        answer.err.starts_with("scs-doc: other.toml asks for scs-doc >=99; this is "),
        "{}",
        answer.err
    );
}

#[test]
fn a_configuration_elsewhere_is_read_named_and_written_where_it_is() {
    let dir = folder(&[(PATH, &bad()), ("Standards/own.toml", ""), ("own.toml", "")]);
    let below = dir.path().join("Standards");
    let accept = ["check", "--config", "own.toml", "--accept", "--reason", "old"];
    assert_eq!(run(&below, &accept).out, "wrote 3 exceptions in Standards/own.toml\n");
    assert_eq!(read(dir.path(), "own.toml"), "");
    let green = run(&below, &["check", "--config", "own.toml"]);
    assert_eq!(
        green.out,
        "1 document: nothing to complain about; 3 excepted in Standards/own.toml\n"
    );
    write(dir.path(), "own.toml", "\nforum = 1\n");
    let wrong = run(dir.path(), &["config", "--config", "own.toml"]);
    assert_eq!(wrong.status, 2);
    assert_snapshot!(wrong.err, @"scs-doc: own.toml:2:9: invalid type: integer `1`, expected a sequence");
}

#[test]
fn levels_of_the_configuration_count() {
    let toml = "[levels]\nfield-value = 'off'\nreference-unknown = 'warning'\n";
    let dir = folder(&[(PATH, &bad()), ("scs-doc.toml", toml)]);
    let answer = run(dir.path(), &["check", "--format", "concise"]);
    assert!(
        answer.out.ends_with("1 document: 2 warnings; 1 can be repaired (--fix)\n"),
        "{}",
        answer.out
    );
    assert_eq!(answer.status, 0);
}

#[test]
fn the_effective_configuration_with_its_origins() {
    let toml = "forum = ['a']\n[levels]\nslug-style = 'off'\n\
        [index]\noverview = 'a.md'\n[index.tracks]\nIaaS = 'b.md'\n";
    let dir = folder(&[(PATH, GOOD), ("scs-doc.toml", toml)]);
    assert_snapshot!(run(dir.path(), &["config"]).out, @r#"
    standards         "Standards"  (found)
    manifests         ["Tests/scs-*.yaml"]  (default)
    site-url          "https://docs.scs.community/standards"  (default)
    repository        "SovereignCloudStack/standards"  (default)
    default-branch    "main"  (default)
    forum             ["a"]  (scs-doc.toml)
    mirrors           []  (default)
    levels.slug-style: off  (scs-doc.toml)
    index.overview: "a.md"  (scs-doc.toml)
    index.tracks.IaaS: "b.md"  (scs-doc.toml)
    0 exceptions  (scs-doc.toml)
    "#);
    // What it prints as TOML says the same.
    let effective = run(dir.path(), &["config", "--format", "toml"]).out;
    assert!(
        effective.ends_with("\n[index]\noverview = \"a.md\"\n\n[index.tracks]\nIaaS = \"b.md\"\n")
    );
    write(dir.path(), "scs-doc.toml", &effective);
    assert_eq!(run(dir.path(), &["config", "--format", "toml"]).out, effective);
}

#[test]
fn a_page_on_the_terminal() {
    let answer = run(&std::env::temp_dir(), &["explain", "field-date"]);
    assert_eq!(answer.status, 0);
    assert_snapshot!(answer.out);
    let unknown = run(&std::env::temp_dir(), &["explain", "field-dates"]);
    assert_eq!(unknown.status, 2);
    assert_eq!(
        unknown.err,
        "scs-doc: there is no rule `field-dates`; did you mean `field-date`?\n"
    );
}

#[test]
fn rules_completions_and_manual_pages() {
    let dir = folder(&[]);
    let rules = run(dir.path(), &["rules"]).out;
    assert!(rules.contains("  slug-style                warning  "), "{rules}");
    let json: serde_json::Value =
        serde_json::from_str(&run(dir.path(), &["rules", "--format", "json"]).out).unwrap();
    assert_eq!(json["rules"].as_array().unwrap().len(), scs_doc::rules::all().count());
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(run(dir.path(), &["completions", shell]).out.contains("scs-doc"), "{shell}");
    }
    std::fs::create_dir(dir.path().join("man")).unwrap();
    assert_eq!(run(dir.path(), &["man", "man"]).status, 0);
    assert!(read(dir.path(), "man/scs-doc-check.1").contains(".TH"));
    assert_eq!(run(dir.path(), &["man", "nowhere"]).status, 2);
}

#[test]
fn a_folder_that_is_no_standards_repository() {
    let dir = folder(&[("README.md", "x")]);
    let answer = run(dir.path(), &["check", "--repo", "."]);
    assert_eq!((answer.status, answer.out.as_str()), (2, ""));
    assert_snapshot!(answer.err, @"scs-doc: .: no standards repository: there is neither a folder Standards/ nor standards/, and the configuration names no other");
    let answer = run(dir.path(), &["check", "--repo", "nowhere"]);
    assert_eq!((answer.status, answer.err.as_str()), (2, "scs-doc: nowhere: no such folder\n"));
}

#[test]
fn a_pipe_that_is_closed_is_no_error() {
    let documents: Vec<(String, String)> =
        (1..3000).map(|at| (format!("Standards/scs-{at:04}-v1-a.md"), bad())).collect();
    let documents: Vec<(&str, &str)> =
        documents.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let dir = folder(&documents);
    let mut child = command(dir.path(), &["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut start = [0; 10];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut start).unwrap();
    drop(out);
    let answer = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(answer.stderr).unwrap(), "");
    assert!(answer.status.code().is_some_and(|code| code < 2), "{:?}", answer.status);
}

#[test]
fn colours_only_when_asked_for() {
    let dir = folder(&[(PATH, &bad())]);
    let colored =
        |args: &[&str]| run(dir.path(), &[&["check"], args].concat()).out.contains('\x1b');
    assert!(!colored(&[]), "not on a terminal");
    assert!(colored(&["--color", "always"]));
    let force = |no_color: bool| {
        let mut command = command(dir.path(), &["check"]);
        command.env("CLICOLOR_FORCE", "1");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        command.output().unwrap().stdout.contains(&0x1b)
    };
    assert_eq!((force(false), force(true)), (true, false));
}

/// The script is run, not only printed.
#[test]
fn bash_completes_options_of_subcommands() {
    let script = run(&std::env::temp_dir(), &["completions", "bash"]).out;
    let complete = |words: &[&str]| {
        let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
        let program = format!(
            "{script}\nCOMP_WORDS=({}); COMP_CWORD={}\n_scs__doc scs-doc '{last}' '{before}'\n\
             printf '%s ' \"${{COMPREPLY[@]}}\"",
            words.iter().map(|word| format!("'{word}' ")).collect::<String>(),
            words.len() - 1,
        );
        let output = std::process::Command::new("bash").args(["-c", &program]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(complete(&["scs-doc", "ch"]), "check ");
    assert!(complete(&["scs-doc", "check", "--sta"]).contains("--staged"));
    assert!(complete(&["scs-doc", "check", "--format", ""]).contains("sarif"));
    assert!(complete(&["scs-doc", "check", "--fail-on", ""]).contains("warning"));
}
