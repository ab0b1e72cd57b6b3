//! The whole of my profile: how far each section is, and what the rules say of it.
