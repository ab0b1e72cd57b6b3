use crate::support::{EVALUATION, world_on};

#[sqlx::test]
async fn a_supervisor_sees_what_is_due_next_and_no_medical_content(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    let other = world.supervisor("en", "geneva").await;
    let list = "/supervision/interns";

    let page = cast.supervisor.get(list).await;
    for words in [
        "María José",
        "Documents for the first day, by 1\u{a0}February 2027",
        "Getting ready: 0 of 5 documents accepted",
        "Not known yet",
    ] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    cast.settle_all_but("none", &officer).await;
    let page = cast.supervisor.get(list).await;
    for words in
        ["Ready to start", "Fit until 31\u{a0}July 2027", "Confirm the first day, by 1\u{a0}February 2027"]
    {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert!(!page.has("medical_certificate.pdf") && !page.has("/medical/"));
    assert!(other.get(list).await.has("No interns at the moment"), "somebody else's are not mine");
    assert!(cast.reviewer.get("/placements/under-way").await.has("Fit until 31\u{a0}July 2027"));
    assert!(!cast.candidate.get(list).await.has("María"));
    for (reader, file) in [
        (&cast.supervisor, "/supervision/interns/export/csv"),
        (&cast.reviewer, "/placements/under-way/export/csv"),
    ] {
        let file = reader.get(file).await;
        assert!(
            file.has(",Confirm the first day,2027-02-01,Geneva,") && file.has("Fit until"),
            "{}",
            file.body
        );
    }
    assert_eq!(other.get("/supervision/interns/export/csv").await.body.lines().count(), 1, "heads only");
}

#[sqlx::test]
async fn what_is_written_is_no_longer_due_and_the_story_says_when(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let page = format!("/supervision/{id}");
    let half = world.later("2027-05-10").await;
    let mine = supervisor.of(&half);

    assert!(mine.get("/supervision/interns").await.has("Late"), "half-time was on the second of May");
    let story = mine.get(&page).await;
    for words in [
        "It was due: By 2\u{a0}May 2027",
        "By 17\u{a0}July 2027",
        "From 3\u{a0}July 2027, by 31\u{a0}July 2027",
        "From 24\u{a0}July 2027, by 31\u{a0}July 2027",
        "First agreement",
        "accepted by the intern",
    ] {
        assert!(story.has(words), "{words} is missing from {}", story.body);
    }
    assert_eq!(mine.fill_in(&format!("{page}/evaluate/mid_term"), EVALUATION).await.status, 303);
    assert!(mine.get("/supervision/interns").await.has("Final evaluation, by 31\u{a0}July 2027"));
    assert!(mine.get(&page).await.has("Written on 10\u{a0}May 2027"));
}
