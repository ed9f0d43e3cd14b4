//! What any YAML says that may be a manifest, of a format of today or of long ago.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser};

use super::Manifest;
use crate::document::{Document, Span};

/// The numbers of documents that manifests name in the ids and addresses of their test cases, with
/// the first manifest that does.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestCases(BTreeMap<u16, String>);

impl TestCases {
    /// What manifests name. What is no YAML counts as far as it could be read.
    #[must_use]
    pub fn of(manifests: &[Manifest]) -> TestCases {
        let mut found = BTreeMap::new();
        for manifest in manifests {
            for number in manifest.named_numbers() {
                found.entry(number).or_insert_with(|| manifest.path.clone());
            }
        }
        TestCases(found)
    }

    /// A manifest that names a test case for documents of the number that this one has.
    #[must_use]
    pub fn of_document(&self, document: &Document) -> Option<&str> {
        self.0.get(&document.id()?.number).map(String::as_str)
    }
}

impl Manifest {
    /// The numbers of documents that its values of `id` and `url` name, as far as it is YAML.
    #[must_use]
    pub fn named_numbers(&self) -> Vec<u16> {
        numbers(&self.text)
    }
}

/// What stands in a manifest, as far as it is YAML.
#[derive(Debug, Default)]
pub(crate) struct ManifestText {
    /// Where the scalars stand, keys among them.
    pub scalars: Vec<Span>,
    /// What its mappings have for `id` and `url`.
    pub entries: Vec<ManifestEntry>,
}

/// A mapping of a manifest.
#[derive(Debug, Default)]
pub(crate) struct ManifestEntry {
    /// The value of `id`.
    pub id: Option<String>,
    /// The value of `url`.
    pub url: Option<String>,
}

/// A collection that is being read; a mapping has a key that waits for its value.
enum Open {
    List,
    Mapping { entry: ManifestEntry, key: Option<String> },
}

impl ManifestText {
    /// Reads a manifest up to where it is no YAML.
    pub(crate) fn read(text: &str) -> ManifestText {
        let mut read = ManifestText::default();
        let mut open: Vec<Open> = Vec::new();
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            match event {
                Event::MappingStart(..) => {
                    open.push(Open::Mapping { entry: ManifestEntry::default(), key: None });
                }
                Event::SequenceStart(..) => open.push(Open::List),
                Event::MappingEnd | Event::SequenceEnd => {
                    read.close(open.pop());
                    if let Some(Open::Mapping { key, .. }) = open.last_mut() {
                        *key = None;
                    }
                }
                Event::Scalar(value, ..) => {
                    read.scalars.extend(span.byte_range().map(Span::from));
                    if let Some(Open::Mapping { entry, key }) = open.last_mut() {
                        match key.take().as_deref() {
                            None => *key = Some(value.to_string()),
                            Some("id") => entry.id = Some(value.to_string()),
                            Some("url") => entry.url = Some(value.to_string()),
                            Some(_) => {}
                        }
                    }
                }
                _ => {}
            }
        }
        // What was open where the YAML ended counts too.
        open.into_iter().rev().for_each(|it| read.close(Some(it)));
        read
    }

    fn close(&mut self, collection: Option<Open>) {
        if let Some(Open::Mapping { entry, .. }) = collection {
            self.entries.push(entry);
        }
    }
}

/// The numbers that the values of `id` and `url` name, such as `scs-0100-syntax-check` or
/// `…/scs-0100-v3-flavor-naming`.
fn numbers(yaml: &str) -> Vec<u16> {
    let entries = ManifestText::read(yaml).entries;
    let texts = entries.iter().flat_map(|it| [&it.id, &it.url]).flatten();
    texts.flat_map(|text| named(text)).collect()
}

fn named(text: &str) -> impl Iterator<Item = u16> {
    text.match_indices("scs-").filter_map(|(at, prefix)| {
        let (number, _) = text.get(at + prefix.len()..)?.split_once('-')?;
        let digits = number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit());
        number.parse::<u16>().ok().filter(|_| digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_addresses_name_documents_and_nothing_else_does() {
        let yaml = "# scs-0104-x\nscripts:\n- testcases:\n  - id: scs-0100-syntax-check\n    \
            description: like scs-0105-x\n    url: https://e.org/scs-0101-w1-a#b\n- id: scs-01033-y\n- [scs-0102-z]\n";
        let manifests = ["a.yaml", "b.yaml"].map(|path| Manifest::read(path, yaml.to_owned()));
        let named = [(100, "a.yaml".to_owned()), (101, "a.yaml".to_owned())];
        assert_eq!(TestCases::of(&manifests), TestCases(named.into()));
    }
}
