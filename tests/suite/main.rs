//! What a user sees: rule pages executed, the command line, formats against their schemas, git
//! repositories, the real corpus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod accidents;
mod bombs;
mod changes;
mod cli;
mod copies;
mod corpus;
mod data;
mod documentation;
mod docusaurus;
mod formats;
#[path = "../../fuzz/properties/mod.rs"]
mod fuzzed;
#[cfg(feature = "github")]
mod github;
mod held;
mod helpers;
mod hostile;
#[cfg(target_os = "linux")]
mod hostile_input;
#[cfg(feature = "github")]
mod hub;
mod indexes;
mod init;
mod lifecycle;
mod manifests;
mod model;
mod numbers;
#[cfg(feature = "github")]
mod openapi;
mod pages;
mod plain_git;
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
