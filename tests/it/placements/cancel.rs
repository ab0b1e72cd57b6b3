use crate::support::world_on;

#[sqlx::test]
async fn who_was_placed_returns_to_the_pool(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let path = cast.at("placements", "/cancel");
    let form = format!("seen={}&reason=The+unit+closes", cast.reviewer.get(&path).await.hidden("seen"));
    for _ in 0..2 {
        assert_eq!(cast.reviewer.post(&path, &form).await.status, 303);
    }
    let story = world.story().await;
    assert_eq!(
        story[story.len() - 2..],
        ["cancel: accepted -> cancelled, by hr_reviewer", "return_to_pool: placed -> pooled, by system"]
    );
    assert_eq!(world.letters().await[6..], ["placement_cancelled", "placement_off"]);
    assert!(cast.candidate.get("/application").await.has("Your placement was called off"));
    assert!(cast.candidate.get(&cast.at("offer", "")).await.has("The unit closes"));
    world.assert_whole().await;
}

#[sqlx::test]
async fn what_is_offered_is_taken_back_and_not_called_off(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let path = cast.at("placements", "/cancel");
    assert_eq!(cast.reviewer.get(&path).await.location, Some(cast.at("placements", "")));
    assert_eq!(cast.reviewer.post(&path, "seen=3&reason=x").await.status, 409);
    assert_eq!(world.count("select count(*) from placement where state = 'offered'").await, 1);
}
