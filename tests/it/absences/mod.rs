//! Days away: recorded by either side, corrected by another entry, and nothing about anybody's health.

use crate::support::world_on;

const TWO_DAYS: &str = "corrects=&kind=sick&first_day=8&first_month=3&first_year=2027&last_day=9&last_month=3&last_year=2027&days=2";

#[sqlx::test]
async fn either_side_records_and_human_resources_sees_the_totals(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let (mine, theirs) = (format!("/internship/{id}/absences"), format!("/supervision/{id}/absences"));
    let read = format!("/placements/{id}/absences");
    assert!(reviewer.get(&read).await.has("No absence is recorded"));

    let (one, two) = tokio::join!(supervisor.post(&theirs, TWO_DAYS), supervisor.post(&theirs, TWO_DAYS));
    assert_eq!((one.status, two.status), (303, 303), "pressed twice");
    let leave = "corrects=&kind=leave&first_day=15&first_month=3&first_year=2027&days=0.5";
    assert_eq!(ines.post(&mine, leave).await.status, 303);
    assert_eq!(world.count("select count(*) from absence").await, 2);
    let page = ines.get(&mine).await;
    assert!(page.has("8\u{a0}March 2027 to 9\u{a0}March 2027") && page.has("0.5"), "{}", page.body);

    let entry: uuid::Uuid =
        sqlx::query_scalar("select id from absence where kind = 'sick'").fetch_one(&world.db).await.unwrap();
    let page = ines.get(&format!("{mine}?corrects={entry}")).await;
    assert!(page.has("Correct an entry") && page.has("value=\"8\""));
    let right = TWO_DAYS.replace("corrects=", &format!("corrects={entry}")).replace("days=2", "days=1.5");
    for _ in 0..2 {
        assert_eq!(ines.post(&mine, &right).await.status, 303);
    }
    let stale = right.replace("days=1.5", "days=1");
    let late = supervisor.post(&theirs, &stale).await;
    assert_eq!((late.status, late.has("was changed meanwhile")), (409, true), "corrected already");

    let page = reviewer.get(&read).await;
    for words in ["<dt>Sick</dt><dd>1.5</dd>", "<dt>Leave</dt><dd>0.5</dd>", "Corrected by another entry"] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert_eq!(world.count("select count(*) from absence").await, 3, "nothing is lost");
    assert_eq!(world.story().await.last().unwrap(), "record_absence, by candidate");
    assert!(page.has(&format!("{read}/export/xlsx")), "{}", page.body);
    let file = reviewer.get(&format!("{read}/export/csv")).await;
    assert!(file.has("2027-03-08,2027-03-09,Sick,1.5,") && file.has("2027-03-15,2027-03-15,Leave,0.5,"));
    assert_eq!(file.body.matches(",Yes\r\n").count(), 1, "one was corrected: {}", file.body);
    assert_eq!(world.candidate("en").await.get(&mine).await.status, 404);
    assert_eq!(world.supervisor("en", "geneva").await.get(&theirs).await.status, 404);
}

#[sqlx::test]
async fn what_cannot_be_is_refused_with_what_was_typed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let path = format!("/supervision/{id}/absences");
    assert_eq!(supervisor.post(&path, TWO_DAYS).await.status, 303);
    for (form, words) in [
        (TWO_DAYS.replace("kind=sick", "kind=leave"), "recorded for one of these days already"),
        (TWO_DAYS.replace("first_month=3", "first_month=1"), "must lie within the internship"),
        (TWO_DAYS.replace("last_day=9", "last_day=7"), "must not be before the first"),
        (TWO_DAYS.replace("days=2", "days=2.5"), "There are fewer days"),
        (TWO_DAYS.replace("days=2", "days=0"), "Enter the number of working days"),
        (TWO_DAYS.replace("days=2", "days=1.3"), "Enter the number of working days"),
        (TWO_DAYS.replace("kind=sick", "kind="), "Choose the kind"),
    ] {
        let reply = supervisor.post(&path, &form).await;
        assert_eq!(reply.status, 422, "{form}");
        assert!(reply.has(words) && reply.has("value=\"2027\""), "{words} is missing from {}", reply.body);
    }
    sqlx::query("update placement set version = version + 1, action = 'complete', state = 'completed'")
        .execute(&world.db)
        .await
        .unwrap();
    let over = supervisor.post(&path, &TWO_DAYS.replace("_month=3", "_month=4")).await;
    assert_eq!((over.status, over.has("the internship is over")), (409, true));
    assert_eq!(world.count("select count(*) from absence").await, 1);
}
