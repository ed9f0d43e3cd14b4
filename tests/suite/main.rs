//! What a user sees: rule pages executed, the command line, formats against their schemas, git
//! repositories, the real corpus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod accidents;
mod changes;
mod cli;
mod copies;
mod corpus;
mod data;
mod documentation;
mod docusaurus;
mod formats;
mod helpers;
mod indexes;
mod init;
mod lifecycle;
mod model;
mod numbers;
mod pages;
mod properties;
mod proposals;
mod pulls;
mod ranges;
#[path = "../../examples/replay/pulls.rs"]
mod replay;
mod repositories;
mod scopes;
mod scripted;
mod site;
mod standards;
mod standings;
mod steps;
mod strangers;
