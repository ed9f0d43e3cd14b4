//! Edits: what was asked for changes, and no other byte does. `%% set KEY TEXT`, `%% list KEY ITEM…`
//! and `%% remove KEY` on lines of their own behind the document say what is asked for.

use scs_doc::document::{Document, Field, FrontMatter, LineIndex, Node, Value};
use scs_doc::edit::{Fields, Step, fix, promote};
use scs_doc::model::{Status, Vocabulary};
use scs_doc::{Config, Corpus, Snapshot};
use serde_yaml::Value as Other;

use super::today;
use super::tree::PATH;

/// The longest text that another reader is asked about.
const LONGEST: usize = 1500;

pub fn edits(data: &[u8]) {
    let Ok(all) = std::str::from_utf8(data) else { return };
    let at = all.find("%% ").filter(|at| *at == 0 || all[..*at].ends_with('\n'));
    let (text, orders) = all.split_at(at.unwrap_or(all.len()));
    let mut document = Document::parse(PATH, text.as_bytes().to_vec());
    for order in orders.lines().filter_map(Order::read).take(8) {
        if let Some(after) = order.carry_out(&document) {
            document = Document::parse(PATH, after.into_bytes());
        }
    }
    repairs(text);
    steps(text);
}

enum Order<'o> {
    Set(&'o str, &'o str),
    List(&'o str, Vec<String>),
    Remove(&'o str),
}

impl<'o> Order<'o> {
    fn read(line: &'o str) -> Option<Order<'o>> {
        let (verb, rest) = line.strip_prefix("%% ")?.split_once(' ')?;
        let (key, value) = rest.split_once(' ').unwrap_or((rest, ""));
        // The keys are those of the tool: plain words.
        if key.is_empty() || !key.bytes().all(|it| it.is_ascii_alphabetic() || it == b'_') {
            return None;
        }
        match verb {
            "set" if !value.trim().is_empty() => Some(Order::Set(key, value)),
            "list" if !value.trim().is_empty() => {
                Some(Order::List(key, value.split_whitespace().map(str::to_owned).collect()))
            }
            "remove" => Some(Order::Remove(key)),
            _ => None,
        }
    }

    fn key(&self) -> &str {
        match self {
            Order::Set(key, _) | Order::List(key, _) | Order::Remove(key) => key,
        }
    }

    fn on(&self, document: &Document) -> Option<String> {
        let mut fields = Fields::of(document).ok()?;
        match self {
            Order::Set(key, text) => fields.set(key, text, "status").ok()?,
            Order::List(key, items) => fields.set_list(key, items, "status").ok()?,
            Order::Remove(key) => fields.remove(key).ok()?,
        }
        Some(fields.into_text())
    }

    /// The text afterwards, if the order can be carried out.
    fn carry_out(&self, before: &Document) -> Option<String> {
        let text = self.on(before)?;
        let after = Document::parse(PATH, text.clone().into_bytes());
        let told = || format!("{} of {:?} gave {text:?}", self.key(), before.text());
        let there = after.front.get(self.key()).map(|it| &it.value);
        match self {
            Order::Set(_, value) => {
                assert_eq!(there.and_then(Node::string), Some(*value), "{}", told())
            }
            Order::List(_, items) => {
                assert!(there.is_some_and(|it| it.texts().eq(items)), "{}", told());
            }
            Order::Remove(_) => assert!(there.is_none(), "{}", told()),
        }
        only_the_field_differs(before, &after, self.key());
        line_ends_stay(before.text(), after.text());
        self.another_reader_agrees(before, &after);
        assert_eq!(self.on(&after).as_deref(), Some(text.as_str()), "twice: {}", told());
        Some(text)
    }

    fn another_reader_agrees(&self, before: &Document, after: &Document) {
        let read = |it: &Document| {
            let content = it.front.content.of(it.text());
            // YAML 1.1 has other line breaks.
            let differs = content.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}', '\r']);
            let short = content.len() <= LONGEST && !differs;
            short.then(|| serde_yaml::from_str::<Other>(content).ok()).flatten()
        };
        let (Some(_), Some(after)) = (read(before), read(after)) else { return };
        let value = after.get(self.key());
        match self {
            Order::Set(_, text)
                if !text.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}']) =>
            {
                assert_eq!(value.and_then(Other::as_str), Some(*text), "{:?}", before.text());
            }
            Order::List(_, items) => {
                let there = value.and_then(Other::as_sequence);
                assert_eq!(there.map(Vec::len), Some(items.len()), "{:?}", before.text());
            }
            Order::Remove(_) => assert_eq!(value, None, "{:?}", before.text()),
            Order::Set(..) => {}
        }
    }
}

