//! The same person with another account is found in whatever spelling, and by indexes.
use crate::support::{World, day, profile, world_on};
use uuid::Uuid;

/// An application released anew with another name, birth and phone.
async fn says(world: &World, id: Uuid, given: &str, family: &str, born: &str, phone: &str) {
    let mut profile = profile(Uuid::now_v7(), world.now);
    (profile.about.given_names, profile.about.family_names) = (given.into(), family.into());
    (profile.about.date_of_birth, profile.about.phone) = (day(born), phone.into());
    sqlx::query(
        "insert into snapshot select application_id, 2, released_at, released_on, $2, assessment, policy_version,
             privacy_version, acknowledged, consents from snapshot where application_id = $1 and number = 1",
    )
    .bind(id)
    .bind(serde_json::to_value(&profile).unwrap())
    .execute(&world.db)
    .await
    .unwrap();
    sqlx::query("update application set latest = 2, name = $2 where id = $1")
        .bind(id)
        .bind(format!("{given} {family}"))
        .execute(&world.db)
        .await
        .unwrap();
}

#[sqlx::test]
async fn one_person_is_found_in_any_spelling_and_two_are_not(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let me = world.reviewer("en").await;
    let it = world.application(&world.candidate("es").await).await;
    says(&world, it, "Юрий", "Хрущёв", "2001-02-03", "+51 (1) 555-0123").await;
    let mut others = Vec::new();
    for (given, family, born, phone, is_found) in [
        ("Yurii", "KHRUSHCHEV", "1999-09-09", "", true),
        ("Khrushchev", "Yuri", "2001-02-03", "", true),
        ("Ana", "Beltrán", "1999-09-09", "0051 1 555 0123", true),
        ("Ana", "Beltrán", "2001-02-03", "", false),
        ("Inés", "Carvajal", "1999-09-09", "+41 22 555 0000", false),
    ] {
        let other = world.application(&world.candidate("en").await).await;
        says(&world, other, given, family, born, phone).await;
        others.push((other, format!("{given} {family}, {born}"), is_found));
    }

    let page = me.get(&format!("/review/{it}")).await;

    assert_eq!(page.status, 200, "{}", page.body);
    for (other, who, is_found) in &others {
        assert_eq!(page.has(&format!("/review/{it}/duplicates/{other}")), *is_found, "{who}");
    }
    let both = me.get(&format!("/review/{it}/duplicates/{}", others[0].0)).await;
    assert!(both.has("Хрущёв") && both.has("KHRUSHCHEV") && both.has("The same"), "{}", both.body);

    // taken back: Human Resources loses it here, too
    let sql = "update application set state = 'withdrawn', action = 'withdraw', version = version + 1 where id = $1";
    sqlx::query(sql).bind(others[0].0).execute(&world.db).await.unwrap();
    assert!(!me.get(&format!("/review/{it}")).await.has(&others[0].0.to_string()));
    assert_eq!(me.get(&format!("/review/{it}/duplicates/{}", others[0].0)).await.status, 404);
}

#[sqlx::test]
async fn a_name_is_found_however_it_came_into_latin_letters(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let me = world.reviewer("en").await;
    let ours = world.application(&world.candidate("fr").await).await;
    says(&world, ours, "Mohammed Youssef", "Chérif", "2001-02-03", "").await;
    for (given, family, is_found) in [
        ("Muhamad Jusuf", "Scherif", true),
        ("Yusuf", "Sherif Muhammad", true),
        ("Mahdi Youssef", "Chérif", false),
    ] {
        let other = world.application(&world.candidate("en").await).await;
        says(&world, other, given, family, "1999-09-09", "").await;
        let page = me.get(&format!("/review/{ours}")).await;
        assert_eq!(page.has(&format!("/review/{ours}/duplicates/{other}")), is_found, "{given} {family}");
    }
}

#[sqlx::test]
async fn one_mailbox_is_one_address(db: sqlx::PgPool) {
    let one: bool = sqlx::query_scalar(
        "select address_key('In.es+stage@GoogleMail.com') = address_key('ines@gmail.com')",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert!(one);
}
