//! The hosting service: what only it knows of a pull request, the comment on one, and a new one.
//!
//! The only room that is asynchronous, and only within [`Client`]. What the service answers is as
//! untrusted as a document: sizes are bounded, and every text is escaped where it is shown. The token
//! is in no message.

mod access;
mod client;
mod comment;
mod error;
mod name;
mod pages;
mod propose;
mod pull;

pub use access::{Access, Patience};
pub use client::Client;
pub use comment::{Posted, comment_text, post};
pub use error::GithubError;
pub use name::{NameError, PullName, RepositoryName};
pub use propose::{NewPull, Opened, find_open, open};
pub use pull::{Pull, Wanted, open_pulls, pull, reviews};
