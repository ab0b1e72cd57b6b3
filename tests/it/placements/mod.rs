//! Tests of `src/placements`, one file per thing a person can do.
