//! The vocabulary of scs-0001, as types and as data.
//!
//! Nothing here reads a file or knows where a document came from. What the process demands of a
//! document (its fields, its sections, its changes of status) is written down once, as tables:
//! [`fields`], [`sections`], [`lifecycle`]. To change the process is to change one table.

mod date;
mod demand;
pub mod fields;
pub mod flavor;
pub mod lifecycle;
mod name;
mod named;
mod pattern;
pub mod sections;
mod vocabulary;

pub use date::Date;
pub use demand::Demand;
pub use flavor::{Flavor, FlavorNameError};
pub use lifecycle::State;
pub use name::{DocId, DocName, NameProblem, Number, is_template_name, looks_like_document};
pub use named::Named;
pub use pattern::{CasePattern, testcase_number};
pub use vocabulary::{
    CaseKind, CaseLevel, DocType, Kind, Lifetime, Status, Track, Validity, Vocabulary,
};
