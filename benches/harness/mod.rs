//! What the benchmarks share: taking turns, rows of ratios, made documents.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};

/// Medians of two pieces of work that take turns.
pub fn alternate(runs: usize, mut a: impl FnMut(), mut b: impl FnMut()) -> (Duration, Duration) {
    let timed = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    a();
    b();
    let (mut times_a, mut times_b) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        times_a.push(timed(&mut a));
        times_b.push(timed(&mut b));
    }
    let median = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    (median(times_a), median(times_b))
}

pub fn row(what: &str, time: Duration, other: &str, floor: Duration) {
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!("{what}: {time:.2?}; {other}: {floor:.2?}; ratio {ratio:.2}");
}

/// How many events the Markdown parser has for a text.
pub fn events(text: &str) -> usize {
    let dialect = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    Parser::new_ext(text, dialect).into_offset_iter().count()
}

/// The tool as a process.
pub fn tool(args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scs-doc"));
    let status = command.args(args).stdout(Stdio::null()).status().unwrap();
    assert!(status.code().is_some_and(|code| code < 2), "{args:?}");
}

/// Writes a corpus of documents of about the size and make of real ones: three versions a number,
/// tables, links, keywords.
pub fn make(root: &Path, count: usize) {
    let folder = root.join("standards");
    std::fs::create_dir_all(&folder).unwrap();
    for at in 0..count {
        let (number, version) = (at / 3 + 1000, at % 3 + 1);
        let status = ["Deprecated", "Stable", "Draft"][version - 1];
        let mut text = format!("---\ntitle: Subject {number}\ntype: Standard\nstatus: {status}\n");
        text.push_str(&format!(
            "track: {}\n",
            ["Global", "IaaS", "KaaS", "IAM", "Ops"][number / 100 % 10 % 5]
        ));
        if version < 3 {
            text.push_str("stabilized_at: 2023-02-01\n");
        }
        if version == 1 {
            let next = format!("scs-{number:04}-v2-subject.md");
            text.push_str(&format!("deprecated_at: 2024-02-01\nreplaced_by:\n  - {next}\n"));
        } else {
            text.push_str(&format!("replaces:\n  - scs-{number:04}-v{}-subject.md\n", version - 1));
        }
        text.push_str("description: |\n  What it is about.\n---\n");
        for section in
            ["Introduction", "Terminology", "Motivation", "Decision", "Conformance Tests"]
        {
            text.push_str(&format!("\n## {section}\n\n"));
            for paragraph in 0..6 {
                text.push_str(&format!(
                    "A provider MUST offer *variant {paragraph}* of `subject-{number}`, as the \
                     [standard](scs-{number:04}-v1-subject.md#{}) says. It SHOULD do so at once,\n\
                     and MAY say when. See [RFC 2119](https://example.org/rfc) for the words.\n\n",
                    section.to_lowercase().replace(' ', "-")
                ));
            }
            text.push_str("| Name | Value |\n| --- | --- |\n| one | `1` |\n| two | **2** |\n\n");
            text.push_str("- first item, with some text\n- second item, see [it][here]\n");
        }
        text.push_str("\n[here]: https://example.org/here\n");
        std::fs::write(folder.join(format!("scs-{number:04}-v{version}-subject.md")), text)
            .unwrap();
    }
}
