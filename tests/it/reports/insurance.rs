use crate::support::{WHOLE_POLICY, world_on};

#[sqlx::test]
async fn a_policy_that_ends_too_early_is_listed_until_another_follows(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let director = world.sign_in("en", &["hr_director"]).await;
    assert_eq!(cast.show("insurance", &WHOLE_POLICY).await.status, 303);
    let ends = |day: &'static str| {
        sqlx::query(
            "update onboarding_document set state = 'verified', decided_by = $1, decided_at = now(),
             valid_from = '2026-11-01', valid_until = $2::date",
        )
        .bind(cast.reviewer.id)
        .bind(crate::support::day(day))
        .execute(&world.db)
    };
    ends("2027-07-31").await.unwrap();
    assert!(director.get("/reports/insurance").await.has("ends too early"), "it covers everything");
    ends("2027-01-10").await.unwrap();

    let page = director.get("/reports/insurance").await;

    assert!(page.has("10\u{a0}January 2027") && page.has("Quispe"), "{}", page.body);
    assert!(!page.has("/documents\""), "the director opens none");
    assert!(cast.reviewer.get("/reports/insurance").await.has(&cast.at("placements", "/documents")));
    let file = director.get("/reports/insurance/export/csv").await;
    assert!(file.has("Geneva,2027-01-10,2027-07-31\r\n"), "{}", file.body);
    assert_eq!(cast.supervisor.get("/reports/insurance").await.status, 403);
}
