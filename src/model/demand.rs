//! What a standard asks for.

use std::fmt;

use super::vocabulary::{Vocabulary, vocabulary};

vocabulary! {
    /// How much a standard asks for a flavor or an image (scs-0103, scs-0104).
    Demand {
        /// Every cloud has it.
        Mandatory = "mandatory",
        /// Every cloud should have it.
        Recommended = "recommended",
    }
}
