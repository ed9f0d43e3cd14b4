//! `scs-doc index`

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::delivery::{
    Delivery, Rendered, Source, folder_of, inside, look, text_of, told_unreadable,
};
use super::status::chronicle;
use super::{Failure, Global, Status};
use crate::change::{Change, Configs};
use crate::index::html::{Origin, html};
use crate::index::{
    Index, Introductions, Json, Links, atom, between_markers, docusaurus, ics, news, page,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format
    #[arg(long, value_enum)]
    format: Format,
    /// What changed since a revision, as text for an announcement; goes with markdown
    #[arg(long, value_name = "REV", conflicts_with = "out")]
    since: Option<String>,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Docusaurus,
    Html,
    Json,
    Atom,
    Ics,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &[
            Format::Markdown,
            Format::Docusaurus,
            Format::Html,
            Format::Json,
            Format::Atom,
            Format::Ics,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Format::Markdown => (
                "markdown",
                "tables for a page of the repository; between two markers, if the file has them",
            ),
            Format::Docusaurus => (
                "docusaurus",
                "pages and sidebar for a site of Docusaurus; a folder, its documents beside them",
            ),
            Format::Html => ("html", "a site of its own in a folder; it needs no server"),
            Format::Json => ("json", "one JSON object"),
            Format::Atom => ("atom", "a feed of transitions, from the history of git"),
            Format::Ics => ("ics", "a calendar of dates to come"),
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
    if args.since.is_some() && args.format != Format::Markdown {
        return Err(Failure::Usage("--since goes with --format markdown".to_owned()));
    }
    if let Some(since) = &args.since {
        return announce(global, args, since, out, err);
    }
    let source = Source::open(global, args.delivery.rev.as_deref())?;
    let rendered = render(args, &source)?;
    let found = args.delivery.deliver(global, &source.root, rendered, out)?;
    Ok(source.told_unreadable(found, err))
}

fn render(args: &Args, source: &Source) -> Result<Rendered, Failure> {
    let Source { root, config, corpus, .. } = source;
    let index = Index::of(corpus, &config.site_url);
    let history = || chronicle(root, args.delivery.rev.as_deref(), corpus);
    Ok(match args.format {
        Format::Markdown => Rendered::File(in_file(args.delivery.place(), root, &index)?),
        Format::Docusaurus => {
            let introductions = Introductions::read(&source.snapshot, config)?;
            Rendered::Folder(docusaurus(&index, &introductions))
        }
        Format::Html => {
            let origin = Origin { repository: &config.repository, branch: &config.default_branch };
            Rendered::Folder(html(&index, origin, history()?.as_ref()))
        }
        Format::Json => {
            let json = Json::of(&index, history()?.as_ref());
            let json = serde_json::to_string_pretty(&json).map_err(std::io::Error::from)?;
            Rendered::File(json + "\n")
        }
        Format::Atom => {
            let history = history()?.ok_or_else(|| {
                Failure::Usage("a feed needs the history of git, and there is none".to_owned())
            })?;
            if !history.complete {
                let why = "a feed needs the whole history: fetch the rest of this shallow clone with `git fetch --unshallow`";
                return Err(Failure::Usage(why.to_owned()));
            }
            Rendered::File(atom(&index, &history, &config.repository))
        }
        Format::Ics => Rendered::File(ics(&index)),
    })
}

/// The tables in the file that they are for. What others wrote in it stays.
fn in_file(out: Option<&Path>, root: &Path, index: &Index<'_>) -> Result<String, Failure> {
    let Some(place) = out else { return Ok(page(index, Links::From(""))) };
    let inner = inside(folder_of(place), root);
    let links = inner.as_deref().map_or(Links::Site(index.site_url), Links::From);
    match text_of(place)? {
        None => Ok(page(index, links)),
        Some(file) => between_markers(&file, index, links).ok_or_else(|| {
            Failure::Usage(format!(
                "{}: is there, and has not exactly two markers: put a line `<!-- scs-doc index -->` before and after the place for the tables",
                place.display()
            ))
        }),
    }
}

/// What changed between two revisions, or up to the work tree.
fn announce(
    global: &Global,
    args: &Args,
    since: &str,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let root = global.root()?;
    let base = look(&root, Some(since))?;
    let head = look(&root, args.delivery.rev.as_deref())?;
    let ((former, _), (config, _)) = (global.configuration(&base)?, global.configuration(&head)?);
    let configs = Configs { base: former, head: config.clone(), target: config.clone() };
    let change = Change::between(base, head, configs, global.as_of())?;
    let text = Rendered::File(news(&change, since, &config.site_url));
    let found = args.delivery.deliver(global, &root, text, out)?;
    Ok(told_unreadable((&change.head, &[]), found, err))
}
