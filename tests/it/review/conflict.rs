//! "Not mine": a declared conflict closes the case to one person.
use crate::support::world_on;

#[sqlx::test]
async fn whoever_has_a_conflict_gives_the_case_back_and_does_not_see_it_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, me, colleague) =
        (world.candidate("es").await, world.reviewer("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    me.claim(id).await;

    let path = format!("/review/{id}/conflict");
    let unsure = me.post(&path, "").await;
    assert!(unsure.status == 422 && unsure.has("Tick this box"), "{}", unsure.body);
    for _twice in 0..2 {
        let reply = me.post(&path, "sure=true").await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/review")));
    }

    let story = world.story().await;
    let expected = ["unclaim: in_review -> released, by hr_reviewer", "declare_conflict, by hr_reviewer"];
    assert_eq!(story[story.len() - 2..], expected);
    for page in ["", "/record", "/record/export/csv"] {
        assert_eq!(me.get(&format!("/review/{id}{page}")).await.status, 403, "{page}");
    }
    // nor does a colleague's assignment bring it back
    let reply = colleague.post("/review/bulk", &format!("do={}&pick={id}:3", me.id)).await;
    assert!(reply.status == 409 && reply.has("not for this colleague"), "{}", reply.body);
    // nor a step that some page might forget to refuse
    let step = sqlx::query(
        "insert into audit_event (at, actor_id, actor_role, subject, subject_id, version, action)
         values (now(), $1, 'hr_reviewer', 'application', $2, 9, 'claim')",
    );
    let refused = step.bind(me.id).bind(id).execute(&world.db).await.unwrap_err();
    assert!(refused.to_string().contains("conflict of interest"), "{refused}");
    colleague.claim(id).await;
}
