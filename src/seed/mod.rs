//! Applications by the thousand, made up but possible: the same seed makes the same people.

use crate::files::Files;
use crate::system::System;

/// Sees to it that a seed has so many applications.
pub async fn sow(
    _system: &System,
    _files: &Files,
    _seed: u32,
    _applications: u32,
    _progress: impl Fn(u32),
) -> anyhow::Result<u32> {
    Ok(0)
}
