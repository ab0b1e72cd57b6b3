//! Views of the queue under a name.
use crate::support::world_on;

#[sqlx::test]
async fn a_view_is_kept_counted_shared_and_removed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    world.application(&candidate).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("fr").await);

    let form = me.get("/review/views?area=data&q=-lang:fr").await;
    assert!(form.has("Area of work: Data and research") && form.has("area:data -lang:fr"), "{}", form.body);
    let nameless = me.post("/review/views", "query=area:data").await;
    assert!(nameless.status == 422 && nameless.has("Write a name"), "{}", nameless.body);
    let kept = "name=Data&query=area:data+-lang:fr&sort=name&shared=true";
    for _twice in 0..2 {
        let reply = me.post("/review/views", kept).await;
        assert_eq!(reply.location.as_deref(), Some("/review?area=data&q=-lang%3Afr&sort=name"));
    }
    let taken = me.post("/review/views", "name=Data&query=area:health").await;
    assert!(taken.status == 422 && taken.has("another view of this name"), "{}", taken.body);
    me.post("/review/views", "name=Mine&query=place:field").await;

    let tab = "/review?area=data&#38;q=-lang%3Afr&#38;sort=name\">Data <span class=\"n\">1</span>";
    let queue = colleague.get("/review").await;
    assert!(queue.has(tab), "{}", queue.body);
    assert!(!queue.has(">Mine <span"), "what is not shared is its owner's");
    let mine: uuid::Uuid =
        sqlx::query_scalar("select id from review_view where is_shared").fetch_one(&world.db).await.unwrap();
    colleague.post(&format!("/review/views/{mine}/remove"), "").await;
    assert!(colleague.get("/review").await.has(tab));
    me.post(&format!("/review/views/{mine}/remove"), "").await;
    assert!(!colleague.get("/review").await.has(">Data <span"));
}
