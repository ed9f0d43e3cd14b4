//! Documents that are made from the tool: the rule reference, and the picture in the README.
//! `UPDATE_DOCS=1 cargo test` writes them anew.

use std::collections::BTreeSet;

use scs_doc::document::{Body, LinkKind};
use scs_doc::rules::GROUPS;
use scs_doc::rules::page::{Info, Role};
use term_transcript::svg::{Template, TemplateOptions};
use term_transcript::{ExitStatus, Interaction, Transcript, UserInput};

use crate::helpers::{folder, own, read, run, write};

/// Compares a file with what it should be, or writes it.
fn held(path: &str, expected: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        write(&own(), path, expected);
    }
    let there = std::fs::read_to_string(own().join(path)).unwrap_or_default();
    assert!(there == expected, "{path} is not up to date: UPDATE_DOCS=1 cargo test");
}

#[test]
fn the_rule_reference() {
    let mut text = String::from(
        "# Rules\n\nMade from the pages of the rules by `UPDATE_DOCS=1 cargo test`; do not edit it here.\n\n\
         Levels: an *error* is a MUST of scs-0001, a *warning* a SHOULD or a certain defect, a *note* is \
         worth knowing and shown with `-v`. [Configuration](configuration.md) can change the level of a \
         rule and accept single findings.\n",
    );
    for group in GROUPS {
        text.push_str(&format!("\n- {}: ", group.title));
        let links: Vec<String> =
            group.rules.iter().map(|rule| format!("[`{0}`](#{0})", rule.id)).collect();
        text.push_str(&links.join(", "));
    }
    text.push('\n');
    for group in GROUPS {
        text.push_str(&format!("\n## {}\n", group.title));
        for rule in group.rules {
            // The headings of a page go two levels down.
            let mut fenced = false;
            for (at, line) in rule.page.lines().enumerate() {
                let fence = line.strip_prefix("```");
                // A page in a browser does not show what a block says of itself.
                let caption = fence.filter(|_| !fenced).and_then(Info::parse);
                if let Some(info) = caption.filter(|info| info.role != Role::Command) {
                    text.push_str(&format!("`{}`:\n\n", info.caption()));
                }
                fenced ^= fence.is_some();
                let heading = line.starts_with('#') && !fenced;
                match (at, heading) {
                    (0, _) => text.push_str(&format!(
                        "\n### `{}`\n\n*{}*, enforces {}\n",
                        rule.id,
                        rule.level.name(),
                        rule.reference
                    )),
                    (_, true) => text.push_str(&format!("##{line}\n")),
                    (_, false) => text.push_str(&format!("{line}\n")),
                }
            }
        }
    }
    held("docs/rules.md", &text);
    let anchors = Body::parse(&text, 0).0.anchors;
    for rule in scs_doc::rules::all() {
        assert!(anchors.contains(rule.id), "{}", rule.id);
    }
}

/// The picture shows what the tool really prints.
#[test]
fn the_picture_of_a_run() {
    let dir = folder(&[
        (
            "standards/scs-0101-v1-entropy.md",
            "---\ntitle: Entropy\ntype: Standard\nstatus: Stable\nstabilized_at: 2024-02-30\ntrack: IaaS\nreplaces: scs-0100-v1-randomness.md\n---\n\n## Introduction\n\nA machine [MUST][rfc] have randomness from its first boot on.\n\n## Motivation\n\nKeys.\n\n## Conformance Tests\n\nNone yet.\n",
        ),
        (
            "standards/scs-0100-v1-randomness.md",
            "---\ntitle: Randomness\ntype: Standard\nstatus: Draft\ntrack: IaaS\n---\n\n## Introduction\n\nText.\n\n## Motivation\n\nText.\n\n## Conformance Tests\n\nText.\n",
        ),
    ]);
    let answer = run(dir.path(), &["check", "--color", "always"]);
    assert_eq!(answer.status, 1);
    let input = UserInput::command("scs-doc check");
    let interaction =
        Interaction::new(input, answer.out).with_exit_status(ExitStatus(answer.status));
    let mut transcript = Transcript::new();
    transcript.add_existing_interaction(interaction);
    let options = TemplateOptions { width: 880, wrap: None, ..TemplateOptions::default() };
    let mut picture = Vec::new();
    Template::pure_svg(options).render(&transcript, &mut picture).unwrap();
    held("docs/check.svg", &String::from_utf8(picture).unwrap());
}

