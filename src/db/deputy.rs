//! Acting in somebody else's place: the record says for whom.

use super::Tx;
use crate::domain::PersonId;
use serde_json::Value;

impl<R> Tx<R> {
    /// From here on, whoever acts does so as the deputy of `principal`.
    pub fn act_for(&mut self, principal: PersonId) {
        self.instead_of = Some(principal);
    }

    /// In whose place the changes of this unit of work are.
    pub(crate) fn instead_of(&self) -> Option<PersonId> {
        self.instead_of
    }

    /// What the record says of a change beside its actor. A step of the system is in nobody's place.
    pub(super) fn told(&self, mut facts: Value) -> Value {
        if let (Some(principal), Some(_), Some(told)) =
            (self.instead_of, self.who.person, facts.as_object_mut())
        {
            told.insert("for".to_owned(), serde_json::json!(principal));
        }
        facts
    }
}
