//! `scs-doc graph`

use std::io::Write;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::delivery::{Delivery, Rendered, Source};
use super::{Failure, Global, Status};
use crate::index::{Graph, Index};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Mermaid)]
    format: Format,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Mermaid,
    Dot,
    Svg,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &[Format::Mermaid, Format::Dot, Format::Svg]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Format::Mermaid => ("mermaid", "a flowchart, as Markdown pages show it"),
            Format::Dot => ("dot", "a digraph of Graphviz"),
            Format::Svg => ("svg", "a picture"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let source = Source::open(global, args.delivery.rev.as_deref())?;
    let index = Index::of(&source.corpus, &source.config.site_url);
    let graph = Graph::of(&index);
    let text = match args.format {
        Format::Mermaid => graph.mermaid(),
        Format::Dot => graph.dot(),
        Format::Svg => graph.svg(&|it| index.url_of(it)),
    };
    let found = args.delivery.deliver(global, &source.root, Rendered::File(text), out)?;
    Ok(source.told_unreadable(found, err))
}
