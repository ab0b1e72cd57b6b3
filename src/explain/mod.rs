//! What the rules decided, and what people filled in, turned into words: shared by every page that shows it.

pub mod changes;
pub mod consent;
mod cover;
pub mod eligibility;
pub mod matching;
pub mod opening;
pub mod placement;
pub mod profile;
pub mod role;
pub mod terms;
pub mod typed;

pub use cover::cover;
