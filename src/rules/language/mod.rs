//! The words of RFC 2119.

rules! { keyword_form, keyword_in_supplement, keyword_reference }
