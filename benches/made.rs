//! Made repositories, the same every time: documents of about the size and make of real ones, a
//! certificate scope, its manifest.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// How many numbers there are to give away: from 1000 on, of each thousand those of the five tracks
/// that are no scopes.
const NUMBERS: usize = 4_500;
/// The sections of a document.
const SECTIONS: [&str; 4] = ["Introduction", "Terminology", "Motivation", "Decision"];

/// Writes a repository with `count` documents, at least three versions a number.
pub fn make(root: &Path, count: usize) -> io::Result<()> {
    let folder = root.join("Standards");
    std::fs::create_dir_all(&folder)?;
    std::fs::create_dir_all(root.join("Tests"))?;
    let versions = count.div_ceil(NUMBERS).max(3);
    for at in 0..count {
        let (number, version) = (number(at / versions), at % versions + 1);
        let text = document(number, version, versions);
        std::fs::write(folder.join(name(number, version)), text)?;
    }
    let tested = number(0)..number((count / versions).min(40));
    std::fs::write(root.join("Tests/scs-made.yaml"), manifest(tested.clone(), versions - 1))?;
    std::fs::write(folder.join("scs-0500-v1-scs-made.md"), scope(tested, versions - 1))
}

fn number(at: usize) -> usize {
    1000 + at / 500 * 1000 + at % 500
}

fn name(number: usize, version: usize) -> String {
    format!("scs-{number:04}-v{version}-subject.md")
}

/// One version of a standard: the last is a Draft, the one before it Stable, the others Deprecated.
fn document(number: usize, version: usize, versions: usize) -> String {
    let track = ["Global", "IaaS", "KaaS", "IAM", "Ops"][number / 100 % 10];
    let mut text = format!("---\ntitle: Subject {number}\ntype: Standard\ntrack: {track}\n");
    if version == versions {
        text.push_str("status: Draft\n");
    } else if version + 1 == versions {
        text.push_str("status: Stable\nstabilized_at: 2023-02-01\n");
    } else {
        text.push_str("status: Deprecated\nstabilized_at: 2022-02-01\ndeprecated_at: 2023-02-01\n");
        _ = writeln!(text, "replaced_by:\n  - {}", name(number, version + 1));
    }
    if version > 1 {
        _ = writeln!(text, "replaces:\n  - {}", name(number, version - 1));
    }
    text.push_str("description: |\n  What it is about.\n---\n");
    for section in SECTIONS {
        _ = write!(text, "\n## {section}\n\n");
        for paragraph in 0..6 {
            _ = write!(
                text,
                "A provider MUST offer *variant {paragraph}* of `subject-{number}`, as the \
                 [standard]({}#{}) says. It SHOULD do so at once,\n\
                 and MAY say when. See [RFC 2119](https://example.org/rfc) for the words.\n\n",
                name(number, 1),
                section.to_lowercase(),
            );
        }
        text.push_str("| Name | Value |\n| --- | --- |\n| one | `1` |\n| two | **2** |\n\n");
        text.push_str("- first item, with some text\n- second item, see [it][here]\n");
    }
    text.push_str("\n## Conformance Tests\n\n");
    text.push_str("| Test case | Level | Kind | Lifetime | Description |\n");
    text.push_str("| --- | --- | --- | --- | --- |\n");
    for case in 0..3 {
        _ = writeln!(
            text,
            "| `scs-{number:04}-case-{case}` | main | automated | week | Variant {case} is there. |"
        );
    }
    text.push_str("\n[here]: https://example.org/here\n");
    text
}

fn scope(numbers: std::ops::Range<usize>, version: usize) -> String {
    let mut text =
        "---\ntitle: SCS-made\ntype: Standard\nstatus: Stable\nstabilized_at: 2023-03-01\n\
        track: Scopes\ndescription: |\n  What all of them are worth together.\n---\n\n\
        ## Introduction\n\nFor the benchmarks.\n\n## Motivation\n\nThere is none.\n\n## Conformance Tests\n\nAll of them.\n\n## Subject Matter\n\n"
            .to_owned();
    for number in numbers {
        let (label, file) = (format!("scs-{number:04}-v{version}"), name(number, version));
        _ = writeln!(text, "- [{label}: Subject {number}]({file})");
    }
    text
}

fn manifest(numbers: std::ops::Range<usize>, version: usize) -> String {
    let mut text = "name: SCS-made\nuuid: 50393e6f-2ae1-4c5c-a62c-3b75f2abef3f\n\
        url: https://example.org/scs-made.yaml\nscripts:\n- executable: ./made.py\n  testcases:\n"
        .to_owned();
    for number in numbers.clone() {
        for case in 0..3 {
            _ = writeln!(text, "  - id: scs-{number:04}-case-{case}\n    lifetime: week");
        }
    }
    text.push_str("modules:\n");
    for number in numbers.clone() {
        let file = name(number, version);
        let page = file.trim_end_matches(".md");
        _ = writeln!(text, "- id: scs-{number:04}-v{version}\n  name: Subject {number}");
        _ = writeln!(text, "  url: https://docs.scs.community/standards/{page}");
        text.push_str("  targets:\n    main:\n");
        for case in 0..3 {
            _ = writeln!(text, "    - scs-{number:04}-case-{case}");
        }
    }
    text.push_str("timeline:\n- date: 2023-03-01\n  versions:\n    v1: effective\nversions:\n");
    text.push_str("- version: v1\n  stabilized_at: 2023-03-01\n  include:\n");
    for number in numbers {
        _ = writeln!(text, "  - scs-{number:04}-v{version}");
    }
    text
}
