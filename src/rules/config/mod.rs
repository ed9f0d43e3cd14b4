//! The configuration itself.

rules! { config_invalid, exception_unused }
