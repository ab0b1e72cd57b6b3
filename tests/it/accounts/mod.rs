//! Who somebody is, and how they prove it.
pub mod confirm;
mod forgot;
mod kept;
pub mod organisation;
mod passkeys;
mod register;
mod reset;
mod second_factor;
pub mod sign_in;
