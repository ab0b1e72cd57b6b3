use crate::support::world_on;

#[sqlx::test]
async fn from_the_result_a_proposal_has_duty_station_and_dates_filled_in(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.application(&world.candidate("en").await).await;
    reviewer.pool(id).await;

    let asked =
        "/placements/match?office=geneva&area=data&language=es&start_day=1&start_month=3&start_year=2027";
    let page = reviewer.get(asked).await;
    assert!(page.has("free from 1\u{a0}March 2027") && page.has("Spanish at work level"), "{}", page.body);
    assert!(page.has("for 5 months; 6 or more are preferred"), "{}", page.body);
    let query = asked.split_once('?').unwrap().1;
    assert!(
        page.has(&format!("/placements/match/export/xlsx?{}", query.replace('&', "&#38;"))),
        "{}",
        page.body
    );
    let file = reviewer.get(&format!("/placements/match/export/csv?{query}")).await;
    assert!(file.has("Quispe Ñahui,") && file.has("for 5 months; 6 or more are preferred"), "{}", file.body);
    let address =
        format!("/review/{id}/propose?office=geneva&amp;start=2027-03-01&amp;end=2027-07-31&amp;area=data");
    let address =
        page.body.split('"').find(|part| part.contains("/propose?")).unwrap_or_else(|| panic!("{address}"));
    let form = reviewer.get(&address.replace("&#38;", "&").replace("&amp;", "&")).await;
    assert!(form.has(&format!("value=\"geneva:{}\" selected", supervisor.id)), "{}", form.body);
    assert!(
        form.has("name=\"start_month\" inputmode=\"numeric\" maxlength=\"2\" value=\"3\""),
        "{}",
        form.body
    );
    assert!(form.has("name=\"end_day\" inputmode=\"numeric\" maxlength=\"2\" value=\"31\""), "{}", form.body);
}

#[sqlx::test]
async fn a_date_that_does_not_exist_is_told_and_nobody_is_looked_for(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("es").await;
    assert!(!reviewer.get("/placements/match").await.has("Personas candidatas, la más"));
    let page =
        reviewer.get("/placements/match?office=geneva&start_day=31&start_month=2&start_year=2027").await;
    assert_eq!(page.status, 422);
    let nobody = "/placements/match/export/csv?office=geneva&start_day=31&start_month=2&start_year=2027";
    assert_eq!(reviewer.get(nobody).await.status, 404);
    assert!(page.has("href=\"#start\"") && page.has("value=\"31\"") && !page.has("<table"), "{}", page.body);
}

/// What the search reads does not grow with the pool: indexes alone, each up to a bound.
#[sqlx::test]
async fn the_cost_is_the_same_in_a_large_pool(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let id = world.application(&world.candidate("en").await).await;
    reviewer.pool(id).await;
    sqlx::raw_sql(
        "alter table pool_key disable trigger all;
         insert into pool_key select key, date '2026-12-01' + (n % 700), gen_random_uuid()
         from unnest('{office:geneva,language:es,area:data,kind:headquarters}'::text[]) key, generate_series(1, 20000) n;
         alter table pool_key enable trigger all; analyze pool_key;",
    )
    .execute(&world.db)
    .await
    .unwrap();
    let plan: Vec<String> = sqlx::query_scalar(
        "explain (analyze, costs off, timing off, summary off)
         select near.application_id from unnest('{office:geneva,language:es}'::text[]) k (key), lateral (
             (select application_id, starts_on from pool_key p where p.key = k.key and p.starts_on >= '2027-02-01'
              order by p.starts_on, p.application_id limit 250)
             union all
             (select application_id, starts_on from pool_key p where p.key = k.key and p.starts_on < '2027-02-01'
              order by p.starts_on desc, p.application_id desc limit 250)) near",
    )
    .fetch_all(&world.db)
    .await
    .unwrap();
    let plan = plan.join("\n");
    assert!(!plan.contains("Sort") && !plan.contains("Seq Scan"), "{plan}");
    assert_eq!(plan.matches("Index Only Scan").count(), 2, "{plan}");
    let started = std::time::Instant::now();
    assert_eq!(reviewer.get("/placements/match?office=geneva&area=data&language=es").await.status, 200);
    assert!(started.elapsed().as_millis() < 1000, "{:?}", started.elapsed());
}
