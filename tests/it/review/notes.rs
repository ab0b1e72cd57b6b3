//! Notes are for colleagues, and who is named in one gets a letter without its words.
use crate::support::{World, world_on};
use uuid::Uuid;

async fn rename(world: &World, id: Uuid, given: &str, family: &str) {
    sqlx::query("update person set given_names = $2, family_names = $3 where id = $1")
        .bind(id)
        .bind(given)
        .bind(family)
        .execute(&world.db)
        .await
        .unwrap();
}

#[sqlx::test]
async fn a_note_names_a_colleague_who_gets_a_letter_without_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("es").await;
    let id = world.application(&maria).await;
    let (me, kavita) = (world.reviewer("en").await, world.reviewer("en").await);
    rename(&world, kavita.id, "Kavita", "Raman").await;
    let (page, path) = (format!("/review/{id}"), format!("/review/{id}/notes"));

    let form = format!("form={}&note=%40kavita+raman%2C+strong+match%3F", Uuid::now_v7());
    for _ in 0..2 {
        assert_eq!(me.post(&path, &form).await.status, 303);
    }

    assert_eq!(world.count("select count(*) from review_note").await, 1, "a double click");
    assert!(kavita.get(&page).await.has("@Kavita Raman, strong match?"));
    assert_eq!(world.letters().await, ["named_in_note"]);
    let letters = world.deliver().await;
    assert_eq!(letters[0].0, format!("{}@example.org", kavita.id));
    assert!(letters[0].1.contains(&page) && !letters[0].1.contains("match"), "{}", letters[0].1);
    for theirs in ["/application", "/application/messages"] {
        assert!(!maria.get(theirs).await.has("strong match"));
    }
    assert_eq!(maria.get(&path).await.status, 403);
}

#[sqlx::test]
async fn whom_it_could_name_is_asked_and_nothing_typed_is_lost(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (me, one, two) = (world.reviewer("en").await, world.reviewer("en").await, world.reviewer("en").await);
    rename(&world, one.id, "Kavita", "Raman").await;
    rename(&world, two.id, "Kavita", "Singh").await;
    let path = format!("/review/{id}/notes");

    for (note, why) in [
        ("%40Kavita+look", "may be Kavita Raman and Kavita Singh"),
        ("%40Nobody+look", "No reviewer is called"),
        ("", "Write the note"),
    ] {
        let reply = me.post(&path, &format!("form={}&note={note}", Uuid::now_v7())).await;
        assert_eq!(reply.status, 422, "{note}");
        assert!(reply.has(why) || reply.has("Kavita Singh"), "{note}: {}", reply.body);
        assert!(note.is_empty() || reply.has(" look</textarea>"), "{}", reply.body);
    }
    assert!(world.letters().await.is_empty());
}

#[sqlx::test]
async fn it_goes_with_the_person(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.with_password(world.candidate("es").await).await;
    let id = world.application(&maria).await;
    let (me, kavita) = (world.reviewer("en").await, world.reviewer("en").await);
    rename(&world, kavita.id, "Kavita", "Raman").await;
    me.claim(id).await;
    let note = format!("form={}&note=%40Kavita+Raman%2C+strong+match", Uuid::now_v7());
    me.post(&format!("/review/{id}/notes"), &note).await;
    me.fill_in(&format!("/review/{id}/rules/track"), "finding=met&reason=Transcript+of+Maria+seen").await;

    let form = format!("current_password={}&sure=true", crate::support::PASSWORD.replace(' ', "+"));
    let gone = maria.post("/account/delete", &form).await;

    assert_eq!(gone.status, 303, "{}", gone.body);
    assert_eq!(world.count("select count(*) from review_note").await, 0);
    assert_eq!(world.count("select count(*) from rule_judgement where reason <> '—'").await, 0);
    assert_eq!(world.count("select count(*) from likeness").await, 0);
}
