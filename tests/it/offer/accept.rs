use crate::support::{proposal, world_on};
use uuid::Uuid;

#[sqlx::test]
async fn accepted_once_it_places_the_candidate_and_closes_the_rest(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let nairobi = world.supervisor("en", "nairobi").await;
    let path = format!("/review/{}/propose", cast.application);
    cast.candidate.post("/account/consents", "give=other_offices").await;
    let other = proposal(&nairobi).replace("geneva", "nairobi");
    assert_eq!(cast.reviewer.fill_in(&path, &other).await.status, 303);
    let accept = cast.at("offer", "/accept");
    let form = format!("seen={}&agreed=true", cast.candidate.get(&accept).await.hidden("seen"));

    let (one, two) = tokio::join!(cast.candidate.post(&accept, &form), cast.candidate.post(&accept, &form));

    assert_eq!((one.status, two.status), (303, 303), "{}\n{}", one.body, two.body);
    assert_eq!(
        (one.location, two.location),
        (Some(cast.at("onboarding", "")), Some(cast.at("onboarding", "")))
    );
    let story = world.story().await;
    assert_eq!(
        story[story.len() - 3..],
        [
            "accept: offered -> accepted, by candidate",
            "place: pooled -> placed, by system",
            "close: proposed -> cancelled, by system",
        ]
    );
    assert_eq!(world.letters().await[5..], ["offer_accepted", "intern_expected", "placement_cancelled"]);
    assert!(cast.candidate.get("/application").await.has(&cast.at("onboarding", "")));
    assert!(cast.supervisor.get(&cast.at("supervision", "")).await.has("Accepted"));
    assert_eq!(cast.candidate.get("/application/withdraw").await.status, 303, "no longer possible");
}

#[sqlx::test]
async fn nothing_is_accepted_unread_or_too_late(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    sqlx::query("update session set idle_seconds = 1000000").execute(&world.db).await.unwrap();
    let accept = cast.at("offer", "/accept");
    let unread = cast.candidate.fill_in(&accept, "").await;
    assert!(unread.status == 422 && unread.has("Tick this box"));
    let form = format!("seen={}&agreed=true", cast.candidate.get(&accept).await.hidden("seen"));

    let last_day = world.later("2026-12-02").await;
    assert_eq!(cast.candidate.of(&last_day).get(&accept).await.status, 200, "the whole day counts");
    let day_after = world.later("2026-12-03").await;
    let late = cast.candidate.of(&day_after).post(&accept, &form).await;

    assert_eq!(late.location, Some(cast.at("offer", "")));
    let page = cast.candidate.of(&day_after).get(&cast.at("offer", "")).await;
    assert!(page.has("was not answered in time") && !page.has("/accept"));
    assert_eq!(world.count("select count(*) from placement where state = 'offered'").await, 1);
}

#[sqlx::test]
async fn an_offer_taken_back_this_very_moment_is_not_accepted(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let cast = world.offered().await;
    let accept = cast.at("offer", "/accept");
    let form = format!("seen={}&agreed=true", cast.candidate.get(&accept).await.hidden("seen"));

    let rescinded = "update placement set version = version + 1, action = 'rescind', state = 'rescinded'";
    let reply = world.meanwhile(rescinded, cast.candidate.post(&accept, &form)).await;

    assert_eq!(reply.location, Some(cast.at("offer", "")));
    assert!(cast.candidate.get(&cast.at("offer", "")).await.has("has taken this offer back"));
    let state: String = sqlx::query_scalar("select state from application where id = $1")
        .bind(cast.application)
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!(state, "pooled");
}

#[sqlx::test]
async fn of_two_offers_one_is_accepted(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let nairobi = world.supervisor("en", "nairobi").await;
    let path = format!("/review/{}/propose", cast.application);
    cast.candidate.post("/account/consents", "give=other_offices").await;
    let other = proposal(&nairobi).replace("geneva", "nairobi");
    let second: Uuid = {
        let reply = cast.reviewer.fill_in(&path, &other).await;
        reply.location.unwrap().rsplit('/').next().unwrap().parse().unwrap()
    };
    let writing = "terms_of_reference=a&tasks=b&learning_goals=c&no_conflict=true";
    nairobi.fill_in(&format!("/supervision/{second}/approve"), writing).await;
    let answer = "answer_day=2&answer_month=12&answer_year=2026";
    assert_eq!(cast.reviewer.fill_in(&format!("/placements/{second}/offer"), answer).await.status, 303);
    let (first, second) = (cast.at("offer", "/accept"), format!("/offer/{second}/accept"));
    let form = format!("seen={}&agreed=true", cast.candidate.get(&first).await.hidden("seen"));

    let (one, two) = tokio::join!(cast.candidate.post(&first, &form), cast.candidate.post(&second, &form));

    assert_eq!((one.status, two.status), (303, 303));
    assert_eq!(world.count("select count(*) from placement where state = 'accepted'").await, 1);
    assert_eq!(world.count("select count(*) from placement where state = 'cancelled'").await, 1);
}
