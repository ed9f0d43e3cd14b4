//! Which document replaces which, and what supplements it.

mod dot;
mod mermaid;
mod svg;

use std::collections::{BTreeSet, HashMap};

use super::relations::{Relation, Side, Verb, relations};
use super::{Index, is_incomplete, title_of};
use crate::document::Document;
use crate::model::State;

/// The documents and their relations.
#[derive(Debug)]
pub struct Graph<'c> {
    /// By track; what has no valid one comes last.
    groups: Vec<Group<'c>>,
    /// How many documents there are.
    size: usize,
    edges: BTreeSet<Edge>,
}

/// The documents of a track.
#[derive(Debug)]
struct Group<'c> {
    name: &'static str,
    /// A row for each number.
    rows: Vec<Row<'c>>,
}

/// The documents of a number.
#[derive(Debug)]
struct Row<'c> {
    label: String,
    nodes: Vec<Node<'c>>,
}

/// A document. It has one place, also where it supplements documents of several numbers.
#[derive(Debug)]
struct Node<'c> {
    id: usize,
    document: &'c Document,
    /// What it is called among the others of its number.
    name: String,
    state: Option<State>,
}

/// A relation: from the document that says more of the other than the other of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    from: usize,
    to: usize,
    verb: Verb,
}

impl<'c> Graph<'c> {
    /// How the picture looks.
    pub const STYLE: &'static str = svg::STYLE;

    /// The graph of all documents. References to what is not there have no place in it.
    #[must_use]
    pub fn of(index: &Index<'c>) -> Graph<'c> {
        let mut ids: HashMap<&str, usize> = HashMap::new();
        let mut groups = Vec::new();
        for section in &index.sections {
            let mut rows = Vec::new();
            for series in &section.series {
                let versions = series.versions.iter().map(|it| (it.document, it.state));
                let supplements = series.supplements.iter().map(|it| (*it, None));
                let mut nodes = Vec::new();
                for (document, state) in versions.chain(supplements) {
                    let id = ids.len();
                    if let std::collections::hash_map::Entry::Vacant(place) =
                        ids.entry(&document.path)
                    {
                        place.insert(id);
                        nodes.push(Node { id, document, name: series.name_of(document), state });
                    }
                }
                if !nodes.is_empty() {
                    rows.push(Row { label: series.label.clone(), nodes });
                }
            }
            groups.push(Group { name: section.name(), rows });
        }
        let edges = edges(index, &ids);
        Graph { groups, size: ids.len(), edges }
    }

    /// A mermaid flowchart.
    #[must_use]
    pub fn mermaid(&self) -> String {
        mermaid::write(self)
    }

    /// A digraph of Graphviz.
    #[must_use]
    pub fn dot(&self) -> String {
        dot::write(self)
    }

    /// A picture. Each document is a link to where `address` says.
    #[must_use]
    pub fn svg(&self, address: &dyn Fn(&Document) -> String) -> String {
        svg::write(self, address, &format!("<style>{}</style>\n", svg::STYLE))
    }

    /// The same within a page, which has the style [`Graph::STYLE`].
    #[must_use]
    pub fn drawing(&self, address: &dyn Fn(&Document) -> String) -> String {
        svg::write(self, address, "")
    }
}

/// The relations of documents that are there. Nothing leads from a document to itself.
fn edges(index: &Index<'_>, ids: &HashMap<&str, usize>) -> BTreeSet<Edge> {
    let id = |side: Side<'_>| ids.get(side.ok()?.path.as_str()).copied();
    let edge = |it: Relation<'_>| Some(Edge { from: id(it.from)?, to: id(it.to)?, verb: it.verb });
    let edges = relations(index.corpus).into_iter().filter_map(edge);
    edges.filter(|edge| edge.from != edge.to).collect()
}

impl Node<'_> {
    /// The state in a word.
    fn state(&self) -> &'static str {
        match self.state {
            Some(state) => state.name(),
            None if !self.document.is_primary() => "supplement",
            None => "no valid status",
        }
    }

    /// `v3`, with a mark where its metadata are incomplete.
    fn version(&self) -> String {
        let mark = if is_incomplete(self.document) { " ⚠" } else { "" };
        format!("{}{mark}", self.name)
    }

    fn title(&self) -> String {
        title_of(self.document)
    }
}
