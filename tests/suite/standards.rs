//! This repository's own standards.

use scs_doc::model::{DocType, Kind, Status};
use scs_doc::{Config, Corpus, Snapshot, check, rules};

use crate::helpers::{own, read, run, today};

#[test]
fn they_are_clean_down_to_the_notes() {
    let answer = run(&own(), &["check", "-v"]);
    assert_eq!(answer.status, 0);
    assert_eq!(answer.out, "29 documents: nothing to complain about; 1 excepted in scs-doc.toml\n");
}

#[test]
fn they_show_every_type_and_the_change_of_versions() {
    let text = read(&own(), "scs-doc.toml");
    let config = Config::parse("scs-doc.toml", &text, rules::ids()).unwrap();
    let corpus = Corpus::load(&Snapshot::work_tree(&own()).unwrap(), &config, today()).unwrap();
    let has = |doc_type, status: Option<Status>| {
        corpus.documents.iter().any(|it| it.is_a(doc_type) && it.meta.status == status)
    };
    assert!(has(DocType::Procedural, Some(Status::Stable)));
    assert!(has(DocType::DecisionRecord, Some(Status::Stable)));
    assert!(has(DocType::Standard, Some(Status::Deprecated)));
    assert!(has(DocType::Standard, Some(Status::Stable)));
    assert!(has(DocType::Supplement, None));
    let versions: Vec<_> = corpus.versions(210, Kind::Primary).map(|(id, _)| id.version).collect();
    assert_eq!(versions, [1, 2]);
    assert_eq!(corpus.templates.len(), 3);
}

/// A proposal made from a template without filling it in is told so, for each of its parts.
#[test]
fn an_unfilled_template_is_noticed() {
    let files: Vec<(String, Vec<u8>)> = std::fs::read_dir(own().join("standards"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with("-template.md"))
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            let copy = name.replace("XXXX-vN", "xxxx-v1").replace("-template", "");
            [(format!("standards/{name}"), bytes.clone()), (format!("standards/{copy}"), bytes)]
        })
        .collect();
    assert_eq!(files.len(), 6);
    let corpus = Corpus::load(&Snapshot::memory(files), &Config::default(), today()).unwrap();
    let findings = check(&corpus, &Config::default()).unwrap().findings;
    for document in &corpus.documents {
        let residue: Vec<&str> = findings
            .iter()
            .filter(|it| it.rule == "template-residue" && it.path == document.path)
            .map(|it| it.subject.as_str())
            .collect();
        for part in ["title", "track comment", "instructions"] {
            assert!(residue.contains(&part), "{}: {part} in {residue:?}", document.path);
        }
        assert!(residue.len() > 4, "{}: {residue:?}", document.path);
    }
}
