//! Manifests: what is written reads back the same with every reader, and bringing one up to date
//! touches nothing that does not follow from documents, and is done after one time.

use std::collections::BTreeSet;

use scs_doc::corpus::Manifest;
use scs_doc::corpus::manifest::{Module, Script};
use scs_doc::document::{FrontMatter, Placed, Problem};
use scs_doc::edit::apply;
use scs_doc::manifest::bindings::{Bindings, Prerequisite};
use scs_doc::manifest::build::{self, Built};
use scs_doc::manifest::{BuildError, addresses, sync};
use scs_doc::model::{Date, Lifetime, Validity};
use scs_doc::{Config, Corpus, Finding, Snapshot, check};
use serde_yaml::Value as Other;

use super::document::lies_within;
use super::tree::{Files, files, snapshot};
use super::{assert_fits, today};

const PATH: &str = "Tests/scs-a.yaml";

pub fn manifest(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        reads(text);
        written_reads_back(text);
    }
    kept(&files(data));
}

/// All places of a manifest lie in it, and what stands there is what is said.
fn reads(text: &str) {
    let manifest = Manifest::read(PATH, text.to_owned());
    assert_eq!(manifest.text, text);
    for problem in &manifest.problems {
        let Problem { span, message, .. } = problem;
        assert_fits(*span, text, message);
        assert!(!message.trim().is_empty());
    }
    let ids = manifest.testcases().filter_map(|(_, it)| it.id.as_ref());
    let modules = manifest.modules.iter().filter_map(|it| it.id.as_ref());
    let versions = manifest.versions.iter().filter_map(|it| it.version.as_ref());
    let included = manifest.versions.iter().flat_map(|it| &it.include).map(|it| &it.module);
    let heads = [&manifest.uuid, &manifest.name, &manifest.url].into_iter().flatten();
    for it in ids.chain(modules).chain(versions).chain(included).chain(heads) {
        says(it, text);
    }
}

fn says(placed: &Placed<String>, text: &str) {
    assert_fits(placed.span, text, placed);
    let there = placed.span.of(text);
    // A plain text on one line stands there as it is.
    let is_plain = !there.contains(['"', '\'', '\n', '#', '!']) && !there.is_empty();
    if is_plain && !there.starts_with(['|', '>']) {
        assert_eq!(placed.value, there, "{text:?}");
    }
}

/// Words of a text, as often as somebody asks for one.
struct Words<'w> {
    lines: Vec<&'w str>,
    at: usize,
}

impl Words<'_> {
    fn next(&mut self) -> String {
        let line = self.lines.get(self.at % self.lines.len().max(1)).copied().unwrap_or("a");
        self.at += 1;
        // A key of YAML has at most 1024 characters (section 8.2.2), escapes counted; the
        // command refuses others.
        let line: String = line.chars().take(80).collect();
        line.replace("\\n", "\n").replace("\\r", "\r")
    }

    fn some(&mut self) -> Option<String> {
        Some(self.next()).filter(|it| !it.is_empty())
    }

    /// Different ones.
    fn keys(&mut self) -> BTreeSet<String> {
        (0..2).map(|_| self.next()).filter(|it| !it.is_empty()).collect()
    }
}

