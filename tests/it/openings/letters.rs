use super::{DATA, data_but};
use crate::support::{Reader, World, world_on};

/// A candidate who wants letters, with these wishes and languages saved.
async fn hopeful<'w>(world: &'w World, wishes: &str, languages: &str) -> Reader<'w> {
    let reader = world.candidate("fr").await;
    for (section, answers) in [("wishes", wishes), ("languages", languages)] {
        reader.post(&format!("/profile/{section}"), &format!("seen=0&{answers}")).await;
    }
    reader.want_letters().await;
    reader
}

const FRENCH: &str = "language=fr&mother=no&listening=B2&reading=C1&speaking=B2&writing=B2";

#[sqlx::test]
async fn whom_an_opening_fits_gets_one_letter_and_nobody_unasked(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let mut wanted = vec![
        hopeful(&world, "areas=data&offices=geneva", FRENCH).await.id,
        hopeful(
            &world,
            "areas=health&areas=data&anywhere=true",
            "language=fr&mother=yes&listening=&reading=&speaking=&writing=",
        )
        .await
        .id,
    ];
    hopeful(&world, "areas=health&anywhere=true", FRENCH).await; // another area
    hopeful(&world, "areas=data&offices=dakar", FRENCH).await; // another place
    hopeful(&world, "areas=data&anywhere=true", &FRENCH.replace("speaking=B2", "speaking=B1")).await; // below the level
    hopeful(&world, "areas=data&anywhere=true", &FRENCH.replace("speaking=B2", "speaking=")).await; // not stated
    hopeful(
        &world,
        "areas=data&anywhere=true",
        "language=es&mother=yes&listening=&reading=&speaking=&writing=",
    )
    .await;
    let unasked = hopeful(&world, "areas=data&offices=geneva", FRENCH).await;
    assert_eq!(unasked.post("/openings/letters", "").await.status, 303);
    assert!(!unasked.get("/openings/letters").await.has("checked"));

    // released, with nothing in the draft: María of `support::profile` knows Spanish and English
    let maria = world.candidate("es").await;
    world.application(&maria).await;
    maria.want_letters().await;
    reviewer.announce(DATA).await;
    let mut told: Vec<uuid::Uuid> = recipients(&world).await;
    told.sort();
    wanted.sort();
    assert_eq!(told, wanted);
    reviewer.announce(&data_but("language=es&language=en&title_en=In+Spanish+and+English")).await;
    assert_eq!(recipients(&world).await.last(), Some(&maria.id));
    assert_eq!(world.letters().await, ["opening_fits"; 3]);
    assert_eq!(world.story().await.iter().filter(|line| *line == "begin_letters, by candidate").count(), 9);
}

async fn recipients(world: &World) -> Vec<uuid::Uuid> {
    sqlx::query_scalar("select recipient_id from outbox where letter = 'opening_fits' order by event_id")
        .fetch_all(&world.db)
        .await
        .unwrap()
}

#[sqlx::test]
async fn an_opening_owes_nobody_a_second_letter(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let ana = hopeful(&world, "areas=data&offices=geneva", FRENCH).await;
    world.application(&ana).await; // draft and release both fit
    let id = reviewer.draft(&data_but("language=")).await;
    let publish = format!("/review/openings/{id}/publish");
    tokio::join!(reviewer.post(&publish, "seen=1"), reviewer.post(&publish, "seen=1"));
    reviewer.fill_in(&format!("/review/openings/{id}/edit"), DATA).await;
    assert_eq!(world.letters().await, ["opening_fits"]);
}

#[sqlx::test]
async fn letters_begin_and_end_with_a_tick(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.candidate("en").await;
    assert!(!ana.get("/openings/letters").await.has("checked"), "off until it is asked for");
    ana.want_letters().await;
    ana.want_letters().await;
    assert!(ana.get("/openings/letters").await.has("checked"));
    ana.post("/openings/letters", "").await;
    ana.post("/openings/letters", "").await;
    assert_eq!(world.story().await, ["begin_letters, by candidate", "end_letters, by candidate"]);
}
