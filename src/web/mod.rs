//! The only place that knows HTTP: who asks, what a form says, how a page is dressed.

pub mod actor;
pub mod agent;
pub mod app;
pub mod assets;
pub mod desk;
pub mod download;
pub mod error;
pub mod fields;
pub mod form;
pub mod headers;
pub mod icons;
pub mod kept;
pub mod language;
pub mod listen;
pub mod member;
pub mod page;
pub mod pager;
pub mod parcel;
pub mod path;
pub mod presence;
pub mod recent;
pub mod session;
pub mod slow;
pub mod throttle;

pub use actor::{
    Actor, Administrator, Anyone, Candidate, HrDirector, HrReviewer, MedicalOfficer, Supervisor,
};
pub use app::App;
pub use error::{Error, Result};
pub use fields::{Choice, TypedDate, amount};
pub use form::{Filled, Posted, Problem, Query};
pub use member::{KeptHere, Member};
pub use page::{Page, html, see_other};
pub use path::Path;
pub use recent::{Proved, Recent, SignsInHere};
