use crate::support::world_on;

#[sqlx::test]
async fn who_does_not_come_is_recorded_the_day_after_and_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "ready").await;
    let (path, home) = (format!("/placements/{id}/no-show"), format!("/placements/{id}"));

    let first = world.later("2027-02-01").await;
    assert_eq!(reviewer.of(&first).get(&path).await.location.as_deref(), Some(home.as_str()), "too soon");
    assert_eq!(reviewer.of(&first).post(&path, "seen=5").await.status, 409);
    let second = world.later("2027-02-02").await;
    let reviewer = reviewer.of(&second);
    assert!(reviewer.get(&home).await.has(&path));
    let form = format!("seen={}", reviewer.get(&path).await.hidden("seen"));
    for _ in 0..2 {
        assert_eq!(reviewer.post(&path, &form).await.status, 303);
    }

    assert_eq!(world.story().await.last().unwrap(), "no_show: ready -> no_show, by hr_reviewer");
    assert!(world.letters().await.ends_with(&["absence_recorded".to_owned(), "intern_absent".to_owned()]));
    assert_eq!(ines.of(&second).get(&format!("/internship/{id}")).await.status, 404);
}
