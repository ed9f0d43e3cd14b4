//! The graph as a digraph of Graphviz.

use std::fmt::Write as _;

use super::{Graph, Verb};
use crate::text::shown;

pub(super) fn write(graph: &Graph<'_>) -> String {
    let mut text = String::from("digraph standards {\n  rankdir=LR;\n  node [shape=box];\n");
    for (at, group) in graph.groups.iter().enumerate() {
        let _ = writeln!(text, "  subgraph cluster_{at} {{\n    label={};", quoted(group.name));
        for node in group.rows.iter().flat_map(|row| &row.nodes) {
            let label = format!("{} ({})", node.document.label(), node.state());
            let style = if node.document.is_primary() { "" } else { ", style=rounded" };
            let (label, title) = (quoted(&label), quoted(&node.title()));
            let _ = writeln!(text, "    d{} [label={label}, tooltip={title}{style}];", node.id);
        }
        text.push_str("  }\n");
    }
    for edge in &graph.edges {
        let style = match edge.verb {
            Verb::Replaces => "",
            Verb::Supplements => ", style=dashed",
        };
        let label = quoted(edge.verb.name());
        let _ = writeln!(text, "  d{} -> d{} [label={label}{style}];", edge.from, edge.to);
    }
    text.push_str("}\n");
    text
}

/// A string of the DOT language: only a quote has to be escaped, and a backslash begins an escape in
/// labels.
fn quoted(text: &str) -> String {
    format!("\"{}\"", shown(text).replace('\\', "\\\\").replace('"', "\\\""))
}
