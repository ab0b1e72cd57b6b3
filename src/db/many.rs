//! The same note of many cases, as one statement.

use super::{Done, Note, Result, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use uuid::Uuid;

impl<R> Tx<R> {
    /// Records `what` of each subject, once, and tells its person, or each of several, by the same letter, which names
    /// the subject if it is a case. `None`: there was nobody to tell, and there is nothing to commit.
    pub async fn note_each(
        &mut self,
        what: Note,
        told: &[(Uuid, PersonId)],
        letter: Letter,
    ) -> Result<Option<Done>> {
        if told.is_empty() {
            return Ok(None);
        }
        let letters: Vec<Uuid> = told.iter().map(|_| Uuid::now_v7()).collect();
        let (subjects, people): (Vec<Uuid>, Vec<Uuid>) =
            told.iter().map(|(subject, person)| (*subject, person.0)).unzip();
        sqlx::query!(
            "with told as (
                 select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as t (letter_id, subject_id, person_id)),
             noted as (
                 insert into audit_event (at, actor_id, actor_role, subject, subject_id, action, facts)
                 select $4, $5, $6, $7, subject_id, $8, $10 from (select distinct subject_id from told) subjects
                 returning id, subject_id)
             insert into outbox (id, recipient_id, letter, about, event_id, created_at, next_attempt_at)
             select letter_id, person_id, $9, subject_id, noted.id, $4, $4 from told join noted using (subject_id)
             where not exists (select from conflict_of_interest c where c.person_id = told.person_id
                 and c.application_id in (subject_id, (select application_id from placement where id = subject_id)))",
            &letters,
            &subjects,
            &people,
            self.who.now,
            self.who.person.map(|p| p.0),
            self.who.role,
            what.subject(),
            what.action(),
            letter.code(),
            what.facts()
        )
        .execute(&mut *self.inner)
        .await?;
        self.call_the_postman().await?;
        Ok(Some(Done { fresh: true }))
    }
}
