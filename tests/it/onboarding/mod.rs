//! Tests of `src/onboarding`, one file per thing a person can do.
mod check;
mod examine;
mod show;
mod submit;
