//! The Director decides on waivers.
mod decide;
