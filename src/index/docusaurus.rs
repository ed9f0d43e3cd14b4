//! The pages of the community's site, which is made with Docusaurus.
//!
//! The site has the documents in its folder `standards`, and serves them below `/standards`. What is
//! made here lies beside them: an overview, a page for each track, a page for each number, and the
//! sidebar. All of it can be read as MDX and as CommonMark.

mod sidebar;

use std::fmt::Write as _;

use super::{Index, Introductions, Section, Series, Version, is_incomplete, stem};
use crate::document::Document;
use crate::gfm;
use crate::model::{State, Vocabulary as _};
use crate::text::shown;

/// The folder of the documents in the site, and where it serves them.
const STANDARDS: &str = "standards";

/// The columns of states. The stars are those of the legend.
const COLUMNS: [(&str, State); 4] = [
    ("Draft", State::Draft),
    (r"Stable\*", State::Upcoming),
    ("Effective", State::Effective),
    (r"Deprecated\*", State::Deprecated),
];

/// The files of the site, by path.
#[must_use]
pub fn docusaurus(index: &Index<'_>, introductions: &Introductions) -> Vec<(String, String)> {
    let mut files =
        vec![(format!("{STANDARDS}/overview.mdx"), overview(index, introductions.overview()))];
    for section in &index.sections {
        let folder = format!("{STANDARDS}/{}", section.folder());
        let introduction = introductions.track(section.track);
        files.push((format!("{folder}/index.md"), track_page(section, introduction)));
        let pages = section.series.iter();
        files
            .extend(pages.map(|it| (format!("{folder}/{}.md", it.page), series_page(section, it))));
    }
    files.push(("sidebarsStandardsItems.js".to_owned(), sidebar::sidebar(index)));
    files
}

/// Whether the site has a page of the document: what is no Markdown file by its name, it leaves out.
fn has_page(document: &Document) -> bool {
    document.file_name().ends_with(".md")
}

/// A heading that tells the title, and metadata for the site: there is no file that a reader could
/// edit.
fn head(title: &str, text: &mut String) {
    let _ = writeln!(
        text,
        "---\ntitle: {}\ncustom_edit_url: null\n---\n\n# {}\n",
        literal(&label(title)),
        heading(title)
    );
}

fn overview(index: &Index<'_>, introduction: &str) -> String {
    let mut text = String::new();
    head("Overview of the standards", &mut text);
    let _ = writeln!(text, "{introduction}\n");
    for section in &index.sections {
        let _ = writeln!(text, "## [{}](/{STANDARDS}/{})\n", section.name(), section.folder());
        table(section, &mut text);
        text.push('\n');
    }
    if index.sections.is_empty() {
        text.push_str("There are no documents.\n");
    } else {
        text.push_str(&legend(&index.sections));
    }
    text
}

fn track_page(section: &Section<'_>, introduction: &str) -> String {
    let mut text = String::new();
    head(&track_title(section), &mut text);
    let _ = writeln!(text, "{introduction}\n");
    table(section, &mut text);
    let _ = write!(text, "\n{}", legend(std::slice::from_ref(section)));
    text
}

/// `IaaS track`
fn track_title(section: &Section<'_>) -> String {
    section.track.map_or_else(|| section.name().to_owned(), |track| format!("{track} track"))
}

fn table(section: &Section<'_>, text: &mut String) {
    let others = section.has_others();
    let states = COLUMNS.iter().map(|(name, _)| *name);
    let names = ["Standard", "Description"].into_iter().chain(states);
    let names: Vec<&str> = names.chain(others.then_some("Other")).collect();
    row(&names, text);
    row(&vec!["---"; names.len()], text);
    for series in &section.series {
        let page = format!("{}/{}", section.folder(), series.page);
        let mut cells = vec![link(&series.label, &page), plain(&series.title)];
        cells.extend(COLUMNS.map(|(_, state)| versions(series.in_state(state), series)));
        cells.extend(others.then(|| versions(series.others(), series)));
        row(&cells, text);
        for supplement in &series.supplements {
            let name = format!("↳ {}{}", link_to(series, supplement), mark(supplement));
            let mut cells = vec![name, plain(&series.supplement_title(supplement))];
            cells.resize(names.len(), String::new());
            row(&cells, text);
        }
    }
}

fn row<T: AsRef<str>>(cells: &[T], text: &mut String) {
    for cell in cells {
        text.push_str("| ");
        text.push_str(cell.as_ref());
        text.push_str(if cell.as_ref().is_empty() { "" } else { " " });
    }
    text.push_str("|\n");
}

fn versions<'v, 'c: 'v>(
    versions: impl Iterator<Item = &'v Version<'c>>,
    series: &Series<'_>,
) -> String {
    let versions = versions.map(|version| {
        let told = match version.state {
            None => " (status unknown)",
            Some(State::Rejected) => " (rejected)",
            Some(State::Upcoming) => r"\*",
            Some(_) => "",
        };
        let ends = if version.ends { "†" } else { "" };
        format!("{}{told}{ends}{}", link_to(series, version.document), mark(version.document))
    });
    versions.collect::<Vec<_>>().join(", ")
}

fn mark(document: &Document) -> &'static str {
    if is_incomplete(document) { " ⚠" } else { "" }
}

