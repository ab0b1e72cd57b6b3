//! The same changes asked of several candidates, each case a step of its own.
use super::bulk::{picks, three};
use crate::support::world_on;

const ADDRESS: &str = "/review/bulk/changes";

#[sqlx::test]
async fn every_letter_is_read_before_any_leaves_and_each_case_is_its_own_step(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let (me, ben) = (world.reviewer("en").await, world.reviewer("en").await);
    sqlx::query(
        "update person set lang = 'fr' where id = (select candidate_id from application where id = $1)",
    )
    .bind(ids[1])
    .execute(&world.db)
    .await
    .unwrap();
    me.post("/review/bulk", &format!("do=claim{}", picks(&ids[..2], 1))).await;
    ben.post("/review/bulk", &format!("do=claim{}", picks(&ids[2..], 1))).await;

    assert!(me.get("/review").await.status == 200 && world.letters().await.is_empty());
    let chosen = me.post("/review/bulk", &format!("do=changes{}", picks(&ids, 2))).await;
    let page = me.get(chosen.location.as_deref().unwrap()).await;
    assert!(page.has("Who is asked") && page.has("Left out"), "{}", page.body);

    let bare = me.post(ADDRESS, &format!("message={}", picks(&ids, 2))).await;
    assert!(
        bare.status == 422 && bare.has("href=\"#sections\"") && bare.has("id=\"message\""),
        "{}",
        bare.body
    );
    let form = format!("sections=documents&message=Add+the+transcript.{}", picks(&ids, 2));
    let ready = me.post(ADDRESS, &form).await;
    assert!(ready.status == 200 && ready.has("2 letters are ready"), "{}", ready.body);
    assert!(ready.has("Human Resources needs something from you"), "{}", ready.body);
    assert!(ready.has("Les Ressources humaines attendent quelque chose de vous"), "in their language");
    assert!(world.letters().await.is_empty(), "nothing has left");
    let back = me.post(ADDRESS, &format!("then=change&{form}")).await;
    assert!(back.status == 200 && back.has("Add the transcript.</textarea>"), "{}", back.body);

    // one is overtaken between reading and sending
    me.fill_in(&format!("/review/{}/unclaim", ids[0]), "reason=").await;
    for _ in 0..2 {
        let sent = me.post(ADDRESS, &format!("then=send&{form}")).await;
        assert!(sent.status == 200 && sent.has("One case was changed"), "{}", sent.body);
        assert!(sent.has("Done: the candidate is asked") && sent.has("it has moved on"), "{}", sent.body);
    }
    assert_eq!(world.letters().await, ["changes_requested"], "a double click");
    assert_eq!(world.count("select count(*) from application where state = 'changes_requested'").await, 1);
    let late =
        me.post(ADDRESS, &format!("then=send&{}", form.replace("transcript.", "transcript.+Twice."))).await;
    assert_eq!(late.status, 409, "another message is another step: {}", late.body);
}

#[sqlx::test]
async fn only_who_reviews_a_case_asks_for_changes(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let me = world.reviewer("es").await;

    let page = me.get(&format!("{ADDRESS}?{}", picks(&ids, 1))).await;
    assert!(page.has("Tómelos primero") && !page.has("<textarea"), "{}", page.body);
    let form = format!("then=send&sections=letter&message=More{}", picks(&ids, 1));
    assert_eq!(me.post(ADDRESS, &form).await.status, 409);
    assert!(world.letters().await.is_empty());
    assert_eq!(world.candidate("en").await.post(ADDRESS, &form).await.status, 403);
}
