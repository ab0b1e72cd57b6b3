//! One predicate decides who may see an application: what one page hides, no list, count or search tells.
use crate::support::{Reader, World, world_on};
use uuid::Uuid;

/// Every way in which the queue could tell of María, and the pages of her case.
async fn told(me: &Reader<'_>, id: Uuid) -> Vec<String> {
    let mut told = Vec::new();
    for list in [
        "",
        "q=quispe",
        "q=quipse",
        "q=%22maria+jose%22",
        "office=geneva",
        "country=pe",
        "sort=-name",
        "q=ST-2026-00001",
    ] {
        let page = me.get(&format!("/review?{list}")).await;
        if page.has("Quispe") || page.status == 303 {
            told.push(list.to_owned());
        }
        if page.has("<span class=\"n\">1</span>") {
            told.push(format!("{list}: counted"));
        }
    }
    for path in
        ["", "/messages", "/pool", "/decline", "/changes", "/unclaim", "/reopen", "/propose", "/conflict"]
    {
        let status = me.get(&format!("/review/{id}{path}")).await.status;
        if ![403, 404].contains(&status) {
            told.push(format!("{path}: {status}"));
        }
    }
    let claimed = me.post("/review/bulk", &format!("do=claim&pick={id}:1")).await;
    if claimed.has("Quispe") {
        told.push("bulk".into());
    }
    told
}

async fn keep_views(world: &World, me: &Reader<'_>) {
    let reply = me.post("/review/views", "name=Peru&query=country:pe&shared=true").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(world.count("select count(*) from review_view").await, 1);
}

#[sqlx::test]
async fn a_case_that_is_hidden_is_in_no_list_count_or_search(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, me, colleague) =
        (world.candidate("es").await, world.reviewer("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    sqlx::query("update application set residence = 'PE'").execute(&world.db).await.unwrap();
    keep_views(&world, &me).await;
    assert!(told(&colleague, id).await.len() > 12, "the test looks where something is to be seen");
    sqlx::query("update application set version = version + 1, action = 'unclaim', state = 'released', reviewer_id = null")
        .execute(&world.db)
        .await
        .unwrap();

    // a conflict of interest
    let reply = me.post(&format!("/review/{id}/conflict"), "sure=true").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(told(&me, id).await, [] as [String; 0]);
    // their own
    sqlx::query("insert into person_role values ($1, 'hr_reviewer')")
        .bind(maria.id)
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(told(&maria, id).await, [] as [String; 0]);
    // withdrawn
    assert!(!told(&colleague, id).await.is_empty());
    sqlx::query("update application set version = version + 1, action = 'withdraw', state = 'withdrawn'")
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(told(&colleague, id).await, [] as [String; 0]);
}
