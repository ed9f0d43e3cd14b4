//! The graph as a picture: a row for each number, versions from left to right, supplements behind
//! them. It needs nothing but itself, and is light or dark as the reader likes it.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{Edge, Graph, Node};
use crate::document::Document;
use crate::text::shown;
use crate::xml::xml;

/// Sizes, in user units: one is a pixel where the picture is shown as it is.
const WIDTH: usize = 132;
const HEIGHT: usize = 40;
const GAP: usize = 44;
const ROW: usize = 62;
const LEFT: usize = 108;
const TOP: usize = 34;
const HEAD: usize = 34;

/// How it looks, in words as well as in lines: states are written, supplements are dashed.
pub(super) const STYLE: &str = ".scs-graph{color:#1f2328;background:#fff}\
    @media(prefers-color-scheme:dark){.scs-graph{color:#e6edf3;background:#0d1117}}\
    .scs-graph text{font:13px sans-serif;fill:currentColor}\
    .scs-graph .h{font-weight:bold;font-size:16px}.scs-graph .s{font-size:11px}\
    .scs-graph rect{fill:none;stroke:currentColor}\
    .scs-graph .supplement rect,.scs-graph .supplements{stroke-dasharray:4 3}\
    .scs-graph path{fill:none;stroke:currentColor}\
    .scs-graph a:hover rect,.scs-graph a:focus rect{stroke-width:3}";

/// The picture; `style` stands in it where the page has none for it.
pub(super) fn write(
    graph: &Graph<'_>,
    address: &dyn Fn(&Document) -> String,
    style: &str,
) -> String {
    let mut places: HashMap<usize, (usize, usize)> = HashMap::with_capacity(graph.size);
    let mut body = String::new();
    let (mut y, mut columns) = (TOP, 0);
    for group in &graph.groups {
        let _ = writeln!(body, r#"<text class="h" x="8" y="{y}">{}</text>"#, xml(group.name));
        y += HEAD - TOP / 2;
        for row in &group.rows {
            let label = shortened(&row.label);
            let _ =
                writeln!(body, r#"<text x="8" y="{}">{}</text>"#, y + HEIGHT / 2 + 5, xml(&label));
            for (column, node) in row.nodes.iter().enumerate() {
                let x = LEFT + column * (WIDTH + GAP);
                places.insert(node.id, (x, y));
                body.push_str(&boxed(node, (x, y), address));
            }
            columns = columns.max(row.nodes.len());
            y += ROW;
        }
        y += TOP;
    }
    let mut lines = String::new();
    for edge in &graph.edges {
        if let (Some(from), Some(to)) = (places.get(&edge.from), places.get(&edge.to)) {
            lines.push_str(&arrow(edge, *from, *to));
        }
    }
    let _ = writeln!(
        body,
        r#"<text x="8" y="{y}">An arrow leads to what is replaced; a dashed one to what is supplemented.</text>"#
    );
    y += TOP / 2;
    let (width, height) = (LEFT + columns * (WIDTH + GAP) + GAP, y);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" class="scs-graph" role="group" aria-labelledby="scs-graph-title">
<title id="scs-graph-title">Which document replaces which, and what supplements it</title>
{style}<defs><marker id="scs-graph-head" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto"><path d="M0 0 8 4 0 8"/></marker></defs>
{body}{lines}</svg>
"#
    )
}

fn boxed(node: &Node<'_>, (x, y): (usize, usize), address: &dyn Fn(&Document) -> String) -> String {
    let class = if node.document.is_primary() { "version" } else { "supplement" };
    let title = shown(&format!("{} {}", node.document.label(), node.title()));
    let middle = x + WIDTH / 2;
    format!(
        r#"<a href="{}" class="{class}"><title>{}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5"/><text x="{middle}" y="{}" text-anchor="middle">{}</text><text class="s" x="{middle}" y="{}" text-anchor="middle">{}</text></a>
"#,
        xml(&address(node.document)),
        xml(&title),
        y + 17,
        xml(&shortened(&node.version())),
        y + 33,
        node.state()
    )
}

/// An arrow to what is replaced or supplemented: straight to a neighbour, else in a bow below.
fn arrow(edge: &Edge, from: (usize, usize), to: (usize, usize)) -> String {
    let class = edge.verb.name();
    let middle = HEIGHT / 2;
    let is_next = from.1 == to.1 && from.0 == to.0 + WIDTH + GAP;
    let path = if is_next {
        format!("M{} {} H{}", from.0, from.1 + middle, to.0 + WIDTH)
    } else {
        let (x, y) = (from.0 + WIDTH / 2, from.1 + HEIGHT);
        let (end, bottom) = (to.0 + WIDTH / 2, to.1 + HEIGHT);
        let depth = y.max(bottom) + 22;
        format!("M{x} {y} C{x} {depth} {end} {depth} {end} {bottom}")
    };
    format!("<path class=\"{class}\" d=\"{path}\" marker-end=\"url(#scs-graph-head)\"/>\n")
}

/// A label that fits into its place.
fn shortened(label: &str) -> String {
    crate::text::shortened(&shown(label), 14)
}
