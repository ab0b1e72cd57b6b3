//! Who somebody is, and how they prove it.
mod confirm;
mod kept;
mod register;
mod reset;
mod sign_in;
