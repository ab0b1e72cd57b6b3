use crate::support::world_on;

#[sqlx::test]
async fn an_early_end_keeps_two_weeks_notice_unless_both_agree(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let world = world.later("2027-03-01").await;
    let (reviewer, path) = (reviewer.of(&world), format!("/placements/{id}/end-early"));
    let told = world.letters().await.len();
    let form = |day: &str| format!("last_day={day}&last_month=3&last_year=2027&reason=Moves+abroad");

    let soon = reviewer.fill_in(&path, &form("14")).await;
    let bare = reviewer.fill_in(&path, "last_day=").await;
    let agreed = format!("seen={}&{}&both_agree=true", soon.hidden("seen"), form("14"));
    for _ in 0..2 {
        assert_eq!(reviewer.post(&path, &agreed).await.status, 303);
    }

    assert_eq!((soon.status, soon.has("must be 15\u{a0}March 2027 or later")), (422, true));
    assert!(soon.has("Moves abroad") && bare.has("Enter the last day") && bare.has("Write the reason"));
    assert_eq!(world.letters().await[told..], ["ended_early", "supervision_ended"]);
    assert_eq!(world.story().await.last().unwrap(), "end_early: started -> ended_early, by hr_reviewer");
    let page = ines.of(&world).get(&format!("/internship/{id}")).await;
    assert!(page.has("Your last day is 14\u{a0}March 2027") && !page.has("Moves abroad"));
}
