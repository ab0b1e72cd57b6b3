use super::{DATA, data_but};
use crate::support::world_on;

#[sqlx::test]
async fn a_draft_is_written_once_and_seen_by_human_resources_alone(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let id = reviewer.get("/review/openings/new").await.hidden("id");
    let form = format!("id={id}&{DATA}");
    let (one, two) = tokio::join!(
        reviewer.post("/review/openings/new", &form),
        reviewer.post("/review/openings/new", &form)
    );
    let preview = format!("/review/openings/{id}/publish");
    assert_eq!((one.location.as_deref(), two.location.as_deref()), (Some(&*preview), Some(&*preview)));
    assert_eq!(world.count("select count(*) from opening").await, 1, "a double click writes one");
    assert_eq!(world.story().await, ["write_opening, by hr_reviewer"]);
    let page = reviewer.get(&preview).await;
    assert!(page.has("Data assistant") && page.has("lang=\"fr\"><p>Vous comptez.</p>"), "{}", page.body);
    assert!(page.has("Geneva, Switzerland") && page.has("lang=\"fr\">Assistance données"), "{}", page.body);
    assert!(reviewer.get("/review/openings?state=draft").await.has("OP-2026-0001"));
    assert!(reviewer.get("/review/openings").await.has("Nothing here"), "not published");
    assert_eq!(world.stranger().get(&format!("/openings/{id}")).await.status, 404);
    assert!(!world.stranger().get("/openings").await.has("Data assistant"));
}

#[sqlx::test]
async fn what_cannot_be_is_explained_and_what_was_typed_stays(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("fr").await;
    for (changes, field) in [
        ("office=atlantis", "office"),
        ("area=", "area"),
        ("language=xx", "language"),
        ("start_year=2025", "start"),
        ("start_day=", "start"),
        ("months=7", "months"),
        ("places=0", "places"),
        ("title_en=", "title_en"),
        ("description_fr=", "description_fr"),
        ("title_en=&description_en=&title_fr=&description_fr=", "title_en"),
    ] {
        let reply = reviewer.post("/review/openings/new", &data_but(changes)).await;
        assert_eq!(reply.status, 422, "{changes}");
        assert!(reply.has("<title>Erreur"), "{changes}");
        let (link, target) = (format!("href=\"#{field}\""), format!("id=\"{field}\""));
        assert!(reply.has(&link) && reply.has(&target), "{changes}: {}", reply.body);
        assert_eq!(
            reply.body.matches("href=\"#").count(),
            2,
            "{changes}: one thing to fix and the skip link"
        );
    }
    let reply = reviewer.post("/review/openings/new", &data_but("months=")).await;
    assert!(reply.has("value=\"Data assistant\"") && reply.has("Vous comptez.</textarea>"), "{}", reply.body);
    assert!(reply.has("<option value=\"geneva\" selected>") && reply.has("<option value=\"fr\" selected>"));
    assert_eq!(world.count("select count(*) from opening").await, 0);
}

#[sqlx::test]
async fn two_who_edit_do_not_overwrite_each_other(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reviewer, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    let id = reviewer.announce(DATA).await;
    let edit = format!("/review/openings/{id}/edit");
    let seen = reviewer.get(&edit).await.hidden("seen");
    let mine = format!("seen={seen}&{}", data_but("places=3"));
    let saved = reviewer.post(&edit, &mine).await;
    assert_eq!(saved.location, Some(format!("/openings/{id}")), "{}", saved.body);
    assert_eq!(reviewer.post(&edit, &mine).await.status, 303, "the very same, sent twice");
    let late = colleague.post(&edit, &format!("seen={seen}&{}", data_but("places=4"))).await;
    assert_eq!(late.status, 409);
    assert!(
        late.has("Somebody changed this opening meanwhile")
            && late.has("name=\"places\" type=\"text\" value=\"4\"")
    );
    let again = format!("seen={}&{}", late.hidden("seen"), data_but("places=4"));
    assert_eq!(colleague.post(&edit, &again).await.status, 303);
    assert_eq!(world.count("select places::bigint from opening").await, 4);
    let story = world.story().await;
    assert_eq!(story.iter().filter(|line| line.starts_with("write_opening")).count(), 3, "{story:?}");
}

#[sqlx::test]
async fn a_first_day_that_has_passed_does_not_keep_a_slip_of_the_pen_from_being_corrected(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let id = reviewer.announce(DATA).await;
    let later = world.later("2027-03-01").await;
    let reviewer = later.reviewer("en").await;
    let edit = format!("/review/openings/{id}/edit");
    assert_eq!(reviewer.fill_in(&edit, &data_but("title_en=Data+assistants")).await.status, 303);
    assert_eq!(reviewer.fill_in(&edit, &data_but("start_day=31&start_month=1")).await.status, 422);
}
