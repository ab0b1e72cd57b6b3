mod again;
mod consents;
mod data;
mod delete;
mod deputy;
mod email;
mod opened;
mod passkeys;
mod second_factor;
mod settings;

use crate::support::PASSWORD;

/// The field of every form that asks for it.
pub fn proof() -> String {
    format!("current_password={}", PASSWORD.replace(' ', "+"))
}
