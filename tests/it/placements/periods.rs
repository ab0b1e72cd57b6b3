//! What the database refuses, whoever writes: these tests go around the application.

use crate::support::{Cast, World, world_on};
use sqlx::PgPool;
use uuid::Uuid;

/// The periods of a placement as the database holds them: number, days, whether they count.
async fn periods(world: &World, placement: Uuid) -> Vec<(i16, String, bool)> {
    sqlx::query_as(
        "select number, days::text, voided_at is null from placement_period where placement_id = $1 order by number",
    )
    .bind(placement)
    .fetch_all(&world.db)
    .await
    .unwrap()
}

/// One more agreement of the same people, made by hand; the constraint that refuses it, if one does.
async fn agree(world: &World, cast: &Cast<'_>, office: &str, from: &str, until: &str) -> Option<String> {
    let copied = Uuid::now_v7();
    let mut theirs = world.db.begin().await.unwrap();
    sqlx::query(
        "insert into placement (id, reference, application_id, office_id, supervisor_id, area, starts_on, ends_on,
             terms, proposed_by, version, action, came_from, state, state_since)
         select $1, $1::text, application_id, $3, supervisor_id, area, starts_on, ends_on, terms, proposed_by,
             1, 'propose', 'new', 'proposed', state_since from placement where id = $2",
    )
    .bind(copied)
    .bind(cast.placement)
    .bind(office)
    .execute(&mut *theirs)
    .await
    .unwrap();
    let written = sqlx::query(
        "insert into placement_period (placement_id, number, person_id, asked_by, approved_by, agreed_at, agreed, days)
         select $1, 1, $2, $3, $4, '2026-11-25', days, days from daterange($5::date, $6::date, '[]') days",
    )
    .bind(copied)
    .bind(cast.candidate.id)
    .bind(cast.reviewer.id)
    .bind(cast.supervisor.id)
    .bind(crate::support::day(from))
    .bind(crate::support::day(until))
    .execute(&mut *theirs)
    .await;
    match written {
        Ok(_) => {
            theirs.commit().await.unwrap();
            None
        }
        Err(error) => Some(error.as_database_error().unwrap().constraint().unwrap().to_owned()),
    }
}

#[sqlx::test]
async fn one_person_is_in_one_place_and_stays_no_longer_than_the_policy_allows(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    // six months from the first of February
    let cast = world.accepted().await;
    assert_eq!(periods(&world, cast.placement).await, [(1, "[2027-02-01,2027-08-01)".to_owned(), true)]);

    for (from, until, refused) in [
        ("2027-07-31", "2027-09-30", Some("one_place_at_a_time")),
        ("2026-12-01", "2027-02-01", Some("one_place_at_a_time")),
        // three months and a day
        ("2027-08-01", "2027-11-01", Some("within_the_total")),
        // three months: nine in all
        ("2027-08-05", "2027-11-04", None),
    ] {
        let said = agree(&world, &cast, "nairobi", from, until).await;
        assert_eq!(said.as_deref(), refused, "{from} to {until}");
    }
    assert_eq!(
        agree(&world, &cast, "bogota", "2028-01-01", "2028-01-01").await.as_deref(),
        Some("within_the_total")
    );
}

#[sqlx::test]
async fn two_agreements_at_once_do_not_add_up_to_too_much(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let cast = world.accepted().await;
    let (one, two) = tokio::join!(
        agree(&world, &cast, "nairobi", "2027-09-01", "2027-11-15"),
        agree(&world, &cast, "bogota", "2028-09-01", "2028-11-15")
    );
    let refused: Vec<String> = [one, two].into_iter().flatten().collect();
    assert_eq!(refused, ["within_the_total"], "exactly one of them");
}

#[sqlx::test]
async fn an_agreement_is_neither_unmade_nor_somebody_elses(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    for sql in [
        "delete from placement_period",
        "update placement_period set approved_by = asked_by",
        "update placement_period set agreed = daterange('2027-01-01', '2028-01-01')",
        "update placement_period set days = daterange('2027-01-31', '2027-08-01')",
        "update placement_period set days = 'empty'",
        "update placement_period set reason = 'x', extension_id = gen_random_uuid()",
    ] {
        assert!(sqlx::query(sql).execute(&world.db).await.is_err(), "{sql}");
    }
    assert_eq!(periods(&world, cast.placement).await.len(), 1);
}

#[sqlx::test]
async fn a_period_follows_the_steps_of_its_placement(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let longer = "end_day=31&end_month=8&end_year=2027&reason=The+survey+needs+another+month";
    assert_eq!(supervisor.fill_in(&format!("/supervision/{id}/extend"), longer).await.status, 303);
    let wish = ines.get(&format!("/internship/{id}/extension")).await.hidden("wish");
    ines.post(&format!("/internship/{id}/extension"), &format!("wish={wish}&answer=yes")).await;
    world.insured(id, "2027-02-01", "2027-08-31").await;
    let path = format!("/placements/{id}/extension");
    let page = reviewer.get(&path).await;
    let form = format!("seen={}&wish={}&decision=confirm", page.hidden("seen"), page.hidden("wish"));
    assert_eq!(reviewer.post(&path, &form).await.status, 303);

    let both =
        [(1, "[2027-02-01,2027-08-01)".to_owned(), true), (2, "[2027-08-01,2027-09-01)".to_owned(), true)];
    assert_eq!(periods(&world, id).await, both);
    for (reader, page) in [
        (&ines, format!("/internship/{id}")),
        (&supervisor, format!("/supervision/{id}")),
        (&reviewer, format!("/placements/{id}")),
    ] {
        let shown = reader.get(&page).await;
        assert!(shown.has("Extension 1") && shown.has("needs another month"), "{page}: {}", shown.body);
    }
    assert!(ines.get(&format!("/internship/{id}")).await.has("confirmed by Human Resources"));

    let early = "last_day=15&last_month=7&last_year=2027&reason=Moves+abroad";
    assert_eq!(reviewer.fill_in(&format!("/placements/{id}/end-early"), early).await.status, 303);
    let cut = [(1, "[2027-02-01,2027-07-16)".to_owned(), true), (2, "empty".to_owned(), false)];
    assert_eq!(periods(&world, id).await, cut);
}

#[sqlx::test]
async fn an_intern_who_does_not_come_is_free_for_those_days(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "ready").await;
    let late = world.later("2027-02-08").await;
    let reply = reviewer.of(&late).fill_in(&format!("/placements/{id}/no-show"), "").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(periods(&late, id).await, [(1, "[2027-02-01,2027-08-01)".to_owned(), false)]);
}
