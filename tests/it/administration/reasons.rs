use crate::support::world_on;
use sqlx::PgPool;

#[sqlx::test]
async fn a_reason_is_withdrawn_and_what_was_said_stays_readable(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.sign_in("en", &["administrator"]).await;
    let (candidate, reviewer) = (world.candidate("fr").await, world.reviewer("en").await);
    let id = ana.get("/administration/reasons").await.hidden("id");
    let half = ana.post("/administration/reasons", &format!("id={id}&text_en=No+desk")).await;
    assert!(half.status == 422 && half.has("value=\"No desk\""), "{}", half.body);
    let whole = format!("id={id}&text_en=No+desk&text_fr=Pas+de+poste&text_es=Sin+puesto");
    for _ in 0..2 {
        assert_eq!(ana.post("/administration/reasons", &whole).await.status, 303);
    }
    let code = format!("r{}", id.replace('-', ""));

    let application = world.application(&candidate).await;
    reviewer.claim(application).await;
    let decline = format!("/review/{application}/decline");
    assert!(reviewer.get(&decline).await.has("No desk"));
    let seen = reviewer.get(&decline).await.hidden("seen");
    let unknown = reviewer.post(&decline, &format!("seen={seen}&why=nonsense&message=Sorry")).await;
    assert_eq!(unknown.status, 422);
    assert_eq!(reviewer.fill_in(&decline, &format!("why={code}&message=Un+autre+jour")).await.status, 303);

    for _ in 0..2 {
        assert_eq!(ana.post(&format!("/administration/reasons/{code}/withdraw"), "").await.status, 303);
    }
    assert!(candidate.get("/application").await.has("Pas de poste"), "still readable");
    let other = world.application(&world.candidate("en").await).await;
    reviewer.claim(other).await;
    assert!(!reviewer.get(&format!("/review/{other}/decline")).await.has("No desk"));
    assert_eq!(ana.post(&format!("/administration/reasons/{code}/offer"), "").await.status, 303);
    let changes = world.story().await.iter().filter(|it| it.starts_with("change_reason")).count();
    assert_eq!(changes, 3, "added, withdrawn and offered again, each once");

    // nobody is left without a reason to give, and none changes its words
    let codes: Vec<String> =
        sqlx::query_scalar("select code from decline_reason").fetch_all(&world.db).await.unwrap();
    for code in codes {
        ana.post(&format!("/administration/reasons/{code}/withdraw"), "").await;
    }
    assert_eq!(world.count("select count(*) from decline_reason where withdrawn_at is null").await, 1);
    assert!(sqlx::query("update decline_reason set text_en = 'Another'").execute(&world.db).await.is_err());
}

#[sqlx::test]
async fn every_letter_is_read_in_three_languages(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.sign_in("es", &["administrator"]).await;
    let page = ana.get("/administration/letters").await;
    for letter in stagiaire::domain::letter::Letter::ALL {
        assert!(page.has(&format!("/administration/letters/{}\"", letter.code())), "{letter:?}");
        let shown = ana.get(&format!("/administration/letters/{}", letter.code())).await;
        assert_eq!(shown.status, 200, "{letter:?}");
        for language in ["English", "Français", "Español"] {
            assert!(shown.has(language), "{letter:?}");
        }
    }
}
