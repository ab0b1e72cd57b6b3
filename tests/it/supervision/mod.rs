//! Tests of `src/supervision`, one file per thing a person can do.