/// The report on a change in the README is a real one.
#[test]
fn the_report_in_the_readme() {
    let report = run(crate::changes::update_and_edit().path(), &["pr"]).out;
    let block = format!("```console\n$ scs-doc pr\n{report}```\n");
    assert!(read(&own(), "README.md").contains(&block), "the README should have\n{block}");
}

/// So is the checklist.
#[test]
fn the_checklist_in_the_readme() {
    let step = "promote scs-0100-v2 --with-predecessor --date 2026-09-01";
    let dir = crate::lifecycle::versions();
    let list = run(dir.path(), &step.split(' ').collect::<Vec<_>>()).out;
    let block = format!("```console\n$ scs-doc {step}\n{list}```\n");
    assert!(read(&own(), "README.md").contains(&block), "the README should have\n{block}");
}

/// And the coverage.
#[test]
fn the_coverage_in_the_readme() {
    let report = run(crate::scopes::repository().path(), &["manifest", "coverage"]).out;
    let block = format!("```console\n$ scs-doc manifest coverage\n{report}```\n");
    assert!(read(&own(), "README.md").contains(&block), "the README should have\n{block}");
}

/// Every file that the documentation links to is there, and so is the heading.
#[test]
fn links_of_the_documentation_lead_somewhere() {
    for path in [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/action.md",
        "docs/configuration.md",
        "docs/context.md",
        "docs/fuzzing.md",
        "docs/hostile-input.md",
        "docs/replay.md",
        "docs/rules.md",
        "docs/supply-chain.md",
    ] {
        let text = read(&own(), path);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in Body::parse(&text, 0).1.links {
            if link.kind == LinkKind::Autolink || link.target.contains("://") {
                continue;
            }
            let (file, fragment) = link.target.split_once('#').unwrap_or((&link.target, ""));
            let target =
                if file.is_empty() { own().join(path) } else { own().join(folder).join(file) };
            assert!(target.exists(), "{path}: {}", link.target);
            if !fragment.is_empty() {
                let anchors = Body::parse(&std::fs::read_to_string(&target).unwrap(), 0).0.anchors;
                assert!(anchors.contains(fragment), "{path}: {}", link.target);
            }
        }
    }
}

/// The table of commands in the README is that of the program.
#[test]
fn the_readme_names_every_command() {
    let help = run(&own(), &[]).out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: BTreeSet<String> = commands
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect();
    assert!(commands.len() >= 7, "{help}");
    let readme = read(&own(), "README.md");
    for command in commands {
        assert!(readme.contains(&format!("| `scs-doc {command}")), "{command}");
    }
}

/// The inputs and outputs of the action are documented, and so is where the project is.
#[test]
fn the_documentation_of_the_action() {
    let action = read(&own(), "action.yml");
    let page = read(&own(), "docs/action.md");
    let mut section = "";
    let mut named = 0;
    for line in action.lines() {
        match line.strip_prefix("  ") {
            None if line.ends_with(':') => section = line,
            Some(name) if !name.starts_with(' ') && ["inputs:", "outputs:"].contains(&section) => {
                assert!(page.contains(&format!("`{}`", name.trim_end_matches(':'))), "{name}");
                named += 1;
            }
            _ => {}
        }
    }
    assert!(named >= 11, "{named}");
    let home = env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/");
    assert!(read(&own(), "README.md").contains(&format!("  - uses: {home}@v1\n")));
}
