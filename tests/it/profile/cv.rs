use crate::support::{Reader, World, world_on};

async fn without_cv<'w>(world: &'w World, lang: &str) -> Reader<'w> {
    let ines = world.ready_candidate(lang).await;
    sqlx::query("delete from document where kind = 'cv'").execute(&world.db).await.unwrap();
    ines
}

#[sqlx::test]
async fn the_profile_is_a_cv_in_three_languages_and_leaves_out_what_decides_nothing(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = without_cv(&world, "fr").await;
    let page = ines.get("/profile/cv").await;
    assert!(
        page.has("<h2>Inés Carvajal Ríos</h2>") && page.has("Université de Lyon, France"),
        "{}",
        page.body
    );
    assert!(page.has("juin\u{a0}2026") && !page.has("2002") && !page.has("Colombie"));
    for lang in ["en", "fr", "es"] {
        let reply = ines.get(&format!("/profile/cv/{lang}.pdf")).await;
        assert_eq!(
            (reply.status, &reply.headers["content-type"]),
            (200, &"application/pdf".parse().unwrap())
        );
        assert!(reply.has("%PDF-1.7") && reply.has("/StructTreeRoot") && reply.has("/MarkInfo"));
        assert!(reply.has(&format!("/Lang({lang})")) || reply.has(&format!("/Lang ({lang})")));
    }
    assert_eq!(ines.get("/profile/cv/de.pdf").await.status, 404);
}

#[sqlx::test]
async fn the_chosen_cv_makes_the_profile_whole_and_is_what_is_released(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = without_cv(&world, "en").await;
    assert!(!ines.get("/profile/release").await.has("name=\"truth\""), "a CV is missing");
    let form = format!("seen={}&cv=es", ines.get("/profile/cv").await.hidden("seen"));
    for _ in 0..2 {
        assert_eq!(ines.post("/profile/cv", &form).await.status, 303, "twice is once");
    }
    assert_eq!(world.count("select count(*) from document where made_in = 'es'").await, 1);
    assert!(ines.get("/profile/documents").await.has("CV Inés Carvajal Ríos.pdf"));
    assert_eq!(ines.release().await.status, 303);
    let held = "select count(*) from snapshot_document join document on id = document_id
        where made_in = 'es' and media_type = 'application/pdf' and removed_at is null";
    assert_eq!(world.count(held).await, 1);
    assert!(ines.get("/profile/release").await.has("You have changed nothing since you released it"));
}

#[sqlx::test]
async fn a_cv_chosen_from_an_old_page_is_read_again_first(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = without_cv(&world, "en").await;
    let form = format!("seen={}&cv=en", ines.get("/profile/cv").await.hidden("seen"));
    ines.change("wishes", "areas=migration_law&anywhere=true").await;
    assert_eq!(ines.post("/profile/cv", &form).await.status, 409);
    let none = ines.fill_in("/profile/cv", "cv=").await;
    assert!(none.status == 422 && none.has("href=\"#cv\""));
    assert_eq!(world.count("select count(*) from document where made_in is not null").await, 0);
    assert_eq!(ines.fill_in("/profile/cv", "cv=en").await.status, 303);
    assert_eq!(ines.fill_in("/profile/cv", "cv=uploaded").await.status, 303);
    let left = "select count(*) from document where made_in is not null and removed_at is null";
    assert_eq!(world.count(left).await, 0);
}

#[sqlx::test]
async fn without_a_name_there_is_no_cv(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let nobody = world.candidate("en").await;
    assert!(nobody.get("/profile/cv").await.has("href=\"/profile/about\""));
    assert_eq!(nobody.get("/profile/cv/en.pdf").await.status, 404);
    assert_eq!(nobody.post("/profile/cv", "seen=0&cv=en").await.status, 422);
}

#[sqlx::test]
async fn a_cv_that_completes_the_profile_makes_it_loud_that_nothing_is_released(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = without_cv(&world, "en").await;
    sqlx::query("update profile set unreleased_since = null, complete_until = null")
        .execute(&world.db)
        .await
        .unwrap();
    let is_loud =
        "select count(*) from profile where unreleased_since is not null and complete_until is not null";
    assert_eq!(ines.fill_in("/profile/cv", "cv=en").await.status, 303);
    assert_eq!(world.count(is_loud).await, 1);
    assert!(ines.get("/account").await.has("not released"), "on every page");
    assert_eq!(ines.fill_in("/profile/cv", "cv=uploaded").await.status, 303);
    assert_eq!(world.count(is_loud).await, 0, "there is no uploaded one");
}
