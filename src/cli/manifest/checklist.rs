//! `scs-doc manifest checklist`

use std::io::Write;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::told_unread;
use crate::cli::delivery::{Delivery, Rendered, Source};
use crate::cli::{Failure, Global, Status};
use crate::manifest::{Audience, Checklist, Edition, ScopeSeries};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scope: `scs-0501`, `scs-compatible-iaas`, the path of its manifest, or its title
    #[arg(value_name = "SCOPE")]
    scope: String,
    /// The version, such as `v5.1`
    #[arg(value_name = "VERSION")]
    version: String,
    /// Who fills it in
    #[arg(long = "for", value_name = "WHO", value_enum)]
    audience: Audience,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A list with boxes
    Markdown,
    /// A page to be filled in on the screen or printed
    Html,
}

impl ValueEnum for Audience {
    fn value_variants<'a>() -> &'a [Audience] {
        &[Audience::Operator, Audience::Auditor]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Audience::Operator => {
                PossibleValue::new("operator").help("who runs the cloud: statements and evidence")
            }
            Audience::Auditor => {
                PossibleValue::new("auditor").help("who audits it: evidence and what is looked at")
            }
        })
    }
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let source = Source::open(global, args.delivery.rev.as_deref())?;
    let series = ScopeSeries::named(&source.corpus, &args.scope)?;
    let edition = Edition::with_all_manual(&series, &series.version(&args.version)?);
    let checklist = Checklist { series: &series, edition: &edition, audience: args.audience };
    let site = &source.config.site_url;
    let text = match args.format {
        Format::Markdown => checklist.markdown(site),
        Format::Html => checklist.html(site),
    };
    let found = args.delivery.deliver(global, &source.root, Rendered::File(text), out)?;
    told_unread(series.manifest, err);
    Ok(source.told_unreadable(found, err))
}
