//! The process of scs-0001, made executable: reads the documents of a standards repository and
//! judges them by the rules of the catalogue.
//!
//! ```
//! use scs_doc::{Config, Corpus, Date, Snapshot, check};
//!
//! let text = "---\ntitle: Entropy\ntype: Standard\nstatus: draft\ntrack: IaaS\n---\n";
//! let files = [("standards/scs-0101-v1-entropy.md".to_owned(), text.as_bytes().to_vec())];
//! let config = Config::default();
//! let today = Date::parse("2026-08-21").unwrap();
//! let corpus = Corpus::load(&Snapshot::memory(files), &config, today)?;
//! let found = check(&corpus, &config)?.findings;
//! assert!(found.iter().any(|it| it.rule == "field-value" && it.message.contains("`Draft`")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod change;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod document;
pub mod edit;
pub mod finding;
mod gfm;
#[cfg(feature = "github")]
pub mod github;
pub mod index;
pub mod manifest;
pub mod model;
pub mod report;
pub mod rules;
pub mod source;
pub mod status;
mod text;
mod xml;

pub use change::Change;
pub use config::Config;
pub use corpus::Corpus;
pub use document::Document;
pub use finding::{Finding, Level};
pub use model::Date;
pub use rules::{TooMany, check, check_change};
pub use source::{Snapshot, SourceError};
