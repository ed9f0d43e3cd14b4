use super::*;

fn body(text: &str) -> Body {
    Body::parse(text, 0).1
}

fn outline(text: &str) -> Outline {
    Body::parse(text, 0).0
}

#[test]
fn anchors_are_those_of_github() {
    let text = "# A b\n\n## A b\n\n### A-b_c, d!\n\n## Größe ½ 日本\n\n## Own {#mine}\n\n<a name=\"old\"></a>\n";
    let anchors: Vec<_> = outline(text).anchors.into_iter().collect();
    assert_eq!(anchors, ["a-b", "a-b-1", "a-b_c-d", "größe--日本", "mine", "old", "own"]);
}

#[test]
fn a_number_that_a_heading_already_has_is_not_given_twice() {
    let anchors: Vec<_> = outline("# a\n\n# a-1\n\n# a\n").anchors.into_iter().collect();
    assert_eq!(anchors, ["a", "a-1", "a-2"]);
}

#[test]
fn links_have_text_target_and_places() {
    let text = "See [the `x` *doc*](a.md#b \"t\") and [r][d], ![i](p.png), <https://e.org>.\n\n[d]: ./d.md\n";
    let body = body(text);
    let found: Vec<_> = body
        .links
        .iter()
        .map(|link| (link.kind, body.text_of(link), link.target_span.of(text)))
        .collect();
    let expected = [
        (LinkKind::Inline, "the x doc", "a.md#b"),
        (LinkKind::Reference, "r", "[r][d]"),
        (LinkKind::Image, "i", "p.png"),
        (LinkKind::Autolink, "https://e.org", "https://e.org"),
        (LinkKind::Definition, "", "./d.md"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn undefined_references_and_footnotes() {
    let text = "[a][b] [c][] [d] x[^1] y[^2] `[^3]` \\[^4] [e]\n\n[^2]: Yes.\n\n[e]: e.md\n";
    let labels: Vec<_> = body(text).undefined.into_iter().map(|it| it.label).collect();
    assert_eq!(labels, ["b", "c", "^1"]);
}

#[test]
fn sentences_end_at_their_full_stop_and_at_their_block() {
    let text = "One, e.g. This,\nis *v1.2* one. Two is `a. B` here!\n\n- three\n- Four. five\n";
    let body = body(text);
    let found: Vec<_> = body.sentences().map(|sentence| sentence.text()).collect();
    assert_eq!(found, ["One, e.g. This, is v1.2 one.", "Two is a. B here!", "three", "Four. five"]);
}

#[test]
fn keywords_stand_in_text_only() {
    let text = "A MUST not *b*. `MUST not` SHOULD\nNOT c, must NOT d, Must not e, MUSTARD.\n";
    let body = body(text);
    let found: Vec<_> = body
        .sentences()
        .flat_map(|sentence| sentence.keywords().collect::<Vec<_>>())
        .map(|keyword| (keyword.span.of(text), keyword.form))
        .collect();
    use KeywordForm::{Mixed, Upper};
    assert_eq!(found, [("MUST not", Mixed), ("SHOULD\nNOT", Upper), ("must NOT", Mixed)]);
}

#[test]
fn empty_sections() {
    let text = "## A\n\n## B\n\n### C\n\n<!-- c\nd -->\n\n## D\n\n```\nx\n```\n";
    let found: Vec<_> = outline(text).headings.into_iter().map(|h| (h.text, h.is_empty)).collect();
    let expected = [("A", true), ("B", false), ("C", true), ("D", false)];
    assert_eq!(found, expected.map(|(text, empty)| (text.to_owned(), empty)));
}