/// All lines but those of the field are the same, byte for byte, in the same order.
fn only_the_field_differs(before: &Document, after: &Document, key: &str) {
    let rest = |document: &Document| -> String {
        let field = document.front.get(key);
        let lines = field.map(|field| lines_of(field, document.text()));
        let mut rest = document.text().to_owned();
        if let Some((start, end)) = lines {
            rest.replace_range(start..end, "");
        }
        rest
    };
    // What stands behind the key stays too where a text becomes a list; that is looked at by words.
    let (one, other) = (rest(before), rest(after));
    assert_eq!(one, other, "{key} of {:?} gave {:?}", before.text(), after.text());
    let comments = |it: &Document| -> Vec<String> {
        let own = it.front.get(key).map(|field| lines_of(field, it.text()));
        let own = |at: usize| own.is_some_and(|(start, end)| (start..end).contains(&at));
        let all = it.front.comments.iter().filter(|it| !own(it.start));
        all.map(|span| span.of(it.text()).to_owned()).collect()
    };
    assert_eq!(comments(before), comments(after), "{:?}", before.text());
}

/// From the beginning of the first line of a field to the end of its last.
fn lines_of(field: &Field, text: &str) -> (usize, usize) {
    let index = LineIndex::new(text);
    let value = field.value.span;
    let end = field.key_span.end.max(value.start + value.of(text).trim_end().len());
    let start = index.line(index.position(field.key_span.start).line).unwrap().start;
    let rest = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    (start, rest)
}

/// A file with lines of one kind keeps them.
fn line_ends_stay(before: &str, after: &str) {
    let kinds = |text: &str| (text.matches("\r\n").count(), text.matches('\n').count());
    let ((crlf, all), (crlf_after, all_after)) = (kinds(before), kinds(after));
    // A lone CR is a line break of YAML, and of nothing else.
    if before.matches('\r').count() > crlf {
        return;
    }
    assert!(crlf != all || crlf_after == all_after, "{before:?} gave {after:?}");
    assert!(crlf != 0 || crlf_after == 0, "{before:?} gave {after:?}");
    assert_eq!(before.starts_with('\u{feff}'), after.starts_with('\u{feff}'));
}

/// What the fields say, but for blanks, case and the dash of a list.
fn said(document: &Document) -> Vec<(String, String)> {
    let fields = document.front.fields.iter();
    let plain = |it: &Field| {
        let written = it.value.span.of(document.text()).trim_start_matches("- ");
        (it.key.clone(), written.replace([' ', '\t', '\r', '\n'], "").to_lowercase())
    };
    fields.map(plain).collect()
}

fn body(document: &Document) -> &str {
    document.markdown()
}

/// A repair changes the fields that it names and no other, and then there is none left.
fn repairs(text: &str) {
    let mut snapshot = Snapshot::memory([(PATH.to_owned(), text.as_bytes().to_vec())]);
    let fixed = fix(&mut snapshot, &Config::default(), today(), &|_| true).unwrap();
    let before = Document::parse(PATH, text.as_bytes().to_vec());
    let after = &fixed.corpus.documents[0];
    // What cannot be read says nothing, and may come to be read.
    if before.front.is_readable() {
        assert_eq!(said(&before), said(after), "{text:?}");
        assert_eq!(body(&before), body(after), "{text:?}");
    }
    let again = fix(&mut snapshot, &Config::default(), today(), &|_| true).unwrap();
    assert!(again.changes.is_empty(), "{text:?} gave {:?}", after.text());
    assert_eq!(fixed.repairs > 0, !fixed.changes.is_empty(), "{text:?}");
}

/// A step changes the status and what goes with it.
fn steps(text: &str) {
    let snapshot = Snapshot::memory([(PATH.to_owned(), text.as_bytes().to_vec())]);
    let corpus = Corpus::load(&snapshot, &Config::default(), today()).unwrap();
    let document = &corpus.documents[0];
    for to in Status::ALL {
        let step = Step {
            to: Some(*to),
            date: today(),
            replaced_by: vec!["scs-0100-v2-a.md".to_owned()],
            with_predecessor: false,
        };
        let step = if *to == Status::Stable { Step { replaced_by: vec![], ..step } } else { step };
        let Ok(changes) = promote(&corpus, document, &step) else { continue };
        let change = changes.iter().next().unwrap();
        let after = Document::parse(PATH, change.after.clone().into_bytes());
        assert_eq!(after.meta.status, Some(*to), "{text:?} gave {:?}", change.after);
        assert_eq!(body(document), body(&after));
        line_ends_stay(text, &change.after);
        let others = |front: &FrontMatter, text: &str| -> Vec<(String, String)> {
            let own = ["status", "replaced_by"];
            let others = front.fields.iter();
            let others =
                others.filter(|it| !own.contains(&it.key.as_str()) && !it.key.ends_with("_at"));
            others.map(|it| (it.key.clone(), it.value.span.of(text).to_owned())).collect()
        };
        assert_eq!(others(&document.front, text), others(&after.front, &change.after), "{text:?}");
        let is_text = |it: &Field| matches!(it.value.value, Value::Scalar(_));
        assert!(after.front.get("status").is_some_and(is_text));
    }
}
