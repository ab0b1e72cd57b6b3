//! A decision is taken now and told later, with every letter read before.

use crate::support::{Reader, World, world_on};
use uuid::Uuid;

const PAGE: &str = "/review/decisions";
const FILE: &str = "/review/decisions/export/csv";
const NO: &str = "why=no_matching_place&message=Lima+works+on+other+subjects.&then=later";

/// Three cases that `by` has, of candidates who read English, French and English.
async fn three(world: &World, by: &Reader<'_>) -> [Uuid; 3] {
    let mut ids = [Uuid::nil(); 3];
    for (id, lang) in ids.iter_mut().zip(["en", "fr", "en"]) {
        let candidate = world.candidate(lang).await;
        *id = world.application(&candidate).await;
        sqlx::query("update person set lang = $2 where id = $1")
            .bind(candidate.id)
            .bind(lang)
            .execute(&world.db)
            .await
            .unwrap();
        by.claim(*id).await;
    }
    ids
}

async fn states(world: &World) -> Vec<String> {
    sqlx::query_scalar("select state from application order by id").fetch_all(&world.db).await.unwrap()
}

#[sqlx::test]
async fn nothing_happens_until_the_letters_are_read_and_sent(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (me, ben) = (world.reviewer("en").await, world.reviewer("en").await);
    assert!(me.get(PAGE).await.has("You have told every decision"));
    let [no, yes, gone] = three(&world, &me).await;
    for (id, verb, form) in
        [(no, "decline", NO), (yes, "pool", "reason=Letter+seen&then=later"), (gone, "decline", NO)]
    {
        let path = format!("/review/{id}/{verb}");
        assert!(me.get(&path).await.has("Decide now, tell the candidate later"));
        let (first, again) = (me.fill_in(&path, form).await, me.fill_in(&path, form).await);
        assert_eq!((first.status, again.status), (303, 303), "{}", again.body);
    }
    assert_eq!(states(&world).await, ["in_review"; 3]);
    assert!(world.letters().await.is_empty());
    assert_eq!(world.count("select count(*) from drafted_decision").await, 3, "a double click");

    // everybody who opens the case knows; whoever decided finds it on their first page
    assert!(me.get(&format!("/review/{no}")).await.has("You have decided."));
    assert!(ben.get(&format!("/review/{no}")).await.has("has decided and not told the candidate yet"));
    let home = me.get("/review/home").await;
    assert!(home.has("Decision to tell") && !home.has("Profile you claimed"), "{}", home.body);

    let page = me.get(PAGE).await;
    assert!(page.has("Lima works on other subjects.") && page.has("No office works in the chosen areas"));
    assert!(page.has("lang=\"fr\"") && page.has("Bonjour"), "in the candidate's language: {}", page.body);
    assert!(!ben.get(PAGE).await.has("Lima works"), "a colleague tells their own");

    // one moves on meanwhile, one is told
    let ticked = page.body.split("name=\"pick\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let form: String = ticked.map(|pick| format!("&pick={pick}")).collect();
    me.fill_in(&format!("/review/{gone}/unclaim"), "reason=").await;
    let overtaken = me.get(PAGE).await;
    assert!(overtaken.has("Overtaken") && overtaken.has("moved on since you decided"), "{}", overtaken.body);
    let file = me.get(FILE).await;
    assert_eq!(file.body.matches("Lima works on other subjects.").count(), 2, "{}", file.body);
    assert_eq!(file.body.matches("it has moved on since you decided").count(), 1, "{}", file.body);
    assert_eq!(ben.get(FILE).await.body.lines().count(), 1, "heads only: a colleague's own");
    let (one, two) = tokio::join!(me.post(PAGE, &form), me.post(PAGE, &form));
    for reply in [one, two, me.post(PAGE, &form).await] {
        assert!(reply.status == 200 && reply.has("2 cases were changed"), "{}", reply.body);
        assert!(reply.has("Not told: it has moved on"), "{}", reply.body);
    }
    assert_eq!(states(&world).await, ["not_selected", "pooled", "released"]);
    let mut letters = world.letters().await;
    letters.sort();
    assert_eq!(letters, ["not_selected", "pooled"], "each once");
    world.assert_whole().await;

    assert_eq!(me.post(&format!("/review/{gone}/later/drop"), "").await.status, 303);
    assert!(me.get(PAGE).await.has("You have told every decision"));
}

#[sqlx::test]
async fn it_is_taken_back_or_taken_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (me, ben) = (world.reviewer("en").await, world.reviewer("en").await);
    let [id, ..] = three(&world, &me).await;
    let path = format!("/review/{id}/decline");
    me.fill_in(&path, NO).await;
    me.fill_in(&path, &NO.replace("Lima", "Quito")).await;
    let page = me.get(PAGE).await;
    assert!(page.has("Quito works") && !page.has("Lima works"), "the newest counts: {}", page.body);

    let drop = format!("/review/{id}/later/drop");
    ben.post(&drop, "").await;
    assert!(me.get(PAGE).await.has("Quito works"), "not by a colleague");
    for _ in 0..2 {
        assert_eq!(me.post(&drop, "").await.location.as_deref(), Some(PAGE));
    }
    assert!(me.get(PAGE).await.has("You have told every decision"));
    assert!(me.get("/review/home").await.has("Profile you claimed"));
    let told = me.post(PAGE, &format!("pick={id}:2")).await;
    assert!(told.status == 409 && told.has("Not told"), "{}", told.body);
    assert_eq!(states(&world).await, ["in_review"; 3]);
}

#[sqlx::test]
async fn what_cannot_be_decided_is_not_drafted(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (me, ben) = (world.reviewer("en").await, world.reviewer("en").await);
    let [id, ..] = three(&world, &me).await;
    let bare = me.fill_in(&format!("/review/{id}/pool"), "reason=&then=later").await;
    assert_eq!(bare.status, 422, "a rule has still to be judged");
    let theirs = ben.post(&format!("/review/{id}/decline"), &format!("seen=2&{NO}")).await;
    assert!(theirs.status == 409 && theirs.has("Lima works"), "{}", theirs.body);
    let stale = me.post(&format!("/review/{id}/decline"), &format!("seen=1&{NO}")).await;
    assert_eq!(stale.status, 409);
    assert_eq!(world.count("select count(*) from drafted_decision").await, 0);
}

#[sqlx::test]
async fn many_decisions_are_read_page_by_page(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let me = world.reviewer("en").await;
    for _ in 0..9 {
        for id in three(&world, &me).await {
            me.done(&format!("/review/{id}/decline"), NO).await;
        }
    }
    let (first, rest) = {
        let first = me.get(PAGE).await;
        let next =
            first.body.split("rel=\"next\" href=\"").nth(1).expect("a next page").split('"').next().unwrap();
        let rest = me.get(next).await;
        (first, rest)
    };
    let picks = |page: &str| page.matches("name=\"pick\"").count();
    assert_eq!((picks(&first.body), picks(&rest.body)), (25, 2));
    assert!(rest.has("href=\"/review/decisions/export/xlsx\""), "{}", rest.body);
    assert_eq!(me.get(FILE).await.body.lines().count(), 28, "heads and all pages");
    assert!(!rest.has("rel=\"next\"") && rest.has(&format!("<a href=\"{PAGE}\">First page</a>")));
}
