//! The public API: stateless questions about the rules, answered in JSON.

pub mod eligibility;
pub mod parse;