fn legend(sections: &[Section<'_>]) -> String {
    let mut text = "Columns:\n\n\
        - Draft: in development.\n\
        - Stable\\*: stable, but not in effect yet.\n\
        - Effective: in effect.\n\
        - Deprecated\\*: deprecated, and no longer in effect.\n"
        .to_owned();
    if sections.iter().any(Section::has_others) {
        text.push_str("- Other: rejected, or of unknown status.\n");
    }
    text.push_str(
        "\nMarks:\n\n\
        - \\* behind a version: it comes into effect later.\n\
        - † behind a version: it is in effect, and will be deprecated.\n\
        - ↳ in front of a name: a supplement, which explains and requires nothing.\n",
    );
    let mut series = sections.iter().flat_map(|section| &section.series);
    if series.any(|series| series.documents().any(is_incomplete)) {
        text.push_str("- ⚠ behind a name: a part of its metadata is missing or not valid.\n");
    }
    text
}

fn series_page(section: &Section<'_>, series: &Series<'_>) -> String {
    let mut text = String::new();
    head(&title_with_label(series), &mut text);
    let _ = writeln!(text, "Track: [{}](/{STANDARDS}/{}).", section.name(), section.folder());
    text.push('\n');
    if series.versions.is_empty() {
        text.push_str("There is no version of it.\n");
    } else {
        row(&["Version", "Type", "Status", "Stabilized at", "Deprecated at"], &mut text);
        row(&["---"; 5], &mut text);
    }
    for version in &series.versions {
        let meta = &version.document.meta;
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let cells = [
            format!("{}{}", link_to(series, version.document), mark(version.document)),
            or_none(meta.doc_type.map(|it| it.name().to_owned())),
            status_in_words(version),
            or_none(meta.stabilized_at.map(|date| date.to_string())),
            or_none(meta.deprecated_at.map(|date| date.to_string())),
        ];
        row(&cells, &mut text);
    }
    if !series.supplements.is_empty() {
        text.push_str("\n## Supplements\n\n");
    }
    for supplement in &series.supplements {
        let title = plain(&series.supplement_title(supplement));
        let _ = writeln!(text, "- {}: {title}{}", link_to(series, supplement), mark(supplement));
    }
    if series.documents().any(is_incomplete) {
        text.push_str("\n⚠: a part of the metadata is missing or not valid.\n");
    }
    text
}

/// `scs-0100: Flavor Naming`; the label alone where there is no title.
fn title_with_label(series: &Series<'_>) -> String {
    match series.principal().is_none_or(|it| series.title == it.label()) {
        true => series.label.clone(),
        false => format!("{}: {}", series.label, series.title),
    }
}

fn status_in_words(version: &Version<'_>) -> String {
    let meta = &version.document.meta;
    match version.state {
        None => "Unknown".to_owned(),
        Some(State::Draft) => "Draft".to_owned(),
        Some(State::Upcoming) => "Stable, not in effect yet".to_owned(),
        Some(State::Effective) if version.ends => "Effective, will be deprecated".to_owned(),
        Some(State::Effective) => "Effective".to_owned(),
        Some(State::Deprecated) => "Deprecated".to_owned(),
        Some(State::Rejected) => meta
            .rejected_at
            .map_or_else(|| "Rejected".to_owned(), |date| format!("Rejected on {date}")),
    }
}

/// A link to a document by what it is called among the others of its series.
fn link_to(series: &Series<'_>, document: &Document) -> String {
    let name = series.name_of(document);
    match has_page(document) {
        true => link(&name, stem(document)),
        false => plain(&name),
    }
}

fn link(text: &str, path: &str) -> String {
    format!("[{}](/{STANDARDS}/{})", plain(text), gfm::address(path))
}

/// Text in which no character means anything to MDX, CommonMark, HTML or Docusaurus.
fn plain(text: &str) -> String {
    let text = gfm::plain(&shown(text)).replace("{#", "{\u{2060}#");
    text.replace('{', "&#123;").replace('}', "&#125;")
}

/// The same for a heading, which may end in signs that would close it.
fn heading(text: &str) -> String {
    let text = plain(text);
    let rest = text.trim_end_matches('#');
    format!("{rest}{}", r"\#".repeat(text.len() - rest.len()))
}

/// Text as a label. Docusaurus puts labels into a script as they are, where `</script>` would end it:
/// behind `<` stands a joiner without width.
fn label(text: &str) -> String {
    shown(text).replace('<', "<\u{2060}")
}

/// Text as a literal of JavaScript, JSON and YAML; it ends no script either.
fn literal(text: &str) -> String {
    inert(&serde_json::Value::from(text).to_string())
}

/// JSON in which no string holds what HTML, older JavaScript or YAML stumbles over.
fn inert(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(safe, "\\u{:04x}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means_nothing() {
        assert_eq!(plain("a|b {x} <y> `z` [w]"), r"a\|b &#123;x&#125; &lt;y&gt; \`z\` \[w\]");
        assert_eq!(plain("a\nimport b\u{202e}"), "a import b\u{fffd}");
        assert_eq!(heading("C# #"), "C# \\#");
        assert_eq!(heading("C {#id}"), "C &#123;\u{2060}#\u{2060}id&#125;");
        assert_eq!(label("</script>"), "<\u{2060}/script>");
    }

    #[test]
    fn literals_end_where_they_should() {
        assert_eq!(literal("a\"b\\</script>\u{2028}"), r#""a\"b\\\u003c/script>\u2028""#);
        assert_eq!(literal("\u{ffff}'$"), r#""\uffff'$""#);
    }
}