/// Whatever the words are that a manifest is built from, two readers find them in it again.
fn written_reads_back(text: &str) {
    let words = &mut Words { lines: text.lines().take(64).collect(), at: 0 };
    let date = Date::parse("2024-02-08").unwrap();
    let pairs = |words: &mut Words<'_>| -> Vec<(String, String)> {
        words.keys().into_iter().map(|key| (key, words.next())).collect()
    };
    let built = Built {
        comments: vec![words.next(), words.next()],
        name: words.next(),
        uuid: words.next(),
        url: words.next(),
        prerequisite: Some(Prerequisite { name: words.next(), url: words.next() }),
        variables: vec![(words.next(), None), (words.next(), words.some())],
        scripts: vec![build::Script {
            comment: words.next(),
            executable: Some(words.next()),
            env: pairs(words).into_iter().collect(),
            args: words.some(),
            testcases: vec![build::TestCase {
                id: words.next(),
                lifetime: Some(Lifetime::Month),
                section: words.some(),
                description: words.next(),
                url: words.next(),
            }],
        }],
        modules: vec![build::Module {
            comment: words.next(),
            id: words.next(),
            name: words.next(),
            url: words.next(),
            parameters: pairs(words),
            targets: vec![("main", vec![words.next(), words.next()])],
        }],
        timeline: vec![(date, words.keys().into_iter().map(|it| (it, Validity::Warn)).collect())],
        versions: vec![build::Version {
            comment: words.next(),
            name: words.next(),
            stabilized_at: Some(date),
            include: vec![(words.next(), vec![]), (words.next(), pairs(words))],
        }],
        left_out: Vec::new(),
    };
    let yaml = built.yaml();
    let manifest = Manifest::read(PATH, yaml.clone());
    // A manifest has no use for empty words, but everything else is there.
    let fine =
        |it: &Problem| it.message.contains("here is nothing") || it.message.contains(" is `");
    let bad = manifest.problems.iter().find(|it| !fine(it) && it.subject != "uuid");
    assert!(bad.is_none(), "{bad:?} in {yaml}");
    let same = |placed: &Option<Placed<String>>, text: &str| {
        let wanted = Some(text).filter(|it| !it.trim().is_empty());
        assert_eq!(placed.as_ref().map(|it| it.value.as_str()), wanted, "{yaml}");
    };
    same(&manifest.name, &built.name);
    same(&manifest.uuid, &built.uuid);
    same(&manifest.url, &built.url);
    let (script, written) = (&manifest.scripts[0], &built.scripts[0]);
    same(&script.executable, written.executable.as_deref().unwrap());
    same(&script.args, written.args.as_deref().unwrap_or_default());
    let env = script.env.iter().map(|(key, value)| (&key.value, &value.value));
    assert!(env.eq(&written.env), "{yaml}");
    let (case, testcase) = (&script.testcases[0], &written.testcases[0]);
    same(&case.id, &testcase.id);
    same(&case.section, testcase.section.as_deref().unwrap_or_default());
    same(&case.description, &testcase.description);
    same(&case.url, &testcase.url);
    let (module, written) = (&manifest.modules[0], &built.modules[0]);
    same(&module.id, &written.id);
    same(&module.name, &written.name);
    let parameters = module.parameters.iter().map(|it| &it.value);
    assert!(parameters.eq(written.parameters.iter().map(|(key, _)| key)), "{yaml}");
    let (version, written) = (&manifest.versions[0], &built.versions[0]);
    same(&version.version, &written.name);
    assert_eq!(version.stabilized_at.as_ref().map(|it| it.value), Some(date));
    assert!(
        manifest.timeline[0]
            .versions
            .iter()
            .map(|(it, _)| &it.value)
            .eq(built.timeline[0].1.iter().map(|(it, _)| it)),
        "{yaml}"
    );
    another_reader_agrees(&built, &yaml);
}

/// libyaml, which reads YAML 1.1.
fn another_reader_agrees(built: &Built, yaml: &str) {
    let other: Other = serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}: {yaml}"));
    let is = |other: &Other, text: &str| assert_eq!(other.as_str(), Some(text), "{yaml}");
    is(&other["name"], &built.name);
    is(&other["uuid"], &built.uuid);
    is(&other["prerequisite"]["url"], &built.prerequisite.as_ref().unwrap().url);
    is(&other["variables"][0], &built.variables[0].0);
    let script = &other["scripts"][0];
    for (key, value) in &built.scripts[0].env {
        is(&script["env"][key.as_str()], value);
    }
    is(&script["testcases"][0]["id"], &built.scripts[0].testcases[0].id);
    let module = &other["modules"][0];
    for (key, value) in &built.modules[0].parameters {
        is(&module["parameters"][key.as_str()], value);
    }
    is(&module["targets"]["main"][1], &built.modules[0].targets[0].1[1]);
    for (key, value) in &built.versions[0].include[1].1 {
        is(&other["versions"][0]["include"][1]["parameters"][key.as_str()], value);
    }
}

/// Manifests of a repository: findings, what is built from bindings, and what is brought up to date.
fn kept(files: &Files) {
    let config = Config::default();
    let mut here = snapshot(files);
    let Ok(corpus) = Corpus::load(&here, &config, today()) else { return };
    let findings: Vec<Finding> = check(&corpus, &config).unwrap().findings;
    findings.iter().for_each(|it| lies_within(it, &corpus));
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".bindings.toml")) {
        let Ok(bindings) = Bindings::read(path, &String::from_utf8_lossy(bytes)) else { continue };
        match build::build(&corpus, &config, PATH, &bindings) {
            Ok(built) => {
                let again = build::build(&corpus, &config, PATH, &bindings).map(|it| it.yaml());
                assert_eq!(again.ok(), Some(built.yaml()));
                let read = serde_yaml::from_str::<Other>(&built.yaml());
                assert!(read.is_ok(), "{read:?} of {}", built.yaml());
            }
            Err(BuildError { line, column, message, .. }) => {
                assert!(line > 0 && column > 0 && !message.is_empty());
            }
        }
    }
    for manifest in corpus.manifests.iter().filter(|it| it.problems.is_empty()) {
        up_to_date(&mut here, &config, manifest);
    }
}

