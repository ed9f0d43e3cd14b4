use super::*;
use crate::document::Document;
use crate::model::Demand;

fn read(text: &str) -> DataFile {
    DataFile::read("Tests/a.yaml", text.into()).expect("normative data")
}

fn problems(file: &DataFile) -> Vec<(&str, &str, &str)> {
    file.problems
        .iter()
        .map(|it| (it.subject.as_str(), it.span.of(&file.text), it.message.as_str()))
        .collect()
}

#[test]
fn both_shapes_of_flavors_say_the_same() {
    let groups = "flavor_groups:\n- status: mandatory\n  list:\n  - name: SCS-1V-0.5-5\n    cpus: 1\n    \
        ram: 0.5\n    disk: 5\n    \"scs:name-v1\": SCS-1V:0.5:5\n";
    let lists = "reference:\n- field: name\nmandatory:\n- name: SCS-1V-0.5-5\n  cpus: 1\n  ram: 512\n  \
        disk: 5\n  scs:name-v1: SCS-1V:0.5:5\n";
    for text in [groups, lists] {
        let file = read(text);
        assert_eq!(file.problems, []);
        let Content::Flavors(flavors) = &file.content else { panic!("flavors") };
        let [flavor] = flavors.as_slice() else { panic!("one") };
        assert_eq!(flavor.demand.as_ref().map(|it| it.value), Some(Demand::Mandatory));
        assert_eq!(flavor.place().of(text), "SCS-1V-0.5-5");
        let value = |it: &Option<Placed<u64>>| it.as_ref().map(|it| it.value);
        let figures = [&flavor.cpus, &flavor.ram, &flavor.disk].map(value);
        assert_eq!(figures, [Some(1), Some(512), Some(5)]);
        let name = flavor.property("scs:name-v1").unwrap();
        assert_eq!((name.value.as_str(), name.span.of(text)), ("SCS-1V:0.5:5", "SCS-1V:0.5:5"));
    }
}

#[test]
fn what_does_not_fit_is_told_and_the_rest_counts() {
    let file = read(
        "flavor_groups:\n- status: optional\n  list: x\n- list:\n  - name: A\n    cpus: two\n    ram: 0.3\n    \
         disk: 0\n    scs:a: 1\n    scs:a: 2\n  - 3\n  - cpus: 1\n",
    );
    let expected = [
        ("status", "optional", "`status` is `optional`; expected `mandatory` or `recommended`"),
        ("list", "x", "`list` has to be a list"),
        ("status", "list", "there is no `status` here"),
        ("A cpus", "two", "`cpus` has to be a whole number"),
        ("A ram", "0.3", "`ram` has to be a number of GiB, and whole in MiB"),
        ("A scs:a", "scs:a", "`scs:a` is there twice"),
        ("a flavor", "3", "a flavor has to be a mapping"),
        ("name", "cpus", "there is no `name` here"),
    ];
    assert_eq!(problems(&file), expected);
    let file = read("images:\n- source: [a, [b], 1]\n  name: x\n  status: []\n- y\n");
    let told = [
        ("x source", "[b]", "`source` has to be a text or a list of texts"),
        ("x source", "1", "`source` has to be a text or a list of texts"),
        ("an image", "y", "an image has to be a mapping"),
    ];
    assert_eq!(problems(&file), told);
    let broken = read("images:\n- name: \"x\n");
    assert_eq!(broken.problems.len(), 1);
}

#[test]
fn the_keys_tell_what_a_file_is() {
    let kind = |text: &str| DataFile::read("a.yaml", text.into()).map(|it| it.content);
    assert!(matches!(kind("\u{feff}'images': []\n"), Some(Content::Images(_))));
    assert!(matches!(kind("recommended: []\nreference: []\n"), Some(Content::Flavors(_))));
    assert!(matches!(kind("flavor_groups: \u{0}\n"), Some(Content::Flavors(_))));
    for other in
        ["", "mandatory: []\n", "kind: Kustomization\nimages:\n- name: x\n", "a:\n  images: []\n"]
    {
        assert!(kind(other).is_none(), "{other}");
    }
}

#[test]
fn tables_list_flavors() {
    let text = "---\ntitle: A\n---\n\n## Flavors\n\n### Mandatory\n\n#### With a disk\n\n\
        | Recommended name | vCPUs | vCPU type | RAM [GiB] | Root disk [GB] | Disk type |\n|-|-|-|-|-|-|\n\
        | `SCS-1V-3.5-5` | 1 | shared-core | 3.5 | 5 | (any) |\n| and | | | | | |\n\n\
        ### Others\n\n| Name | CPUs | Memory | Status |\n|-|-|-|-|\n| SCS-2V-4 | two | 4 | recommended |\n\
        | SCS-4V-4 | 4 | 4 | |\n\n| Name | Meaning |\n|-|-|\n| SCS-1V-1 | small |\n";
    let listed = listed_flavors(&Document::parse("s/scs-0103-v1-a.md", text.into()));
    let demands: Vec<_> = listed.iter().map(|it| (it.name.as_str(), it.demand)).collect();
    let expected = [
        ("SCS-1V-3.5-5", Some(Demand::Mandatory)),
        ("SCS-2V-4", Some(Demand::Recommended)),
        ("SCS-4V-4", None),
    ];
    assert_eq!(demands, expected);
    let numbers = [Column::Cpus, Column::Ram, Column::Disk].map(|it| listed[0].number(it));
    assert_eq!(numbers, [Ok(Some(1)), Ok(Some(3584)), Ok(Some(5))]);
    assert_eq!(listed[0].cell(Column::CpuType).unwrap().1, Some("shared-core"));
    assert_eq!(listed[0].cell(Column::DiskType).unwrap().1, None);
    assert_eq!(
        (listed[1].number(Column::Cpus), listed[1].number(Column::Disk)),
        (Err("two"), Ok(None))
    );
}
