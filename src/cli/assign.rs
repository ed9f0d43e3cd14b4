//! `scs-doc assign`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use super::writing::{Plan, Surroundings, Workshop, Writing};
use super::{Failure, Global, Status};
use crate::change::Context;
use crate::edit::{Holder, assign};
use crate::model::DocName;
use crate::source::{History, SourceError};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The proposal: its file, or its file name
    #[arg(value_name = "DOC")]
    document: String,
    /// The number [default: the next one of the track that nobody holds]
    #[arg(long, value_name = "NNNN", value_parser = number)]
    number: Option<u16>,
    /// What only the hosting service knows, as for `pr`: open pull requests hold numbers too
    #[arg(long, value_name = "FILE")]
    context: Option<PathBuf>,
    #[command(flatten)]
    writing: Writing,
}

fn number(text: &str) -> Result<u16, String> {
    let digits = text.strip_prefix("scs-").unwrap_or(text);
    let shaped = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| shaped);
    number.ok_or_else(|| "expected four digits, such as 0129".to_owned())
}

pub(super) fn run(
    global: &Global,
    args: &Args,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Status, Failure> {
    let context = args.context.as_ref().map(|file| super::context(file)).transpose()?;
    let workshop = Workshop::open(global, &args.writing, err)?;
    let document = workshop.document(&args.document)?;
    let held = held(&workshop, context.as_ref())?;
    let Workshop { root, snapshot, config, corpus, .. } = &workshop;
    let assigned = assign(snapshot, corpus, config, document, args.number, &held)?;
    // Who approves and who is exempted is a matter of the pull request, not of its number.
    let change = workshop.judged(global, &assigned.changes)?;
    let surroundings = &mut Surroundings { global, writing: &args.writing, root, out, err };
    if context.as_ref().and_then(Context::others).is_none() {
        surroundings
            .say("could not be judged: whether an open pull request has the number (--context)")?;
    }
    for line in &assigned.passed_over {
        surroundings.say(&format!("passed over: {line}"))?;
    }
    let status = Plan { changes: &assigned.changes, change: &change }.carry_out(surroundings)?;
    for place in &assigned.left {
        surroundings.say(&format!("  not touched, and still the old name: {place}"))?;
    }
    Ok(status)
}

/// The documents on branches of the remotes and in open pull requests.
fn held(workshop: &Workshop, context: Option<&Context>) -> Result<Vec<Holder>, Failure> {
    let folder = &workshop.corpus.folder;
    let branches = match History::open(&workshop.root) {
        Ok(history) => history.remote_branches()?,
        Err(SourceError::NoGit(_)) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let mut held: Vec<Holder> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (who, snapshot) in branches {
        for file in snapshot.names(folder)? {
            // What several branches have is told once.
            if let Ok(name) = DocName::parse(&file)
                && known.insert(file)
            {
                held.push(Holder { name, who: who.clone() });
            }
        }
    }
    for pull in context.and_then(Context::others).into_iter().flatten() {
        let files = pull.added.iter().filter_map(|path| path.rsplit_once('/'));
        let names = files.filter(|(parent, _)| parent == folder);
        let names = names.filter_map(|(_, name)| DocName::parse(name).ok());
        let who = format!("the open pull request {}", pull.number);
        held.extend(names.map(|name| Holder { name, who: who.clone() }));
    }
    Ok(held)
}
