//! The reason that goes with `decline`.

/// Why a profile was not selected: the code of a reason on the list that the programme keeps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeclineReason(String);

impl DeclineReason {
    /// There is another application of the same person: a reason that is always on the list, because it is the
    /// product itself that gives it.
    pub fn duplicate() -> Self {
        DeclineReason("duplicate".to_owned())
    }

    pub fn code(&self) -> &str {
        &self.0
    }

    /// `None`: no list can have such a code.
    pub fn from_code(code: &str) -> Option<Self> {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let is_code = (1..=40).contains(&code.len()) && code.bytes().all(fits);
        is_code.then(|| DeclineReason(code.to_owned()))
    }
}
