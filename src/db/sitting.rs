//! Changes that come in many small strokes, such as a section that is saved while somebody types.

use super::{Done, Note, Result, Tx};
use chrono::TimeDelta;
use uuid::Uuid;

impl<R> Tx<R> {
    /// Records such a change, unless the same person's same change was recorded within `sitting`: the event that began
    /// the sitting stands for all of it. So the record tells what people did and not how fast they type, every change
    /// is told to within `sitting`, and none is committed that the record does not know of. No letter is owed for it.
    pub async fn note_sitting(&mut self, what: Note, subject_id: Uuid, sitting: TimeDelta) -> Result<Done> {
        let told = sqlx::query_scalar!(
            r#"select exists (select from audit_event where subject = $1 and subject_id = $2 and action = $3
                   and actor_id is not distinct from $4 and facts = $5 and at > $6) as "told!""#,
            what.subject(),
            subject_id,
            what.action(),
            self.who.person.map(|p| p.0),
            what.facts(),
            self.who.now - sitting
        );
        match told.fetch_one(&mut *self.inner).await? {
            true => Ok(Done { fresh: false }),
            false => self.note(what, subject_id, &[]).await,
        }
    }
}
