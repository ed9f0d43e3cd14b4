//! What a user sees: rule pages executed, the command line, formats against their schemas, git
//! repositories, the real corpus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod cli;
mod corpus;
mod documentation;
mod formats;
mod helpers;
mod pages;
mod properties;
mod repositories;
mod standards;
