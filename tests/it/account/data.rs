use crate::support::{PDF, unpacked, world_on};

#[sqlx::test]
async fn the_copy_opens_and_holds_what_was_typed_and_nobody_else(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.ready_candidate("es").await;
    ines.upload("/profile/documents", &[("kind", "cv")], "../CV Inés.pdf", PDF).await;
    ines.release().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    let reviewer = world.reviewer("en").await;
    sqlx::query("update person set family_names = 'Raman-Okafor' where id = $1")
        .bind(reviewer.id)
        .execute(&world.db)
        .await
        .unwrap();
    reviewer.claim(id).await;
    let note = format!("form={}&note=%40Raman-Okafor%2C+fits+well", uuid::Uuid::now_v7());
    assert_eq!(reviewer.post(&format!("/review/{id}/notes"), &note).await.status, 303);
    let declined = "why=no_matching_place&message=Sorry+to+say.";
    assert_eq!(reviewer.fill_in(&format!("/review/{id}/decline"), declined).await.status, 303);

    sqlx::query(
        "insert into passkey (id, person_id, name, credential_id, credential, added_at)
         values (gen_random_uuid(), $1, 'Mi portátil', 'x', '{\"cred\": \"public\"}', '2026-11-24 09:00Z')",
    )
    .bind(ines.id)
    .execute(&world.db)
    .await
    .unwrap();
    assert!(ines.get("/account/data").await.has("Una copia de todo"));
    let files = unpacked(ines.download("/account/data").await).await;
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["LEAME.txt", "data.json", "documents/03-CV Inés.pdf"],
        "the two others have no bytes here"
    );
    assert_eq!(files["documents/03-CV Inés.pdf"], PDF);
    let text = String::from_utf8(files["data.json"].clone()).unwrap();
    assert!(text.contains("@…, fits well"), "what colleagues wrote about somebody is theirs to read: {text}");
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["profile"]["about"]["answers"]["family_names"], "Carvajal Ríos");
    let application = &record["applications"][0];
    assert_eq!(application["state"], "not_selected");
    assert_eq!(application["versions"][0]["profile"]["education"][0]["institution"], "Université de Lyon");
    let told = application["timeline"].as_array().unwrap().iter().map(|event| event["reason"].as_str());
    assert_eq!(told.collect::<Vec<_>>(), [None, None, None, Some("Sorry to say.")]);
    assert_eq!(record["letters"][0]["kind"], "released");
    let passkey = record["passkeys"][0].as_object().unwrap();
    assert_eq!((passkey.len(), &passkey["name"]), (3, &"Mi portátil".into()), "its name and dates, no key");
    assert_eq!(record["consents"][0]["purpose"], "privacy_notice");
    assert_eq!(record["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(record["documents"][2]["file"], "documents/03-CV Inés.pdf");
    assert!(
        !text.contains("Raman-Okafor") && !text.contains(&reviewer.id.to_string()),
        "other people are left out"
    );
    assert_eq!(world.story().await.last().unwrap(), "take_data, by candidate");

    for _ in 0..4 {
        ines.download("/account/data").await;
    }
    assert_eq!(ines.post("/account/data", "").await.status, 429);
    assert_eq!(reviewer.download("/account/data").await[..4], *b"PK\x03\x04", "staff may have theirs");
}
