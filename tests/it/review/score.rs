//! Assessors score on their own; a sheet in use does not change, and neither does what was given by it.
use crate::support::{Reader, World, world_on};
use uuid::Uuid;

pub const SHEET: &str = "title_en=Data+unit&title_fr=Unit%C3%A9+donn%C3%A9es\
    &name_en=Writing&weight=3&marks_en=Poor%0AWeak%0AFair%0AGood%0AExcellent&name_fr=R%C3%A9daction&marks_fr=\
    &name_en=Survey+work&weight=1&marks_en=None%0ALittle%0ASome%0AMuch%0ALed+it&name_fr=&marks_fr=";

async fn sheet_in_use(world: &World, me: &Reader<'_>) -> Uuid {
    let address = me.get("/review/sheets/new").await.location.unwrap();
    let reply = me.fill_in(&address, &format!("{SHEET}&take=true")).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    sqlx::query_scalar("select id from scoring_sheet where in_use_since is not null")
        .fetch_one(&world.db)
        .await
        .unwrap()
}

#[sqlx::test]
async fn nobody_reads_the_marks_of_others_before_giving_theirs(db: sqlx::PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (ana, ben, eva) =
        (world.reviewer("en").await, world.reviewer("fr").await, world.reviewer("en").await);
    let sheet = sheet_in_use(&world, &ana).await;
    let (page, path) = (format!("/review/{id}"), format!("/review/{id}/scores/{sheet}"));

    let bare = ana.fill_in(&path, "mark=5&mark=&words=").await;
    assert!(
        bare.status == 422 && bare.has("href=\"#mark-1\"") && bare.has("href=\"#words\""),
        "{}",
        bare.body
    );
    let form = format!("seen={}&mark=5&mark=1&words=Clear+letters", Uuid::nil());
    for _ in 0..2 {
        assert_eq!(ana.post(&path, &form).await.status, 303);
    }
    assert_eq!(world.count("select count(*) from score").await, 1, "a double click");
    assert!(ana.get(&page).await.has("Mean 4, from 4 to 4"));

    let before = eva.get(&page).await;
    assert!(
        before.has("Given so far: 1.") && !before.has("Clear letters") && !before.has("Mean 4"),
        "{}",
        before.body
    );
    assert!(ben.get(&path).await.has("Rédaction (poids 3)"), "in their language where there is one");
    ben.fill_in(&path, "mark=2&mark=2&words=Weak+sources").await;
    let both = ben.get(&page).await;
    assert!(both.has("Clear letters") && both.has("Moyenne 3, de 2 à 4"), "{}", both.body);
    assert!(!eva.get(&page).await.has("Weak sources"));

    let silent = ben.fill_in(&path, "mark=4&mark=2&words=Read+again&reason=").await;
    assert_eq!(silent.status, 422, "a correction says why");
    assert_eq!(ben.fill_in(&path, "mark=4&mark=2&words=Read+again&reason=Missed+a+page").await.status, 303);
    assert_eq!(ben.post(&path, &form).await.status, 409, "overtaken by the correction");
    let now = ana.get(&page).await;
    assert!(now.has("Read again") && !now.has("Weak sources"), "the newest counts");
    assert!(
        sqlx::query("update score set marks = '{5,5}'").execute(&db).await.is_err(),
        "marks stay as given"
    );
    assert!(sqlx::query("delete from score").execute(&db).await.is_err());
}

#[sqlx::test]
async fn a_sheet_in_use_does_not_change_and_a_case_keeps_its_version(db: sqlx::PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let other = world.application(&world.candidate("es").await).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    let sheet = sheet_in_use(&world, &me).await;
    me.fill_in(&format!("/review/{id}/scores/{sheet}"), "mark=5&mark=1&words=Seen").await;
    assert!(sqlx::query("update scoring_sheet set names = '{}'").execute(&db).await.is_err());

    let wrong =
        me.fill_in(&format!("/review/sheets/{sheet}"), "title_en=&name_en=A&weight=0&marks_en=One").await;
    assert_eq!(wrong.status, 422);
    for field in ["title_en", "weight-0", "marks_en-0"] {
        assert!(wrong.has(&format!("href=\"#{field}\"")) && wrong.has(&format!("id=\"{field}\"")), "{field}");
    }
    let next = SHEET.replace("Writing", "Drafting");
    assert_eq!(
        me.fill_in(&format!("/review/sheets/{sheet}"), &format!("{next}&take=true")).await.status,
        303
    );

    assert!(colleague.get(&format!("/review/{id}/scores/{sheet}")).await.has("Writing (weight 3)"));
    assert!(colleague.get(&format!("/review/{other}/scores/{sheet}")).await.has("Drafting (weight 3)"));
    assert_eq!(world.count("select count(*) from scoring_sheet where retired_at is null").await, 1);
}

#[sqlx::test]
async fn a_sheet_goes_out_of_use_and_what_was_given_stays(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let other = world.application(&world.candidate("es").await).await;
    let me = world.reviewer("en").await;
    let sheet = sheet_in_use(&world, &me).await;
    me.fill_in(&format!("/review/{id}/scores/{sheet}"), "mark=5&mark=1&words=Clear+letters").await;

    assert!(me.get("/review/sheets").await.has("Use no longer"));
    for _ in 0..2 {
        let reply = me.post(&format!("/review/sheets/{sheet}/retire"), "").await;
        assert_eq!(reply.location.as_deref(), Some("/review/sheets"));
    }
    assert!(!me.get("/review/sheets").await.has("Use no longer"));
    assert_eq!(world.story().await.iter().filter(|it| it.starts_with("retire_scoring_sheet")).count(), 1);
    assert!(me.get(&format!("/review/{id}")).await.has("Clear letters"));
    assert!(!me.get(&format!("/review/{other}")).await.has(&format!("/scores/{sheet}")), "no new marks");

    let next = SHEET.replace("Writing", "Drafting");
    me.fill_in(&format!("/review/sheets/{sheet}"), &format!("{next}&take=true")).await;
    assert!(me.get(&format!("/review/{other}/scores/{sheet}")).await.has("Drafting (weight 3)"));
}
