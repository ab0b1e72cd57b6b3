//! What has had its time goes, and nothing else.

use crate::support::{PASSWORD, world_on};
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::sweep;

#[sqlx::test]
async fn ended_sessions_old_links_counts_and_kept_forms_go(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("en").await;
    let form = format!("email=nobody%40example.org&password={}", PASSWORD.replace(' ', "+"));
    world.stranger().post("/sign-in", &form).await;
    sqlx::query("insert into link_token values (sha256('x'), $1, 'confirm_email', $2, $2, null)")
        .bind(candidate.id)
        .bind(world.now)
        .execute(&world.db)
        .await
        .unwrap();
    sqlx::query("insert into kept_form values (sha256('y'), $1, '/profile/about', $2, 'locked')")
        .bind(candidate.id)
        .bind(world.now)
        .execute(&world.db)
        .await
        .unwrap();
    let db = Db::new(world.db.clone(), chrono_tz::UTC);

    let in_days = async |days: i64| {
        let clock = Clock::Stopped(world.now + chrono::TimeDelta::days(days));
        sweep::once(&db, clock).await.unwrap()
    };
    assert_eq!(in_days(0).await, 0, "everything has its time still");
    let (tomorrow, in_a_week, in_a_month) = (in_days(1).await, in_days(8).await, in_days(31).await);

    // three counts of tries and the kept form; the idle session is remembered for a week; at last the link
    assert_eq!((tomorrow, in_a_week, in_a_month), (4, 1, 1));
    assert_eq!(world.count("select count(*) from person").await, 1);
}
