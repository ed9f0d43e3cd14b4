//! How long the rooms of the house take, each beside the floor of what it cannot do without, in one
//! run: `cargo bench --bench speed`; whole processes are `benches/processes.py`.
//!
//! The documents are those of `SCS_CORPUS`, a clone of a standards repository, and the pull requests
//! those of `SCS_PULLS`, a clone that has them as `refs/pull/<number>/base` and `/head`. Without
//! them, made ones stand in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]
#![allow(clippy::print_stdout, reason = "a benchmark prints")]

#[allow(dead_code, reason = "the bench makes one size")]
mod made;
#[path = "../examples/floor/parsers.rs"]
mod parsers;
#[path = "../examples/replay/pulls.rs"]
mod pulls;

use std::path::PathBuf;
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use scs_doc::{Config, Corpus, Date, Document, Snapshot};

fn main() {
    // One thread: what there is to do, not how well it is spread.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    divan::main();
}

/// The day of all benchmarks.
fn today() -> Date {
    Date::parse("2026-08-21").unwrap()
}

/// The repository whose documents are read.
static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    std::env::var_os("SCS_CORPUS").map_or_else(
        || {
            let made = tempfile::tempdir().unwrap().keep();
            made::make(&made, 120).unwrap();
            println!("SCS_CORPUS is not set: a made repository of 120 documents stands in");
            made
        },
        PathBuf::from,
    )
});

static CORPUS: LazyLock<Corpus> = LazyLock::new(load);

fn load() -> Corpus {
    Corpus::load(&Snapshot::work_tree(&ROOT).unwrap(), &Config::default(), today()).unwrap()
}

/// What nothing that reads documents can do without.
mod floor {
    use super::{CORPUS, ROOT, black_box, parsers};

    /// The files that `check` reads.
    fn files() -> impl Iterator<Item = &'static str> {
        let documents = CORPUS.documents.iter().chain(&CORPUS.templates).map(|it| it.path.as_str());
        documents.chain(yaml_files().map(|(path, _)| path))
    }

    fn yaml_files() -> impl Iterator<Item = (&'static str, &'static str)> {
        let manifests = CORPUS.manifests.iter().map(|it| (it.path.as_str(), it.text.as_str()));
        manifests.chain(CORPUS.data.iter().map(|it| (it.path.as_str(), it.text.as_str())))
    }

    fn read() {
        files().for_each(|path| drop(black_box(std::fs::read_to_string(ROOT.join(path)))));
    }

    fn markdown() {
        CORPUS.documents.iter().for_each(|it| _ = black_box(parsers::markdown(it.markdown())));
    }

    fn yaml() {
        let blocks = CORPUS.documents.iter().map(|it| &it.text()[..it.outline.start]);
        let files = yaml_files().map(|(_, text)| text);
        blocks.chain(files).for_each(|it| _ = black_box(parsers::yaml(it)));
    }

    #[divan::bench]
    fn reading_the_files() {
        read();
    }

    #[divan::bench]
    fn pulldown_cmark_alone() {
        markdown();
    }

    #[divan::bench]
    fn granit_parser_alone() {
        yaml();
    }

    #[divan::bench]
    fn all_of_it() {
        read();
        markdown();
        yaml();
    }
}

/// From files to documents and findings.
mod check {
    use super::{Bencher, CORPUS, Config, Document, LazyLock, ROOT, Snapshot, black_box, load};

    /// All rules but those of a group are turned off.
    static GROUPS: LazyLock<Vec<(&str, Config)>> = LazyLock::new(|| {
        let only = |group: &scs_doc::rules::Group| {
            let others = scs_doc::rules::GROUPS.iter().filter(|it| it.name != group.name);
            let off = others.flat_map(|it| it.rules).map(|it| format!("{} = \"off\"\n", it.id));
            let toml = format!("[levels]\n{}", off.collect::<String>());
            Config::parse("scs-doc.toml", &toml, scs_doc::rules::ids()).unwrap()
        };
        scs_doc::rules::GROUPS.iter().map(|group| (group.name, only(group))).collect()
    });

    #[divan::bench]
    fn listing_the_files() -> Snapshot {
        Snapshot::work_tree(&ROOT).unwrap()
    }

    #[divan::bench]
    fn parsing_documents() {
        for it in &CORPUS.documents {
            black_box(Document::parse(&it.path, it.text().into()));
        }
    }

    #[divan::bench]
    fn reading_and_relating() {
        black_box(load());
    }

    #[divan::bench]
    fn all() {
        black_box(scs_doc::check(&load(), &Config::default()).unwrap());
    }

    #[divan::bench]
    fn judging_all_rules() {
        black_box(scs_doc::check(&CORPUS, &Config::default()).unwrap());
    }

    #[divan::bench(args = GROUPS.iter().map(|it| it.0).filter(|it| *it != "change"))]
    fn judging_one_group(bencher: Bencher<'_, '_>, group: &str) {
        let (_, config) = GROUPS.iter().find(|it| it.0 == group).unwrap();
        bencher.bench_local(|| black_box(scs_doc::check(&CORPUS, config)));
    }
}

