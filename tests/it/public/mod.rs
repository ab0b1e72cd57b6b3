//! Tests of `src/public`: what somebody without an account sees.

mod check;
mod home;
mod verify;
