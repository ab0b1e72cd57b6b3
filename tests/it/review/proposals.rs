//! Proposals that wait for a second reviewer.

use crate::support::{Reader, World, taken, world_on};
use uuid::Uuid;

const PAGE: &str = "/review/duplicates";
const FILE: &str = "/review/duplicates/export/csv";

/// A proposal of `by`.
async fn propose(world: &World, by: &Reader<'_>, it: Uuid, kept: Uuid) {
    let sql =
        "insert into duplicate_proposal (id, application_id, kept_id, proposed_by, proposed_at, why, message)
        values (gen_random_uuid(), $1, $2, $3, $4, 'same', 'same')";
    sqlx::query(sql).bind(it).bind(kept).bind(by.id).bind(world.now).execute(&world.db).await.unwrap();
}

/// The form, from the page of the case to the list of all, which is turned page by page.
#[sqlx::test]
async fn what_is_proposed_leads_to_the_list_and_the_list_has_pages(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (me, ben) = (world.reviewer("en").await, world.reviewer("en").await);
    let kept = world.application(&world.candidate("es").await).await;
    let mut proposed = Vec::new();
    for _ in 0..27 {
        let it = world.application(&world.candidate("es").await).await;
        let ask = format!("/review/{it}/duplicates/{kept}/close");
        let form = me.get(&ask).await.hidden("form");
        let reply = me.post(&ask, &format!("form={form}&why=Same+passport&message=One+is+enough.")).await;
        taken(&ask, &reply);
        assert!(me.get(&format!("/review/{it}")).await.has("href=\"/review/duplicates\""));
        proposed.push(it);
    }

    let mut read = Vec::new();
    let mut at = PAGE.to_owned();
    for shown in [25, 2] {
        let page = ben.get(&at).await;
        let lines = page.body.split("<th scope=\"row\"><a href=\"/review/").skip(1);
        let ids: Vec<Uuid> = lines.map(|line| line[..36].parse().unwrap()).collect();
        assert_eq!(ids.len(), shown);
        read.extend(ids);
        let next = page.body.split("rel=\"next\" href=\"").nth(1);
        at = next.map_or(PAGE.into(), |rest| rest.split('"').next().unwrap().to_owned());
    }
    assert_eq!(read, proposed, "the oldest first, each once");
    assert_eq!(at, PAGE, "nothing follows");
    let file = ben.get(FILE).await;
    assert_eq!(file.body.lines().count(), 28, "heads and all pages: {}", file.body);
}

#[sqlx::test]
async fn what_waits_for_a_second_look_is_listed_until_it_is_decided(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (me, ben) = (world.reviewer("en").await, world.reviewer("en").await);
    let it = world.application(&world.candidate("es").await).await;
    let kept = world.application(&world.candidate("es").await).await;
    assert!(me.get(PAGE).await.has("Nothing waits for a second look"));
    propose(&world, &ben, it, kept).await;
    let page = me.get(PAGE).await;
    assert!(page.has("Quispe") && page.has(&format!("/review/{it}/duplicate\"")), "{}", page.body);
    assert!(ben.get(PAGE).await.has("by you: somebody else decides"));
    assert!(page.has("href=\"/review/duplicates/export/xlsx\""), "{}", page.body);
    let file = me.get(FILE).await;
    assert!(file.has(",Ana Beltrán,2026-11-25 10:00\r\n"), "{}", file.body);

    // a case that is closed to somebody is in no list
    let conflict = "insert into conflict_of_interest values ($1, $2, now())";
    sqlx::query(conflict).bind(me.id).bind(kept).execute(&world.db).await.unwrap();
    assert!(!me.get(PAGE).await.has("Quispe"));
    assert!(!me.get(FILE).await.has("Quispe"));
    sqlx::query(
        "update duplicate_proposal set decided_by = $1, decided_at = $2, confirmed = false, answer = 'two'",
    )
    .bind(me.id)
    .bind(world.now)
    .execute(&world.db)
    .await
    .unwrap();
    assert!(ben.get(PAGE).await.has("Nothing waits for a second look"));
}
