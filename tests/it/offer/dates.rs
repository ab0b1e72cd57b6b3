use crate::support::world_on;

const LATER: &str =
    "start_day=1&start_month=3&start_year=2027&end_day=31&end_month=8&end_year=2027&words=Exams";

#[sqlx::test]
async fn other_dates_are_asked_for_once_and_the_offer_stands(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let path = cast.at("offer", "/dates");
    assert!(cast.candidate.get(&path).await.has("value=\"2027\""), "begins with the dates offered");

    let (one, two) = tokio::join!(cast.candidate.post(&path, LATER), cast.candidate.post(&path, LATER));

    assert_eq!((one.status, two.status), (303, 303), "{}", one.body);
    assert_eq!(world.letters().await[4..], ["dates_asked"]);
    let theirs = cast.reviewer.get(&cast.at("placements", "")).await;
    assert!(
        theirs.has("from 1\u{a0}March 2027 to 31\u{a0}August 2027") && theirs.has("Exams"),
        "{}",
        theirs.body
    );
    let mine = cast.candidate.get(&cast.at("offer", "")).await;
    assert!(mine.has("You asked for other dates") && mine.has("/accept"));
    assert!(cast.candidate.get("/application").await.has("You have an offer from Geneva"));
}

#[sqlx::test]
async fn dates_that_cannot_be_are_explained(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let path = cast.at("offer", "/dates");
    for (form, words) in [
        ("words=later", "Enter the first day"),
        (&LATER.replace("start_month=3", "start_month=13"), "must be a real date"),
        (&LATER.replace("start_year=2027", "start_year=2026"), "First day must lie in the future"),
        (&LATER.replace("end_month=8", "end_month=1"), "Last day must be after the first day"),
        (
            &LATER.replace("start_month=3", "start_month=2").replace("end_month=8", "end_month=7"),
            "you are offered",
        ),
    ] {
        let page = cast.candidate.post(&path, form).await;
        assert!(page.status == 422 && page.has(words), "{words}: {} {}", page.status, page.body);
    }
    assert_eq!(world.count("select count(*) from date_request").await, 0);
}
