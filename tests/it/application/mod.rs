//! Tests of `src/application`, one file per thing a person can do.
mod placed;
mod renew;
mod show;
mod undo;
mod version;
mod withdraw;
