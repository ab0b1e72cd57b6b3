//! Tests of `src/public`, one file per thing a person can do.
