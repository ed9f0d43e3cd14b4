//! `scs-doc new`

use std::io::Write;

use super::writing::{Plan, Surroundings, Workshop, Writing};
use super::{Failure, Global, Status};
use crate::edit::{Changes, EditError, Proposal, propose, template};
use crate::model::{DocType, Track, Vocabulary};

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true)))]
pub(super) struct Args {
    /// The title; of a supplement, what comes after the title of its document
    #[arg(value_name = "TITLE", required_unless_present_any = ["version_of", "supplement_to"])]
    title: Option<String>,
    /// Propose a document of this type: Standard, Procedural or Decision Record
    #[arg(long = "type", value_name = "TYPE", group = "what", requires = "track", value_parser = one_of::<DocType>)]
    doc_type: Option<DocType>,
    /// The track of the document
    #[arg(long, value_name = "TRACK", requires = "doc_type", conflicts_with_all = ["version_of", "supplement_to"], value_parser = one_of::<Track>)]
    track: Option<Track>,
    /// Propose the next version of a document
    #[arg(long, value_name = "DOC", group = "what")]
    version_of: Option<String>,
    /// Write a supplement to a document
    #[arg(long, value_name = "DOC", group = "what")]
    supplement_to: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// A value of a closed list; case does not matter, and a hyphen may stand for a blank.
fn one_of<V: Vocabulary>(text: &str) -> Result<V, String> {
    let plain = |text: &str| text.replace(['-', '_'], " ").to_lowercase();
    let found = V::ALL.iter().copied().find(|value| plain(value.name()) == plain(text));
    let names: Vec<&str> = V::ALL.iter().map(|value| value.name()).collect();
    found.ok_or_else(|| format!("expected one of {}", names.join(", ")))
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let workshop = Workshop::open(global, &args.writing, err)?;
    let title = args.title.as_deref();
    let document =
        |name: &Option<String>| name.as_ref().map(|name| workshop.document(name)).transpose();
    let (version_of, supplement_to) = (document(&args.version_of)?, document(&args.supplement_to)?);
    let proposal = match (version_of, supplement_to, args.doc_type.zip(args.track)) {
        (Some(of), ..) => Proposal::Version { of, title },
        (None, Some(to), _) => Proposal::Supplement { to, title },
        (None, None, Some((doc_type, track))) => {
            Proposal::Document { doc_type, track, title: title.unwrap_or_default() }
        }
        (None, None, None) => {
            return Err(Failure::Usage("--type and --track are needed".to_owned()));
        }
    };
    let kind = match proposal {
        Proposal::Document { doc_type, .. } => Some(doc_type),
        Proposal::Supplement { .. } => Some(DocType::Supplement),
        Proposal::Version { .. } => None,
    };
    let proposed = propose(&workshop.corpus, proposal)?;
    let path = proposed.path.clone();
    if workshop.snapshot.kind(&path).is_some() {
        return Err(EditError::Exists(workshop.root.join(path)).into());
    }
    let mut changes = Changes::default();
    changes.push(proposed);
    let change = workshop.judged(global, &changes)?;
    let surroundings =
        &mut Surroundings { global, writing: &args.writing, root: &workshop.root, out, err };
    let plan = Plan { changes: &changes, change: &change };
    plan.say_headlines(surroundings)?;
    let status = plan.write(surroundings)?;
    let missing_template = !workshop.corpus.templates.is_empty()
        && kind.is_some_and(|it| template(&workshop.corpus, it).is_none());
    if missing_template {
        surroundings.say(
            "no template of the repository is for that type; the text is from one that is built in",
        )?;
    }
    if let Some(of) = version_of {
        for supplement in workshop.corpus.supplementing(of).filter(|it| it.placeholder().is_none())
        {
            let (label, of) = (supplement.label(), of.label());
            surroundings.say(&format!(
                "{label} supplements {of}: if it goes for both versions, list the new one in its `supplements` too"
            ))?;
        }
    }
    if !args.writing.only_looks() {
        surroundings.say(&format!("`scs-doc check {path}` says what is left to write"))?;
    }
    Ok(status)
}
