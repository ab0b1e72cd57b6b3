use crate::support::world_on;
use sqlx::PgPool;
use stagiaire::db::Note;
use stagiaire::record::words::known;
use stagiaire::text::Lang;

#[sqlx::test]
async fn every_action_of_the_record_has_words(db: PgPool) {
    let steps: Vec<(String, String)> = sqlx::query_as(
        "select 'application', action from application_transition union select 'placement', action from placement_transition",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    let notes = Note::ALL.iter().map(|(subject, action)| ((*subject).to_owned(), (*action).to_owned()));
    let mute: Vec<_> = steps
        .into_iter()
        .chain(notes)
        .filter(|(subject, action)| known(subject, action, Lang::En).is_none())
        .collect();
    assert!(mute.is_empty(), "src/record/words.rs says nothing of {mute:?}");
}

#[sqlx::test]
async fn an_administrator_finds_who_did_what_but_not_why(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let administrator = world.sign_in("en", &["administrator"]).await;

    let page = administrator.get("/record").await;
    assert_eq!(page.status, 200);
    assert!(page.has("Wednesday 25\u{a0}November 2026"), "{}", page.body);
    assert!(page.has("In review → In the pool") && page.has("Put into the pool"), "{}", page.body);
    assert!(!page.has("Transcript seen"), "a reason is not the administrator's to read");

    // a reference leads to its case, a name to the one it can mean
    let reference: String =
        sqlx::query_scalar("select reference from placement").fetch_one(&world.db).await.unwrap();
    let found = administrator.get(&format!("/record?q={}", reference.to_lowercase())).await;
    assert_eq!(found.location.unwrap(), format!("/record?case={}", cast.application));
    let several = administrator.get("/record?q=beltran").await;
    assert!(several.has("Which person?") && several.has("@example.org"), "{}", several.body);
    assert!(administrator.get("/record?q=be").await.has("Which person?"), "two letters begin a name");
    for nobody in ["%25", "lt", "-b"] {
        let page = administrator.get(&format!("/record?q={nobody}")).await;
        assert!(page.has("Nobody of this name or reference"), "{nobody} {}", page.body);
    }

    // of one person: what she did; in one kind of action; on other days
    let hers = format!("/record?person={}", cast.supervisor.id);
    assert!(administrator.get(&hers).await.has("With the supervisor → Approved"));
    assert!(!administrator.get(&hers).await.has("Put into the pool"));
    assert!(administrator.get("/record?act=decisions").await.has("Put into the pool"));
    assert!(!administrator.get("/record?act=sign_ins").await.has("Put into the pool"));
    assert!(administrator.get("/record?from=2026-11-26").await.has("Nothing recorded here"));
    assert!(administrator.get("/record?from=2026-11-25&to=2026-11-25").await.has("Put into the pool"));
}

#[sqlx::test]
async fn pages_follow_each_other_without_gap_or_repeat(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let administrator = world.sign_in("en", &["administrator"]).await;
    sqlx::query(
        "insert into audit_event (at, actor_role, subject, subject_id, action, actor_id)
         select '2026-11-20'::timestamptz + n / 3 * interval '1 second', 'administrator', 'person', $1, 'sign_in', $1
         from generate_series(1, 120) n",
    )
    .bind(administrator.id)
    .execute(&world.db)
    .await
    .unwrap();
    let scopes = [
        "/record?".to_owned(),
        "/record?act=sign_ins&".to_owned(),
        format!("/record?person={}&", administrator.id),
    ];
    for start in scopes {
        let (mut address, mut lines, mut pages) = (start.clone(), 0, 0);
        loop {
            let page = administrator.get(&address).await;
            lines += page.body.matches("Signed in").count();
            pages += 1;
            match page.body.split("rel=\"next\" href=\"").nth(1) {
                Some(rest) => {
                    address = rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
                }
                None => break,
            }
        }
        assert_eq!((lines, pages), (120, 3), "{start}");
    }
    let sheet = administrator.get("/record/export/csv?act=sign_ins").await;
    assert_eq!(sheet.body.lines().count(), 121, "a line of heads, and every entry");
    assert_eq!(sheet.headers["content-disposition"], "attachment; filename=\"record.csv\"");
    let workbook = administrator.workbook("/record/export/xlsx?act=sign_ins").await;
    assert_eq!(workbook.matches("Signed in").count(), 120);
    assert_eq!(world.story().await.last().unwrap(), "export_record, by administrator");
    let page = administrator.get("/record?act=sign_ins").await;
    assert!(page.has("/record/export/xlsx?act=sign_ins"), "{}", page.body);
}

#[sqlx::test]
async fn a_name_is_no_formula(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let administrator = world.sign_in("en", &["administrator"]).await;
    sqlx::query("update person set given_names = '=HYPERLINK(\"http://a.example\")' where id = $1")
        .bind(administrator.id)
        .execute(&world.db)
        .await
        .unwrap();
    let sheet = administrator.get("/record/export/csv").await;
    assert!(sheet.has("\"'=HYPERLINK(\"\"http://a.example\"\") Beltrán\""), "{}", sheet.body);
}
