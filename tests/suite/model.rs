//! What a change is said to be, and what is said of it: on sides in memory.

use scs_doc::change::{Change, ChangeKind, Context, Operation, Stage};
use scs_doc::rules::check_change;
use scs_doc::{Finding, Level};

use crate::helpers::{Files, Sides};

const TEXT: &str = "## Introduction\n\nOne sentence is here. Another one follows it.\n\n\
    ## Motivation\n\nThere is a reason, and it is a good one.\n\n## Conformance Tests\n\nSee above.\n";

/// A document whose text is its own, so that it is like no other.
fn file(name: &str, fields: &str) -> (String, Vec<u8>) {
    let own: String = (0..12).map(|at| format!("Line {at} of {name} alone.\n")).collect();
    let text = format!("---\ntitle: T\ntype: Standard\ntrack: IaaS\n{fields}---\n\n{TEXT}\n{own}");
    (format!("Standards/{name}"), text.into_bytes())
}

fn draft(name: &str) -> (String, Vec<u8>) {
    file(name, "status: Draft\n")
}

/// The same bytes under another name.
fn renamed((_, bytes): (String, Vec<u8>), path: &str) -> (String, Vec<u8>) {
    (path.to_owned(), bytes)
}

fn change(base: Files, head: Files) -> Change {
    Sides { base, head, ..Sides::default() }.load()
}

/// `added scs-0100-v1`, `renamed scs-0101-v1 < scs-0100-v1`
fn operations(change: &Change) -> Vec<String> {
    let line = |operation: &Operation| {
        let before = operation.both().map(|(before, _)| before.label()).unwrap_or_default();
        let label = operation.document().label();
        match before == label || before.is_empty() {
            true => format!("{} {label}", operation.kind().name()),
            false => format!("{} {label} < {before}", operation.kind().name()),
        }
    };
    change.operations.iter().map(line).collect()
}

fn introduced(change: &Change) -> Vec<Finding> {
    let findings = check_change(change).unwrap().findings;
    findings.into_iter().filter(|finding| !finding.is_inherited()).collect()
}

/// The rules on changes that fire, notes left out.
fn rules(change: &Change) -> Vec<&'static str> {
    let of_change = |it: &&Finding| it.rule.starts_with("change-") && it.level > Level::Note;
    introduced(change).iter().filter(of_change).map(|it| it.rule).collect()
}

#[test]
fn a_document_is_known_by_its_identity() {
    let a = || draft("scs-0100-v1-a.md");
    // Another slug and another text are no way out, and neither is git's threshold.
    let it = change(vec![a()], vec![draft("scs-0100-v1-b.md")]);
    assert_eq!(operations(&it), ["renamed scs-0100-v1"]);
    assert_eq!(rules(&it), ["change-slug"]);
    // Another number under the same text.
    let it = change(vec![a()], vec![renamed(a(), "Standards/scs-0107-v1-a.md")]);
    assert_eq!(operations(&it), ["renamed scs-0107-v1 < scs-0100-v1"]);
    assert_eq!(rules(&it), ["change-number-moved"]);
    // Another version is another document, whatever it says.
    let it = change(vec![a()], vec![renamed(a(), "Standards/scs-0100-v2-a.md")]);
    assert_eq!(operations(&it), ["deleted scs-0100-v1", "added scs-0100-v2"]);
    assert!(rules(&it).contains(&"change-deleted"));
    // A copy beside the original is new.
    let it = change(vec![a()], vec![a(), renamed(a(), "Standards/scs-0107-v1-a.md")]);
    assert_eq!(operations(&it), ["added scs-0107-v1"]);
    // The number decides also where the text went elsewhere.
    let moved = renamed(a(), "Standards/scs-0107-v1-c.md");
    let it = change(vec![a()], vec![draft("scs-0100-v1-b.md"), moved]);
    assert_eq!(operations(&it), ["renamed scs-0100-v1", "added scs-0107-v1"]);
    assert_eq!(rules(&it), ["change-slug"]);
}

