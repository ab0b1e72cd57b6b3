//! Tests of `src/offer`, one file per thing a person can do.
mod accept;
mod dates;
mod letter;
mod refuse;
mod show;
