//! Who has which case open. Like a session it is no change of a case: it is kept for minutes, and nobody's record.

use super::Result;
use super::actor::{Actor, role};
use uuid::Uuid;

impl Actor<role::HrReviewer> {
    /// Has an application open, from a list (the address of the queue after its question mark) or from where one came
    /// before. Others, whom nobody has seen for a day, are forgotten.
    pub async fn is_at(&self, application: Uuid, list: Option<&str>) -> Result<()> {
        let mut connection = self.app.db.conn().await?;
        sqlx::query!(
            "with old as (delete from review_presence where seen_at < $4::timestamptz - interval '1 day'
                 and (person_id, application_id) <> ($1, $2))
             insert into review_presence (person_id, application_id, query, since, seen_at)
             values ($1, $2, coalesce($3, ''), $4, $4)
             on conflict (person_id, application_id) do update set seen_at = excluded.seen_at,
                 query = coalesce($3, review_presence.query),
                 since = case when review_presence.seen_at < excluded.seen_at - interval '5 minutes'
                     then excluded.seen_at else review_presence.since end",
            self.id.0,
            application,
            list.map(|list| list.chars().take(2000).collect::<String>()),
            self.app.clock.now()
        )
        .execute(&mut *connection)
        .await?;
        Ok(())
    }
}
