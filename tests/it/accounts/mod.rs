//! Who somebody is, and how they prove it.
pub mod confirm;
mod kept;
mod passkeys;
mod register;
mod reset;
mod second_factor;
mod sign_in;