/// From findings to text, and from documents to pages.
mod write {
    use scs_doc::Level;
    use scs_doc::index::Index;
    use scs_doc::index::html::{Origin, html};
    use scs_doc::report::{Format, Report, Summary, View};

    use super::{Bencher, CORPUS, Config, black_box};

    #[divan::bench(args = [
        Format::Human, Format::Concise, Format::Json, Format::Sarif, Format::Github, Format::Junit,
        Format::Markdown,
    ])]
    fn findings(bencher: Bencher<'_, '_>, format: Format) {
        let config = Config::default();
        let found = scs_doc::check(&CORPUS, &config).unwrap().findings;
        let view = View { color: true, quiet: false, verbose: true, fail_on: Level::Error };
        bencher.bench_local(|| {
            let summary = Summary::of(&found, CORPUS.documents.len(), 0);
            let paths = CORPUS.documents.iter().map(|it| it.path.as_str()).collect();
            let report = Report::new(&found, summary, paths, Some(&CORPUS), ("", ""));
            let mut out = Vec::new();
            report.write(format, view, &mut out).unwrap();
            out
        });
    }

    #[divan::bench]
    fn site_as_html() {
        let index = Index::of(&CORPUS, "https://example.org/standards");
        let origin = Origin { repository: "example/standards", branch: "main" };
        black_box(html(&index, origin, None));
    }
}

/// Changes, from git objects.
mod pr {
    use std::collections::HashSet;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use scs_doc::corpus::Shelf;
    use scs_doc::rules::check_change;
    use scs_doc::source::History;

    use super::{Date, LazyLock, black_box, made, parsers, pulls};

    static ROOT: LazyLock<PathBuf> =
        LazyLock::new(|| std::env::var_os("SCS_PULLS").map_or_else(made_pulls, PathBuf::from));
    static PULLS: LazyLock<Vec<(u32, Date)>> = LazyLock::new(|| pulls::all(&ROOT).unwrap());

    fn judge(pulls: &[(u32, Date)]) {
        let (shelf, history) = (Shelf::default(), History::open(&ROOT).unwrap());
        for (number, day) in pulls {
            let change = pulls::load(&history, &shelf, *number, *day).unwrap();
            black_box(check_change(&change).unwrap());
        }
    }

    #[divan::bench]
    fn one() {
        judge(&PULLS[PULLS.len() - 1..]);
    }

    #[divan::bench(sample_count = 5)]
    fn all() {
        judge(&PULLS);
    }

    /// The difference of the two trees of each, by libgit2 alone.
    #[divan::bench]
    fn floor_libgit2_diff_of_all() {
        let git = git2::Repository::open(&*ROOT).unwrap();
        for (number, _) in PULLS.iter() {
            let tree = |side: &str| {
                let name = format!("refs/pull/{number}/{side}");
                git.find_reference(&name).unwrap().peel_to_tree().unwrap()
            };
            let (base, head) = (tree("base"), tree("head"));
            black_box(
                git.diff_tree_to_tree(Some(&base), Some(&head), None).unwrap().deltas().len(),
            );
        }
    }

    /// Each document of both sides of all of them once: its bytes, and pulldown-cmark alone.
    #[divan::bench(sample_count = 5)]
    fn floor_reading_and_pulldown_cmark_of_all() {
        let git = git2::Repository::open(&*ROOT).unwrap();
        let mut seen = HashSet::new();
        for side in PULLS.iter().flat_map(|it| [(it.0, "base"), (it.0, "head")]) {
            let name = format!("refs/pull/{}/{}", side.0, side.1);
            let tree = git.find_reference(&name).unwrap().peel_to_tree().unwrap();
            let folder = ["Standards", "standards"].into_iter().find_map(|it| tree.get_name(it));
            let Some(folder) = folder else { continue };
            let folder = folder.to_object(&git).unwrap().peel_to_tree().unwrap();
            let documents = folder.iter().filter(|it| it.name_bytes().starts_with(b"scs-"));
            for blob in documents.map(|entry| entry.id()).filter(|blob| seen.insert(*blob)) {
                let blob = git.find_blob(blob).unwrap();
                black_box(parsers::markdown(&String::from_utf8_lossy(blob.content())));
            }
        }
    }

    /// A repository of 100 documents with pull requests that edit one each.
    fn made_pulls() -> PathBuf {
        let root = tempfile::tempdir().unwrap().keep();
        made::make(&root, 100).unwrap();
        git(&root, &["init", "--quiet"]);
        git(&root, &["add", "--all"]);
        git(&root, &["commit", "--quiet", "-m", "base"]);
        for at in 1..=40 {
            let path = root.join(format!("Standards/scs-{:04}-v2-subject.md", 1000 + at % 30));
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replacen("SHOULD", &format!("MUST ({at})"), 1)).unwrap();
            git(&root, &["commit", "--quiet", "--all", "-m", "head"]);
            git(&root, &["update-ref", &format!("refs/pull/{at}/base"), "HEAD~1"]);
            git(&root, &["update-ref", &format!("refs/pull/{at}/head"), "HEAD"]);
        }
        root
    }

    fn git(root: &Path, args: &[&str]) {
        let identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"];
        let status = Command::new("git").arg("-C").arg(root).args(identity).args(args).status();
        assert!(status.unwrap().success(), "git {args:?}");
    }
}
