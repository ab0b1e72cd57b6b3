//! Steps that nobody decides: they follow from what somebody has just done.

use super::{Done, Result, Signature, Tx};
use crate::domain::step::Step;

impl<R> Tx<R> {
    /// Takes a step that follows by itself from the change of this unit of work. The record says `system`.
    ///
    /// # Errors
    /// As [`Tx::take`].
    pub async fn follow(&mut self, step: &Step) -> Result<Done> {
        let system = Signature { person: None, role: "system", ..self.who };
        let who = std::mem::replace(&mut self.who, system);
        let taken = self.take(step).await;
        self.who = who;
        taken
    }
}
