//! Tests of `src/review`, one file per thing a person can do.
