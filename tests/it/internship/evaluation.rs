use crate::support::{EVALUATION, world_on};

#[sqlx::test]
async fn a_comment_belongs_to_the_words_that_were_read_and_closes_them(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let (write, read) =
        (format!("/supervision/{id}/evaluate/mid_term"), format!("/internship/{id}/evaluation/mid_term"));
    assert_eq!(ines.get(&read).await.status, 404, "nothing is written yet");
    let empty = supervisor.fill_in(&write, "work=Cleaned+the+survey").await;
    assert_eq!(empty.status, 422);
    assert!(
        empty.has("Write the strengths")
            && empty.has("Cleaned the survey")
            && !empty.has("Write what was done<")
    );
    assert_eq!(supervisor.fill_in(&write, EVALUATION).await.status, 303);
    let seen = ines.get(&read).await.hidden("seen");
    assert_eq!(ines.post(&read, &format!("seen={seen}")).await.status, 422);

    let kinder = EVALUATION.replace("Ask+earlier", "Ask+sooner");
    assert_eq!(supervisor.fill_in(&write, &kinder).await.status, 303, "changed");
    let late = ines.post(&read, &format!("seen={seen}&comment=I+did+ask")).await;
    assert_eq!(late.status, 409);
    assert!(late.has("Ask sooner") && late.has("I did ask"));
    let again = format!("seen={}&comment=Thank+you", late.hidden("seen"));
    assert_eq!(ines.post(&read, &again).await.status, 303);

    let second = ines.post(&read, &again.replace("Thank+you", "And+another+thing")).await;
    assert_eq!(second.status, 409);
    assert!(second.has("Thank you") && second.has("And another thing"));
    let over = supervisor.post(&write, &format!("seen=99&{EVALUATION}")).await;
    assert_eq!(over.status, 409, "answered: it stays");
    assert!(over.has("Ask earlier"), "what was typed is still there");
    let kept: String =
        sqlx::query_scalar("select improve from evaluation").fetch_one(&world.db).await.unwrap();
    assert_eq!(kept, "Ask sooner");
    let letters = world.letters().await;
    assert_eq!(
        letters[letters.len() - 2..],
        ["evaluation_written", "evaluation_commented"],
        "one for two versions"
    );
}

#[sqlx::test]
async fn after_two_weeks_an_evaluation_stays_as_it_is(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let path = format!("/supervision/{id}/evaluate/mid_term");
    assert_eq!(supervisor.fill_in(&path, EVALUATION).await.status, 303);
    let seen = supervisor.get(&path).await.hidden("seen");

    let later = world.later("2026-12-09").await;
    let page = supervisor.of(&later).get(&path).await;
    let form = format!("seen={seen}&{}", EVALUATION.replace("earlier", "sooner"));
    let reply = supervisor.of(&later).post(&path, &form).await;

    assert!(page.has("more than two weeks ago") && !page.has("<textarea"));
    assert_eq!((reply.status, reply.has("Ask sooner")), (409, true));
}
