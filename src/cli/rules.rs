//! `scs-doc rules`

use std::io::Write;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Failure, Status, write_json};
use crate::rules::{GROUPS, Group, Rule};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format of the list
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Failure> {
    match args.format {
        Format::Human => {
            for group in GROUPS {
                writeln!(out, "{}", group.title)?;
                for rule in group.rules {
                    let indent = " ".repeat(2 + 26 + 9);
                    let summary = textwrap::fill(
                        &rule.summary(),
                        textwrap::Options::new(100)
                            .initial_indent(&indent)
                            .subsequent_indent(&indent),
                    );
                    writeln!(
                        out,
                        "  {:<26}{:<9}{}",
                        rule.id,
                        rule.level.name(),
                        summary.trim_start()
                    )?;
                }
                writeln!(out)?;
            }
        }
        Format::Json => {
            let rules: Vec<Value> = GROUPS
                .iter()
                .flat_map(|group| group.rules.iter().map(|rule| entry(group, rule)))
                .collect();
            write_json(&json!({ "schema": 1, "rules": rules }), out)?;
        }
    }
    Ok(Status::Clean)
}

fn entry(group: &Group, rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "group": group.name,
        "level": rule.level.name(),
        "reference": rule.reference,
        "summary": rule.summary(),
        "page": rule.page,
    })
}
