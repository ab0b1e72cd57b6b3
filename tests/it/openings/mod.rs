mod browse;
mod feed;
mod letters;
mod publish;
mod show;
mod unsubscribe;
mod write;

use crate::support::{Reader, World};
use uuid::Uuid;

/// A form that says everything an opening needs: data in Geneva, in French, from the first of February.
pub const DATA: &str = "office=geneva&area=data&language=fr&start_day=1&start_month=2&start_year=2027&months=6&places=2\
    &title_en=Data+assistant&description_en=You+count.%0A%0AYou+learn+to+doubt+numbers.\
    &title_fr=Assistance+donn%C3%A9es&description_fr=Vous+comptez.";

/// The same, with some answers changed: `months=9&area=`.
pub fn data_but(changes: &str) -> String {
    let changed: Vec<&str> = changes.split('&').filter_map(|pair| pair.split('=').next()).collect();
    let kept = DATA.split('&').filter(|pair| !changed.contains(&pair.split('=').next().unwrap()));
    kept.chain([changes]).collect::<Vec<_>>().join("&")
}

impl Reader<'_> {
    /// Writes an opening as Human Resources does; a draft.
    pub async fn draft(&self, form: &str) -> Uuid {
        let id = self.get("/review/openings/new").await.hidden("id");
        let reply = self.post("/review/openings/new", &format!("id={id}&{form}")).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        id.parse().unwrap()
    }

    /// Reads the draft once more and publishes it.
    pub async fn publish(&self, id: Uuid) {
        let reply = self.fill_in(&format!("/review/openings/{id}/publish"), "").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }

    pub async fn announce(&self, form: &str) -> Uuid {
        let id = self.draft(form).await;
        self.publish(id).await;
        id
    }

    /// Ticks that letters are wanted.
    pub async fn want_letters(&self) {
        let reply = self.post("/openings/letters", "letters=true").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
}

/// So many published openings, the newest with the highest number.
async fn many(world: &World, by: &Reader<'_>, n: i32) {
    sqlx::query(
        "insert into opening (id, reference, office_id, area, languages, starts_on, months, places, title_en, title_fr,
             title_es, description_en, description_fr, description_es, search_key, created_by, edited_at, published_at,
             version, action, came_from, state, state_since)
         select gen_random_uuid(), 'OP-' || n, 'geneva', 'data', '{}', '2027-02-01', 6, 1, 'Number ' || n || '.', '',
             '', 'Text', '', '', ' number', $1, $2, $2 + make_interval(secs => n / 10), 1, 'draft', 'new', 'draft', $2
         from generate_series(1, $3) n",
    )
    .bind(by.id)
    .bind(world.now)
    .bind(n)
    .execute(&world.db)
    .await
    .unwrap();
    sqlx::query("update opening set version = 2, action = 'publish', state = 'published'")
        .execute(&world.db)
        .await
        .unwrap();
}
