use crate::account::proof;
use crate::support::{World, world_on};
use sqlx::PgPool;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::{erasure, retention};

/// Of the classes without a person or a paper behind them.
async fn due(world: &World) -> Vec<(&'static str, i64, i64)> {
    let mut connection = world.db.acquire().await.unwrap();
    let report = retention::due(&mut connection, world.now, world.now.date_naive()).await.unwrap();
    report.iter().skip(5).map(|due| (due.period.class.code(), due.rows, due.held)).collect()
}

#[sqlx::test]
async fn what_has_had_its_time_goes_but_for_a_hold(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.sign_in("en", &["administrator"]).await;
    let (candidate, held) = (world.candidate("en").await, world.candidate("en").await);
    for id in [candidate.id, held.id] {
        sqlx::query(
            "insert into outbox (id, recipient_id, letter, created_at, next_attempt_at, sent_at)
             values (gen_random_uuid(), $1, 'pooled', '2026-08-01', '2026-08-01', '2026-08-01')",
        )
        .bind(id)
        .execute(&world.db)
        .await
        .unwrap();
    }
    let nothing = vec![("links", 0, 0), ("email_changes", 0, 0), ("letters", 0, 0)];
    assert_eq!(due(&world).await, nothing, "a year has not passed");

    let report = ana.get("/administration/retention").await;
    assert!(report.has("/administration/export/retention/xlsx"), "{}", report.body);
    let file = ana.get("/administration/export/retention/csv").await;
    assert!(
        file.has("Which letter was sent to whom, without its text") && file.has(",365,,,,"),
        "{}",
        file.body
    );

    let here = "/administration/retention/letters";
    let form = |days: &str| format!("seen=365&days={days}");
    let short = ana.post(here, &form("3")).await;
    assert!(short.status == 422 && short.has("Enter a whole number from 30 to 1825"), "{}", short.body);
    for _ in 0..2 {
        assert_eq!(ana.post(here, &form("90")).await.status, 303);
    }
    assert_eq!(ana.post(here, &form("100")).await.status, 409, "seen before it was 90");
    let hold = format!("/administration/people/{}/hold", held.id);
    let form = "until_day=1&until_month=3&until_year=2027&reason=Case+7";
    assert_eq!(ana.post(&hold, "until_day=1&until_month=3&until_year=2026&reason=").await.status, 422);
    for _ in 0..2 {
        assert_eq!(ana.post(&hold, form).await.status, 303);
    }
    assert!(ana.get(&hold).await.has("In force until 1\u{a0}March 2027"));
    assert_eq!(due(&world).await[2], ("letters", 1, 1));
    let story = ["export, by administrator", "change_retention, by administrator", "hold, by administrator"];
    assert_eq!(world.story().await, story);

    let swept = {
        let db = Db::new(world.db.clone(), chrono_tz::UTC);
        stagiaire::sweep::once(&db, Clock::Stopped(world.now)).await.unwrap()
    };
    assert_eq!(swept, 1);
    assert_eq!(due(&world).await[2], ("letters", 0, 1));
    assert_eq!(ana.post(&format!("{hold}/lift"), "").await.status, 303);
    assert_eq!(due(&world).await[2], ("letters", 1, 0));
}

#[sqlx::test]
async fn nobody_is_erased_under_a_hold_and_then_by_itself(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.sign_in("en", &["administrator"]).await;
    let ines = world.with_password(world.candidate("en").await).await;
    let hold = format!("/administration/people/{}/hold", ines.id);
    let form = "until_day=1&until_month=3&until_year=2027&reason=Case+7";
    assert_eq!(ana.post(&hold, form).await.status, 303);
    assert!(ines.get("/account/delete").await.has("obliges us to keep your data until 1\u{a0}March 2027"));
    let asked = ines.post("/account/delete", &format!("{}&sure=true", proof())).await;
    assert_eq!(asked.location.unwrap(), "/account/delete");
    assert!(ines.get("/account/delete").await.has("You asked for your account to be deleted"));
    let round = async |world: &World| {
        let db = Db::new(world.db.clone(), chrono_tz::Europe::Zurich);
        erasure::once(&db, Clock::Stopped(world.now), &world.files().await).await.unwrap()
    };
    assert_eq!(round(&world).await, 0);
    assert_eq!(round(&world.later("2027-03-01").await).await, 0, "its last day");
    assert_eq!(round(&world.later("2027-03-02").await).await, 1);
}
