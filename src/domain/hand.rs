//! Who acts, and in whose place.

use super::PersonId;

/// The hand that takes a step: somebody's own, or a deputy's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hand {
    pub person: PersonId,
    /// Whose deputy the person acts as.
    pub instead_of: Option<PersonId>,
}

impl Hand {
    /// Whose right to act it is.
    pub fn entitled(self) -> PersonId {
        self.instead_of.unwrap_or(self.person)
    }

    /// Whether it is, or stands for, one of these people: nobody acts twice on the same case, nor has a deputy do so.
    pub fn is_among(self, people: &[PersonId]) -> bool {
        people.contains(&self.person) || self.instead_of.is_some_and(|principal| people.contains(&principal))
    }
}

impl From<PersonId> for Hand {
    fn from(person: PersonId) -> Hand {
        Hand { person, instead_of: None }
    }
}
