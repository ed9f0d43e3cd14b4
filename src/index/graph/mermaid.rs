//! The graph as a flowchart of mermaid.

use std::fmt::Write as _;

use super::{Graph, Verb};
use crate::text::shown;

pub(super) fn write(graph: &Graph<'_>) -> String {
    let mut text = String::from("flowchart LR\n");
    for (at, group) in graph.groups.iter().enumerate() {
        let _ = writeln!(text, "  subgraph t{at}[\"{}\"]", group.name);
        for node in group.rows.iter().flat_map(|row| &row.nodes) {
            let label = format!("{} {}", node.document.label(), node.title());
            let label = format!("{}<br/>{}", escaped(&label), node.state());
            let (open, close) = if node.document.is_primary() { ("[", "]") } else { ("(", ")") };
            let _ = writeln!(text, "    d{}{open}\"{label}\"{close}", node.id);
        }
        text.push_str("  end\n");
    }
    for edge in &graph.edges {
        let arrow = match edge.verb {
            Verb::Replaces => "-->",
            Verb::Supplements => "-.->",
        };
        let _ = writeln!(text, "  d{} {arrow}|{}| d{}", edge.from, edge.verb.name(), edge.to);
    }
    text
}

/// A text within quotes: what means something to mermaid, or to the HTML that it makes, becomes an
/// entity of mermaid (`#number;`).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in shown(text).chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',' | ':' | '/') => {
                escaped.push(c);
            }
            c => {
                let _ = write!(escaped, "#{};", u32::from(c));
            }
        }
    }
    escaped
}
