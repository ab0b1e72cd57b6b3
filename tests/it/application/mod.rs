//! Tests of `src/application`, one file per thing a person can do.
mod show;
mod version;
mod withdraw;
