//! A rule that needs review is judged in writing, by whoever has the case.
use crate::support::{proposal, world_on};

#[sqlx::test]
async fn a_finding_is_read_by_colleagues_and_opens_the_pool(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("fr").await);
    me.claim(id).await;
    let (page, path) = (format!("/review/{id}"), format!("/review/{id}/rules/track"));
    assert!(me.get(&page).await.has(&path) && !colleague.get(&page).await.has(&path));

    let bare = me.fill_in(&path, "reason=").await;
    assert!(
        bare.status == 422 && bare.has("href=\"#finding\"") && bare.has("href=\"#reason\""),
        "{}",
        bare.body
    );
    let form =
        format!("seen={}&finding=not_met&reason=No+earlier+degree", me.get(&path).await.hidden("seen"));
    let (one, two) = (me.post(&path, &form).await, me.post(&path, &form).await);
    assert_eq!((one.status, two.status), (303, 303));
    assert_eq!(world.count("select count(*) from rule_judgement").await, 1, "a double click");
    assert!(colleague.get(&page).await.has("No earlier degree"));
    let blocked = me.get(&format!("{page}/pool")).await;
    assert!(blocked.has("was judged not to be met") && !blocked.has("name=\"reason\""));
    assert_eq!(me.post(&format!("{page}/pool"), "seen=2&reason=I+insist").await.status, 422);

    me.fill_in(&path, "finding=met&reason=Transcript+seen").await;
    let pool = me.get(&format!("{page}/pool")).await;
    assert!(pool.has("Transcript seen") && !pool.has("name=\"reason\""), "{}", pool.body);
    assert_eq!(me.post(&format!("{page}/pool"), "seen=2").await.status, 303);
    assert_eq!(world.letters().await, ["pooled"]);
    let reason = "select count(*) from audit_event where action = 'pool' and reason = 'Transcript seen'";
    assert_eq!(world.count(reason).await, 1);
    assert_eq!(me.post(&path, &form).await.status, 409, "the case has moved on");
}

#[sqlx::test]
async fn nobody_else_judges_and_no_rule_that_is_met(db: sqlx::PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let (me, other) = (world.reviewer("en").await, world.reviewer("en").await);
    me.claim(id).await;
    let track = format!("/review/{id}/rules/track");
    assert_eq!(other.get(&track).await.status, 303);
    assert_eq!(other.post(&track, "seen=2&finding=met&reason=Mine").await.status, 409);
    assert_eq!(candidate.post(&track, "seen=2&finding=met&reason=Mine").await.status, 403);
    assert_eq!(me.post(&format!("/review/{id}/rules/age"), "seen=2&finding=met&reason=x").await.status, 404);
    assert_eq!(world.count("select count(*) from rule_judgement").await, 0);

    me.fill_in(&track, "finding=met&reason=Seen").await;
    let changed = sqlx::query("update rule_judgement set reason = 'Other'").execute(&db).await;
    assert!(changed.is_err(), "it stays as it was given");
}

#[sqlx::test]
async fn a_newer_version_in_the_pool_is_judged_anew_before_a_place_is_proposed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let id = world.application(&world.candidate("es").await).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let (page, track) = (format!("/review/{id}"), format!("/review/{id}/rules/track"));
    me.claim(id).await;
    assert_eq!(me.fill_in(&format!("{page}/pool"), "reason=Transcript+seen").await.status, 303);
    let newer = "insert into snapshot select (jsonb_populate_record(s, '{\"number\": 2}')).* from snapshot s;
        update application set latest = 2";
    sqlx::raw_sql(newer).execute(&world.db).await.unwrap();

    let told = colleague.get(&page).await;
    assert!(told.has(&track) && told.has("version=2"), "nothing is silently replaced: {}", told.body);
    let propose = format!("{page}/propose");
    let refused = colleague.fill_in(&propose, &proposal(&supervisor)).await;
    assert!(refused.status == 422 && refused.has("a rule has still to be judged"), "{}", refused.body);
    colleague.fill_in(&track, "finding=not_met&reason=Another+degree").await;
    assert_eq!(colleague.fill_in(&propose, &proposal(&supervisor)).await.status, 422);
    assert_eq!(colleague.fill_in(&track, "finding=met&reason=Transcript+seen+again").await.status, 303);
    assert_eq!(colleague.fill_in(&propose, &proposal(&supervisor)).await.status, 303);
}
