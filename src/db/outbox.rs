//! Letters owed: written with the change they tell of, in one statement however many they are. An erased person is owed
//! none, and nobody one about a case that a conflict of interest closes to them.

use super::{Done, Note, Result, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use uuid::Uuid;

impl<R> Tx<R> {
    /// Records a change of an opening, and owes a letter about it to everybody chosen in `opening_letter`: in one
    /// statement, however many they are.
    pub async fn note_to_chosen(&mut self, what: Note, opening: Uuid, letter: Letter) -> Result<Done> {
        let event = self.record(what, opening).await?;
        sqlx::query!(
            "insert into outbox (id, recipient_id, letter, about, event_id, created_at, next_attempt_at)
             select gen_random_uuid(), person_id, $2, opening_id, $3, $4, $4 from opening_letter where opening_id = $1",
            opening,
            letter.code(),
            event,
            self.who.now
        )
        .execute(&mut *self.inner)
        .await?;
        self.call_the_postman().await?;
        Ok(Done { fresh: true })
    }

    /// Owes a letter to an address that is not the person's, or will not be any more when it leaves. `about` is what
    /// its link is good for.
    pub async fn send_to(
        &mut self,
        address: &str,
        person: PersonId,
        letter: Letter,
        about: Option<Uuid>,
    ) -> Result<()> {
        sqlx::query!(
            "insert into outbox (id, recipient_id, letter, about, address, created_at, next_attempt_at)
             values ($1, $2, $3, $4, $5, $6, $6)",
            Uuid::now_v7(),
            person.0,
            letter.code(),
            about,
            address,
            self.who.now
        )
        .execute(&mut *self.inner)
        .await?;
        self.call_the_postman().await
    }

    pub(super) async fn write_letters(
        &mut self,
        letters: &[(PersonId, Letter)],
        about: Option<Uuid>,
        event: Option<i64>,
    ) -> Result<()> {
        if letters.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = letters.iter().map(|_| Uuid::now_v7()).collect();
        let people: Vec<Uuid> = letters.iter().map(|(person, _)| person.0).collect();
        let kinds: Vec<String> = letters.iter().map(|(_, letter)| letter.code().to_owned()).collect();
        let reach: Vec<bool> = letters.iter().map(|(_, letter)| letter.reaches_deputies()).collect();
        let today = self.today();
        // in the database's own name: who stands in for whom, and who declared a conflict, is not for everybody to read
        sqlx::query!(
            r#"select owe_letters($1, $2, $3, $7, $4, $5, $6, $8) as "owed!""#,
            &ids,
            &people,
            &kinds,
            about,
            event,
            self.who.now,
            &reach,
            today
        )
        .fetch_one(&mut *self.inner)
        .await?;
        self.call_the_postman().await
    }

    /// Delivered with the commit, and only then.
    pub(super) async fn call_the_postman(&mut self) -> Result<()> {
        sqlx::query!("select pg_notify('letters', '')").execute(&mut *self.inner).await?;
        Ok(())
    }
}
