use crate::openings::{DATA, data_but};
use crate::support::world_on;

#[sqlx::test]
async fn an_opening_is_named_explained_released_and_read(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let reviewer = world.reviewer("en").await;
    let id = reviewer.announce(&data_but("language=es&language=fr")).await;
    let ines = world.ready_candidate("en").await;
    assert!(ines.get(&format!("/openings/{id}")).await.has("Name this opening in my profile"));
    let name = format!("/profile/openings/{id}/name");
    let form = ines.release_form().await;
    let (one, two) = tokio::join!(ines.post(&name, ""), ines.post(&name, ""));
    assert_eq!(
        (one.status, two.location.as_deref()),
        (303, Some("/profile/wishes#openings")),
        "{}",
        one.body
    );
    assert_eq!(world.story().await.iter().filter(|line| *line == "name_opening, by candidate").count(), 1);
    assert!(ines.get(&format!("/openings/{id}")).await.has("You name this opening in your profile"));
    for path in ["/profile/wishes", "/profile/release"] {
        let page = ines.get(path).await;
        assert!(page.has("id=\"openings\"") || path != "/profile/wishes");
        assert!(
            page.has("This opening asks for Spanish at working level: you have it."),
            "{path}: {}",
            page.body
        );
        assert!(
            page.has("asks for French at working level: your profile does not state it. You can still name")
        );
    }
    assert_eq!(
        ines.post("/profile/release", &form).await.status,
        409,
        "nothing is released that was not seen"
    );
    let page = ines.get("/profile/release").await;
    assert!(!page.has("name=\"acknowledged\""), "the programme's verdict is another matter");
    assert_eq!(ines.release().await.status, 303);

    let case: uuid::Uuid =
        sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    let read = reviewer.get(&format!("/review/{case}")).await;
    assert!(read.has("Data assistant, Geneva (OP-2026-0001)"), "{}", read.body);
    assert!(
        read.has("It asks for Spanish at working level: stated.")
            && read.has("French at working level: not stated.")
    );

    // what was released stays readable when the opening changes its words, and is not taken for a change
    reviewer.fill_in(&format!("/review/openings/{id}/edit"), &data_but("title_en=Something+else")).await;
    assert!(reviewer.get(&format!("/review/{case}")).await.has("Data assistant, Geneva"));
    assert!(ines.get("/profile/release").await.has("You have changed nothing since"));
    reviewer.fill_in(&format!("/review/openings/{id}/close"), "").await;
    assert!(ines.get("/profile/wishes").await.has("This opening is closed."));
    let remove = format!("/profile/openings/{id}/remove");
    assert_eq!(ines.post(&remove, "").await.location.as_deref(), Some("/profile/wishes#openings"));
    assert_eq!(ines.post(&remove, "").await.status, 303);
    assert!(ines.get("/profile/wishes").await.has("You name none"));
    assert!(!ines.get("/profile/release").await.has("You have changed nothing since"), "that is a change");
}

#[sqlx::test]
async fn no_more_than_five_and_only_open_ones(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (reviewer, ines) = (world.reviewer("en").await, world.candidate("en").await);
    let draft = reviewer.draft(DATA).await;
    assert_eq!(ines.post(&format!("/profile/openings/{draft}/name"), "").await.status, 404);
    let mut openings = Vec::new();
    for n in 1..=6 {
        openings.push(reviewer.announce(&data_but(&format!("title_en=Number+{n}"))).await);
    }
    reviewer.fill_in(&format!("/review/openings/{}/close", openings[0]), "").await;
    assert_eq!(ines.post(&format!("/profile/openings/{}/name", openings[0]), "").await.status, 404);
    openings.push(reviewer.announce(DATA).await);
    let paths = openings[1..].iter().map(|id| format!("/profile/openings/{id}/name")).collect::<Vec<_>>();
    for path in &paths[..4] {
        ines.post(path, "").await;
    }
    // two tabs, one place left
    tokio::join!(ines.post(&paths[4], ""), ines.post(&paths[5], ""));
    assert_eq!(world.count("select count(*) from opening_choice").await, 5);
    assert!(ines.get("/profile/wishes").await.has("You name as many as there can be"));
    let left = openings[5..].to_vec();
    let pages = [
        ines.get(&format!("/openings/{}", left[0])).await,
        ines.get(&format!("/openings/{}", left[1])).await,
    ];
    assert_eq!(pages.iter().filter(|page| page.has("the most there can be")).count(), 1);
    assert!(pages.iter().all(|page| !page.has("Name this opening in my profile")));
}

#[sqlx::test]
async fn whoever_has_to_sign_in_first_comes_back_to_the_opening(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let id = world.reviewer("en").await.announce(DATA).await;
    let name = format!("/profile/openings/{id}/name");
    let reply = world.stranger().post(&name, "").await;
    assert!(reply.location.unwrap().starts_with("/sign-in?next="));
    let ines = world.candidate("en").await;
    assert_eq!(ines.get(&name).await.location, Some(format!("/openings/{id}")));
    assert_eq!(world.count("select count(*) from opening_choice").await, 0, "a look names nothing");
}
