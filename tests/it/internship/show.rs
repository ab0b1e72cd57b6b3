use crate::support::world_on;

#[sqlx::test]
async fn an_internship_is_its_interns_alone(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "accepted").await;

    let page = ines.get(&format!("/internship/{id}")).await;

    assert_eq!(page.status, 200);
    let email = format!("mailto:{}@example.org", supervisor.id);
    for words in [
        "You are going to Geneva",
        "Monday 1\u{a0}February 2027, in 68 days",
        "Ana Beltrán",
        &email,
        "CHF\u{a0}13,380.00 in all",
        "Clean the survey",
        "Work alone in R",
        "calendar.ics",
    ] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert!(ines.get("/application").await.has(&format!("href=\"/internship/{id}\"")));
    let (other, elsewhere) = (world.candidate("en").await, world.supervisor("en", "nairobi").await);
    for path in ["", "/calendar.ics", "/extension", "/evaluation/final"] {
        assert_eq!(other.get(&format!("/internship/{id}{path}")).await.status, 404, "{path}");
    }
    for path in ["", "/start", "/extend", "/complete", "/evaluate/final", "/evaluate/mid_term"] {
        let path = format!("/supervision/{id}{path}");
        assert_eq!(elsewhere.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(elsewhere.post(&format!("/supervision/{id}/start"), "seen=1").await.status, 404);
    let own = world.sign_in("en", &["candidate", "hr_reviewer"]).await;
    sqlx::query("update application set candidate_id = $1").bind(own.id).execute(&world.db).await.unwrap();
    for path in ["start", "extension"] {
        assert_eq!(own.get(&format!("/placements/{id}/{path}")).await.status, 404, "one's own: {path}");
    }
}

#[sqlx::test]
async fn a_proposal_is_no_internship_yet(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "offered").await;
    assert_eq!(ines.get(&format!("/internship/{id}")).await.status, 404);
    assert!(!ines.get("/application").await.has("/internship/"));
}
