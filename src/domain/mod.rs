//! What is true whatever the screen looks like. Pure: no I/O, no clock, no language; values in, decisions out.

pub mod application;
pub mod calendar;
pub mod certificate;
pub mod changes;
pub mod deputy;
pub mod due;
pub mod eligibility;
pub mod erasure;
pub mod hand;
pub mod judgement;
pub mod letter;
pub mod matching;
pub mod mention;
pub mod onboarding;
pub mod opening;
pub mod placement;
pub mod policy;
pub mod pool;
pub mod profile;
pub mod release;
pub mod report;
pub mod role;
pub mod scoring;
pub mod search;
pub mod step;
pub mod terms;

use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}
id!(
    /// Somebody with an account: candidate or staff.
    PersonId
);
id!(
    /// One application, from its release to its end.
    ApplicationId
);
id!(
    /// One placement, from its proposal to its end.
    PlacementId
);
id!(
    /// One uploaded file.
    DocumentId
);
id!(
    /// One opening, from its draft to its end.
    OpeningId
);
