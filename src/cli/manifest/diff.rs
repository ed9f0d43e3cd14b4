//! `scs-doc manifest diff`

use std::io::Write;

use clap::ValueEnum;

use super::told_unread;
use crate::cli::delivery::Source;
use crate::cli::{Failure, Global, Status, write_json};
use crate::manifest::{Edition, ScopeSeries, Upgrade};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scope: `scs-0501`, `scs-compatible-iaas`, the path of its manifest, or its title
    #[arg(value_name = "SCOPE")]
    scope: String,
    /// The version that a cloud comes from, such as `v4`
    #[arg(value_name = "V1")]
    old: String,
    /// The version that it goes to, such as `v5.1` or `next`
    #[arg(value_name = "V2")]
    new: String,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// Read the tree of a git revision
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Upgrade notes for people
    Markdown,
    /// One JSON object
    Json,
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let source = Source::open(global, args.rev.as_deref())?;
    let series = ScopeSeries::named(&source.corpus, &args.scope)?;
    let [old, new] = [series.version(&args.old)?, series.version(&args.new)?];
    let [old, new] = [Edition::of(&series, &old), Edition::of(&series, &new)];
    let upgrade = Upgrade::between(&series, &old, &new);
    let site = &source.config.site_url;
    match args.format {
        Format::Markdown => out.write_all(upgrade.markdown(site).as_bytes())?,
        Format::Json => write_json(&upgrade.json(site), out)?,
    }
    told_unread(series.manifest, err);
    Ok(source.told_unreadable(Status::Clean, err))
}