/// One round of `manifest sync`; `None` where it would leave the manifest alone.
fn round(here: &mut Snapshot, config: &Config, path: &str) -> Option<(Vec<String>, String)> {
    let mut told = Vec::new();
    let mut text = String::new();
    for step in [false, true] {
        let corpus = Corpus::load(here, config, today()).unwrap();
        let manifest = corpus.manifests.iter().find(|it| it.path == path).unwrap();
        let edits =
            if step { sync(&corpus, config, manifest) } else { addresses(&corpus, manifest) };
        text = apply(&manifest.text, edits.edits.iter().collect()).unwrap();
        assert_eq!(edits.edits.is_empty(), edits.done.is_empty(), "{edits:?} of {}", manifest.text);
        let after = Manifest::read(path, text.clone());
        let ids = |it: &Manifest| -> Vec<String> {
            it.testcases().filter_map(|(_, it)| Some(it.id.as_ref()?.value.clone())).collect()
        };
        if !after.problems.is_empty() || ids(manifest) != ids(&after) {
            return None;
        }
        told.extend(edits.done);
        here.set(path, text.clone().into_bytes());
    }
    Some((told, text))
}

fn up_to_date(here: &mut Snapshot, config: &Config, before: &Manifest) {
    let path = before.path.as_str();
    let Some((told, text)) = round(here, config, path) else { return };
    let after = Manifest::read(path, text.clone());
    assert!(!told.is_empty() || text == before.text);
    let shown = || format!("{told:?}\n{}\n---\n{text}", before.text);
    let of = |it: &Option<Placed<String>>| it.as_ref().map(|it| it.value.clone());
    let heads = |it: &Manifest| [of(&it.uuid), of(&it.name), of(&it.url)];
    assert_eq!(heads(before), heads(&after), "{}", shown());
    let scripts = |it: &Manifest| -> Vec<String> {
        it.scripts
            .iter()
            .map(|it: &Script| {
                let cases: Vec<_> = it
                    .testcases
                    .iter()
                    .map(|it| [of(&it.id), of(&it.section), of(&it.description)])
                    .collect();
                format!("{:?} {:?} {cases:?}", of(&it.executable), of(&it.args))
            })
            .collect()
    };
    assert_eq!(scripts(before), scripts(&after), "{}", shown());
    let modules = |it: &Manifest| -> Vec<String> {
        it.modules
            .iter()
            .map(|it: &Module| format!("{:?} {:?}", of(&it.id), of(&it.name)))
            .collect()
    };
    let (old, new) = (modules(before), modules(&after));
    assert!(new.starts_with(&old), "{}", shown());
    // What is stable is frozen.
    let frozen = before.versions.iter().filter(|it| it.stabilized_at.is_some());
    for version in frozen {
        let words = version.span.of(&before.text).trim_end();
        assert!(text.contains(words), "{words}\n{}", shown());
    }
    let names =
        |it: &Manifest| -> Vec<_> { it.versions.iter().map(|it| of(&it.version)).collect() };
    assert_eq!(names(before), names(&after), "{}", shown());
    let comments = |text: &str| -> Vec<String> {
        let text = format!("---\n{text}\n---\n");
        let (front, _) = FrontMatter::parse(&text);
        front.comments.iter().map(|it| it.of(&text).trim_end().to_owned()).collect()
    };
    // The comment behind an item that goes goes with it.
    let (old, mut new) = (comments(&before.text), comments(&text).into_iter().peekable());
    let kept = old.iter().filter(|it| new.next_if_eq(*it).is_some()).count();
    assert_eq!(new.next(), None, "{}", shown());
    let gone = told.iter().filter(|it| it.contains(" does not include ")).count();
    assert!(old.len() - kept <= gone, "{}", shown());
    let ends = |text: &str| (text.matches("\r\n").count(), text.matches('\n').count());
    let ((crlf, all), (crlf_after, all_after)) = (ends(&before.text), ends(&text));
    assert!(crlf != all || crlf_after == all_after, "{}", shown());
    assert!(crlf != 0 || crlf_after == 0, "{}", shown());
    if let Some((again, text_again)) = round(here, config, path) {
        assert_eq!((again, text_again), (Vec::new(), text.clone()), "{}", shown());
    }
}
