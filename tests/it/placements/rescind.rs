use crate::support::world_on;

#[sqlx::test]
async fn an_offer_taken_back_says_why_and_leaves_the_candidate_in_the_pool(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let path = cast.at("placements", "/rescind");
    assert_eq!(cast.reviewer.fill_in(&path, "reason=").await.status, 422);
    let form = format!("seen={}&reason=You+asked+for+March", cast.reviewer.get(&path).await.hidden("seen"));
    for _ in 0..2 {
        assert_eq!(cast.reviewer.post(&path, &form).await.status, 303);
    }
    assert_eq!(world.story().await.last().unwrap(), "rescind: offered -> rescinded, by hr_reviewer");
    assert_eq!(world.letters().await[4..], ["placement_cancelled", "offer_rescinded"]);
    assert!(cast.candidate.get(&cast.at("offer", "")).await.has("You asked for March"));
    let another = world.reviewer("en").await.post(&path, &form.replace("March", "April")).await;
    assert!(another.status == 409 && another.has("You asked for April"));
    world.assert_whole().await;
}