#[test]
fn a_proposal_gets_its_number() {
    let names = |number: &str| {
        let (v, w) = (format!("scs-{number}-v1-a.md"), format!("scs-{number}-w1-a.md"));
        let fields = format!("supplements:\n  - {v}\n");
        let (path, bytes) = file(&w, &fields);
        let bytes = String::from_utf8(bytes).unwrap().replace("Standard", "Supplement");
        vec![draft(&v), (path, bytes.into_bytes())]
    };
    for placeholder in ["xxxx", "XXXX", "01xx"] {
        let it = change(names(placeholder), names("0100"));
        assert_eq!(it.kinds(), [ChangeKind::Edit, ChangeKind::Rename]);
        assert_eq!(it.operations.len(), 2);
        assert_eq!(rules(&it), [""; 0]);
        let errors: Vec<Finding> =
            introduced(&it).into_iter().filter(|it| it.level == Level::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn a_folder_is_no_identity() {
    let a = || draft("scs-0100-v1-a.md");
    // The whole folder moves.
    let it = change(vec![a()], vec![renamed(a(), "standards/scs-0100-v1-a.md")]);
    assert_eq!(operations(&it), ["renamed scs-0100-v1"]);
    assert_eq!(rules(&it), [""; 0]);
    // One file leaves it.
    let other = || draft("scs-0101-v1-b.md");
    let left = renamed(a(), "Drafts/scs-0100-v1-a.md");
    let it = change(vec![a(), other()], vec![left.clone(), other()]);
    let findings = introduced(&it);
    assert_eq!(findings.iter().filter(|it| it.rule == "change-deleted").count(), 1);
    assert!(findings.iter().any(|it| it.message.contains("for `Drafts/scs-0100-v1-a.md`")));
    // One comes in, under a name of its own.
    let it = change(vec![renamed(a(), "Drafts/flavors.md"), other()], vec![a(), other()]);
    assert_eq!(it.operations[0].from(), None, "bytes have a name in git only");
    let it = change(vec![left, other()], vec![a(), other()]);
    assert_eq!(it.operations[0].from(), Some("Drafts/scs-0100-v1-a.md"));
    assert_eq!(it.kinds(), [ChangeKind::Proposal]);
}

#[test]
fn what_becomes_a_template_is_not_gone() {
    let template = || draft("scs-XXXX-vN-template.md");
    let new = renamed(template(), "Standards/scs-XXXX-vN-standard-template.md");
    let it = change(vec![template()], vec![new]);
    assert_eq!(it.operations.len(), 0);
    // A document cannot get away that easily, whatever its name.
    for name in ["scs-0100-v1-a.md", "scs-0100-a.md"] {
        let new = renamed(draft(name), "Standards/scs-XXXX-vN-standard-template.md");
        assert_eq!(rules(&change(vec![draft(name)], vec![new])), ["change-deleted"]);
    }
}

#[test]
fn each_kind_has_its_name() {
    let stable = "status: Stable\nstabilized_at: 2024-02-08\n";
    let deprecated =
        format!("{}deprecated_at: 2027-02-08\n", stable.replace("Stable", "Deprecated"));
    let v1 = |fields: &str| file("scs-0100-v1-a.md", fields);
    let v2 = |fields: &str| {
        file("scs-0100-v2-a.md", &format!("{fields}replaces:\n  - scs-0100-v1-a.md\n"))
    };
    let (path, bytes) = file("scs-0100-w1-a.md", "supplements:\n  - scs-0100-v1-a.md\n");
    let text = String::from_utf8(bytes).unwrap().replace("Standard", "Supplement");
    let w1 = (path, text.into_bytes());
    let kinds = |base: Files, head: Files| -> Vec<&str> {
        change(base, head).kinds().into_iter().map(ChangeKind::name).collect()
    };
    use ChangeKind as K;
    let draft = "status: Draft\n";
    let named = |kinds: &[K]| kinds.iter().map(|it| it.name()).collect::<Vec<_>>();
    assert_eq!(kinds(vec![], vec![v1(draft)]), named(&[K::Proposal]));
    assert_eq!(kinds(vec![], vec![v1(draft), w1.clone()]), named(&[K::Proposal]));
    assert_eq!(kinds(vec![v1(draft)], vec![v1(draft), w1]), named(&[K::Supplement]));
    assert_eq!(kinds(vec![v1(stable)], vec![v1(stable), v2(draft)]), named(&[K::MajorUpdate]));
    assert_eq!(kinds(vec![v1(draft)], vec![v1(stable)]), named(&[K::Promotion]));
    assert_eq!(kinds(vec![v1(stable)], vec![v1(&deprecated)]), named(&[K::Deprecation]));
    let rejected = "status: Rejected\nrejected_at: 2024-02-08\n";
    assert_eq!(kinds(vec![v1(draft)], vec![v1(rejected)]), named(&[K::Rejection]));
    let both = [named(&[K::Promotion, K::Deprecation]), named(&[K::Promotion, K::Edit])];
    let head = vec![v1(&deprecated), v2(stable)];
    assert_eq!(kinds(vec![v1(stable), v2(draft)], head), both[0]);
    let retitled = file("scs-0100-v1-a.md", &format!("{stable}description: D\n"));
    assert_eq!(kinds(vec![v1(draft)], vec![retitled]), both[1]);
    assert_eq!(
        kinds(vec![v1(draft)], vec![v1("status: Draft\ndescription: D\n")]),
        named(&[K::Edit])
    );
    assert_eq!(kinds(vec![v1(stable)], vec![v1(draft)]), named(&[K::Edit]));
    assert_eq!(kinds(vec![v1(draft)], vec![]), named(&[K::Removal]));
    assert_eq!(kinds(vec![v1(draft)], vec![v1(draft)]), named(&[K::None]));
}

#[test]
fn what_the_base_has_too_is_inherited() {
    let bad = |name: &str, more: &str| {
        let (path, bytes) = file(name, &format!("status: draft\n{more}"));
        let text = String::from_utf8(bytes).unwrap().replace("## Motivation", "## Reasons");
        (path, text.into_bytes())
    };
    // Also under another number.
    let head = renamed(bad("scs-0100-v1-a.md", ""), "Standards/scs-0107-v1-a.md");
    let it = change(vec![bad("scs-0100-v1-a.md", "")], vec![head]);
    let origins: Vec<_> = check_change(&it).unwrap().findings;
    let inherited = origins.iter().filter(|it| it.is_inherited() && it.level == Level::Error);
    assert_eq!(inherited.map(|it| it.rule).collect::<Vec<_>>(), ["section-missing", "field-value"]);
    assert!(introduced(&it).iter().all(|it| it.rule.starts_with("change-")), "{origins:?}");
    // Less of the same is no new defect, more of it is.
    let without = |sections: &[&str]| {
        let (path, bytes) = draft("scs-0100-v1-a.md");
        let mut text = String::from_utf8(bytes).unwrap();
        for section in sections {
            text = text.replace(&format!("## {section}"), "## Something");
        }
        vec![(path, text.into_bytes())]
    };
    let missing = |base: &[&str], head: &[&str]| {
        let it = change(without(base), without(head));
        introduced(&it).iter().any(|it| it.rule == "section-missing")
    };
    assert!(!missing(&["Introduction", "Motivation"], &["Motivation"]));
    assert!(missing(&["Motivation"], &["Introduction", "Motivation"]));
    assert!(missing(&["Introduction"], &["Motivation"]));
}

fn global(approvals: &str, forum: &str) -> Vec<Finding> {
    let document = |more: &str| {
        let (path, bytes) = draft("scs-0005-v1-a.md");
        let text = String::from_utf8(bytes).unwrap().replace("IaaS", "Global");
        (path, format!("{text}{more}").into_bytes())
    };
    let config = |text: &str| ("scs-doc.toml".to_owned(), text.as_bytes().to_vec());
    let it = Sides {
        base: vec![config(forum), document("")],
        // Who approves is not for the change to say.
        head: vec![config("forum = ['mallory']"), document("More.\n")],
        context: Some(Context::parse(approvals.as_bytes()).unwrap()),
        ..Sides::default()
    };
    introduced(&it.load()).into_iter().filter(|it| it.rule == "change-approval").collect()
}

#[test]
fn the_forum_approves_what_is_global() {
    let approval = |approvals: &str, forum: &str| {
        let found = global(approvals, forum);
        assert!(found.len() < 2);
        found.first().map(|it| it.level)
    };
    let forum = "forum = ['Ada', 'bob']";
    assert_eq!(approval("{}", forum), Some(Level::Note), "nothing is known");
    assert_eq!(approval(r#"{"reviews": []}"#, forum), Some(Level::Error));
    assert_eq!(approval(r#"{"reviews": []}"#, ""), Some(Level::Error), "nobody is named");
    let review = |login: &str, commit: &str| {
        format!(r#"{{"reviews": [{{"login": "{login}", "state": "APPROVED"{commit}}}]}}"#)
    };
    assert_eq!(approval(&review("mallory", ""), forum), Some(Level::Error));
    assert_eq!(approval(&review("ada", ""), forum), None);
    let head = format!(r#", "commit": "{}""#, "a".repeat(40));
    assert_eq!(approval(&review("BOB", &head), forum), None);
    let earlier = format!(r#", "commit": "{}""#, "e".repeat(40));
    let found = global(&review("bob", &earlier), forum);
    assert_eq!(found[0].level, Level::Error);
    assert_eq!(
        found[0].help.as_deref(),
        Some("`bob` approved an earlier commit: ask for another look")
    );
}

#[test]
fn open_pull_requests_hold_numbers() {
    let sides = |context: &str| {
        let context = Some(Context::parse(context.as_bytes()).unwrap());
        Sides { head: vec![draft("scs-0100-v1-a.md")], context, ..Sides::default() }.load()
    };
    let taken = |context: &str| {
        let found = introduced(&sides(context));
        let taken = found.into_iter().filter(|it| it.rule == "change-number-taken");
        taken.map(|it| (it.level, it.subject)).collect::<Vec<_>>()
    };
    let unknown = [(Level::Note, "open pull requests".to_owned())];
    assert_eq!(taken("{}"), unknown);
    let open = r#"{"number": 7, "open_pulls": [{"number": 7, "added": ["Standards/scs-0100-v1-a.md"]},
        {"number": 8, "added": ["README.md", "Standards/scs-0100-v1-b.md"]},
        {"number": 9, "added": ["Standards/scs-0100-w1-b.md"]}]}"#;
    assert_eq!(taken(open), [(Level::Error, "scs-0100-v1 in pull request 8".to_owned())]);
}

#[test]
fn an_exemption_is_a_note_with_its_reason() {
    let sides = |body: Option<&str>, messages: Vec<&'static str>| {
        let body = body.map(str::to_owned);
        let context = Some(Context { body, open_pulls: Some(vec![]), ..Context::default() });
        let head = vec![draft("scs-0100-v1-a.md"), draft("scs-0101-v1-b.md")];
        Sides { head, context, messages, ..Sides::default() }.load()
    };
    let one = |change: &Change| {
        let found = introduced(change);
        let found = found.into_iter().find(|it| it.rule == "change-one-document").unwrap();
        (found.level, found.exempt)
    };
    let granted = (Level::Note, Some("they belong together".to_owned()));
    let line = "SCS-Exempt: change-one-document  they belong together ";
    let body = format!("Hello.\r\n\r\n{line}\r\n");
    assert_eq!(one(&sides(Some(&body), vec![])), granted);
    assert_eq!(
        one(&sides(
            None,
            vec!["one", "two\n\nscs-exempt: change-one-document they belong together"]
        )),
        granted
    );
    for line in [
        "SCS-Exempt: change-one-document",
        "SCS-Exempt: change-slug x",
        "No SCS-Exempt: change-one-document x",
    ] {
        assert_eq!(one(&sides(Some(line), vec![])), (Level::Error, None), "{line}");
    }
}

#[test]
fn levels_make_a_finding_no_worse_than_its_rule_holds_it() {
    let level = |toml: &str| {
        let config = || ("scs-doc.toml".to_owned(), toml.as_bytes().to_vec());
        let (base, head) = (vec![config()], vec![config(), draft("scs-0100-v1-a.md")]);
        let it = Sides { base, head, stage: Stage::Merge, ..Sides::default() }.load();
        let found = introduced(&it);
        found.iter().find(|it| it.rule == "change-number-taken").map(|it| it.level)
    };
    assert_eq!(level(""), Some(Level::Note));
    assert_eq!(level("[levels]\nchange-number-taken = 'error'"), Some(Level::Note));
    assert_eq!(level("[levels]\nchange-number-taken = 'warning'"), Some(Level::Note));
    assert_eq!(level("[levels]\nchange-number-taken = 'off'"), None);
}

/// Each answer of the rules that their pages do not show.
#[test]
fn what_the_pages_do_not_show() {
    let stable = "status: Stable\nstabilized_at: 2024-02-08\n";
    let deprecated = "status: Deprecated\nstabilized_at: 2024-02-08\ndeprecated_at: 2024-03-08\n";
    let v1 = |fields: &str| file("scs-0100-v1-a.md", fields);
    let replaces = "replaces:\n  - scs-0100-v1-a.md\n";
    let v2 = |fields: &str| file("scs-0100-v2-a.md", &format!("{fields}{replaces}"));
    let typed = |(path, bytes): (String, Vec<u8>), doc_type: &str| {
        let text = String::from_utf8(bytes).unwrap();
        (path, text.replace("type: Standard", &format!("type: {doc_type}")).into_bytes())
    };
    let levels = |base: Files, head: Files, rule: &str| -> Vec<Level> {
        let found = introduced(&change(base, head));
        found.iter().filter(|it| it.rule == rule).map(|it| it.level).collect()
    };
    use Level::{Error, Note, Warning};
    // Supplements of one number are fine, of two they are not.
    let w = |number: &str| {
        let name = format!("scs-{number}-w1-a.md");
        typed(file(&name, &format!("supplements:\n  - scs-{number}-v1-a.md\n")), "Supplement")
    };
    let other = || draft("scs-0101-v1-a.md");
    let base = || vec![v1(stable), other()];
    let with = |more: Files| [base(), more].concat();
    assert_eq!(levels(base(), with(vec![w("0100")]), "change-one-document"), []);
    assert_eq!(levels(base(), with(vec![w("0100"), w("0101")]), "change-one-document"), [Error]);
    // A Decision Record may be Stable at once.
    let record = typed(draft("scs-0102-v1-r.md"), "Decision Record");
    let text = String::from_utf8(record.1).unwrap().replace("status: Draft\n", stable);
    let head = vec![(record.0, text.into_bytes())];
    assert_eq!(levels(vec![], head, "change-status"), [Note]);
    // The predecessor: what counts is that it is Stable, and that it is left alone until its turn.
    for (fields, expected) in [
        (stable, vec![]),
        (deprecated, vec![Error]),
        ("status: x\n", vec![Error]),
        ("", vec![Error]),
    ] {
        let head = vec![v1(fields), v2("status: Draft\n")];
        assert_eq!(
            levels(vec![v1(fields)], head, "change-predecessor-status"),
            expected,
            "{fields}"
        );
    }
    let edited = "change-predecessor-edited";
    assert_eq!(levels(vec![v1(stable)], vec![v1(deprecated), v2(stable)], edited), []);
    let head = vec![v1(deprecated), v2("status: Draft\n")];
    assert_eq!(levels(vec![v1(stable)], head, edited), [Warning]);
    // Steps: what the process knows, what is unusual, and nothing else.
    let step = |from: &str, to: &str| levels(vec![v1(from)], vec![v1(to)], "change-transition");
    let (draft, rejected) = ("status: Draft\n", "status: Rejected\nrejected_at: 2024-04-08\n");
    for (from, to) in [
        (draft, stable),
        (draft, rejected),
        (stable, deprecated),
        (stable, rejected),
        (deprecated, rejected),
    ] {
        assert_eq!(step(from, to), [], "{from}{to}");
    }
    assert_eq!(step(draft, deprecated), [Warning]);
    for (from, to) in [
        (stable, draft),
        (deprecated, stable),
        (deprecated, draft),
        (rejected, draft),
        (rejected, stable),
        (rejected, deprecated),
    ] {
        assert_eq!(step(from, to), [Error], "{from}{to}");
        let next = change(vec![v1(from)], vec![v1(to)]).next_steps();
        assert!(!next.iter().any(|it| it.contains("decide that")), "{next:?}");
    }
    // Dates that the status rested on.
    let frozen = |from: &str, to: &str| levels(vec![v1(from)], vec![v1(to)], "change-dates-frozen");
    let day = |fields: &str, from: &str| fields.replace(from, "2024-05-09");
    assert_eq!(frozen(deprecated, &day(deprecated, "2024-03-08")), [Warning]);
    assert_eq!(frozen(deprecated, &day(deprecated, "2024-02-08")), [Warning]);
    assert_eq!(frozen(rejected, &day(rejected, "2024-04-08")), [Warning]);
    assert_eq!(frozen(draft, stable), []);
    assert_eq!(frozen("status: Stable\n", stable), [], "a date that was missing");
    // Type and track: a value that contradicts the name may be corrected, and only that.
    let kind = |before: (&str, &str), after: (&str, &str)| {
        let document = |(doc_type, track): (&str, &str)| {
            let (path, bytes) = typed(v1(draft), doc_type);
            let text = String::from_utf8(bytes).unwrap();
            vec![(path, text.replace("track: IaaS", &format!("track: {track}")).into_bytes())]
        };
        levels(document(before), document(after), "change-kind").len()
    };
    assert_eq!(kind(("Standard", "KaaS"), ("Standard", "IaaS")), 0);
    assert_eq!(kind(("Supplement", "IaaS"), ("Standard", "IaaS")), 0);
    assert_eq!(kind(("Standard", "KaaS"), ("Procedural", "IaaS")), 1);
    assert_eq!(kind(("Standard", "IaaS"), ("Procedural", "KaaS")), 2);
    assert_eq!(kind(("Standart", "IaaS"), ("Procedural", "IaaS")), 0, "it was no value");
    // A status that was none before is a step all the same.
    let it = change(vec![v1("")], vec![v1(stable)]);
    assert_eq!(it.kinds(), [ChangeKind::Promotion]);
    assert_eq!(rules(&it), ["change-untested"]);
    // A number that is taken by a rename.
    let it = Sides {
        base: vec![self::draft("scs-xxxx-v1-b.md")],
        head: vec![renamed(self::draft("scs-xxxx-v1-b.md"), "Standards/scs-0101-v1-b.md")],
        target: Some(vec![self::draft("scs-xxxx-v1-b.md"), other()]),
        ..Sides::default()
    };
    assert_eq!(rules(&it.load()), ["change-number-taken"]);
    // A placeholder instead of a number keeps a change from being merged.
    let it = Sides {
        base: vec![v1(draft)],
        head: vec![renamed(v1(draft), "Standards/scs-xxxx-v1-a.md")],
        stage: Stage::Merge,
        ..Sides::default()
    };
    assert_eq!(rules(&it.load()), ["change-number-moved", "change-number-unassigned"]);
    // A version that cannot be counted on.
    let it = change(
        vec![file("scs-0100-v4294967295-a.md", stable)],
        vec![file("scs-0100-v4294967295-a.md", stable), v2(draft)],
    );
    assert_eq!(rules(&it), ["change-version"]);
}

/// What is missing is named, each for itself.
#[test]
fn tests_and_their_description() {
    let stable = "status: Stable\nstabilized_at: 2024-02-08\n";
    let message = |manifest: &str, heading: &str| {
        let document = |fields: &str| {
            let (path, bytes) = file("scs-0100-v1-a.md", fields);
            let text = String::from_utf8(bytes).unwrap();
            (path, text.replace("Conformance Tests", heading).into_bytes())
        };
        let tests = ("Tests/scs-a.yaml".to_owned(), manifest.as_bytes().to_vec());
        let head = vec![document(stable), tests];
        let found = introduced(&change(vec![document("status: Draft\n")], head));
        let found = found.into_iter().find(|it| it.rule == "change-untested");
        found.map(|it| it.message.split_once(", but ").unwrap().1.to_owned())
    };
    let manifest = "testcases:\n- id: scs-0100-a\n";
    assert_eq!(message(manifest, "Conformance Tests"), None);
    assert_eq!(message(manifest, "Validation"), None);
    assert_eq!(
        message(manifest, "More").as_deref(),
        Some("neither it nor a supplement describes a test case")
    );
    assert_eq!(
        message("x: 1\n", "Testing").as_deref(),
        Some("no manifest names a test case for it")
    );
    assert_eq!(
        message("", "More").as_deref(),
        Some("no manifest names a test case for it, and none is described")
    );
}

/// Numbers that others hold are not offered.
#[test]
fn the_next_number_is_free() {
    let open = r#"{"open_pulls": [{"number": 7, "added": ["Standards/scs-0102-v1-b.md", "Tests/scs-0109-v1-b.md"]}]}"#;
    let it = Sides {
        base: vec![draft("scs-0101-v1-a.md")],
        head: vec![draft("scs-0101-v1-a.md"), draft("scs-xxxx-v1-c.md")],
        context: Some(Context::parse(open.as_bytes()).unwrap()),
        ..Sides::default()
    };
    let steps = it.load().next_steps();
    assert!(steps.iter().any(|it| it.contains("(at present 0103)")), "{steps:?}");
}

/// A supplement that still names the proposal belongs to the document that got its number.
#[test]
fn a_half_done_renaming() {
    let (path, bytes) = file("scs-xxxx-w1-a.md", "supplements:\n  - scs-xxxx-v1-a.md\n");
    let text = String::from_utf8(bytes).unwrap().replace("Standard", "Supplement");
    let it = change(vec![], vec![draft("scs-0100-v1-a.md"), (path, text.into_bytes())]);
    assert_eq!(rules(&it), [""; 0]);
}
