use crate::support::world_on;

#[sqlx::test]
async fn the_dashboard_shows_what_the_record_says(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reviewer, director) = (world.reviewer("en").await, world.sign_in("fr", &["hr_director"]).await);
    assert!(reviewer.get("/reports").await.has("Nothing has been counted yet"));
    world.accepted().await;
    let more = world.application(&world.candidate("en").await).await;
    reviewer.claim(more).await;
    world.hour().await;
    world.hour().await;

    let page = reviewer.get("/reports").await;

    assert_eq!(page.status, 200, "{}", page.body);
    for part in [
        "<dt>Released</dt><dd>2</dd>",
        "<dt>Decided</dt><dd>1</dd>",
        "<th scope=\"row\">November 2026</th><td class=\"num\">2</td><td class=\"num\">2</td><td class=\"num\">1</td>",
        // two people and one: neither is told
        "<th scope=\"row\">Geneva</th><td class=\"num\">–</td><td class=\"num\">–</td><td class=\"num\">–</td>",
        "<th scope=\"row\">February 2027</th><td class=\"num\">Geneva</td><td class=\"num\">1</td><td class=\"num\">CHF\u{a0}2,230.00</td>",
    ] {
        assert!(page.has(part), "{part} in {}", page.body);
    }
    assert!(!page.has("style="), "colours are the stylesheet's");
    assert!(director.get("/reports").await.has("<dt>Transmis</dt><dd>2</dd>"));
    let file = director.get("/reports/export/allowance/csv").await;
    assert!(file.has("2027-02-01,Genève,1,2230.00,CHF\r\n"), "{}", file.body);
    let file = reviewer.get("/reports/export/office/csv").await;
    assert!(file.has("Geneva,,,\r\n"), "{}", file.body);
    assert_eq!(reviewer.get("/reports/export/people/csv").await.status, 404);
    let story = world.story().await;
    assert_eq!(story.iter().filter(|line| line.starts_with("export, by")).count(), 2);
}

#[sqlx::test]
async fn months_that_are_over_are_drawn_and_stay_as_they_were(db: sqlx::PgPool) {
    let world = world_on(db, "2026-09-10").await;
    let reviewer = world.reviewer("en").await;
    for (day, releases) in [("2026-09-10", 6), ("2026-10-12", 7), ("2026-11-02", 1)] {
        let then = world.later(day).await;
        for _ in 0..releases {
            then.application(&then.candidate("en").await).await;
        }
    }
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let later = world.later("2026-11-04").await;
    later.hour().await;
    assert_eq!(world.count("select count(*) from report_month where is_final").await, 2);
    let page = reviewer.of(&later).get("/reports?months=6").await;
    for part in [
        "<svg viewBox=\"-1 0 123 100\" preserveAspectRatio=\"none\" role=\"img\" aria-labelledby=\"released-t released-d\">",
        "<desc id=\"released-d\">Released: 6 in September 2026, 7 in October 2026, 7 at most. Decided: 0",
        "<path class=\"l1\" d=\"M0.0 60.0 120.0 53.3\"/>",
        // fourteen state Spanish and English: no number is small
        "<th scope=\"row\">Spanish</th><td class=\"num\">14</td>",
    ] {
        assert!(page.has(part), "{part} in {}", page.body);
    }
    // what is final is not counted again
    sqlx::query("delete from report_count where month = '2026-09-01'").execute(&world.db).await.unwrap();
    later.hour().await;
    assert_eq!(world.count("select count(*) from report_count where month = '2026-09-01'").await, 0);
}

#[sqlx::test]
async fn waiting_is_measured_from_the_first_release_to_the_first_claim(db: sqlx::PgPool) {
    let world = world_on(db, "2026-10-01").await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        ids.push(world.application(&world.candidate("en").await).await);
    }
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    for (day, id) in [("2026-10-05", ids[0]), ("2026-10-11", ids[1])] {
        let then = world.later(day).await;
        then.reviewer("en").await.claim(id).await;
    }
    let later = world.later("2026-11-03").await;
    later.hour().await;
    let measured: (i64, f64, f64) = sqlx::query_as(
        "select n, median, p90 from report_wait where month = '2026-10-01' and stage = 'claim'",
    )
    .fetch_one(&world.db)
    .await
    .unwrap();
    assert_eq!((measured.0, measured.1), (2, 7.0));
    assert!((measured.2 - 9.4).abs() < 1e-9, "{measured:?}");
    let page = later.reviewer("en").await.get("/reports").await;
    assert!(page.has("<h1>People wait 7 days for a first answer</h1>"), "{}", page.body);
}

#[sqlx::test]
async fn a_case_that_is_given_out_counts_as_opened(db: sqlx::PgPool) {
    let world = world_on(db, "2026-10-01").await;
    let id = world.application(&world.candidate("en").await).await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let then = world.later("2026-10-05").await;
    let (me, colleague) = (then.reviewer("en").await, then.reviewer("en").await);
    sqlx::query("update session set idle_seconds = 100000000, expires_at = '2027-01-01'")
        .execute(&world.db)
        .await
        .unwrap();
    me.post("/review/bulk", &format!("do={}&pick={id}:1", colleague.id)).await;
    let handed_on = then.later("2026-11-02").await;
    me.of(&handed_on).post("/review/bulk", &format!("do={}&pick={id}:2", me.id)).await;
    assert_eq!(world.count("select count(*) from audit_event where action = 'assign'").await, 2);
    world.later("2026-11-03").await.hour().await;
    let opened = "select month::text || ' ' || n from report_count where stage = 'claimed' and split = 'all'";
    let opened: Vec<String> = sqlx::query_scalar(opened).fetch_all(&world.db).await.unwrap();
    assert_eq!(opened, ["2026-10-01 1"], "once, when it was first given to somebody");
    assert_eq!(world.count("select n from report_wait where stage = 'claim'").await, 1);
}
